package dev.chainrule.builtin.monitor;

import dev.chainrule.api.Component;
import dev.chainrule.api.Doc;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Run;
import dev.chainrule.api.error.ParameterException;
import dev.chainrule.api.training.Hook;
import java.nio.file.Path;
import java.util.Optional;

/** A run in the files of MLflow's tracking store, which its user interface and its Python library read. */
@Component("mlflow")
@Doc("Writes the run into a folder of MLflow's file store: parameters, metrics and tags, for mlflow ui.")
public record MlflowHook(
        @Doc(
                "The folder of the store, relative to the working directory; created if absent. By default, mlruns in the run's "
                        + "directory.")
        Optional<String> folder,

        @Doc("The experiment to which the run belongs. By default, the run's name.")
        Optional<String> experiment)
        implements HookSpec {
    private static final String FOLDER = "mlruns";

    public MlflowHook {
        folder.ifPresent(name ->
                ParameterException.require(!name.isBlank(), "folder", "'" + name + "'", "the name of a folder"));
        experiment.ifPresent(name -> ParameterException.require(
                !name.isBlank() && name.lines().count() == 1,
                "experiment",
                "'" + name.strip() + "'",
                "a text of one line"));
    }

    @Override
    public Hook create(Run run) {
        Path own = run.directory().resolve(FOLDER);
        Path place = run.isRepetition() ? own : folder.map(Path::of).orElse(own);
        return new MonitorHook(
                "mlflow",
                place,
                run,
                new MlflowRun(place, experiment.orElse(run.name()), run, System::currentTimeMillis));
    }
}
