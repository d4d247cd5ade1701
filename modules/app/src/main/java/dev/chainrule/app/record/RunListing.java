package dev.chainrule.app.record;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.files.AtomicFiles;
import dev.chainrule.engine.files.FolderLock;
import dev.chainrule.engine.files.WholeFile;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run as lists of runs show it.
 *
 * @param state in the record, or the one it would have if it could be written
 * @param exit the exit code of its process; {@code ""} where it has not ended, or could not say how
 * @param metrics of the model that it keeps, and the best of all epochs
 * @param settings of its config by path, defaults too
 */
public record RunListing(
        String path,
        String name,
        String started,
        String ended,
        String state,
        String exit,
        long steps,
        String hash,
        RecordedMetrics metrics,
        Map<String, String> settings) {
    /** Where the run is. */
    public static final String RUN = "run";
    /** What is known of each run. */
    public static final List<String> FACTS = List.of("name", "date", "state", "exit", "steps", "epoch", RUN);

    /** Read a run; one whose record is damaged is warned of and passed over. */
    public static Optional<RunListing> read(RunDirectory directory, Context context) {
        try {
            RunRecord record = LostRuns.read(directory, context);
            TamperCheck.require(record, directory.path().toString(), file -> false);
            return Optional.of(new RunListing(
                    directory.path().toString(),
                    record.text("name"),
                    record.text("started"),
                    record.text("ended"),
                    state(record),
                    record.text("exit"),
                    RecordedSteps.read(directory.steps()).size(),
                    record.text("config", "hash"),
                    RecordedMetrics.read(record),
                    Settings.of(resolved(directory))));
        } catch (InputException e) {
            context.warn(e.file().orElse(directory.path().toString()) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Compare by a fact, a metric or a setting: most recent, longest and best first, settings ascending. */
    public static Comparator<RunListing> by(String key) {
        Comparator<RunListing> order = switch (key) {
            case "steps" -> Comparator.comparing(RunListing::steps).reversed();
            case "date" -> Comparator.comparing(RunListing::started).reversed();
            default ->
                Comparator.comparingDouble((RunListing run) -> run.rank(key))
                        .thenComparing(run -> run.exact(key).orElse(""));
        };
        return order.thenComparing(Comparator.comparing(RunListing::started).reversed())
                .thenComparing(RunListing::path);
    }

    /** Return a number that is smaller for the value that comes first; values that are not numbers come after all that are. */
    private double rank(String key) {
        Optional<Double> metric = metrics.find(key);
        if (metric.isPresent()) {
            return metrics.isFalling(key) ? metric.get() : -metric.get();
        }
        return RunCondition.number(exact(key).orElse("")).orElse(Double.POSITIVE_INFINITY);
    }

    /** Return a fact, metric or setting, numbers with all their digits; empty if the run has none of that name. */
    public Optional<String> exact(String key) {
        Optional<String> fact = fact(key);
        return fact.isPresent()
                ? fact
                : metrics.find(key).map(String::valueOf).or(() -> Optional.ofNullable(settings.get(key)));
    }

    /** Return a fact, metric or setting to look at; {@code ""} if the run has none of that name. */
    public String shown(String key) {
        return fact(key)
                .or(() -> metrics.find(key).map(Numbers::rounded))
                .or(() -> Optional.ofNullable(settings.get(key)))
                .orElse("");
    }

    private Optional<String> fact(String key) {
        return switch (key) {
            case "name" -> Optional.of(name);
            case "date" -> Optional.of(date());
            case "state" -> Optional.of(state);
            case "exit" -> Optional.of(exit);
            case "steps" -> Optional.of(String.valueOf(steps));
            case "epoch" -> Optional.of(metrics.epochText());
            case RUN -> Optional.of(path);
            default -> Optional.empty();
        };
    }

    /** Return when it began, to the second. */
    public String date() {
        return started.replaceFirst("T", " ").replaceFirst("(\\.\\d+)?Z$", "");
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", path);
        json.put("name", name);
        json.put("started", started);
        json.put("ended", ended.isEmpty() ? null : ended);
        json.put("state", state);
        json.put("exit", exit.isEmpty() ? null : Integer.valueOf(exit));
        json.put("steps", steps);
        json.put("config_hash", hash);
        json.put("epoch", metrics.epoch().isPresent() ? metrics.epoch().getAsInt() : null);
        json.put("metrics", metrics.kept());
        json.put("best", metrics.best());
        Map<String, Object> config = new LinkedHashMap<>();
        settings.forEach((path, value) -> config.put(path, Settings.typed(value)));
        json.put("config", config);
        return json;
    }

    /** A run that was killed as it began has no resolved config. */
    private static String resolved(RunDirectory directory) {
        try {
            return Files.exists(directory.resolved()) ? WholeFile.text(directory.resolved()) : "";
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e))
                    .inFile(directory.resolved().toString());
        }
    }

    private static String state(RunRecord record) {
        String state = record.text("state");
        return state.equals(RunRecord.RUNNING)
                        && !FolderLock.isHeld(record.directory().path())
                ? RunRecord.UNFINISHED
                : state;
    }
}
