package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NumbersTests {
    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "3, 3",
        "-2.5, -2.5",
        "0, 0",
        "-0.0, -0",
        "100, 100",
        "123456789012345, 123456789012345",
        "1e14, 100000000000000",
        "1e15, 1e15",
        "1.5e15, 1.5e15",
        "0.00001, 0.00001",
        "0.000001, 1e-6",
        "-1.25e-7, -1.25e-7",
        "0.3333333333333333, 0.3333333333333333",
        "2e-323, 2e-323",
        "4.9e-324, 5e-324",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "2.2250738585072014e-308, 2.2250738585072014e-308",
        "9007199254740993, 9.007199254740992e15",
        "Infinity, .inf",
        "-Infinity, -.inf",
        "NaN, .nan"
    })
    void format_value_isItsShortestText(String value, String text) {
        assertEquals(text, Numbers.format(Double.parseDouble(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "0.0024, 0.002400",
        "0.000202, 0.0002020",
        "0.0001, 0.0001000",
        "0.00012345, 0.0001234",
        "0.0000999949, 9.999e-5",
        "0.0000999951, 0.0001000",
        "0.98124, 0.9812",
        "0.99996, 1.000",
        "1, 1.000",
        "-1.5, -1.500",
        "9.9996, 10.00",
        "12.345678, 12.35",
        "999.96, 1000",
        "1234.5678, 1235",
        "12345.6, 12346",
        "999949, 999949",
        "999951, 1.000e6",
        "1234567, 1.235e6",
        "1e-300, 1.000e-300",
        "5e-324, 4.941e-324",
        "1e300, 1.000e300",
        "-Infinity, -Infinity",
        "NaN, NaN"
    })
    void rounded_value_hasFourSignificantDigits(String value, String text) {
        assertEquals(text, Numbers.rounded(Double.parseDouble(value)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 MB",
        "250000, 0.25 MB",
        "536870912, 537 MB",
        "999999999, 1000 MB",
        "5368709120, 5.37 GB",
        "1e15, 1000000 GB"
    })
    void size_bytes_hasThreeSignificantDigits(double bytes, String text) {
        assertEquals(text, Numbers.size(bytes));
    }

    @Test
    void rounded_randomBits_areWithinHalfADigitAndShort() {
        Draws draws = RandomStream.of(1, "bits").at(0, 1);
        int checked = 0;
        for (int i = 0; i < 2_000; i++) {
            double value = Double.longBitsToDouble((long) draws.bits() << 32 | draws.bits() & 0xffffffffL);
            if (Double.isFinite(value)) {
                String text = Numbers.rounded(value);
                assertEquals(value, Double.parseDouble(text), Math.abs(value) * 5.1e-4);
                assertTrue(text.length() <= "-1.235e-300".length(), text);
                checked++;
            }
        }
        assertTrue(checked > 1_950, checked + " finite numbers");
    }

    @Test
    void format_randomBits_readBackToTheSameValue() {
        Draws draws = RandomStream.of(1, "bits").at(0, 0);
        int checked = 0;
        for (int i = 0; i < 2_000; i++) {
            double value = Double.longBitsToDouble((long) draws.bits() << 32 | draws.bits() & 0xffffffffL);
            if (Double.isFinite(value)) {
                String text = Numbers.format(value);
                assertEquals(value, Double.parseDouble(text));
                assertTrue(text.replaceAll("e.*|[-.]", "").replaceAll("^0+", "").length() <= 17, text);
                checked++;
            }
        }
        assertTrue(checked > 1_950, checked + " finite numbers");
    }

    @Test
    void format_floatWidened_readsBackToTheSameFloat() {
        assertEquals("0.10000000149011612", Numbers.format(0.1f));
        assertEquals(0.1f, Float.parseFloat(Numbers.format(0.1f)));
    }

    /** The same float in fewer digits, and never more than are meant. */
    @ParameterizedTest
    @CsvSource({
        "0.1, 1e-9, 0.1",
        "0.10000000149011612, 3.7e-9, 0.1",
        "5312345.678, 0.5, 5312346",
        "5312345.678, 0.05, 5312345.7",
        "5312345.678, 0, 5312345.678",
        "1700049999.25, 1e-6, 1700049999.25",
        "1.23456e-12, 1e-15, 1.235e-12",
        "-98765, 100, -98800",
        "0, 1, 0"
    })
    void format_withinADistance_isTheShortestText(double value, double distance, String text) {
        assertEquals(text, Numbers.format(value, distance));
    }

    @Test
    void format_anyFloatWithinHalfTheWayToItsNeighbours_readsBackToIt() {
        Draws draws = RandomStream.of(1, "floats").at(0, 0);
        for (int i = 0; i < 2000; i++) {
            float value = Float.intBitsToFloat(draws.below(0x7f800000));
            double up = Precision.FLOAT32.neighbour(value, true) - value;
            double down = value - Precision.FLOAT32.neighbour(value, false);
            String text = Numbers.format(value, Math.min(up, down) / 2);
            assertEquals(value, Float.parseFloat(text), text);
            assertTrue(new BigDecimal(text).stripTrailingZeros().precision() <= 9, text);
        }
    }

    @Test
    void sparkline_values_areBlocksFromTheLeastToTheGreatest() {
        assertEquals("▁▂▃▄▅▆▇█", Numbers.sparkline(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), 8, true));
        assertEquals("_.-:=+*#", Numbers.sparkline(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0), 8, false));
        assertEquals("▁▅█", Numbers.sparkline(List.of(9.0, 0.0, 9.0, 1.0, 9.0, 2.0), 3, true), "the last of each pair");
        assertEquals("▅▅", Numbers.sparkline(List.of(3.0, 3.0), 8, true));
        assertEquals("█ ▁ ", Numbers.sparkline(List.of(2.0, Double.NaN, 1.0, Double.POSITIVE_INFINITY), 8, true));
        assertEquals("▁█", Numbers.sparkline(List.of(-Double.MAX_VALUE, Double.MAX_VALUE), 8, true));
        assertEquals("", Numbers.sparkline(List.of(), 8, true));
    }
}
