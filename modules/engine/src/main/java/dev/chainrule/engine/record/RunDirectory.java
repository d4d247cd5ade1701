package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.FolderWalk;
import dev.chainrule.engine.files.StagedFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The directory of one run, with the names of its files.
 *
 * @param path the directory, {@code runs/<name>/<time>-<config hash>}
 */
public record RunDirectory(Path path) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int HASH_DIGITS = 8;
    private static final String RECORD = "run.json";
    private static final String CHECKPOINT = ".safetensors";
    /** The file that proves who made a run. */
    public static final String SIGNATURE = RECORD + ".sig";
    /** The page that shows a run. */
    public static final String REPORT = "report.html";
    /** The name of the checkpoint of an interrupted run, without ending. */
    public static final String INTERRUPTED = "interrupted";
    /** The name of the checkpoint of a failed run, without ending. */
    public static final String FAILED = "failed";

    /**
     * Create the directory of a new run under {@code runs}.
     *
     * @param started part of the name, in UTC
     * @throws RunException if it cannot be created
     */
    public static RunDirectory create(Path runs, String name, Instant started, String configHash) {
        String base = TIME.format(started) + "-" + configHash.substring(0, HASH_DIGITS);
        Path parent = runs.resolve(name);
        try {
            AtomicFiles.createFolders(parent);
            for (int attempt = 1; ; attempt++) {
                Path path = parent.resolve(attempt == 1 ? base : base + "-" + attempt);
                if (!Files.exists(path)) {
                    Files.createDirectory(path);
                    AtomicFiles.forceFolder(parent);
                    return new RunDirectory(path);
                }
            }
        } catch (IOException e) {
            throw cannotCreate(parent.resolve(base), e);
        }
    }

    /**
     * Create a directory that the user gives, which must be absent or empty. The files of a run that ended before it had a
     * record do not count: it had not begun to train.
     *
     * @throws InputException if there is something in it
     * @throws RunException if it cannot be created
     */
    public static RunDirectory createAt(Path path) {
        RunDirectory directory = new RunDirectory(path);
        try {
            if (Files.isDirectory(path) && !directory.isUnbegun()) {
                throw new InputException(
                        "run directory " + path + " is not empty",
                        "Choose one that is absent or empty; nothing is overwritten.");
            }
            AtomicFiles.createFolders(path);
            return directory;
        } catch (IOException e) {
            throw cannotCreate(path, e);
        }
    }

    /** Return whether it contains only files that a run writes before its record, the lock first. */
    private boolean isUnbegun() throws IOException {
        Path lock = path.resolve(FolderLock.FILE);
        List<Path> early =
                Stream.concat(Stream.of(lock, log(), bases()), leftovers()).toList();
        try (Stream<Path> entries = Files.list(path)) {
            List<Path> found = entries.toList();
            return found.isEmpty() || found.contains(lock) && early.containsAll(found);
        }
    }

    /**
     * Delete the files of a run that ended before it had a record. The lock is taken, so nobody is about to write one.
     *
     * @return whether there was something
     */
    public boolean clear() {
        try {
            List<Path> left = Stream.concat(
                            leftovers(),
                            Files.isDirectory(bases()) ? FolderWalk.paths(bases(), 1, false).stream() : Stream.of())
                    .filter(file -> !file.equals(bases()) && Files.exists(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
            left.forEach(AtomicFiles::delete);
            return !left.isEmpty();
        } catch (IOException e) {
            throw cannotCreate(path, e);
        }
    }

    private Stream<Path> leftovers() {
        return Stream.of(start(), config(), resolved(), record())
                .flatMap(file -> Stream.of(file, AtomicFiles.beside(file)))
                .filter(file -> !file.equals(record()));
    }

    /**
     * Return all runs in a folder, sorted by their paths, except those that are being unpacked; if the folder is itself a run,
     * that one.
     *
     * @param runs the folder of all runs, {@code runs/<name>/<run>}, or a folder of runs
     * @throws InputException if it cannot be listed
     */
    public static List<RunDirectory> all(Path runs) {
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try {
            return FolderWalk.paths(runs, 2, false).stream()
                    .filter(path -> Files.isRegularFile(path.resolve(RECORD)))
                    .filter(path -> !StagedFolder.isInside(runs.relativize(path)))
                    .map(RunDirectory::new)
                    .toList();
        } catch (IOException e) {
            throw new InputException("cannot look into " + runs + ": " + AtomicFiles.reason(e));
        }
    }

    /** Return the config as the user gave it. */
    public Path config() {
        return path.resolve("config.yaml");
    }

    /** Return the folder with unchanged copies of the configs that it extended. */
    public Path bases() {
        return path.resolve("bases");
    }

    /** Return the config with every default filled in. */
    public Path resolved() {
        return path.resolve("resolved.yaml");
    }

    /** Return the record of the run: its config, data, program, machine and ending. */
    public Path record() {
        return path.resolve(RECORD);
    }

    /** Return the signature of the record. */
    public Path signature() {
        return path.resolve(SIGNATURE);
    }

    /** Return the metrics, one line of JSON per epoch, without times. */
    public Path metrics() {
        return path.resolve("metrics.jsonl");
    }

    /** Return the times, one line of JSON per epoch. */
    public Path timings() {
        return path.resolve("timings.jsonl");
    }

    /** Return the exact bits of loss and gradient norm of every step: two little-endian float64 each. */
    public Path steps() {
        return path.resolve("steps.bin");
    }

    /** Return the hashes of all tensors, one line of JSON per epoch, each linked to the one before. */
    public Path chain() {
        return path.resolve("chain.jsonl");
    }

    /** Return the log. */
    public Path log() {
        return path.resolve("run.log");
    }

    /** Return the page that shows the run. */
    public Path report() {
        return path.resolve(REPORT);
    }

    /** Return the results of gradient checks. */
    public Path gradientCheck() {
        return path.resolve("gradient_check.json");
    }

    /** Return the initial tensors of a warm start. */
    public Path start() {
        return path.resolve("start.safetensors");
    }

    /** Return the learned model. */
    public Path model() {
        return path.resolve("model.safetensors");
    }

    /** Return the folder of checkpoints. */
    public Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Return the file of a checkpoint. */
    public Path checkpoint(String name) {
        return checkpoints().resolve(name + CHECKPOINT);
    }

    /** Delete the checkpoints of an interruption and a failure, after the run has succeeded. */
    public void deleteEmergencies() {
        List.of(INTERRUPTED, FAILED).forEach(name -> AtomicFiles.delete(checkpoint(name)));
    }

    private static RunException cannotCreate(Path path, IOException e) {
        return new RunException(
                "cannot create the run directory " + path + ": " + AtomicFiles.reason(e)
                        + ". Choose another place with --run-dir.",
                e);
    }
}
