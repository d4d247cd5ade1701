package dev.chainrule.app.report;

import dev.chainrule.app.load.AssemblyFactory;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.PluginSources;
import dev.chainrule.app.record.OpenedRun;
import dev.chainrule.app.record.RecordedConfig;
import dev.chainrule.app.record.TrainedRun;
import dev.chainrule.app.shell.Context;
import dev.chainrule.engine.record.RunRecord;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The parts of an earlier run, made again from its files and its data.
 *
 * @param dataFolder where data files are looked for first
 * @param offline whether nothing may be downloaded
 */
record RecordedParts(
        OpenedRun run,
        PluginSources plugins,
        Optional<Path> dataFolder,
        boolean offline,
        ThreadTeam team,
        Context context)
        implements RunParts {
    @Override
    public LoadedConfig composed() {
        RecordedConfig recorded = recorded();
        return recorded.composed(recorded.plugins(plugins));
    }

    @Override
    public LoadedConfig resolved() {
        RecordedConfig recorded = recorded();
        return recorded.resolved(recorded.plugins(plugins));
    }

    @Override
    public Network network() {
        return AssemblyFactory.of(resolved().lookingIn(dataFolder), context, offline, team)
                .network();
    }

    @Override
    public Model model() {
        TrainedRun trained = TrainedRun.restore(run, plugins, dataFolder, team, context);
        return new Model(
                trained.network(),
                trained.pipeline(),
                trained.evaluator(),
                name -> trained.dataset(name, context, offline));
    }

    private RecordedConfig recorded() {
        return new RecordedConfig(RunRecord.read(run.directory()), context);
    }
}
