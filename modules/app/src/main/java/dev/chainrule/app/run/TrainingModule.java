package dev.chainrule.app.run;

import com.google.inject.AbstractModule;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.engine.assembly.Assembly;
import dev.chainrule.engine.data.Datasets;
import dev.chainrule.engine.data.Pipeline;
import dev.chainrule.engine.experiment.Experiment;
import dev.chainrule.engine.experiment.Measure;
import dev.chainrule.engine.objective.Objective;
import dev.chainrule.engine.record.RunDirectory;
import dev.chainrule.engine.training.RunPlan;
import dev.chainrule.engine.training.TrainingRun;
import dev.chainrule.model.network.Network;
import java.util.List;

/**
 * The wiring of a training from the parts of an assembly that were found to fit. Its installer binds clock, console, interruption,
 * and the filter and judge of the record.
 */
public final class TrainingModule extends AbstractModule {
    private final Experiment experiment;
    private final Assembly assembly;
    private final Optimizer optimizer;
    private final Schedule schedule;
    private final RunDirectory directory;
    private final RunPlan plan;

    /**
     * Prepare to wire a training. A plugin's code runs here and in no provider, so that its exceptions are never wrapped.
     *
     * @param experiment that of the assembly, or one with further hooks
     */
    public TrainingModule(
            Experiment experiment, Assembly assembly, Optimizer optimizer, RunDirectory directory, RunPlan plan) {
        this.experiment = experiment;
        this.assembly = assembly;
        this.optimizer = optimizer;
        this.schedule = experiment.optimizer().learningRate();
        this.directory = directory;
        this.plan = plan;
    }

    @Override
    protected void configure() {
        bind(Experiment.class).toInstance(experiment);
        bind(Datasets.class).toInstance(assembly.datasets());
        bind(Pipeline.class).toInstance(assembly.pipeline());
        bind(Network.class).toInstance(assembly.network());
        bind(Objective.class).toInstance(assembly.objective());
        bind(new TypeLiteral<List<Measure>>() {}).toInstance(assembly.metrics());
        bind(Optimizer.class).toInstance(optimizer);
        bind(Schedule.class).toInstance(schedule);
        bind(RunDirectory.class).toInstance(directory);
        bind(RunPlan.class).toInstance(plan);
        TrainingRun.PARTS.forEach(part -> bind(part).in(Singleton.class));
    }
}
