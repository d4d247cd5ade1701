package dev.chainrule.app.record;

import dev.chainrule.api.InputException;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.record.RecordedSteps;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunLock;
import dev.chainrule.engine.record.RunRecord;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Hold what a list of runs shows of one.
 *
 * @param state what the record says, but {@code unfinished} where it says running and no process holds the directory
 * @param exit the exit code of its process; {@code ""} where it has not ended, or could not say how
 * @param metrics of the model that it keeps, and the best of all epochs
 */
public record KnownRun(
        String path,
        String name,
        String started,
        String ended,
        String state,
        String exit,
        long steps,
        String hash,
        RecordedMetrics metrics) {

    /** Read a run; one whose record is damaged is warned of and passed over. */
    public static Optional<KnownRun> read(RunDirectory directory, Context context) {
        try {
            RunRecord record = RunRecord.read(directory);
            return Optional.of(new KnownRun(
                    directory.path().toString(),
                    record.text("name"),
                    record.text("started"),
                    record.text("ended"),
                    state(record),
                    record.text("exit"),
                    RecordedSteps.read(directory.steps()).size(),
                    record.text("config", "hash"),
                    RecordedMetrics.read(record)));
        } catch (InputException e) {
            context.warn(e.file().orElse(directory.path().toString()) + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Compare by a fact or a metric: youngest, longest and best first. */
    public static Comparator<KnownRun> by(String key) {
        Comparator<KnownRun> order = switch (key) {
            case "name" -> Comparator.comparing(KnownRun::name);
            case "state" -> Comparator.comparing(KnownRun::state);
            case "exit" -> Comparator.comparing(KnownRun::exit);
            case "steps" -> Comparator.comparing(KnownRun::steps).reversed();
            case "date" -> Comparator.comparing(KnownRun::started).reversed();
            default ->
                Comparator.comparingDouble(run -> run.value(key)
                        .map(value -> run.metrics().isFalling(key) ? value : -value)
                        .orElse(Double.POSITIVE_INFINITY));
        };
        return order.thenComparing(Comparator.comparing(KnownRun::started).reversed())
                .thenComparing(KnownRun::path);
    }

    /** Return the steps, or a metric that was measured: of the kept model, or the best where the name begins so. */
    public Optional<Double> value(String metric) {
        return metric.equals("steps") ? Optional.of((double) steps) : metrics.find(metric);
    }

    /** Return a fact by its name. */
    public String fact(String key) {
        return switch (key) {
            case "name" -> name;
            case "date" -> date();
            case "state" -> state;
            case "exit" -> exit;
            default -> String.valueOf(steps);
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
        return json;
    }

    private static String state(RunRecord record) {
        String state = record.text("state");
        return state.equals("running") && !RunLock.isHeld(record.directory()) ? "unfinished" : state;
    }
}
