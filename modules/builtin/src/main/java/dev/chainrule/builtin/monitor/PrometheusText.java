package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Run;
import dev.chainrule.api.training.History;
import dev.chainrule.api.training.Hook.Ending;
import dev.chainrule.api.training.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The latest metrics of a run in the text format of Prometheus, replaced as a whole after each epoch.
 *
 * <p>Source: prometheus.io/docs/instrumenting/exposition_formats, text format 0.0.4. There are no times in it, since the textfile
 * collector refuses them; it tells the age of the file.
 */
final class PrometheusText implements Monitor {
    private static final String INFINITY = "Inf";

    private final Path file;
    private final Run run;

    PrometheusText(Path file, Run run) {
        this.file = file;
        this.run = run;
    }

    @Override
    public int open() throws IOException {
        write("running");
        return Figures.epochs(run.progress());
    }

    @Override
    public void epoch(Figures figures) throws IOException {
        write("running");
    }

    @Override
    public void end(Ending ending, Optional<Figures> test) throws IOException {
        write(ending.name().toLowerCase(Locale.ROOT));
    }

    private void write(String state) throws IOException {
        Progress progress = run.progress();
        History history = progress.history();
        String labels = "run=\"" + escaped(run.name()) + "\",directory=\""
                + escaped(run.directory()
                        .toAbsolutePath()
                        .normalize()
                        .getFileName()
                        .toString()) + "\"";
        StringBuilder text = new StringBuilder();
        family(text, "chainrule_epochs_completed", "Completed epochs.");
        sample(text, "chainrule_epochs_completed", labels, Figures.epochs(progress));
        family(text, "chainrule_epochs", "Epochs of the whole run.");
        sample(text, "chainrule_epochs", labels, progress.epochs());
        family(text, "chainrule_steps_completed", "Updates of the parameters.");
        sample(text, "chainrule_steps_completed", labels, progress.step());
        family(
                text,
                "chainrule_state",
                "1 for the state of the run: running, completed, stopped, interrupted or failed.");
        sample(text, "chainrule_state", labels + ",state=\"" + state + "\"", 1);
        family(text, "chainrule_metric", "The latest value of a metric.");
        for (String metric : history.metrics()) {
            List<Double> values = history.values(metric);
            if (!values.isEmpty()) {
                String named = labels + ",data=\"" + escaped(metric.substring(0, metric.indexOf('.'))) + "\",metric=\""
                        + escaped(metric.substring(metric.indexOf('.') + 1)) + "\"";
                sample(text, "chainrule_metric", named, values.get(values.size() - 1));
            }
        }
        Copies.replace(file, text.toString());
    }

    private static void family(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }

    private static void sample(StringBuilder text, String name, String labels, double value) {
        text.append(name).append('{').append(labels).append("} ");
        text.append(value == Double.POSITIVE_INFINITY ? "+" : "").append(Figures.text(value, INFINITY));
        text.append('\n');
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
