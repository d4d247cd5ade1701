package dev.chainrule.app.command.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

final class ColumnImportanceTests {
    /** Of 12 examples and 3 permutations, with a metric of up to 1. */
    private static final double ROUNDING = 15 * Math.ulp(1.0);

    @Test
    void of_lossesThatCancelUpToRounding_haveTheMeanZero() {
        double[] losses = {0.3, -0.1, -0.2};
        assertNotEquals(0, losses[0] + losses[1] + losses[2]);
        ColumnImportance importance = ColumnImportance.of("a", losses, ROUNDING);
        assertEquals(0, importance.mean());
        // √((0.09 + 0.01 + 0.04) / 3); twice the rounding of a number below 0.5.
        assertEquals(0.21602468994692867, importance.deviation(), Math.ulp(0.5));
    }

    @Test
    void of_equalLosses_haveTheDeviationZero() {
        ColumnImportance importance = ColumnImportance.of("a", new double[] {0.3, 0.3, 0.3 + Math.ulp(0.3)}, ROUNDING);
        assertEquals(0.3, importance.mean(), Math.ulp(0.3));
        assertEquals(0, importance.deviation());
    }

    @Test
    void of_lossesAboveRounding_areKept() {
        ColumnImportance importance = ColumnImportance.of("a", new double[] {1e-14, 3e-14}, ROUNDING);
        // Half a unit in the last place each.
        assertEquals(2e-14, importance.mean(), Math.ulp(2e-14));
        assertEquals(1e-14, importance.deviation(), Math.ulp(1e-14));
    }
}
