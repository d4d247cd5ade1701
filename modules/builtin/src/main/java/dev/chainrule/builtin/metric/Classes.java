package dev.chainrule.builtin.metric;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import java.util.List;
import java.util.Optional;

/** The classes of outputs and targets: a check that they can be compared, and a search by name. */
public final class Classes {
    /** The names of the positive class, used if one of two classes has such a name and the config specifies none. */
    private static final List<String> POSITIVE = List.of("1", "true", "yes");

    private Classes() {}

    /**
     * Require classes as the target, and an output for each, or one output for two.
     *
     * @throws InputException with the metric and the mismatch
     */
    public static void require(String metric, Shape output, Target target) {
        if (!target.isClass()) {
            throw new InputException(
                    metric + " requires classes as targets, but these are numbers: " + target.listed(),
                    "Use binary_accuracy if each is 0 or 1, mse or mae for other numbers.");
        }
        int classes = target.names().size();
        if (output.size() != classes && !isThreshold(output, target)) {
            throw new InputException(
                            metric + " compares " + classes + " classes, but the network has " + output.size()
                                    + (output.size() == 1 ? " output" : " outputs"),
                            "Give the last layer units: " + classes + "; a single output distinguishes two classes.")
                    .atConfig(Loss.LAST_LAYER);
        }
    }

    /** Return whether a single output separates two classes. */
    public static boolean isThreshold(Shape output, Target target) {
        return output.size() == 1 && target.names().size() == 2 && target.form() == Target.Form.CLASS_INDEX;
    }

    /**
     * Require that a class specified in the config exists.
     *
     * @throws InputException at {@code of}, with the list of classes
     */
    public static void requireNamed(Optional<String> of, Target target) {
        try {
            of.ifPresent(target::classNumber);
        } catch (InputException e) {
            throw e.atConfig("of");
        }
    }

    /** Return the positive class if the config specifies none: of two, the one called 1, true or yes. */
    public static Optional<String> positive(Target target) {
        return target.names().size() != 2
                ? Optional.empty()
                : POSITIVE.stream()
                        .flatMap(positive -> target.names().stream().filter(positive::equalsIgnoreCase))
                        .findFirst();
    }

    /** Return the failure of a metric that counts classes but was begun without the target. */
    public static IllegalStateException unknown(String metric) {
        return new IllegalStateException(metric + " counts the classes of a target: begin it with the target");
    }
}
