package dev.chainrule.engine.record;

import dev.chainrule.api.InputException;
import dev.chainrule.api.State;
import dev.chainrule.engine.files.AtomicFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Know the files of a run that grow while it goes on. A checkpoint holds how long each was; a run that is gone on with cuts off what
 * came after, and appends the same again. Of the times, whose length is never the same, as many lines stay as there are epochs.
 */
public final class GrowingFiles {
    /** What hooks may call theirs: plain names, so that none lies elsewhere, whatever a checkpoint says. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]*\\.jsonl");

    private final RunDirectory directory;
    private final SortedMap<String, Path> files = new TreeMap<>();
    /** Those of hooks; the thread that writes checkpoints reads it too. */
    private final SortedMap<String, Path> ofHooks = new ConcurrentSkipListMap<>();

    private final Path timings;

    GrowingFiles(RunDirectory directory) {
        this.directory = directory;
        for (Path file : List.of(directory.metrics(), directory.steps(), directory.chain())) {
            files.put(file.getFileName().toString(), file);
        }
        timings = directory.timings();
    }

    /**
     * Return a file that a hook lets grow; what an earlier attempt at the run may have left in it is cut off.
     *
     * @throws IllegalArgumentException if it is no name for one
     */
    Path ofHook(String name) {
        Path known = ofHooks.get(name);
        if (known != null) {
            return known;
        }
        if (!mayBeOfHook(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a hook's file: it ends in .jsonl, names no folder, "
                            + "and is not that of a file of the run itself");
        }
        Path file = directory.path().resolve(name);
        AtomicFiles.cut(file, 0);
        ofHooks.put(name, file);
        return file;
    }

    /** Return the files of hooks. */
    List<Path> ofHooks() {
        return List.copyOf(ofHooks.values());
    }

    /** Return the names of all that a checkpoint knows the lengths of. */
    SortedSet<String> names(State lengths) {
        SortedSet<String> names = new TreeSet<>(files.keySet());
        lengths.texts().keySet().stream().filter(this::mayBeOfHook).forEach(names::add);
        return names;
    }

    private boolean mayBeOfHook(String name) {
        return NAME.matcher(name).matches()
                && !files.containsKey(name)
                && !name.equals(timings.getFileName().toString());
    }

    /** Return how long they are, in bytes by name; 0 for one that is not there. */
    State lengths() {
        State lengths = new State();
        files.forEach((name, file) -> lengths.put(name, AtomicFiles.size(file)));
        ofHooks.forEach((name, file) -> lengths.put(name, AtomicFiles.size(file)));
        return lengths;
    }

    /**
     * Require that they hold what they held when a checkpoint was taken.
     *
     * @throws InputException naming the one that does not
     */
    public void require(State lengths, Path checkpoint) {
        for (String name : names(lengths)) {
            Path file = directory.path().resolve(name);
            long found = AtomicFiles.size(file);
            if (found < lengths.whole(name)) {
                throw new InputException(
                        file + " has " + found + " bytes, it had " + lengths.whole(name) + " when " + checkpoint
                                + " was taken",
                        "It was cut or belongs to another run; an older checkpoint may fit: name it.");
            }
        }
    }

    /**
     * Cut off what came after.
     *
     * @param epochs how many there were
     */
    void cutTo(State lengths, int epochs) {
        for (String name : names(lengths)) {
            Path file = directory.path().resolve(name);
            AtomicFiles.cut(file, lengths.whole(name));
            if (!files.containsKey(name)) {
                ofHooks.put(name, file);
            }
        }
        AtomicFiles.cutLines(timings, epochs);
    }

    /** Cut off all. */
    public void cut() {
        files.values().forEach(file -> AtomicFiles.cut(file, 0));
        AtomicFiles.cut(timings, 0);
    }

    /** Force them to disk. */
    void force() {
        AtomicFiles.force(Stream.concat(files.values().stream(), ofHooks.values().stream())
                .toArray(Path[]::new));
        AtomicFiles.force(timings);
    }
}
