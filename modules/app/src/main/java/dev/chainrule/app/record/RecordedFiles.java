package dev.chainrule.app.record;

import dev.chainrule.api.data.Provenance;
import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.DataFiles;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The data files that a run read, recorded so that they are found again if the run, the data or both were moved. */
public final class RecordedFiles {
    /** The folder of a run's directory into which its data are put when it is packed. */
    static final String DATA = "data";

    private static final String FILES = "files";
    private static final String NAME = "name";
    private static final String FOUND = "found";
    private static final String SHA256 = "sha256";
    private static final int DIGITS = 8;

    private RecordedFiles() {}

    /**
     * A data file as the record tells it.
     *
     * @param name as the config writes it
     * @param sha256 {@code ""} for a folder
     */
    record Entry(String name, String sha256) {
        /** Return the place in the run's folder of data where two files of one name are apart. */
        Path apart() {
            Path file = MovedPath.of(packed()).getFileName();
            return Path.of(sha256.substring(0, Math.min(DIGITS, sha256.length())))
                    .resolve(file);
        }

        /** Return the place in the run's folder of data. */
        Path place() {
            return DataFiles.tail(packed());
        }

        /** Not every system can name a file as a reference to a secret is written. */
        private String packed() {
            return name.replaceAll("\\$\\{secret:(\\w+)}", "secret-$1");
        }
    }

    /** Return the facts in run.json about the files that were read. */
    public static List<Object> facts(DataFiles files, RunDirectory run) {
        List<Object> all = new ArrayList<>();
        for (DataFiles.Read file : files.read()) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put(NAME, file.name());
            facts.put(SHA256, file.sha256());
            facts.put(FOUND, file.path().toAbsolutePath().normalize().toString());
            facts.put(MovedPath.FROM_RUN, MovedPath.from(run, file.path()).orElse(null));
            all.add(facts);
        }
        return all;
    }

    /** Return the files of a run, in the order in which they were read. */
    static List<Entry> entries(RunRecord record) {
        return record.maps(FILES).stream()
                .map(facts -> new Entry(text(facts, NAME), text(facts, SHA256)))
                .toList();
    }

    /**
     * Return the files of a run and where they may lie now.
     *
     * @param folder of the config then
     * @param restored returns a text of the record with the values of secrets
     */
    static DataFiles of(RunRecord record, Path folder, UnaryOperator<String> restored) {
        Path run = record.directory().path().toAbsolutePath();
        Map<String, DataFiles.Recorded> recorded = new LinkedHashMap<>();
        for (Map<?, ?> facts : record.maps(FILES)) {
            Entry entry = new Entry(text(facts, NAME), text(facts, SHA256));
            List<Path> places = new ArrayList<>();
            if (!entry.sha256().isEmpty()) {
                places.add(run.resolve(DATA).resolve(entry.apart()));
                places.add(run.resolve(DATA).resolve(entry.place()));
            }
            Optional.of(text(facts, MovedPath.FROM_RUN))
                    .filter(path -> !path.isEmpty())
                    .ifPresent(path -> places.add(run.resolve(path)));
            places.add(folder.resolve(MovedPath.of(restored.apply(text(facts, FOUND)))));
            recorded.put(entry.name(), new DataFiles.Recorded(entry.sha256(), places));
            recorded.put(restored.apply(entry.name()), new DataFiles.Recorded(entry.sha256(), places));
        }
        return DataFiles.ofRun(folder, List.of(run.resolve(DATA), run), recorded);
    }

    /**
     * Require that data are those that a run read.
     *
     * @throws InputException if their content has another SHA-256 than the record says
     */
    public static void require(RunRecord record, List<Dataset> datasets, DataFiles files) {
        for (Dataset dataset : datasets) {
            String then = record.text("data", dataset.name(), SHA256);
            Provenance provenance = dataset.source().provenance();
            String now = provenance.sha256();
            if (!then.isEmpty() && !then.equals(now)) {
                List<String> notes = new ArrayList<>();
                notes.add("The SHA-256 was " + then + ", is now " + now + ".");
                String stored = record.text("data", dataset.name(), "files_sha256");
                if (!stored.isEmpty() && provenance.files().equals(Optional.of(stored))) {
                    notes.add(
                            "The files are the same, but this Java decodes some of them (JPEG, or colours with a profile) "
                                    + "to other levels than " + record.text("program", "java") + ".");
                    throw different(dataset, record, notes);
                }
                notes.addAll(files.looked());
                notes.add("Give the folder that contains the files of the run with --data-dir DIR.");
                throw different(dataset, record, notes);
            }
        }
    }

    private static InputException different(Dataset dataset, RunRecord record, List<String> notes) {
        return new InputException(
                "the data of " + dataset.name() + " differ from those of the run "
                        + record.directory().path(),
                notes.toArray(String[]::new));
    }

    private static String text(Map<?, ?> facts, String key) {
        return facts.get(key) instanceof String text ? text : "";
    }
}
