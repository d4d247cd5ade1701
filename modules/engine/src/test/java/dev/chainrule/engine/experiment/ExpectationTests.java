package dev.chainrule.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExpectationTests {
    private static final List<Double> VALUES = List.of(0.2, 0.9, 0.5);

    @Test
    void miss_insideTheBand_isNone() {
        assertEquals(Optional.empty(), band(0.4, 0.6, Expectation.At.LAST, true).miss(0.5, VALUES));
        assertEquals(
                Optional.empty(), band(0.9, 0.9, Expectation.At.HIGHEST, false).miss(0.5, VALUES));
        assertEquals(
                Optional.empty(), band(0.1, 0.3, Expectation.At.LOWEST, false).miss(0.5, VALUES));
        assertEquals(
                Optional.empty(), band(0.2, 0.2, Expectation.At.FIRST, false).miss(0.5, VALUES));
    }

    @Test
    void miss_outsideTheBand_saysValueAndLimit() {
        assertEquals(
                Optional.of("0.5, at least 0.6 expected"),
                band(0.6, 1, Expectation.At.LAST, false).miss(0.5, VALUES));
        assertEquals(
                Optional.of("highest value 0.9, at most 0.8 expected"),
                band(0, 0.8, Expectation.At.HIGHEST, false).miss(0.5, VALUES));
        assertEquals(
                Optional.of("first value 0.2, at least 0.3 expected"),
                band(0.3, 1, Expectation.At.FIRST, false).miss(0.5, VALUES));
    }

    @Test
    void miss_keptModelOfAnEarlierEpoch_isJudgedAndNotTheLastOne() {
        assertEquals(Optional.empty(), band(0.9, 1, Expectation.At.LAST, true).miss(0.9, VALUES));
        assertEquals(
                Optional.of("0.3, at least 0.4 expected"),
                band(0.4, 1, Expectation.At.LAST, false).miss(0.3, VALUES));
        assertEquals(
                Optional.empty(), band(0.9, 1, Expectation.At.HIGHEST, false).miss(0.3, VALUES));
    }

    @Test
    void miss_notRisen_saysSo() {
        assertEquals(
                Optional.of("the value 0.1 is not above the first, 0.2"),
                band(0, 1, Expectation.At.LAST, true).miss(0.1, List.of(0.2, 0.3)));
    }

    @Test
    void miss_nan_isMissed() {
        assertEquals(
                Optional.of(".nan, at least 0 expected"),
                band(0, 1, Expectation.At.LAST, false).miss(Double.NaN, List.of(Double.NaN)));
    }

    @Test
    void constructor_nothingExpected_isRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Expectation(Optional.empty(), Optional.empty(), Expectation.At.LAST, false));
    }

    private static Expectation band(double min, double max, Expectation.At at, boolean rises) {
        return new Expectation(Optional.of(min), Optional.of(max), at, rises);
    }
}
