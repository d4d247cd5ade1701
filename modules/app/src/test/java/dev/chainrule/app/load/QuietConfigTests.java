package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Test that sensible configs beside those of {@link WarningTests} stay free of warnings: a wrong one teaches to overlook the others. */
final class QuietConfigTests {
    private static final int CASES = 26;
    private static final String CLASSES = "model: [ { type: dense, units: 4, activation: relu }, "
            + "{ type: dense, units: 2, activation: softmax } ]\nloss: cross_entropy\n";
    private static final String NUMBERS =
            "model: [ { type: dense, units: 4, activation: relu }, { type: dense, units: 1 } ]\nloss: quadratic\n";
    private static final String UNIT =
            "model: [ { type: dense, units: 4, activation: relu }, { type: dense, units: 1 }, "
                    + "{ type: dense, units: 1, weights: 90000, biases: 360000, trainable: false } ]\nloss: quadratic\n";

    @TempDir
    private Path folder;

    /**
     * A config over a table of numbers and one column more.
     *
     * @param rows of the table
     * @param cell of the last column in a row
     */
    private record Case(String name, String target, int rows, IntFunction<Object> cell, String rest) {}

    private static Stream<Case> cases() {
        return Stream.of(
                input("dates, each with many examples", 100, i -> "2024-05-0" + (1 + i % 5)),
                input("few months", 12, i -> "2024-0" + (1 + i % 4)),
                input("ranges of ages", 40, i -> 10 * (i % 7) + "-" + (10 * (i % 7) + 9)),
                input("hours of a timetable", 60, i -> (8 + i % 4) + ":15"),
                input("codes with points", 30, i -> "v1." + i % 10 + ".x"),
                input("few names", 40, i -> "colour " + i % 7),
                input("many names with examples for each", 100, i -> "town " + i % 30),
                input("a thousand names, ten rows each", 10_000, i -> "town " + i % 1000),
                input("a name for each of few rows", 12, i -> "person " + i),
                input("numbers that count by two", 12, i -> 2 * i),
                input("years", 20, i -> 2000 + i),
                input("a counter that starts over", 20, i -> i % 10),
                input("row numbers of a part", 20, i -> i + 17),
                input("seconds as fractions of an hour", 20, i -> i / 36.0),
                input("coordinates in metres", 40, i -> 5_312_345.5 + 997 * ((7 * i) % 40)),
                input("one value throughout", 20, i -> 1e9),
                learned("percentages", NUMBERS, i -> 100 * (i % 11) / 10.0),
                learned("thousandths", NUMBERS, i -> (i % 11) / 1000.0),
                learned("hundreds", NUMBERS, i -> 25 + 70 * (i % 11)),
                learned("prices brought to scale by a fixed layer", UNIT, i -> 200_000 + 20_000 * (i % 11)),
                learned(
                        "numbers between 0 and 1 by a sigmoid",
                        NUMBERS.replace("units: 1", "units: 1, activation: sigmoid"),
                        i -> (i % 11) / 10.0),
                learned("nearly always 0", NUMBERS, i -> i == 7 ? 1 : 0),
                learned("a class in few rows", CLASSES, i -> i % 10 < 2 ? "rare" : "usual"),
                learned("a class with two examples", CLASSES, i -> i == 3 || i == 8 ? "rare" : "usual"),
                batches("whole batches", 8),
                batches("a last batch of two", 38));
    }

    @TestFactory
    Stream<DynamicTest> validate_sensibleConfig_staysQuiet() {
        return cases().map(each -> DynamicTest.dynamicTest(each.name(), () -> check(each)));
    }

    @Test
    void cases_all_areSeen() {
        assertEquals(CASES, cases().count());
    }

    @Test
    void validate_thousandsOfNamesWithFewRowsEach_warns() {
        Case names = input("a thousand names, three rows each", 3000, i -> "town " + i % 1000);
        assertTrue(strict(names).contains("column 'more' has 1000 names in 3000 rows"), strict(names));
    }

    private void check(Case each) {
        assertEquals("", strict(each));
    }

    private String strict(Case each) {
        StringBuilder table = new StringBuilder("size,kind,more\n");
        for (int i = 0; i < each.rows(); i++) {
            table.append((i * 7) % 11 - 5)
                    .append(i % 3 == 0 ? ",x," : ",y,")
                    .append(each.cell().apply(i))
                    .append('\n');
        }
        Shell shell = new Shell(folder)
                .file("table.csv", table.toString())
                .file(
                        "config.yaml",
                        "data:\n  train: { type: csv, file: table.csv, target: " + each.target() + " }\n" + each.rest()
                                + "optimizer: { type: adam, learning_rate: 0.01 }\n");
        return shell.execute("validate", "--strict", "/demo/config.yaml").err();
    }

    private static Case input(String name, int rows, IntFunction<Object> cell) {
        return new Case(name, "kind", rows, cell, "  transforms: [ standardize ]\n  batch_size: 8\n" + CLASSES);
    }

    private static Case learned(String name, String rest, IntFunction<Object> cell) {
        return new Case(name, "more", 40, cell, "  batch_size: 8\n" + rest);
    }

    private static Case batches(String name, int size) {
        return new Case(
                name,
                "kind",
                40,
                i -> i % 5,
                "  batch_size: " + size + "\n" + CLASSES.replace("}, {", "}, batch_norm, {"));
    }
}
