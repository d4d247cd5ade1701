package dev.chainrule.app.load;

import dev.chainrule.api.InputException;
import dev.chainrule.api.RunException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The jars that the user lets run although only a run or an archive names them, by the SHA-256 of their content.
 *
 * @param hashes in lower case
 */
public record TrustedJars(Set<String> hashes) {
    private static final String FILE = "trusted-plugins";
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public TrustedJars {
        hashes = Collections.unmodifiableSet(new TreeSet<>(hashes));
    }

    /**
     * Return the jars of the user's file, and others.
     *
     * @param given what {@code --trust} says
     * @throws InputException if that is no SHA-256, or the file cannot be read
     */
    static TrustedJars of(Collection<String> given, Context context) {
        Set<String> hashes = new TreeSet<>();
        for (String text : given) {
            String hash = text.strip().toLowerCase(Locale.ROOT);
            if (!HASH.matcher(hash).matches()) {
                throw new InputException(
                        "--trust is '" + text + "'",
                        "The SHA-256 of a plugin's jar is needed: 64 hexadecimal digits, all of them.");
            }
            hashes.add(hash);
        }
        file(context).filter(Files::exists).ifPresent(file -> hashes.addAll(read(file)));
        return new TrustedJars(hashes);
    }

    /**
     * Return the user's file: {@code $XDG_CONFIG_HOME/chainrule/trusted-plugins}, by default in {@code ~/.config}; empty if the
     * environment does not say where the user's files are.
     */
    public static Optional<Path> file(Context context) {
        return context.variable("XDG_CONFIG_HOME")
                .filter(text -> !text.isEmpty())
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> context.variable("HOME")
                        .or(() -> context.variable("USERPROFILE"))
                        .filter(text -> !text.isEmpty())
                        .map(home -> Path.of(home, ".config")))
                .map(folder -> folder.resolve("chainrule").resolve(FILE));
    }

    /**
     * Add a jar to the user's file.
     *
     * @param comment for whoever reads the file
     * @return whether it was not there before
     */
    public static boolean add(Path file, String hash, String comment) {
        if (Files.exists(file) && read(file).contains(hash)) {
            return false;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            AtomicFiles.endLine(file);
            Files.writeString(
                    file,
                    hash + "  " + comment.replaceAll("\\p{Cntrl}", "?") + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
            return true;
        } catch (IOException e) {
            throw new RunException("cannot write " + file + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    /** A line is a hash and whatever its reader wants to know besides; # begins a comment. */
    private static Set<String> read(Path file) {
        Set<String> hashes = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                String first = line.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
                if (HASH.matcher(first).matches()) {
                    hashes.add(first);
                }
            }
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
        return hashes;
    }
}
