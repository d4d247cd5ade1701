package dev.chainrule.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.bench.measure.Statistics;
import org.junit.jupiter.api.Test;

/** The medians and spreads of the tables. */
final class StatisticsTests {
    @Test
    void of_oddCount_takesTheMiddleOne() {
        assertEquals(new Statistics(2, 1, 9), Statistics.of(9, 1, 2));
    }

    @Test
    void of_evenCount_takesTheMeanOfTheMiddleTwo() {
        assertEquals(new Statistics(2.5, 1, 9), Statistics.of(9, 1, 2, 3));
    }

    @Test
    void of_nothing_isRefused() {
        assertThrows(IllegalArgumentException.class, Statistics::of);
    }

    @Test
    void shown_hasMedianLeastAndMost() {
        assertEquals("2.0 (1.0–9.0)", Statistics.of(9, 1, 2).shown("%.1f"));
    }

    @Test
    void spread_isTheGreatestOverTheLeast() {
        assertEquals(4.5, Statistics.of(9, 2, 3).around(9).spread());
    }
}
