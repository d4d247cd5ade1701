package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NumberGuessTests {
    private static final TableFormat SEMICOLONS = TableFormat.USUAL.withDelimiter(';');

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "0,5 10,25|,|",
                "1.234,5 2.345,5|,|.",
                "1,234.5 2,345.5|.|,",
                "1,234,567 2,345|.|,",
                "0,123 1,234|,|",
                "1'234.5 2'345.5|.|'",
                "1.234.567 2.345|,|.",
                "5 7|.|",
            })
    void of_marks_areReadInTheOnlyWayThatFits(String cells, char decimal, String thousands) {
        NumberForm form = NumberGuess.of(column(cells));
        assertEquals(decimal, form.decimal());
        assertEquals(thousands == null ? 0 : thousands.charAt(0), form.thousands());
        assertTrue(column(cells)
                .readAs(form, MissingValues.NONE)
                .columns()
                .get(0)
                .contents()
                .isNumbers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,234 2,345", "0,5 1.5", "1,234.5 1.234,5"})
    void of_marksThatCanBeReadInTwoWays_areLeftAsTheyAre(String cells) {
        Table table = column(cells);
        assertFalse(table.readAs(NumberGuess.of(table), MissingValues.NONE)
                .columns()
                .get(0)
                .contents()
                .isNumbers());
    }

    @Test
    void of_columnsTogether_decideForOneAnother() {
        Table table = TableReader.read(TableFile.write(folder, "a;b\n1,234;0,5\n2,345;1,5\n"), SEMICOLONS);
        assertEquals(',', NumberGuess.of(table).decimal());
    }

    /** Read as fractions, thousands would be a thousand times too small, in silence. */
    @Test
    void of_pointThatMayBeEither_isThousandsBesideDecimalCommas() {
        Table table = TableReader.read(TableFile.write(folder, "a;b\n9.182;0,5\n7.345;1,25\n"), SEMICOLONS);
        NumberForm form = NumberGuess.of(table);
        assertEquals(new NumberForm(',', '.', List.of()), form);
        assertEquals(9182, form.parse("9.182"));
    }

    @Test
    void of_pointThatMayBeEither_isAFractionWhereNothingElseIsKnown() {
        assertEquals(NumberForm.PLAIN, NumberGuess.of(column("9.182 7.345")));
    }

    @Test
    void of_pointsOfFractionsBesideDecimalCommas_areLeftAsTheyAre() {
        Table table = TableReader.read(TableFile.write(folder, "a;b\n9.18;0,5\n7.3;1,25\n"), SEMICOLONS);
        assertEquals('.', NumberGuess.of(table).decimal());
    }

    @Test
    void oddCells_numbersInAnotherForm_haveAValue() {
        Table table = column("1 ".repeat(30) + "1,234");
        assertEquals(MissingValues.NONE, OddCells.of(table));
        assertTrue(OtherForm.areTheOthers(table.columns().get(0)));
    }

    @Test
    void of_units_areListed() {
        assertEquals(List.of("%"), NumberGuess.of(column("12% 7% 5%")).units());
        assertEquals(List.of("$"), NumberGuess.of(column("$3.50 $12 -$1")).units());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"2024-01-05 2024-02-07", "1-3 4-6", "a1 b2", "12:30 7:15", "1.2.3.4 5.6.7.8", "<5 >7", "10k 5M"})
    void of_names_areNotNumbers(String cells) {
        Table table = column(cells);
        assertEquals(NumberForm.PLAIN, NumberGuess.of(table));
        assertFalse(OtherForm.isUsual(table.columns().get(0)));
    }

    @Test
    void oddCells_fewAmongNumbers_standForMissingValues() {
        String numbers = "1 ".repeat(30);
        assertEquals(
                List.of("#N/A", "unknown"),
                OddCells.of(column(numbers + "#N/A unknown")).everywhere());
        assertEquals(List.of("inf"), OddCells.of(column(numbers + "inf NA")).everywhere());
        assertEquals(MissingValues.NONE, OddCells.of(column("1 2 3 a b c")));
    }

    @Test
    void oddCells_thatAreNamesElsewhere_areMissingInTheirColumnAlone() {
        StringBuilder text = new StringBuilder("age;kind\n");
        for (int i = 0; i < 30; i++) {
            text.append(i == 7 ? "unknown" : i).append(i % 2 == 0 ? ";unknown\n" : ";x\n");
        }
        Table table = TableReader.read(TableFile.write(folder, text.toString()), SEMICOLONS);
        assertEquals(new MissingValues(List.of(), Map.of("age", List.of("unknown"))), OddCells.of(table));
    }

    private Table column(String cells) {
        return TableReader.read(TableFile.write(folder, "a;b\n" + cells.replace(" ", ";\n") + ";\n"), SEMICOLONS);
    }
}
