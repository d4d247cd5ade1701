package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The checkpoints of a run, found by the place at which they were taken and not by their names. */
public final class Checkpoints {
    /** The ending of the names of files that a resumption put aside. */
    static final String ASIDE = ".aside";

    private static final String ENDING = ".safetensors";

    private Checkpoints() {}

    /** A checkpoint's file and the place in its metadata, which is not proven yet. */
    private record Found(Path file, Checkpoint.Place place) {}

    /**
     * Read the latest whole checkpoint of a run. Damaged ones are skipped.
     *
     * @param damaged receives the error of each of those
     */
    public static Optional<ResumePoint> latest(RunDirectory run, Consumer<InputException> damaged) {
        for (Found found : list(run, damaged)) {
            try {
                return Optional.of(new ResumePoint(found.file(), Checkpoint.read(found.file()), false));
            } catch (InputException e) {
                damaged.accept(e);
            }
        }
        return Optional.empty();
    }

    /** Return the files in a run's folder of checkpoints, sorted by name. */
    public static List<Path> all(RunDirectory run) {
        return files(run).stream().sorted().toList();
    }

    /**
     * Put aside the checkpoints that were taken later than a place or do not fit: the run is resumed there. Such files get the
     * further ending {@code .aside}; only incomplete files are deleted.
     *
     * @return how many there were
     */
    public static int putAside(RunDirectory run, Optional<Checkpoint.Place> after, Set<Path> misfits) {
        files(run, AtomicFiles.BESIDE).forEach(AtomicFiles::delete);
        List<Path> aside = new ArrayList<>(misfits);
        for (Found found : list(run, e -> {})) {
            boolean later = after.isEmpty() || found.place().compareTo(after.get()) > 0;
            if (later && !misfits.contains(found.file())) {
                aside.add(found.file());
            }
        }
        aside.forEach(Checkpoints::putAside);
        return aside.size();
    }

    /** Put a file aside. */
    public static void putAside(Path file) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ASIDE), StandardCopyOption.REPLACE_EXISTING);
            AtomicFiles.forceFolder(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new RunException("cannot rename " + file + ": " + AtomicFiles.reason(e) + ".", e);
        }
    }

    /** Return the files that are recognisable as checkpoints, the latest first. */
    private static List<Found> list(RunDirectory run, Consumer<InputException> damaged) {
        List<Found> found = new ArrayList<>();
        for (Path file : files(run)) {
            try {
                found.add(new Found(file, Checkpoint.placeOf(file)));
            } catch (InputException e) {
                damaged.accept(e);
            }
        }
        found.sort(Comparator.comparing(Found::place).reversed());
        return found;
    }

    private static List<Path> files(RunDirectory run) {
        return files(run, ENDING);
    }

    private static List<Path> files(RunDirectory run, String ending) {
        if (!Files.isDirectory(run.checkpoints())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InputException("cannot look into " + run.checkpoints() + ": " + AtomicFiles.reason(e));
        }
    }
}
