package dev.chainrule.app.load;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The jars that the user allows to run although only a run or an archive specifies them, by the SHA-256 of their content.
 *
 * @param hashes in lower case
 */
public record TrustedJars(Set<String> hashes) {
    private static final String FILE = "trusted-plugins";
    /** Another process writing the file locks it only briefly. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public TrustedJars {
        hashes = Collections.unmodifiableSet(new TreeSet<>(hashes));
    }

    /**
     * Return the jars of the user's file, and others.
     *
     * @param given the values of {@code --trust}
     * @throws InputException if one is not a SHA-256, or the file cannot be read
     */
    static TrustedJars of(Collection<String> given, Context context) {
        Set<String> hashes = new TreeSet<>();
        for (String text : given) {
            String hash = text.strip().toLowerCase(Locale.ROOT);
            if (!HASH.matcher(hash).matches()) {
                throw new InputException(
                        "--trust is '" + text + "'",
                        "The full SHA-256 of a plugin's jar is required: 64 hexadecimal digits.");
            }
            hashes.add(hash);
        }
        file(context).filter(Files::exists).ifPresent(file -> hashes.addAll(read(file)));
        return new TrustedJars(hashes);
    }

    /**
     * Return the user's file: {@code $XDG_CONFIG_HOME/chainrule/trusted-plugins}, by default in {@code ~/.config}; empty if the
     * environment does not specify the user's folder.
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
     * Add a jar to the user's file, which is written whole or not at all, by one process at a time.
     *
     * @param comment for the reader of the file
     * @return whether the jar was new
     * @throws RunException if it cannot be written
     */
    public static boolean add(Path file, String hash, String comment) {
        if (Files.exists(file) && read(file).contains(hash)) {
            return false;
        }
        Path folder = file.toAbsolutePath().getParent();
        try {
            AtomicFiles.createFolders(folder);
        } catch (IOException e) {
            throw AtomicFiles.failure(file, e);
        }
        FolderLock lock = FolderLock.take(folder, PATIENCE)
                .orElseThrow(() -> new RunException("cannot write " + file
                        + ": another process is writing it. Try again when that process has ended."));
        try {
            String line = hash + "  " + comment.replaceAll("\\p{Cntrl}", "?") + "\n";
            if (!Files.exists(file)) {
                AtomicFiles.write(file, line);
                return true;
            }
            String text = Files.readString(file);
            if (hashes(text).contains(hash)) {
                return false;
            }
            // A link's target is replaced, not the link, by a file with the same permissions.
            Path real = file.toRealPath();
            givePermissions(AtomicFiles.beside(real), real);
            AtomicFiles.write(real, text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + line);
            return true;
        } catch (IOException e) {
            throw AtomicFiles.failure(file, e);
        } finally {
            lock.close();
        }
    }

    /** A line is a hash followed by any note for the reader; # begins a comment. */
    private static Set<String> read(Path file) {
        try {
            return hashes(Files.readString(file));
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }

    /** Create a file with the permissions of another, if the file system has permissions. */
    private static void givePermissions(Path file, Path other) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(other, PosixFileAttributeView.class);
        if (view != null) {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(view.readAttributes().permissions()));
        }
    }

    private static Set<String> hashes(String text) {
        return text.lines()
                .map(line -> line.strip().split("\\s+", 2)[0].toLowerCase(Locale.ROOT))
                .filter(first -> HASH.matcher(first).matches())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
