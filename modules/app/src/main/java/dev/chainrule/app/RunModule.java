package dev.chainrule.app;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.chainrule.api.Console;
import dev.chainrule.api.Optimizer;
import dev.chainrule.api.Parameter;
import dev.chainrule.engine.Assembly;
import dev.chainrule.engine.Interruption;
import dev.chainrule.engine.RunRecorder;
import dev.chainrule.engine.Trainer;
import java.time.Clock;

/**
 * Wire one run from what the config declared and plugins delivered. Everything that a user can get wrong was checked before; no
 * plugin is created here but by its own spec.
 */
final class RunModule extends AbstractModule {
    private final LoadedConfig loaded;
    private final Assembly assembly;
    private final RunPlace place;
    private final int threads;
    private final long stepLimit;

    RunModule(LoadedConfig loaded, Assembly assembly, RunPlace place, int threads, long stepLimit) {
        this.loaded = loaded;
        this.assembly = assembly;
        this.place = place;
        this.threads = threads;
        this.stepLimit = stepLimit;
    }

    @Override
    protected void configure() {
        bind(Assembly.class).toInstance(assembly);
    }

    @Provides
    @Singleton
    Optimizer optimizer() {
        return loaded.experiment()
                .optimizer()
                .create(
                        assembly.network().parameters().stream()
                                .filter(Parameter::trainable)
                                .toList(),
                        assembly.network().kernels());
    }

    @Provides
    @Singleton
    RunRecorder recorder(Clock clock, ProgramInfo program) {
        RunRecorder recorder = new RunRecorder(place.directory(), clock);
        recorder.start(loaded.text(), loaded.resolved(), RunFacts.of(loaded, assembly, program, threads));
        return recorder;
    }

    @Provides
    @Singleton
    Trainer trainer(Optimizer optimizer, RunRecorder recorder, Console console, Interruption interruption) {
        return new Trainer(new Trainer.Parts(
                loaded.name(),
                loaded.experiment(),
                assembly.datasets(),
                assembly.pipeline(),
                assembly.network(),
                assembly.objective(),
                optimizer,
                assembly.metrics(),
                recorder,
                console,
                interruption,
                stepLimit));
    }
}
