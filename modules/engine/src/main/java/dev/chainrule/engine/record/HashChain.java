package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The chain of hashes of a run, read from its file.
 *
 * @param links one per epoch, up to the first that is wrong
 * @param flaw the error in the chain itself, in words; a torn last line of a killed run is not a flaw
 */
public record HashChain(List<ChainLink> links, Optional<String> flaw) {
    /**
     * Read a file; a missing file is a chain without links.
     *
     * @throws InputException if it cannot be read
     */
    public static HashChain read(Path file) {
        List<ChainLink> links = new ArrayList<>();
        String text;
        try {
            text = Files.exists(file) ? new String(WholeFile.bytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
        String previous = "";
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            Optional<ChainLink> link = parse(line);
            int number = links.size() + 1;
            if (link.isEmpty()) {
                return new HashChain(links, Optional.of("line " + number + " is not a link"));
            }
            ChainLink right = ChainLink.after(previous, links.size(), link.get().tensors());
            if (!right.equals(link.get())) {
                return new HashChain(
                        links,
                        Optional.of("the link of epoch " + number
                                + " does not follow from its hashes and the link before"));
            }
            links.add(link.get());
            previous = link.get().link();
        }
        return new HashChain(links, Optional.empty());
    }

    /** Return the last link, which proves the whole chain; {@code ""} if there is none. */
    public String last() {
        return links.isEmpty() ? "" : links.get(links.size() - 1).link();
    }

    /**
     * Return the last epoch, from 1, that ended with these tensors; empty if none did.
     *
     * @param tensors by name; the chain may contain more
     */
    public OptionalInt epochOf(SortedMap<String, Matrix> tensors) {
        Map<String, String> hashes = new TreeMap<>();
        tensors.forEach((name, tensor) -> hashes.put(name, Sha256.of(tensor)));
        for (int i = links.size() - 1; i >= 0; i--) {
            if (links.get(i).tensors().entrySet().containsAll(hashes.entrySet())) {
                return OptionalInt.of(i + 1);
            }
        }
        return OptionalInt.empty();
    }

    /** Return the index of the first link that differs; empty if one chain is the beginning of the other. */
    public Optional<Integer> firstDifference(HashChain other) {
        for (int i = 0; i < Math.min(links.size(), other.links.size()); i++) {
            if (!links.get(i).equals(other.links.get(i))) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static Optional<ChainLink> parse(String line) {
        try {
            Map<?, ?> json = (Map<?, ?>) JsonReader.read(line);
            SortedMap<String, String> tensors = new TreeMap<>();
            ((Map<?, ?>) json.get("tensors")).forEach((name, hash) -> tensors.put((String) name, (String) hash));
            return Optional.of(new ChainLink((Long) json.get("epoch"), (String) json.get("link"), tensors));
        } catch (IllegalArgumentException | ClassCastException | NullPointerException e) {
            return Optional.empty();
        }
    }
}
