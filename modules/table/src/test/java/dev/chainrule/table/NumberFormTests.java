package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberFormTests {
    private static final int RANDOM_NUMBERS = 200_000;

    /** The quick way for short numbers and Java's own must agree to the last bit. */
    @Test
    void parse_randomDecimals_equalsJavasOwn() {
        Random random = new Random(1);
        int checked = 0;
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            String text = decimal(random);
            assertEquals(
                    Double.doubleToRawLongBits(Double.parseDouble(text)),
                    Double.doubleToRawLongBits(NumberForm.PLAIN.parse(text)),
                    text);
            checked++;
        }
        assertEquals(RANDOM_NUMBERS, checked);
    }

    @Test
    void parsePlain_randomDecimals_areDoublesOwnToTheLastBitOrLeft() {
        Random random = new Random(2);
        int read = 0;
        int left = 0;
        for (int i = 0; i < RANDOM_NUMBERS; i++) {
            String text = decimal(random);
            double value = parsePlain(NumberForm.PLAIN, text);
            boolean plain = text.matches("-?[0-9]*[.]?[0-9]*")
                    && text.replaceAll("[-.]", "").length() <= 15;
            read += plain ? 1 : 0;
            left += plain ? 0 : 1;
            assertEquals(
                    Double.doubleToRawLongBits(plain ? Double.parseDouble(text) : Double.NaN),
                    Double.doubleToRawLongBits(value),
                    text);
        }
        assertTrue(read > RANDOM_NUMBERS / 4, "plain: " + read);
        assertTrue(left > RANDOM_NUMBERS / 4, "others: " + left);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-", ".", "-.", "+1", "--1", "1-", "1.2.3", "1,5", "1e5", "1 2", "NaN", "\u22121", "\u0661",
                "\u012e5"
            })
    void parsePlain_anythingElse_isLeft(String cell) {
        assertTrue(Double.isNaN(parsePlain(NumberForm.PLAIN, cell)));
    }

    @Test
    void parsePlain_otherForms_areReadByTheirMarkAndLeftWithUnits() {
        assertEquals(-0.5, parsePlain(new NumberForm(',', '.', List.of()), "-0,5"));
        assertTrue(Double.isNaN(parsePlain(new NumberForm(',', '.', List.of()), "1.234")));
        assertTrue(Double.isNaN(parsePlain(new NumberForm('.', (char) 0, List.of("%")), "5")));
    }

    @Test
    void parsePlain_withinLongerText_endsWithTheCell() {
        byte[] text = "12-3.4567".getBytes(StandardCharsets.UTF_8);
        assertEquals(-3.4, NumberForm.PLAIN.parsePlain(text, 2, 6));
    }

    @Test
    void isSpace_everyCharacter_isAsJavaSays() {
        for (int c = 0; c <= Character.MAX_VALUE; c++) {
            assertEquals(
                    Character.isWhitespace(c) || Character.isSpaceChar(c),
                    NumberForm.isSpace((char) c),
                    Integer.toHexString(c));
        }
    }

    private static double parsePlain(NumberForm form, String cell) {
        byte[] text = cell.getBytes(StandardCharsets.UTF_8);
        return form.parsePlain(text, 0, text.length);
    }

    private static String decimal(Random random) {
        StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "-" : random.nextInt(8) == 0 ? "+" : "");
        int digits = 1 + random.nextInt(20);
        int point = random.nextInt(digits + 4);
        for (int i = 0; i < digits; i++) {
            text.append(i == point ? "." : "").append((char) ('0' + random.nextInt(10)));
        }
        if (random.nextInt(3) == 0) {
            text.append(random.nextBoolean() ? 'e' : 'E').append(random.nextInt(660) - 330);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1f",
                "1d",
                "0x10",
                "1_000",
                "NaN",
                "inf",
                "Infinity",
                "1 2",
                "--1",
                "1.2.3",
                "1,5",
                "1.5e2.5",
                "\u0661"
            })
    void isNumber_anythingElse_isNot(String cell) {
        assertFalse(NumberForm.PLAIN.isNumber(cell));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1.234,5|1234.5",
                "-0,5|-0.5",
                "\u22120,5|-0.5",
                "1.234.567|1234567",
                ",5|0.5",
                "1,5e3|1500",
                "12|12",
            })
    void parse_decimalComma_isRead(String cell, double value) {
        assertEquals(value, new NumberForm(',', '.', List.of()).parse(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.23", "1.2345", "12.34,5", ".123", "1..234", "1234.567.89"})
    void parse_groupsOfOtherLengths_areNotNumbers(String cell) {
        assertFalse(new NumberForm(',', '.', List.of()).isNumber(cell));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 234 567.5", "1\u00a0234\u00a0567.5", "1\u2009234\u2009567.5", "1\u202f234\u202f567.5"})
    void parse_spacesOfAnyKind_standForEachOther(String cell) {
        assertEquals(1234567.5, new NumberForm('.', ' ', List.of()).parse(cell));
    }

    @Test
    void parse_indianGroups_areRead() {
        assertEquals(12_34_567, new NumberForm('.', ',', List.of()).parse("12,34,567"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-3.50 €", "€ -3.50", "-€3.50", "-3.50€", "\u22123.50 €"})
    void parse_unit_isLeftOut(String cell) {
        NumberForm form = new NumberForm('.', (char) 0, List.of("€", "%"));
        assertEquals(-3.5, form.parse(cell));
        assertEquals("€", form.unit(cell));
    }

    @Test
    void parse_outOfRange_isInfinite() {
        assertTrue(Double.isInfinite(NumberForm.PLAIN.parse("1e400")));
        assertEquals(0, NumberForm.PLAIN.parse("1e-400"));
        assertEquals(Double.NEGATIVE_INFINITY, NumberForm.PLAIN.parse("-1e99999999999"));
    }
}
