package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.Sha256;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * The append-only files of a run. A checkpoint stores the length of each and the SHA-256 of its content; a resumed run checks
 * both, truncates the rest, and appends the same again. Of the times, whose length varies, one line per epoch is kept.
 */
public final class AppendOnlyFiles {
    /** The names that hooks may give their files: plain names, so that none lies elsewhere, whatever a checkpoint contains. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.jsonl");

    private static final String SHA256 = ".sha256";
    private static final int CHUNK = 1 << 16;

    private final RunDirectory directory;
    private final List<String> own;
    /** Concurrent, because the thread that writes checkpoints reads the names. */
    private final SortedMap<String, Grown> files = new ConcurrentSkipListMap<>();

    private final Path timings;

    AppendOnlyFiles(RunDirectory directory) {
        this.directory = directory;
        this.timings = directory.timings();
        List<Path> paths = List.of(directory.metrics(), directory.steps(), directory.chain());
        this.own = paths.stream().map(file -> file.getFileName().toString()).toList();
        paths.forEach(file -> files.put(file.getFileName().toString(), new Grown(file)));
    }

    /** A file with the length and digest of everything that was appended to it. */
    private static final class Grown {
        private final Path file;
        private MessageDigest digest = Sha256.digest();
        private long length;

        Grown(Path file) {
            this.file = file;
        }

        void append(ByteBuffer bytes) {
            int count = bytes.remaining();
            AtomicFiles.append(file, bytes.duplicate());
            digest.update(bytes);
            length += count;
        }

        void truncate() {
            AtomicFiles.truncate(file, 0);
            digest = Sha256.digest();
            length = 0;
        }

        String sha256() {
            try {
                return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException("the JDK's SHA-256 can be copied", e);
            }
        }
    }

    /** Append to one of the files. */
    void append(Path file, ByteBuffer bytes) {
        files.get(file.getFileName().toString()).append(bytes);
    }

    /**
     * Return an append-only file of a hook; the lines that an earlier attempt at the run left in it are truncated.
     *
     * @throws IllegalArgumentException if the name is not allowed
     */
    Path ofHook(String name) {
        if (!mayBeOfHook(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is not a valid name for a hook's file: it must end in .jsonl, without a "
                            + "folder, and differ from the files of the run itself");
        }
        Grown known = files.get(name);
        if (known == null) {
            known = new Grown(directory.path().resolve(name));
            known.truncate();
            files.put(name, known);
        }
        return known.file;
    }

    /** Return the names of all files whose state a checkpoint stores. */
    NavigableSet<String> names(State state) {
        NavigableSet<String> names = new TreeSet<>(own);
        state.texts().keySet().stream().filter(this::mayBeOfHook).forEach(names::add);
        return names;
    }

    private boolean mayBeOfHook(String name) {
        return NAME.matcher(name).matches()
                && !own.contains(name)
                && !name.equals(timings.getFileName().toString());
    }

    /** Return length and SHA-256 of each, by name. */
    State state() {
        State state = new State();
        files.forEach((name, grown) -> state.put(name, grown.length).put(name + SHA256, grown.sha256()));
        return state;
    }

    /**
     * Require that the files begin with the content that they had when a checkpoint was taken.
     *
     * @throws InputException naming the first that does not
     */
    public void require(State state, Path checkpoint) {
        misfit(state).ifPresent(misfit -> {
            throw new InputException(
                    misfit + " when " + checkpoint + " was taken",
                    "It was edited or belongs to another run; an older checkpoint may fit: give it instead.");
        });
    }

    /**
     * Return the first file that no longer begins with its content at a checkpoint, as a clause to which the caller adds the
     * checkpoint.
     */
    Optional<String> misfit(State state) {
        for (String name : names(state)) {
            Path file = directory.path().resolve(name);
            long length = state.whole(name);
            long found = AtomicFiles.size(file);
            if (found < length) {
                return Optional.of(file + " has " + found + " bytes, but had " + length);
            }
            if (!HexFormat.of().formatHex(beginning(file, length).digest()).equals(state.text(name + SHA256))) {
                return Optional.of(file + " does not begin with the " + length + " bytes that it had");
            }
        }
        return Optional.empty();
    }

    private static MessageDigest beginning(Path file, long length) {
        MessageDigest digest = Sha256.digest();
        if (length == 0) {
            return digest;
        }
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = length; left > 0; ) {
                int read = in.read(chunk, 0, (int) Math.min(left, CHUNK));
                if (read < 0) {
                    throw new EOFException("it ends too early");
                }
                digest.update(chunk, 0, read);
                left -= read;
            }
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
        return digest;
    }

    /**
     * Truncate the files to the lengths in a checkpoint.
     *
     * @param epochs recorded by then
     */
    void truncateTo(State state, int epochs) {
        for (String name : names(state)) {
            Grown grown = new Grown(directory.path().resolve(name));
            grown.length = state.whole(name);
            grown.digest = beginning(grown.file, grown.length);
            AtomicFiles.truncate(grown.file, grown.length);
            files.put(name, grown);
        }
        AtomicFiles.truncateToLines(timings, epochs);
    }

    /** Truncate all files. */
    void truncate() {
        files.values().forEach(Grown::truncate);
        AtomicFiles.truncate(timings, 0);
    }

    /** Force the files to disk, and their names, which are new after the first append. */
    void force() {
        AtomicFiles.force(files.values().stream().map(grown -> grown.file).toArray(Path[]::new));
        AtomicFiles.force(timings);
        AtomicFiles.forceFolder(directory.path());
    }
}
