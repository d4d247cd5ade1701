package dev.chainrule.app.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder whose files, trained runs for the most part, are made once for a class of tests and put back before each test. */
public final class PreparedFolder {
    private final Path root;
    /** Contents of files; empty for folders, which come before their contents. */
    private final Map<Path, Optional<byte[]>> content = new LinkedHashMap<>();

    /** Take all that is in a folder. */
    public PreparedFolder(Path root) {
        this.root = root;
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.skip(1).toList()) {
                content.put(file, Files.isDirectory(file) ? Optional.empty() : Optional.of(Files.readAllBytes(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Restore the original files and delete all others; return a shell with an environment of its own. */
    public Shell putBack() {
        try (Stream<Path> found = Files.walk(root)) {
            for (Path file : found.skip(1).sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
            for (Map.Entry<Path, Optional<byte[]>> file : content.entrySet()) {
                if (file.getValue().isPresent()) {
                    Files.write(file.getKey(), file.getValue().get());
                } else {
                    Files.createDirectory(file.getKey());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Shell(root);
    }
}
