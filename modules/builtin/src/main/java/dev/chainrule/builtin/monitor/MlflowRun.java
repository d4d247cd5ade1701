package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook.Ending;
import dev.chainrule.api.training.Progress;
import dev.chainrule.builtin.data.Sha256;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run in MLflow's file store: {@code <experiment id>/<run id>}, with {@code meta.yaml}, a file per parameter, tag and metric, and a
 * line {@code <milliseconds since 1970> <value> <step>} per value of a metric.
 *
 * <p>Source: mlflow.org/docs/latest/tracking, "file store", and the files that MLflow's Python client writes. The ids are hashes, of
 * the experiment's name and of the run's directory, so that a resumed run finds its files.
 */
final class MlflowRun implements Monitor {
    private static final String META = "meta.yaml";
    private static final String START = "start_time: ";
    private static final int HEXADECIMAL = 16;
    private static final int EXPERIMENT_DIGITS = 18;
    private static final int RUN_DIGITS = 32;
    private static final int RUNNING = 1;
    private static final int FINISHED = 3;
    private static final int FAILED = 4;
    private static final int KILLED = 5;
    private static final int LOCAL = 4;
    private static final Pattern LINE = Pattern.compile("[0-9]+ [^ ]+ ([0-9]+)");
    private static final Pattern UNUSUAL = Pattern.compile("[^\\p{L}\\p{N}_. -]");

    private final Path store;
    private final String experiment;
    private final String experimentId;
    private final String id;
    private final Path folder;
    private final Run run;
    private final LongSupplier clock;
    private long started;

    /**
     * Create the run in a store.
     *
     * @param clock in milliseconds since 1970
     */
    MlflowRun(Path store, String experiment, Run run, LongSupplier clock) {
        this.store = store.toAbsolutePath().normalize();
        this.experiment = experiment;
        this.experimentId =
                new BigInteger(sha256(experiment), HEXADECIMAL).toString().substring(0, EXPERIMENT_DIGITS);
        this.id =
                sha256(run.directory().toAbsolutePath().normalize().toString()).substring(0, RUN_DIGITS);
        this.folder = this.store.resolve(experimentId).resolve(id);
        this.run = run;
        this.clock = clock;
    }

    @Override
    public int open() throws IOException {
        Progress progress = run.progress();
        for (String part : List.of("metrics", "params", "tags", "artifacts")) {
            Files.createDirectories(folder.resolve(part));
        }
        started = started();
        Path experimentMeta = folder.resolveSibling(META);
        if (!Files.exists(experimentMeta)) {
            Copies.replace(experimentMeta, experimentMeta());
        }
        Copies.replace(folder.resolve(META), meta(RUNNING, "null"));
        for (Map.Entry<String, String> setting : run.settings().entrySet()) {
            write("params", setting.getKey().replace("[", ".").replace("]", ""), setting.getValue());
        }
        write("tags", "mlflow.runName", run.name());
        write("tags", "mlflow.source.name", "chainrule");
        write("tags", "mlflow.source.type", "LOCAL");
        write(
                "tags",
                "chainrule.directory",
                run.directory().toAbsolutePath().normalize().toString());
        int epochs = Figures.epochs(progress);
        for (String metric : run.measured().keySet()) {
            epochs = Math.min(epochs, recorded(metric));
        }
        truncate(progress.step() == 0 ? 0 : epochs * progress.stepsPerEpoch());
        return epochs;
    }

    @Override
    public void epoch(Figures figures) throws IOException {
        long now = clock.getAsLong();
        for (Map.Entry<String, Double> metric : figures.metrics().entrySet()) {
            Copies.append(
                    folder.resolve("metrics").resolve(key(metric.getKey())),
                    now + " " + Figures.text(metric.getValue(), "inf") + " " + figures.step() + "\n");
        }
    }

    @Override
    public void end(Ending ending, Optional<Figures> test) throws IOException {
        if (test.isPresent()) {
            epoch(test.get());
        }
        int status = switch (ending) {
            case COMPLETED, STOPPED -> FINISHED;
            case INTERRUPTED -> KILLED;
            case FAILED -> FAILED;
        };
        Copies.replace(folder.resolve(META), meta(status, Long.toString(clock.getAsLong())));
    }

    /** Return the time at which the run began; that of its first part if it is resumed. */
    private long started() throws IOException {
        Path meta = folder.resolve(META);
        if (run.progress().step() > 0 && Files.exists(meta)) {
            Optional<String> known = Files.readAllLines(meta).stream()
                    .filter(line -> line.matches(START + "[0-9]{1,18}"))
                    .findFirst();
            if (known.isPresent()) {
                return Long.parseLong(known.get().substring(START.length()));
            }
        }
        return clock.getAsLong();
    }

    /** Return the number of epochs whose value a metric's file contains. */
    private int recorded(String metric) throws IOException {
        List<String> lines = lines(folder.resolve("metrics").resolve(key(metric)));
        return lines.isEmpty()
                ? 0
                : Math.toIntExact(
                        step(lines.get(lines.size() - 1)) / run.progress().stepsPerEpoch());
    }

    /** Discard the metrics of the test data, and values behind a step. */
    private void truncate(long step) throws IOException {
        for (Path file : files(folder.resolve("metrics"))) {
            List<String> lines = lines(file);
            List<String> kept =
                    lines.stream().filter(line -> step(line) <= step).toList();
            if (Figures.isOfTest(file.getFileName().toString()) || kept.isEmpty()) {
                Files.delete(file);
            } else {
                Copies.replace(file, String.join("\n", kept) + "\n");
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    /** Return the whole lines of a metric's file; none if it is absent. */
    private static List<String> lines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        String text = Files.readString(file);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .filter(line -> LINE.matcher(line).matches())
                .toList();
    }

    private static long step(String line) {
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    private void write(String part, String key, String value) throws IOException {
        Files.writeString(folder.resolve(part).resolve(key(key)), value.lines().collect(Collectors.joining(" ")));
    }

    private static String key(String name) {
        return UNUSUAL.matcher(name).replaceAll("_");
    }

    private String experimentMeta() {
        return "artifact_location: " + quoted(uri(folder.getParent())) + "\n"
                + "creation_time: " + started + "\n"
                + "experiment_id: " + quoted(experimentId) + "\n"
                + "last_update_time: " + started + "\n"
                + "lifecycle_stage: active\n"
                + "name: " + quoted(experiment) + "\n";
    }

    private String meta(int status, String ended) {
        return "artifact_uri: " + quoted(uri(folder.resolve("artifacts"))) + "\n"
                + "end_time: " + ended + "\n"
                + "entry_point_name: ''\n"
                + "experiment_id: " + quoted(experimentId) + "\n"
                + "lifecycle_stage: active\n"
                + "run_id: " + quoted(id) + "\n"
                + "run_name: " + quoted(run.name()) + "\n"
                + "run_uuid: " + quoted(id) + "\n"
                + "source_name: ''\n"
                + "source_type: " + LOCAL + "\n"
                + "source_version: ''\n"
                + START + started + "\n"
                + "status: " + status + "\n"
                + "tags: []\n"
                + "user_id: ''\n";
    }

    private static String uri(Path path) {
        String uri = path.toUri().toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String sha256(String text) {
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
