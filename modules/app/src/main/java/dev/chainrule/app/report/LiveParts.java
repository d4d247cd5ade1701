package dev.chainrule.app.report;

import dev.chainrule.api.error.InputException;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Dataset;
import dev.chainrule.engine.evaluation.Evaluator;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.model.network.Network;

/**
 * The parts of a run that has just ended, which are still in memory: nothing is read or built twice.
 *
 * @param interrupted whether the user waits for the program to end
 */
record LiveParts(
        RunDirectory directory,
        LoadedConfig loaded,
        Assembly assembly,
        boolean interrupted,
        PluginSources plugins,
        Context context)
        implements RunParts {
    /** A resumed run was loaded from its own resolved config, which does not know the origins. */
    @Override
    public LoadedConfig composed() {
        if (!loaded.file().equals(directory.resolved())) {
            return loaded;
        }
        RecordedConfig recorded = new RecordedConfig(RunRecord.read(directory), context);
        return recorded.composed(recorded.plugins(plugins));
    }

    @Override
    public LoadedConfig resolved() {
        return loaded;
    }

    @Override
    public Network network() {
        return assembly.network();
    }

    @Override
    public Model model() {
        return new Model(
                assembly.network(),
                assembly.pipeline(),
                new Evaluator(assembly.network(), assembly.objective(), assembly.pipeline(), assembly.metrics()),
                this::dataset);
    }

    private Dataset dataset(String name) {
        if (interrupted) {
            throw new InputException("the run was interrupted; the command report adds them");
        }
        return assembly.datasets().named(name).orElseThrow();
    }
}
