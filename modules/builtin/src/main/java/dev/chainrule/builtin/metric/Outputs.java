package dev.chainrule.builtin.metric;

import dev.chainrule.api.Loss;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;

/** A check that outputs and targets can be compared number by number. */
public final class Outputs {
    private Outputs() {}

    /**
     * Require one target number per output.
     *
     * @throws InputException with the metric and the mismatch
     */
    public static void requireNumbers(String metric, Shape output, Target target) {
        if (target.form() == Target.Form.CLASS_INDEX) {
            throw new InputException(
                    metric + " compares numbers, but the target is a class number",
                    "Use accuracy, or add the transform one_hot.");
        }
        if (output.size() != target.width()) {
            throw new InputException(
                            metric + " compares outputs one by one, but the network has " + output.size()
                                    + " and the target " + target.width(),
                            "Give the last layer units: " + target.width() + ".")
                    .atConfig(Loss.LAST_LAYER);
        }
    }
}
