package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The state of a run as a text file that a collector of Prometheus reads, such as the textfile collector of node_exporter, which reads
 * only names that end in {@value #ENDING}.
 */
@Component("prometheus")
@Doc("Writes the latest metrics as a text file for Prometheus, such as for the textfile collector of node_exporter.")
public record PrometheusHook(
        @Doc("The file, in an existing folder, relative to the working directory; its name ends in .prom. By default, "
                + "metrics.prom in the run's directory.")
        Optional<String> file)
        implements HookSpec {
    private static final String FILE = "metrics.prom";
    private static final String ENDING = ".prom";

    public PrometheusHook {
        file.ifPresent(name ->
                ParameterException.require(name.endsWith(ENDING), "file", name, "a file whose name ends in " + ENDING));
    }

    @Override
    public Hook create(Run run) {
        Path own = run.directory().resolve(FILE);
        Path place = run.isRepetition() ? own : file.map(Path::of).orElse(own);
        return new MonitorHook("prometheus", place, run, new PrometheusText(place, run));
    }
}
