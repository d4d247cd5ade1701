package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;

/** Draw bell-shaped numbers from exact operations alone, so that they need no logarithm and know no outliers. */
final class Bell {
    private Bell() {}

    /** Return a draw of mean 0 and deviation 1 in [−3, 3]: twice the sum of three uniform draws, less 3. */
    static double draw(Draws draws) {
        double sum = draws.uniform24() + draws.uniform24() + draws.uniform24();
        return 2 * sum - 3;
    }
}
