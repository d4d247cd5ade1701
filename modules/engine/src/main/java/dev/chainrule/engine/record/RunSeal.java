package dev.chainrule.engine.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.State;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderWalk;
import dev.chainrule.engine.files.Json;
import dev.chainrule.engine.files.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The seal of a run: the SHA-256 of every file of its directory, and one digest over them and every other fact of run.json.
 *
 * <p>The seal is written with every run.json. While a run is under way only its inputs are sealed, since all other files still
 * grow; a checkpoint stores the hashes of those. Facts and files that depend on time or machine are not sealed, see
 * {@link RecordLines} for facts and {@link #files} for files. A data file may lie beside the config in the run's directory:
 * run.json has its SHA-256 under {@code files}.
 */
public final class RunSeal {
    private static final String SEAL = "seal";
    private static final String FILES = "files";
    private static final String DIGEST = "digest";
    /**
     * The record itself and its signature, the files of times, the report, which can be written again, and the copies of figures for
     * other programs.
     */
    private static final List<String> NOT_SEALED = List.of(
            "run.json",
            RunDirectory.SIGNATURE,
            "run.log",
            "timings.jsonl",
            RunDirectory.REPORT,
            "metrics.csv",
            "metrics.prom");
    /**
     * The folders that archive packs, whose files run.json proves under {@code files} and {@code plugins}, and those of copies for other
     * programs.
     */
    private static final List<String> FOLDERS_NOT_SEALED = List.of("data/", "plugins/", "tensorboard/", "mlruns/");

    private RunSeal() {}

    /**
     * Return the text of run.json.
     *
     * @param record every fact; a seal in it is replaced
     * @param ended whether the files of the run are complete
     * @throws RunException if a file cannot be read
     */
    public static String sealed(RunDirectory directory, Map<String, Object> record, boolean ended) {
        Map<String, Object> hashes = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Path> file : files(directory).entrySet()) {
                if (ended || isInput(file.getKey())) {
                    hashes.put(file.getKey(), Sha256.of(file.getValue()));
                }
            }
        } catch (IOException e) {
            throw new RunException(
                    "cannot read the files of " + directory.path() + ": " + AtomicFiles.reason(e) + ".", e);
        }
        Map<String, Object> seal = new LinkedHashMap<>();
        seal.put(FILES, hashes);
        seal.put(DIGEST, "");
        Map<String, Object> sealed = new LinkedHashMap<>(record);
        sealed.put(SEAL, seal);
        return withDigest(sealed);
    }

    /**
     * Return the text of a record with the digest of its facts. The hashes of files are kept, and a record without a seal gets
     * none.
     */
    static String withDigest(Map<String, Object> record) {
        Map<String, Object> sealed = new LinkedHashMap<>(record);
        if (record.get(SEAL) instanceof Map<?, ?> old && old.get(DIGEST) != null) {
            Map<String, Object> seal = new LinkedHashMap<>();
            old.forEach((name, value) -> seal.put((String) name, value));
            seal.put(DIGEST, "");
            sealed.remove(SEAL);
            sealed.put(SEAL, seal);
            seal.put(DIGEST, RecordLines.digest(RecordLines.of(written(sealed))));
        }
        return Json.pretty(sealed);
    }

    /**
     * Return a record as it will be read back: an unpaired surrogate, which a config may contain, is written as a question
     * mark.
     */
    private static String written(Map<String, Object> record) {
        return new String(Json.pretty(record).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Return whether a run has a file before it begins to train. */
    public static boolean isInput(String file) {
        return file.equals("config.yaml")
                || file.equals("resolved.yaml")
                || file.equals("start.safetensors")
                || file.startsWith("bases/");
    }

    /** Return all differences from the sealed files and facts, sorted by file; nothing if the run is unchanged. */
    public static List<RunFlaw> flaws(RunRecord record) {
        return flaws(record, file -> true, !record.hasEnded());
    }

    /**
     * Return the differences in run.json and in some files.
     *
     * @param used selects those files by their names
     */
    public static List<RunFlaw> flaws(RunRecord record, Predicate<String> used) {
        return flaws(record, used, false);
    }

    /**
     * Return the differences in the files that no checkpoint covers, such as those that a hook writes by itself. After a run
     * was killed nothing proves them.
     *
     * @param from the checkpoint to resume from
     */
    public static List<RunFlaw> unknown(RunRecord record, Optional<Checkpoint> from) {
        RunDirectory run = record.directory();
        Set<String> known = new TreeSet<>(new AppendOnlyFiles(run)
                .names(from.map(checkpoint -> checkpoint.section(Checkpoint.FILES))
                        .orElseGet(State::new)));
        known.add(run.model().getFileName().toString());
        known.add(run.gradientCheck().getFileName().toString());
        return flaws(record, name -> !known.contains(name) && !name.startsWith("checkpoints/"));
    }

    private static List<RunFlaw> flaws(RunRecord record, Predicate<String> used, boolean growing) {
        if (!isSealed(record)) {
            return List.of(new RunFlaw(RunFlaw.Kind.UNSEALED, "run.json"));
        }
        List<RunFlaw> flaws = new ArrayList<>();
        if (isEdited(record)) {
            flaws.add(new RunFlaw(RunFlaw.Kind.EDITED, "run.json"));
        }
        try {
            SortedMap<String, Path> found = files(record.directory());
            SortedMap<String, String> listed = listed(record);
            TreeSet<String> names = new TreeSet<>(listed.keySet());
            List<Object> data = record.maps("files").stream()
                    .<Object>map(file -> file.get("name"))
                    .filter(Objects::nonNull)
                    .toList();
            names.addAll(found.keySet());
            for (String name : names) {
                if (!used.test(name)) {
                    continue;
                }
                if (!found.containsKey(name)) {
                    flaws.add(new RunFlaw(RunFlaw.Kind.GONE, name));
                } else if (!listed.containsKey(name)) {
                    if (!growing && !data.contains(name)) {
                        flaws.add(new RunFlaw(RunFlaw.Kind.ADDED, name));
                    }
                } else if (!Sha256.of(found.get(name)).equals(listed.get(name))) {
                    flaws.add(new RunFlaw(RunFlaw.Kind.EDITED, name));
                }
            }
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e))
                    .inFile(record.directory().path().toString());
        }
        return flaws;
    }

    /**
     * Force to disk the files that a seal is about to list: a plugin may have written some by itself.
     *
     * @throws dev.chainrule.api.error.RunException with the file and the system's reason
     */
    static void force(RunDirectory directory) {
        Set<Path> folders = new TreeSet<>();
        try {
            for (Path file : files(directory).values()) {
                AtomicFiles.force(file);
                for (Path at = file.getParent(); !at.equals(directory.path()); at = at.getParent()) {
                    folders.add(at);
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.failure(directory.path(), e);
        }
        folders.add(directory.path());
        folders.forEach(AtomicFiles::forceFolder);
    }

    /** Return whether a record has a seal, right or wrong. */
    public static boolean isSealed(RunRecord record) {
        return record.find(SEAL, DIGEST).isPresent();
    }

    /** Return whether a sealed record differs from the one that was written. */
    static boolean isEdited(RunRecord record) {
        return !digest(record).equals(record.text(SEAL, DIGEST));
    }

    /** Return the digest of a record as it is now. */
    public static String digest(RunRecord record) {
        return RecordLines.digest(record.facts());
    }

    /** Return the SHA-256 of every file that a record lists, by name. */
    public static SortedMap<String, String> listed(RunRecord record) {
        SortedMap<String, String> listed = new TreeMap<>();
        record.keys(SEAL, FILES).forEach(name -> listed.put(name, record.text(SEAL, FILES, name)));
        return listed;
    }

    /**
     * Return the files of a run that count, by their names with slashes. Hidden files do not, such as the lock and files being
     * written; nor do files that a resumption put aside.
     */
    static SortedMap<String, Path> files(RunDirectory directory) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        for (Path file : FolderWalk.paths(directory.path(), Integer.MAX_VALUE, true)) {
            String name = directory.path().relativize(file).toString().replace('\\', '/');
            boolean hidden = name.startsWith(".") || name.contains("/.");
            if (!hidden
                    && !NOT_SEALED.contains(name)
                    && !name.endsWith(Checkpoints.ASIDE)
                    && FOLDERS_NOT_SEALED.stream().noneMatch(name::startsWith)
                    && Files.isRegularFile(file)) {
                files.put(name, file);
            }
        }
        return files;
    }
}
