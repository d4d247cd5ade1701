package dev.chainrule.app.report.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScaleTests {
    @Test
    void linear_anyRange_endsWithRoundNumbers() {
        Scale scale = Scale.linear(0.12, 0.97);
        assertEquals(List.of(0.0, 0.5, 1.0), scale.ticks());
        assertEquals(0.12, scale.at(0.12), 1e-15); // one division
        assertEquals(
                List.of(-40.0, -20.0, 0.0, 20.0, 40.0), Scale.linear(-38, 33).ticks());
    }

    @Test
    void of_numbersFarApart_isLogarithmicIfAllowedAndPositive() {
        double[] wide = {0.003, 40, Double.NaN, Double.POSITIVE_INFINITY};
        Scale scale = Scale.of(wide, true);
        assertTrue(scale.logarithmic());
        assertEquals(List.of(0.001, 0.01, 0.1, 1.0, 10.0, 100.0), scale.ticks());
        assertEquals(0.4, scale.at(0.1), 1e-15);
        assertTrue(Double.isNaN(scale.at(0)));
        assertEquals(
                List.of(1e-7, 1e-5, 1e-3, 0.1, 10.0),
                Scale.of(new double[] {2.4e-7, 0.7}, true).ticks());
        assertTrue(!Scale.of(wide, false).logarithmic());
        assertTrue(!Scale.of(new double[] {0, 40}, true).logarithmic());
    }

    /** Whatever the numbers are, they lie between the ends, with a few ticks. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "5,5",
        "-3,-3",
        "1e-300,2e-300",
        "1e300,1.5e300",
        "0,4.9e-324",
        "1,1.0000000001",
        "NaN,NaN",
        "1e-9,1e9"
    })
    void of_extremeNumbers_hasThemOnTheAxis(double low, double high) {
        for (boolean mayBeLogarithmic : new boolean[] {false, true}) {
            Scale scale = Scale.of(new double[] {low, high}, mayBeLogarithmic);
            assertTrue(
                    scale.ticks().size() >= 2 && scale.ticks().size() <= 9,
                    () -> scale.ticks().toString());
            if (!Double.isNaN(low)) {
                assertTrue(scale.at(low) >= 0 && scale.at(high) <= 1, scale::toString);
            }
        }
    }
}
