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
import dev.chainrule.api.data.AugmentationSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The contracts of all kinds of components, and the one of all records. This is the only list of contracts:
 * {@code plugins check}, the test kit and every other test of all components use it.
 */
public final class KindContracts {
    private KindContracts() {}

    /**
     * Return everything that breaks the contract; empty if it is kept.
     *
     * @param component implements the kind's interface
     * @param activations all known ones, for components that work together with some of them
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
                    case AUGMENTATION -> AugmentationContract.check((AugmentationSpec) component);
                    case METRIC -> MetricContract.check((Metric) component);
                    case HOOK -> HookContract.check((HookSpec) component);
                });
        return findings;
    }
}
