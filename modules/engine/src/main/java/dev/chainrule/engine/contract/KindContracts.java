package dev.chainrule.engine.contract;

import dev.chainrule.api.Activation;
import dev.chainrule.api.DataSourceSpec;
import dev.chainrule.api.HookSpec;
import dev.chainrule.api.Initializer;
import dev.chainrule.api.Kind;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.Metric;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Regularizer;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.TransformSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hold any component to the contract of its kind, and to that of all records. This is the one list of contracts: what stands here
 * is checked by {@code plugins check}, by the test kit and by everything else that goes through all components.
 */
public final class KindContracts {
    private KindContracts() {}

    /**
     * Return everything that breaks the contract; empty when it is kept.
     *
     * @param component implements the kind's interface
     * @param activations those known, for components that work together with some of them
     */
    public static List<Finding> check(Kind kind, Record component, List<Activation> activations) {
        List<Finding> findings = new ArrayList<>(RecordContract.check(component));
        findings.addAll(
                switch (kind) {
                    case LAYER -> LayerContract.check((LayerSpec) component);
                    case ACTIVATION -> ActivationContract.check((Activation) component);
                    case LOSS -> LossContract.check((Loss) component, activations);
                    case OPTIMIZER -> OptimizerContract.check((OptimizerSpec) component);
                    case SCHEDULE -> ScheduleContract.check((Schedule) component);
                    case INITIALIZER -> InitializerContract.check((Initializer) component);
                    case REGULARIZER -> RegularizerContract.check((Regularizer) component);
                    case DATA_SOURCE -> DataSourceContract.check((DataSourceSpec) component, Path.of(""));
                    case TRANSFORM -> TransformContract.check((TransformSpec) component);
                    case METRIC -> MetricContract.check((Metric) component);
                    case HOOK -> HookContract.check((HookSpec) component);
                });
        return findings;
    }
}
