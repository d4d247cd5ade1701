package dev.chainrule.api;

import java.util.Arrays;
import java.util.Optional;

/** List the extension points: what a component can be. */
public enum Kind {
    LAYER("layer", LayerSpec.class),
    ACTIVATION("activation", Activation.class),
    LOSS("loss", Loss.class),
    OPTIMIZER("optimizer", OptimizerSpec.class),
    SCHEDULE("schedule", Schedule.class, "constant"),
    INITIALIZER("initializer", Initializer.class, "constant"),
    REGULARIZER("regularizer", Regularizer.class),
    DATA_SOURCE("data source", DataSourceSpec.class),
    TRANSFORM("transform", TransformSpec.class),
    METRIC("metric", Metric.class),
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

    /** Return the name users read: {@code data source}. */
    public String label() {
        return label;
    }

    /** Return the interface that a component of this kind implements. */
    public Class<?> type() {
        return type;
    }

    /**
     * Return the component that a bare number stands for, if there is one: a learning rate of {@code 0.1} is
     * {@code {type: constant, value: 0.1}}. Its first parameter takes the number.
     */
    public Optional<String> forNumbers() {
        return forNumbers;
    }

    /** Return the kind whose interface is {@code type}, if there is one. */
    public static Optional<Kind> of(Class<?> type) {
        return Arrays.stream(values()).filter(kind -> kind.type == type).findFirst();
    }

    /** Return the kind that a component class implements; empty if it implements none or several. */
    public static Optional<Kind> implementedBy(Class<?> component) {
        Kind[] found = Arrays.stream(values())
                .filter(kind -> kind.type.isAssignableFrom(component))
                .toArray(Kind[]::new);
        return found.length == 1 ? Optional.of(found[0]) : Optional.empty();
    }
}
