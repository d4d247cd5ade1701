package dev.chainrule.engine.contract;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;
import java.util.List;

/**
 * The contract of every {@link Initializer}, checked for those of some shapes that it accepts:
 *
 * <ul>
 *   <li>it fills every element with a finite number and keeps the shape;
 *   <li>the values are a function of shape, fans and draws alone: filled again they are bit-identical;
 *   <li>float32 is float64 rounded, except for the last digits.
 * </ul>
 */
public final class InitializerContract {
    private static final int[][] SHAPES = {
        {1, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 3}, {3, 2}, {3, 3}, {1, 5}, {7, 5}, {40, 30}
    };

    private InitializerContract() {}

    /** Return everything that breaks the contract; empty if it is kept. */
    public static List<Finding> check(Initializer initializer) {
        Probe probe = new Probe();
        return Findings.of(findings -> {
            int accepted = 0;
            for (int[] shape : SHAPES) {
                try {
                    check(initializer, shape[0], shape[1], probe, findings);
                    accepted++;
                } catch (InputException refused) {
                    // The initializer refuses this shape.
                }
            }
            findings.require(accepted > 0, "shapes accepted", "one at least", "none of 10, from [1, 1] to [40, 30]");
        });
    }

    private static void check(Initializer initializer, int rows, int columns, Probe probe, Findings findings) {
        String w = "w [" + rows + ", " + columns + "]";
        Matrix first = fill(initializer, rows, columns, probe.float64());
        if (!findings.shape(w, rows, columns, first)) {
            return;
        }
        findings.finite(w, first, false, "", first);
        findings.untouched(w + " filled again", first, fill(initializer, rows, columns, probe.float64()));
        findings.close(
                "float32 " + w,
                first,
                fill(initializer, rows, columns, probe.float32()),
                Probe.FLOAT32_TOLERANCE,
                "",
                first);
    }

    private static Matrix fill(Initializer initializer, int rows, int columns, Kernels kernels) {
        Matrix w = Probe.unwritten(kernels, rows, columns);
        initializer.fill(
                w, rows, columns, RandomStream.of(0, "contract.weights").at(0, 0));
        return w;
    }
}
