package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.training.Hook;
import java.nio.file.Path;

/**
 * The metrics as a table, {@value #FILE}: the values of metrics.jsonl for programs that read CSV, with the same names, UTF-8, commas,
 * a heading, and empty cells for metrics that were not measured.
 */
@Component("metrics_csv")
@Doc("Writes metrics.csv into the run's directory: a row per epoch and one for the test data, a column per metric.")
public record MetricsCsvHook() implements HookSpec {
    static final String FILE = "metrics.csv";

    @Override
    public Hook create(Run run) {
        Path file = run.directory().resolve(FILE);
        return new MonitorHook("metrics_csv", file, run, new MetricsTable(file, run.progress()));
    }
}
