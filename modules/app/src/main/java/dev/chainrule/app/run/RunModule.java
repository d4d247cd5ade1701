package dev.chainrule.app.run;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.load.LoadedPlugin;
import dev.chainrule.app.record.FlatConfig;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.Blame;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.record.TextFilter;
import dev.chainrule.engine.training.RunPlan;
import dev.chainrule.math.ThreadTeam;

/** The wiring of one run: its training, its record, and the plugins that it uses. */
final class RunModule extends AbstractModule {
    private final LoadedConfig loaded;
    private final Assembly assembly;
    private final ThreadTeam team;
    private final TrainingModule training;

    /**
     * Prepare to wire a run. Every possible user mistake was checked before.
     *
     * @param optimizer of the assembly, created before there was a directory
     * @param stepLimit updates after which the run ends in any case
     */
    RunModule(
            LoadedConfig loaded,
            Assembly assembly,
            Optimizer optimizer,
            ThreadTeam team,
            RunDirectory directory,
            long stepLimit) {
        this.loaded = loaded;
        this.assembly = assembly;
        this.team = team;
        RunPlan plan = new RunPlan(
                loaded.name(), FlatConfig.of(loaded.resolved()), ResumeFingerprint.of(loaded, assembly), stepLimit);
        this.training = new TrainingModule(loaded.experiment(), assembly, optimizer, directory, plan);
    }

    @Override
    protected void configure() {
        install(training);
        bind(LoadedConfig.class).toInstance(loaded);
        bind(Assembly.class).toInstance(assembly);
        bind(ThreadTeam.class).toInstance(team);
        bind(Registry.class).toInstance(loaded.registry());
        Multibinder<LoadedPlugin> plugins = Multibinder.newSetBinder(binder(), LoadedPlugin.class);
        loaded.jars().forEach(plugin -> plugins.addBinding().toInstance(plugin));
        bind(PluginFacts.class);
        bind(RunManifest.class);
        bind(Blame.Judge.class).to(PluginJudge.class);
        bind(TextFilter.class).to(SecretFilter.class);
    }
}
