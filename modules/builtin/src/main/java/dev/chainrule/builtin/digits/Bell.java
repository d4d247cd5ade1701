package dev.chainrule.builtin.digits;

import dev.chainrule.math.Draws;

/** Bell-shaped random numbers from exact operations only, which need no logarithm and have no outliers. */
final class Bell {
    private Bell() {}

    /** Return a draw of mean 0 and deviation 1 in [−3, 3]: twice the sum of three uniform draws, less 3. */
    static double draw(Draws draws) {
        double sum = draws.uniform24() + draws.uniform24() + draws.uniform24();
        return 2 * sum - 3;
    }
}
