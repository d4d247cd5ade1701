package dev.chainrule.app.run;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.chainrule.api.Console;
import dev.chainrule.api.Optimizer;
import dev.chainrule.app.load.LoadedConfig;
import dev.chainrule.app.shell.PluginFailure;
import dev.chainrule.config.compose.Secrets;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.record.ResumePoint;
import dev.chainrule.engine.record.RunJson;
import dev.chainrule.engine.record.RunStreams;
import dev.chainrule.engine.record.TextFilter;
import dev.chainrule.engine.training.Interruption;
import dev.chainrule.engine.training.Trainer;
import java.time.Clock;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Wire one run from what the config declared and plugins delivered. Everything that a user can get wrong was checked before; no
 * plugin's code runs within a provider, so nothing that it throws arrives wrapped.
 */
final class RunModule extends AbstractModule {
    /** The texts of run.json that commands use later: there a name that is also a part of a secret must stay. */
    private static final Pattern READ_AGAIN =
            Pattern.compile("name|config\\.(file|folder|set|environment\\..*|bases\\.(file|folder|copy))"
                    + "|files\\.(name|found)|plugins\\.(jar|libraries\\.jar)|working_directory");

    private final LoadedConfig loaded;
    private final Assembly assembly;
    private final RunPlace place;
    private final Optimizer optimizer;
    private final Optional<ResumePoint> from;
    private final long stepLimit;

    RunModule(
            LoadedConfig loaded,
            Assembly assembly,
            Optimizer optimizer,
            RunPlace place,
            Optional<ResumePoint> from,
            long stepLimit) {
        this.loaded = loaded;
        this.assembly = assembly;
        this.place = place;
        this.optimizer = optimizer;
        this.from = from;
        this.stepLimit = stepLimit;
    }

    @Override
    protected void configure() {
        bind(Assembly.class).toInstance(assembly);
        bind(Optimizer.class).toInstance(optimizer);
    }

    @Provides
    @Singleton
    RunStreams streams(TextFilter filter) {
        return new RunStreams(place.directory(), filter);
    }

    @Provides
    @Singleton
    RunJson json(RunStreams streams, Clock clock, TextFilter filter) {
        return new RunJson(
                place.directory(), streams, clock, filter, cause -> PluginFailure.blame(cause, loaded.registry()));
    }

    @Provides
    TextFilter filter(Secrets secrets) {
        return (path, text) -> READ_AGAIN.matcher(path).matches() ? secrets.hideWhole(text) : secrets.hide(text);
    }

    @Provides
    @Singleton
    Trainer trainer(Optimizer optimizer, RunJson json, RunStreams streams, Console console, Interruption interruption) {
        return new Trainer(new Trainer.Parts(
                loaded.name(),
                loaded.experiment(),
                assembly.datasets(),
                assembly.pipeline(),
                assembly.network(),
                assembly.objective(),
                optimizer,
                assembly.metrics(),
                place.directory(),
                json,
                streams,
                console,
                interruption,
                Identity.of(loaded, assembly),
                from,
                stepLimit));
    }
}
