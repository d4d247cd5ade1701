package dev.chainrule.engine;

import dev.chainrule.api.InputException;
import dev.chainrule.api.State;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Know the files of a run that grow while it goes on. A checkpoint holds how long each was; a run that is gone on with cuts off what
 * came after, and appends the same again. Of the times, whose length is never the same, as many lines stay as there are epochs.
 */
final class GrowingFiles {
    private final SortedMap<String, Path> files = new TreeMap<>();
    private final Path timings;

    GrowingFiles(RunDirectory directory) {
        for (Path file : List.of(directory.metrics(), directory.steps(), directory.chain())) {
            files.put(file.getFileName().toString(), file);
        }
        timings = directory.timings();
    }

    /** Return how long they are, in bytes by name; 0 for one that is not there. */
    State lengths() {
        State lengths = new State();
        files.forEach((name, file) -> lengths.put(name, AtomicFiles.size(file)));
        return lengths;
    }

    /**
     * Require that they hold what they held when a checkpoint was taken.
     *
     * @throws InputException naming the one that does not
     */
    void require(State lengths, Path checkpoint) {
        files.forEach((name, file) -> {
            long found = AtomicFiles.size(file);
            if (found < lengths.whole(name)) {
                throw new InputException(
                        file + " has " + found + " bytes, it had " + lengths.whole(name) + " when " + checkpoint
                                + " was taken",
                        "It was cut or belongs to another run; an older checkpoint may fit: name it.");
            }
        });
    }

    /**
     * Cut off what came after.
     *
     * @param epochs how many there were
     */
    void cutTo(State lengths, int epochs) {
        files.forEach((name, file) -> AtomicFiles.cut(file, lengths.whole(name)));
        AtomicFiles.cutLines(timings, epochs);
    }

    /** Cut off all. */
    void cut() {
        files.values().forEach(file -> AtomicFiles.cut(file, 0));
        AtomicFiles.cut(timings, 0);
    }

    /** Force them to disk. */
    void force() {
        AtomicFiles.force(files.values().toArray(Path[]::new));
        AtomicFiles.force(timings);
    }
}
