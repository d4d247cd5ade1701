package dev.chainrule.app.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells as people and programs write them: {@code init} reads each correctly, or reports its mistake at the table. */
final class InitTablesTests extends InitTables {
    /** Numbers in other forms than programs write them. */
    @Nested
    class NumberForms {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "%d,5|decimal: \",\"",
                    "-%d,5|decimal: \",\"",
                    "1.%d00.000,5|thousands: \".\"",
                    "1 %d00 000|thousands: \" \"",
                    "1\u00a0%d00\u00a0000|thousands: \" \"",
                    "1'%d00'000.5|thousands: \"'\"",
                    "%d %%|units: [ \"%\" ]",
                    "$%d.50|units: [ \"$\" ]",
                    "%d,50 €|units: [ \"€\" ]",
                    "\u2212%d.5|numbers from -8.5 to -0.5",
                    "%de3|numbers from 0 to 8000",
                    "+%d.5|numbers from 0.5 to 8.5",
                })
        void init_columnInThatForm_isOneOfNumbers(String form, String key) {
            String config = init("flow;kind", 60, i -> String.format(form, i % 9) + (i % 9 > 4 ? ";x" : ";y"));
            assertTrue(config.contains(key), config);
            assertTrue(config.contains("- flow   # numbers from "), config);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "%d,5|decimal: \",\"",
                    "-1.%d00,5|thousands: \".\"",
                    "%d,50 €|units: [ \"€\" ]",
                    "%d %%|units: [ \"%\" ]",
                    "$%d|units: [ \"$\" ]"
                })
        void init_targetInThatForm_isANumberToLearn(String form, String key) {
            String config = init("flow;price", 60, i -> i % 9 + ",5;" + String.format(form, i % 9));
            assertTrue(config.contains(key), config);
            assertTrue(config.contains("loss: quadratic"), config);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1,%d00", "1.%d00 and", "(%d)", "1 0%d 0000"})
        void init_columnThatCanBeReadInTwoWays_isNeverOneOfNumbersInSilence(String form) {
            shell.file(
                    "t.csv",
                    table(
                            "flow;a;kind",
                            60,
                            i -> String.format(form, i % 9) + ";" + i % 7 + (i % 7 > 3 ? ";x" : ";y")));
            Shell.Result result = execute("kind");
            String config = result.code() == ExitCode.DONE ? shell.text("config.yaml") : "";
            assertFalse(config.contains("- flow   # numbers"), config);
        }

        @ParameterizedTest
        @ValueSource(strings = {"%d %%|%d $", "%d €|%d", "$%d|€%d"})
        void init_columnOfTwoUnits_isLeftOut(String forms) {
            String[] form = forms.split("\\|");
            String config = init(
                    "size,a,kind",
                    60,
                    i -> String.format(form[i % 2], i % 50) + "," + i % 7 + (i % 7 > 2 ? ",x" : ",y"));
            assertTrue(config.contains("# left out: size, its numbers have more than one unit"), config);
        }

        @Test
        void init_fewNumbersInAnotherForm_areNotTakenForMissing() {
            String config = init(
                    "size,a,kind", 200, i -> (i == 7 ? "\"1,234\"" : i % 50) + "," + i % 7 + (i % 7 > 2 ? ",x" : ",y"));
            assertTrue(config.contains("# left out: size, numbers such as 1,234, in more than one form"), config);
        }

        @Test
        void init_numberOutOfRange_isNotUsed() {
            String config =
                    init("big,a,kind", 60, i -> (i == 7 ? "1e999" : i) + "," + i % 7 + (i % 7 > 2 ? ",x" : ",y"));
            assertTrue(config.contains("# left out: big, its numbers are out of range"), config);
            shell.file("t.csv", table("a,y", 60, i -> i % 7 + "," + (i == 7 ? "-1e999" : i * 3)));
            assertTrue(execute("y").failed(ExitCode.INPUT).contains("column 'y' has numbers out of range"));
        }

        @Test
        void init_targetThatCanBeReadInTwoWays_isRefused() {
            shell.file("t.csv", table("a;price", 60, i -> i % 7 + ";1," + (100 + i)));
            String err = execute("price").failed(ExitCode.INPUT);
            assertTrue(err.contains("column 'price' has '1,100', which looks like a number in another format"), err);
        }

        @Test
        void run_namesThatAreNumbersInAnotherForm_areRefused() {
            shell.file("h.yaml", """
                    data:
                      train: { type: csv, file: t.csv, target: kind, delimiter: ";" }
                    model: [ { type: dense, units: 2, activation: softmax } ]
                    loss: cross_entropy
                    optimizer: { type: adam, learning_rate: 0.01 }
                    training: { epochs: 1 }
                    """);
            shell.file("t.csv", table("a;kind", 60, i -> "0," + (100 + i) + (i % 2 == 0 ? ";x" : ";y")));
            String err = shell.execute("validate", "/demo/h.yaml").failed(ExitCode.INPUT);
            assertTrue(err.contains("/demo/t.csv:2: error: column 'a' has '0,100', which looks like a number"), err);
            assertTrue(err.contains("write decimal: \",\""), err);
        }
    }

    /** A few cells of a column of numbers that are not. */
    @Nested
    class OddCells {
        @ParameterizedTest
        @ValueSource(strings = {"#N/A", ".", "<NA>", "\\N", "unknown", "inf", "n.d.", "*"})
        void init_oneOddCell_isMissing(String odd) {
            String config =
                    init("age,kind", 200, i -> (i == 7 ? odd : 18 + i % 40) + (i % 40 > 20 ? ",old" : ",young"));
            assertTrue(config.contains("- age   # numbers from 18 to 57, 1 missing"), config);
            assertTrue(config.contains("missing_values: [ "), config);
            assertTrue(config.contains("missing: keep   # 1 row lacks a value, for fill: age 1"), config);
        }

        @Test
        void init_oddCellThatIsANameElsewhere_isMissingInItsColumnAlone() {
            String config = init(
                    "age,job,kind",
                    200,
                    i -> (i == 7 ? "unknown" : 18 + i % 40)
                            + (i % 3 == 0 ? ",unknown" : ",cook")
                            + (i % 40 > 20 ? ",old" : ",young"));
            assertTrue(config.contains("missing_values_of:"), config);
            assertTrue(config.contains("      age: [ unknown ]"), config);
            assertTrue(config.contains("- job   # 2 names: cook 133, unknown 67"), config);
        }

        @ParameterizedTest
        @ValueSource(strings = {"${age}", "a: b", "#1", "- age", "null"})
        void init_oddCellOfAColumnWithAnOddName_isMissingInItsColumnAlone(String name) {
            String config = init(
                    name + ",job,kind",
                    200,
                    i -> (i == 7 ? "unknown" : 18 + i % 40)
                            + (i % 3 == 0 ? ",unknown" : ",cook")
                            + (i % 40 > 20 ? ",old" : ",young"));
            assertTrue(config.contains("missing_values_of:"), config);
        }

        @Test
        void init_halfTheCellsNames_areNames() {
            String config = init("room,kind", 200, i -> (i % 2 == 0 ? "annex" : i % 4) + (i % 2 == 0 ? ",x" : ",y"));
            assertTrue(config.contains("categorical: [ room ]"), config);
        }
    }

    /** Words such as none and NA. */
    @Nested
    class Words {
        @ParameterizedTest
        @ValueSource(strings = {"none", "NA", "null", "-", "?"})
        void init_wordAmongNames_isANameAndPointedOut(String word) {
            Shell.Result result =
                    answer("tear,lens", 60, i -> i % 3 + "," + (i % 3 == 0 ? word : i % 3 == 1 ? "soft" : "hard"));
            assertTrue(result.out().contains("60 rows, 1 column to learn from, 3 classes to learn"), result.out());
            assertTrue(
                    result.out()
                            .contains("'" + word + "' is read as a name in lens (20); to treat it as missing, "
                                    + "write missing_values_of: { lens: [ \"" + word + "\" ] }"),
                    result.out());
        }

        @ParameterizedTest
        @ValueSource(strings = {"none", "NA", "null", "-", "?", "NaN"})
        void init_wordAmongNumbers_isMissing(String word) {
            Shell.Result result = answer("a,kind", 60, i -> (i == 3 ? word : i % 5) + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains(": 60 rows"), result.out());
            assertTrue(result.out().contains("1 row lacks a value and is kept"), result.out());
            assertTrue(result.out().contains("a separate name in columns of names: a 1"), result.out());
        }
    }

    /** Whole numbers that are names of classes. */
    @Nested
    class ClassNumbers {
        @ParameterizedTest
        @CsvSource({"-1, 1", "0, 1", "1, 2", "3, 7", "0.0, 1.0"})
        void init_twoWholeNumbers_areTwoClasses(String one, String other) {
            String config = init("a,y", 60, i -> i % 5 + "," + (i % 5 > 2 ? other : one));
            assertTrue(config.contains("categorical: [ \"y\" ]"), config);
            assertTrue(config.contains("loss: cross_entropy"), config);
        }

        /** Whether such numbers are amounts or names, a table cannot tell. */
        @ParameterizedTest
        @CsvSource({"20, 1", "3, 4", "12, 1"})
        void init_moreWholeNumbersThanTwo_areClassesIfTheUserSaysSo(int count, int step) {
            Shell.Result number = answer("a,y", 220, i -> i * 1.5 + "," + i % count * step);
            assertTrue(number.out().contains("a number to learn"), number.out());
            assertTrue(
                    number.out().contains("y is learned as a number; if its numbers are class labels, add --classes"),
                    number.out());
            Shell.Result classes = execute("y", "--classes");
            assertTrue(classes.out().contains(count + " classes to learn"), classes.out() + classes.err());
            assertFalse(classes.out().contains("--classes"), classes.out());
            assertTrue(shell.text("config.yaml").contains("categorical: [ \"y\" ]"), shell.text("config.yaml"));
            shell.done("validate", "--strict", "/demo/config.yaml");
        }

        @ParameterizedTest
        @ValueSource(strings = {"%d.5", "%d %%", "$%d", "%d00"})
        void init_amounts_areNumbersWithoutFurtherWords(String form) {
            Shell.Result result = answer("a;y", 220, i -> i * 1.5 + ";" + String.format(form, i % 20));
            assertTrue(result.out().contains("a number to learn"), result.out());
            assertFalse(result.out().contains("--classes"), result.out());
        }

        @Test
        void init_classesWithoutATable_areRefused() {
            String err = shell.execute("init", "--example", "xor", "--classes").failed(ExitCode.INPUT);
            assertTrue(err.contains("--classes was given without --csv"), err);
        }

        @ParameterizedTest
        @ValueSource(strings = {"NA", "?", "None", "#N/A", ""})
        void init_wordAmongClassNumbers_isMissing(String word) {
            Shell.Result result = answer("a,y", 60, i -> i % 5 + "," + (i == 7 ? word : i % 5 > 2 ? "1" : "0"));
            assertTrue(
                    result.out().contains("59 of 60 rows, 1 column to learn from, 2 classes to learn"), result.out());
            assertEquals(
                    ExitCode.DONE,
                    shell.execute("validate", "--strict", "/demo/config.yaml").code());
        }

        @ParameterizedTest
        @CsvSource({"1, 1.0, 0", "-1, -1.00, 1", "2, 02, 3", "0, -0, 1"})
        void init_classNumberInTwoSpellings_isOneClass(String one, String same, String other) {
            Shell.Result result = answer("a,y", 60, i -> i % 5 + "," + (i % 5 > 2 ? other : i % 2 == 0 ? one : same));
            assertTrue(result.out().contains("2 classes to learn"), result.out());
            assertEquals(
                    ExitCode.DONE,
                    shell.execute("validate", "--strict", "/demo/config.yaml").code());
        }

        @Test
        void init_classNumbersOfTwoUnits_areRefused() {
            shell.file("t.csv", table("a,y", 60, i -> i % 5 + "," + i % 2 + (i % 3 == 0 ? "%" : "$")));
            String err = execute("y").failed(ExitCode.INPUT);
            assertTrue(err.contains("column 'y' has numbers of more than one unit: %, $"), err);
        }

        @Test
        void evaluate_sameClassesWrittenOtherwise_areThoseOfTheTraining() {
            init("a,y", 40, i -> i % 5 + (i % 5 > 2 ? ",1.0" : ",0.0"));
            shell.done("/demo/config.yaml", "--run-dir", "/demo/run", "--quiet");
            shell.file("b.csv", table("a,y", 40, i -> i % 5 + (i % 5 > 2 ? ",1" : ",0")));
            String out = shell.done("evaluate", "/demo/run", "--data", "{ type: csv, file: /demo/b.csv, target: y }")
                    .out();
            assertTrue(out.contains("accuracy 1"), out);
        }
    }

    /** Columns that are left out although they tell something, or not although they do not. */
    @Nested
    class Columns {
        @Test
        void init_years_areLearnedFrom() {
            assertTrue(init("year,kind", 60, i -> 1950 + i + (i > 30 ? ",new" : ",old"))
                    .contains("- year   # numbers"));
        }

        @ParameterizedTest
        @CsvSource({"-1, 1962", "1, 17", "2, 0", "3, -40", "0.5, 0", "0.1, 1"})
        void init_evenSteps_areLearnedFrom(double step, double first) {
            String config = init("x,kind", 60, i -> Numbers.format(first + i * step) + (i > 30 ? ",new" : ",old"));
            assertTrue(config.contains("- x   # numbers"), config);
        }

        @ParameterizedTest
        @ValueSource(ints = {7, 30, 59})
        void init_numbersThatRepeat_areLearnedFrom(int period) {
            String config = init("x,kind", 60, i -> 1 + i % period + (i % period > 3 ? ",new" : ",old"));
            assertTrue(config.contains("- x   # numbers"), config);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 1})
        void init_numberOfTheRow_isLeftOut(int first) {
            String config = init("id,a,kind", 60, i -> first + i + "," + i % 5 + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(config.contains("# left out: id, a row number"), config);
        }

        /** A name in the column decides together with a number; the last row of the table lacks a name. */
        private IntFunction<String> shops(int names, int rows) {
            return i -> (i == rows - 1 ? "" : "shop " + i % names) + "," + i % 7 + (i % names % 2 == 0 ? ",x" : ",y");
        }

        @ParameterizedTest
        @CsvSource({
            "100, 1001, '', 'shop   # 100 names: '",
            "101, 1011, 'embed, columns: [ shop ], width: 11, ', 'shop has 101 names: each becomes 11 learned numbers'",
            "101, 1010, '', 'column shop is left out: 101 different names in 1010 rows'"
        })
        void init_manyNames_areEmbeddedIfTenRowsHaveEach(int names, int rows, String layer, String said) {
            Shell.Result result = answer("shop,a,kind", rows, shops(names, rows));
            String config = shell.text("config.yaml");
            assertEquals(!layer.isEmpty(), config.contains("  - { type: embed, "), config);
            assertTrue(config.contains(layer), config);
            assertTrue((result.out() + config).contains(said), result.out() + config);
            shell.done("validate", "--strict", "/demo/config.yaml");
        }

        @Test
        void init_embeddedNames_areLearnedAndNewOnesPredicted() {
            answer("shop,a,kind", 1211, shops(121, 1211));
            shell.done("/demo/config.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "training.epochs=20");
            shell.file("new.csv", "shop,a\nshop 2,3\nshop 3,3\nelsewhere,3\n,3\n");
            Shell.Result result = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertEquals("warning: 1 unknown name written as zeros\n", result.err());
            String predicted = result.out();
            assertTrue(predicted.matches("(?s).*\n0,x,.*\n1,y,.*\n2,[xy],.*\n3,[xy],.*"), predicted);
        }

        @Test
        void init_manyColumns_areReadAndReportedInFewLines() {
            int columns = 17_000;
            String header =
                    IntStream.range(0, columns).mapToObj(j -> "g" + j).collect(Collectors.joining(",")) + ",kind";
            shell.file(
                    "t.csv",
                    table(
                            header,
                            30,
                            i -> IntStream.range(0, columns)
                                            .mapToObj(j -> String.valueOf(i * j % 7))
                                            .collect(Collectors.joining(","))
                                    + (i % 2 == 0 ? ",x" : ",y")));
            Shell.Result result = execute("kind");
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertTrue(result.out().lines().count() < 8, result.out());
        }

        @ParameterizedTest
        @ValueSource(ints = {60, 1000, 1001, 5000})
        void init_enoughValidationRows_endsRunsThatNoLongerImproveAndKeepsTheLastModel(int rows) {
            String config = init("a,kind", rows, i -> i % 5 + (i % 5 > 2 ? ",x" : ",y"));
            assertEquals(rows > 1000, config.contains("  validation: { fraction: 0.1, stratify: true }"), config);
            assertEquals(rows > 1000, config.contains("{ type: early_stopping, patience: "), config);
            assertEquals(rows > 1000, config.contains("restore_best: false"), config);
            assertTrue(config.contains("{ type: checkpoint, every: "), config);
        }

        @ParameterizedTest
        @CsvSource({"30, 2, 0.6", "150, 10, 3", "1000, 10, 3", "1001, 1, 0.3"})
        void init_rows_decideHowMuchWeightsAreHeldBack(int rows, String hidden, String last) {
            String config = init("a,kind", rows, i -> i % 5 + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(
                    config.contains("weights: he_normal, regularizer: { type: l2, lambda: " + hidden + " }"), config);
            assertTrue(config.contains("softmax, regularizer: { type: l2, lambda: " + last + " }"), config);
        }

        /** Half of the rows, a third, a twentieth; a class of fewer than ten rows allows no strata. */
        @ParameterizedTest
        @CsvSource({"2, false, false, true", "4, true, false, true", "20, true, true, false"})
        void init_classesOfUnequalSize_chooseStrataWeightsAndMetrics(
                int every, boolean uneven, boolean skewed, boolean strata) {
            Shell.Result result = answer(
                    "a,b,kind",
                    100,
                    i -> i % 7 + (i % 3 > 0 ? ",red" : ",blue") + (i % every == 0 ? ",rare" : ",usual"));
            String config = shell.text("config.yaml");
            assertEquals(strata, config.contains("stratify: true"), config);
            assertEquals(skewed, config.contains("class_weights: balanced"), config);
            assertEquals(uneven, config.contains("{ type: recall, of: rare }"), config);
            assertEquals(uneven, result.out().contains("the smallest, rare, "), result.out());
            assertTrue(config.contains("  - auc"), config);
            assertTrue(config.contains("{ type: standardize, only: numbers }"), config);
            shell.done("validate", "--strict", "/demo/config.yaml");
            shell.done("run", "/demo/config.yaml", "--dry-run", "--quiet");
        }

        @Test
        void init_rareClassOfSeveral_isMeasuredAndNotWeighted() {
            String config = init("a,kind", 220, i -> i % 7 + (i % 22 == 0 ? ",rare" : i % 2 == 0 ? ",x" : ",y"));
            assertTrue(config.contains("  - balanced_accuracy"), config);
            assertFalse(config.contains("class_weights"), config);
        }

        @Test
        void init_constantTarget_isRefused() {
            shell.file("t.csv", table("a,kind", 20, i -> i % 5 + ",hot"));
            assertTrue(execute("kind").failed(ExitCode.INPUT).contains("has the same value in every row"));
        }
    }
}
