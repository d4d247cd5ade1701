package dev.chainrule.builtin.data.mnist;

import dev.chainrule.api.data.DataContext;
import dev.chainrule.api.error.InputException;
import dev.chainrule.builtin.data.Sha256;
import dev.chainrule.builtin.data.idx.IdxFile;
import dev.chainrule.table.DataFile;
import dev.chainrule.table.cache.CacheFolder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A search for MNIST's files: in the folder specified in the config, in MNIST_DIR, in data/mnist, in the user's cache,
 * or by downloading them into the cache. Whatever the origin, the content must have the published hash.
 *
 * <p>A wrong file in one of the user's folders is an error; a wrong file in the cache is replaced.
 */
final class MnistFiles {
    private static final String CACHE = "cache";

    private final Path workingDirectory;
    private final Path home;
    private final Mirrors mirrors;
    private final DataContext context;
    private final Optional<Path> directory;
    private final List<String> looked = new ArrayList<>();

    /**
     * Create a search.
     *
     * @param workingDirectory the folder that may contain data/mnist
     * @param home the user's folder
     * @param directory the folder specified in the config
     */
    MnistFiles(Path workingDirectory, Path home, Mirrors mirrors, DataContext context, Optional<Path> directory) {
        this.workingDirectory = workingDirectory;
        this.home = home;
        this.mirrors = mirrors;
        this.context = context;
        this.directory = directory;
    }

    /**
     * A file with its origin.
     *
     * @param origin in words, without a path of this machine: {@code MNIST_DIR}
     * @param ours whether it is in our cache, where a broken file is replaced
     */
    record Found(Path path, String origin, boolean ours) {}

    /** Return the places that were searched in vain for the last file, each with its contents. */
    List<String> looked() {
        return List.copyOf(looked);
    }

    /** Find a file, or download it; return empty if it is nowhere. */
    Optional<Found> find(MnistFile file) {
        looked.clear();
        if (directory.isPresent()) {
            Optional<Found> found = in(directory.get(), "directory", file);
            if (found.isPresent()) {
                return found;
            }
        }
        Optional<Path> variable = context.environment("MNIST_DIR").map(Path::of);
        if (variable.isEmpty()) {
            looked.add("MNIST_DIR: not set");
        }
        return variable.flatMap(folder -> in(folder, "MNIST_DIR", file))
                .or(() -> in(workingDirectory.resolve("data").resolve("mnist"), "data/mnist", file))
                .or(() -> in(cache(), CACHE, file))
                .or(() -> download(file));
    }

    /**
     * Read a file that was found.
     *
     * @return empty if it was a broken one of the cache and could not be replaced
     * @throws InputException if it is not the published one
     */
    Optional<IdxFile> read(MnistFile file, Found found) {
        try {
            return Optional.of(verified(file, found.path()));
        } catch (InputException e) {
            if (!found.ours()) {
                throw e;
            }
        }
        looked.clear();
        looked.add("cache: " + found.path() + " was damaged and has been removed");
        try {
            Files.deleteIfExists(found.path());
        } catch (IOException e) {
            looked.add("cache: " + found.path() + " cannot be removed");
            return Optional.empty();
        }
        return download(file).map(again -> verified(file, again.path()));
    }

    /**
     * Read the header and the first examples of a file that was found, and check its length. The rest is read, and its
     * hash checked, when more is needed.
     *
     * @param dimensions of the published file; a file with others is read at once
     * @return empty if it was a broken one of the cache and could not be replaced
     * @throws InputException if it is not the published one, as far as that shows
     */
    Optional<IdxFile> begin(MnistFile file, Found found, List<Integer> dimensions) {
        return IdxFile.begin(found.path(), file.content(), () -> readLate(file, found))
                .filter(begun -> begun.header().dimensions().equals(dimensions))
                .or(() -> read(file, found));
    }

    private IdxFile readLate(MnistFile file, Found found) {
        return read(file, found).orElseThrow(() -> {
            List<String> notes = new ArrayList<>(looked);
            notes.add("Run the command again to search for MNIST once more.");
            return new InputException(
                    "MNIST's file " + file.stem() + " is damaged in the cache and not available elsewhere",
                    notes.toArray(String[]::new));
        });
    }

    private static IdxFile verified(MnistFile file, Path path) {
        return DataFile.read(path, in -> {
            Sha256 hash = new Sha256();
            InputStream hashed = hash.reading(in);
            IdxFile parsed = null;
            InputException wrong = null;
            try {
                parsed = IdxFile.parse(hashed, file.content(), path.toString());
            } catch (InputException e) {
                wrong = e;
            }
            byte[] rest = new byte[1 << 13];
            for (int count = 0, total = 0; count >= 0 && total <= MnistFile.LARGEST; total += count) {
                count = hashed.read(rest);
            }
            String received = hash.hex();
            if (!received.equals(file.sha256())) {
                // more useful than a fault in the format of an unknown file
                throw new InputException(
                                "this is not MNIST's file " + file.stem() + ": its SHA-256 differs",
                                "Expected " + file.sha256() + ".",
                                "Received " + received + ".",
                                "Remove the file, or read it as it is with type: idx.")
                        .inFile(path.toString());
            }
            if (wrong != null) {
                throw wrong;
            }
            return parsed;
        });
    }

    private Optional<Found> in(Path folder, String origin, MnistFile file) {
        for (String name : file.usual()) {
            Path path = folder.resolve(name);
            if (Files.isRegularFile(path)) {
                return Optional.of(new Found(path, origin, origin.equals(CACHE)));
            }
        }
        String what = Files.isDirectory(folder) ? "has no " + file.published() : "is not a folder";
        looked.add(origin + ": " + folder + " " + what);
        return Optional.empty();
    }

    private Path cache() {
        Path usual = context.environment("XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
        return context.environment(CacheFolder.VARIABLE)
                .map(Path::of)
                .orElse(usual.resolve("chainrule"))
                .resolve("mnist");
    }

    private Optional<Found> download(MnistFile file) {
        if (context.offline()) {
            looked.add("download: forbidden by --offline");
            return Optional.empty();
        }
        List<String> failures = new ArrayList<>();
        Optional<byte[]> fetched = mirrors.fetch(file.published(), bytes -> problem(file, bytes), failures);
        failures.forEach(failure -> looked.add("download: " + failure));
        return fetched.flatMap(bytes -> store(file, bytes));
    }

    private static Optional<String> problem(MnistFile file, byte[] bytes) {
        try {
            String received = Sha256.of(
                    DataFile.uncompressed(new ByteArrayInputStream(bytes)).readNBytes(MnistFile.LARGEST));
            return received.equals(file.sha256()) ? Optional.empty() : Optional.of("its SHA-256 differs");
        } catch (IOException e) {
            return Optional.of(DataFile.problem(e).getMessage());
        }
    }

    /** Write a file whole or not at all: under another name first, then renamed. */
    private Optional<Found> store(MnistFile file, byte[] bytes) {
        Path target = cache().resolve(file.published());
        Path half = null;
        try {
            Files.createDirectories(target.getParent());
            half = Files.createTempFile(target.getParent(), file.stem(), ".part");
            try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            move(half, target);
            return Optional.of(new Found(target, "download", true));
        } catch (IOException e) {
            looked.add("cache: " + target + " cannot be written");
            return Optional.empty();
        } finally {
            remove(half);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path half) {
        try {
            if (half != null) {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            // A leftover named …part is never read; the earlier failure matters more.
            System.getLogger(MnistFiles.class.getName()).log(System.Logger.Level.DEBUG, "cannot remove " + half, e);
        }
    }
}
