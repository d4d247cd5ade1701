package dev.chainrule.builtin.loss;

import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.value.Bounds;
import dev.chainrule.api.value.Shape;
import dev.chainrule.api.value.Warning;
import java.util.Optional;

/** A cost of outputs that are not beyond a margin of 1, on the side of 0 that their class has: above for it, below for others. */
interface MarginLoss extends ElementwiseLoss {
    /** Return the side of an output: 1 for the example's class, −1 for any other. */
    static double side(double y) {
        return y == 1 ? 1 : -1;
    }

    /** Return the distance to the margin, max(0, 1 − side·a). */
    static double missing(double a, double y) {
        return Math.max(0, 1 - side(y) * a);
    }

    @Override
    default void branch(double a, double y, Branches branches) {
        branches.addSide(side(y) * a, 1);
    }

    /** A mixed example has no side. */
    @Override
    default boolean acceptsProbabilities() {
        return false;
    }

    @Override
    default void check(Shape output, Target target) {
        if (!target.isClass()) {
            throw new InputException(
                    name() + " requires classes as targets, but these are numbers: " + target.listed(),
                    "List the column under categorical to make its numbers classes, or use binary_cross_entropy.");
        }
        Targets.requireWidth(output, target);
    }

    @Override
    default Optional<Warning> warning(Bounds outputs) {
        return outputs.least() < 0
                ? Optional.empty()
                : Optional.of(new Warning(
                        name() + " expects outputs on both sides of 0, but they are " + outputs,
                        "Remove the activation of the last layer: " + name() + " requires none."));
    }
}
