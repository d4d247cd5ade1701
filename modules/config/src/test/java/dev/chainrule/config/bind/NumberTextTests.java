package dev.chainrule.config.bind;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberTextTests {
    @ParameterizedTest
    @CsvSource({"0, 0", "-0, 0", "+7, 7", "42, 42", "-2147483648, -2147483648", "2147483647, 2147483647"})
    void whole_wholeNumber_isRead(String text, long expected) throws Refused {
        assertEquals(expected, NumberText.whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    @Test
    void whole_boundsOfLong_areRead() throws Refused {
        assertEquals(Long.MAX_VALUE, NumberText.whole("9223372036854775807", Long.MIN_VALUE, Long.MAX_VALUE));
        assertEquals(Long.MIN_VALUE, NumberText.whole("-9223372036854775808", Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({
        "1e-3, 0.001",
        ".5, 0.5",
        "5., 5",
        "-1.25E+2, -125",
        "1/255, 0.00392156862745098",
        "1 / 4, 0.25",
        "-.5/2, -0.25",
        "4.9e-324, 4.9e-324",
        "0e999, 0"
    })
    void real_number_isRead(String text, double expected) throws Refused {
        assertEquals(expected, NumberText.real(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "010|Write 10, or 8 if octal was meant.",
                "-007|Write -7.",
                "08|Write 8.",
                "0x1F|Write 31.",
                "0o17|Write 15.",
                "0b101|Write 5.",
                "1_000|Write 1000.",
                "10.0|Write 10.",
                "1.5|Write 1 or 2.",
                "1e4|Write 10000.",
                "1:30|A number has no colons; for YAML 1.1 this would be one of base 60.",
                "1,000|Write numbers without commas.",
                "−5|Write -5, with the minus sign of the keyboard.",
                "inf|Only finite numbers are allowed."
            })
    void whole_otherForm_saysWhatToWrite(String text, String note) {
        Refused refused = assertThrows(Refused.class, () -> NumberText.whole(text, 0, 1_000_000));
        assertEquals(List.of(note), refused.notes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.5", "50%", "0,5", "1/2", "ten", "", "-", "1e", "1e999999999", "2026-01-01", "١٢"})
    void whole_anythingElse_isRefusedWithoutGuessing(String text) {
        assertEquals(
                List.of(),
                assertThrows(Refused.class, () -> NumberText.whole(text, 0, 1_000_000))
                        .notes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".nan",
                ".inf",
                "NaN",
                "Infinity",
                "1e400",
                "1e-400",
                "1/0",
                "0/0",
                "1/2/3",
                "0x1p3",
                "1f",
                "1d",
                ".",
                "/",
                "1/"
            })
    void real_notFiniteOrNotNumber_isRefused(String text) {
        assertThrows(Refused.class, () -> NumberText.real(text));
    }

    @Test
    void isNumberLike_tellsNumbersFromNames() {
        for (String text : List.of("0.1", "-1", ".5", "1/255", "1e400", "010", ".inf", ".nan")) {
            assertTrue(NumberText.isNumberLike(text), text);
        }
        for (String text : List.of("adam", "l2", "-", "", ".", "inf", "e1")) {
            assertFalse(NumberText.isNumberLike(text), text);
        }
    }
}
