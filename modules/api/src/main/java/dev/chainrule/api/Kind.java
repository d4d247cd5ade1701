package dev.chainrule.api;

import dev.chainrule.api.data.AugmentationSpec;
import java.util.Arrays;
import java.util.Optional;

/** The extension points: the kinds of components. */
public enum Kind {
    /** A layer of a network. */
    LAYER("layer", LayerSpec.class),
    /** A function a = σ(z). */
    ACTIVATION("activation", Activation.class),
    /** A cost of outputs and targets. */
    LOSS("loss", Loss.class),
    /** A way to update parameters. */
    OPTIMIZER("optimizer", OptimizerSpec.class),
    /** A learning rate in the course of a run; a number stands for {@code constant}. */
    SCHEDULE("schedule", Schedule.class, "constant"),
    /** The initial values of a parameter; a number stands for {@code constant}. */
    INITIALIZER("initializer", Initializer.class, "constant"),
    /** A cost of a parameter. */
    REGULARIZER("regularizer", Regularizer.class),
    /** A source of examples. */
    DATA_SOURCE("data source", DataSourceSpec.class),
    /** A change of examples before the network sees them. */
    TRANSFORM("transform", TransformSpec.class),
    /** A random change of training examples. */
    AUGMENTATION("augmentation", AugmentationSpec.class),
    /** A measure of outputs. */
    METRIC("metric", Metric.class),
    /** An observer of a run. */
    HOOK("hook", HookSpec.class);

    private final String label;
    private final Class<?> type;
    private final Optional<String> forNumbers;

    Kind(String label, Class<?> type) {
        this(label, type, null);
    }

    Kind(String label, Class<?> type, String forNumbers) {
        this.label = label;
        this.type = type;
        this.forNumbers = Optional.ofNullable(forNumbers);
    }

    /** {@return the name that users read: {@code data source}} */
    public String label() {
        return label;
    }

    /** {@return the interface that a component of this kind implements} */
    public Class<?> type() {
        return type;
    }

    /**
     * {@return the component that a bare number stands for, if there is one: a learning rate of {@code 0.1} is
     * {@code {type: constant, value: 0.1}}} Its first parameter takes the number.
     */
    public Optional<String> forNumbers() {
        return forNumbers;
    }

    /**
     * {@return the kind whose interface is {@code type}, if there is one}
     *
     * @param type an interface
     */
    public static Optional<Kind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.type == type).findFirst();
    }

    /**
     * {@return the kind that a component class implements; empty if it implements none or several}
     *
     * @param component a record
     */
    public static Optional<Kind> implementedBy(Class<?> component) {
        Kind[] found = Arrays.stream(values())
                .filter(kind -> kind.type.isAssignableFrom(component))
                .toArray(Kind[]::new);
        return found.length == 1 ? Optional.of(found[0]) : Optional.empty();
    }
}
