package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
}
