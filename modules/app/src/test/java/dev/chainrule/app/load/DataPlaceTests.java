package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that fit their column but not the float32 made of them: messages give the line of the table. */
final class DataPlaceTests {
    private static final String CONFIG = """
            precision: float64
            data:
              train: { type: csv, file: t.csv, target: y, comment: "#", missing: drop }
              transforms: [ log, standardize ]
              batch_size: 2
            model: [ { type: dense, units: 1 } ]
            loss: quadratic
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            """;

    /** A comment, a blank line, a row without a value and a cell of two lines stand before the last row. */
    private static final String TABLE = """
            # measured
            a,b,c,y

            1,2,red,3
            2,,red,4
            3,4,"bl
            ue",5
            5,B,red,6
            """;

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder).file("t.yaml", CONFIG);
    }

    private String refused(String config, String table) {
        shell.file("t.yaml", config).file("t.csv", table);
        return shell.execute("validate", "/demo/t.yaml").failed(ExitCode.INPUT);
    }

    private static String columns(String config) {
        return config.replace("target: y", "target: y, columns: [ a, b ]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3"})
    void validate_logOfANumberNotAboveZero_givesTheLine(String number) {
        String err = refused(columns(CONFIG), TABLE.replace("B", number));
        assertTrue(err.contains("t.csv:8: error: column 'b' is " + number + "; log takes numbers above 0"), err);
        assertTrue(err.contains("data.transforms[0]"), err);
    }

    @Test
    void validate_logOfOneOfManyNames_givesTheLineAndTheName() {
        String config = CONFIG.replace("[ log, ", "[ { type: log, columns: [ c ] }, ");
        String err = refused(config, TABLE.replace("B", "6"));
        assertTrue(err.contains("t.csv:4: error: column 'c' (bl\\nue) is 0; log takes numbers above 0"), err);
    }

    @Test
    void validate_logOfATarget_givesTheLine() {
        String config = columns(CONFIG)
                .replace(
                        "transforms: [ log, standardize ]",
                        "transforms: [ standardize ]\n  target_transforms: [ log ]");
        String err = refused(config, TABLE.replace("B,red,6", "6,red,0"));
        assertTrue(err.contains("t.csv:8: error: column 'y' is 0; log takes numbers above 0"), err);
        assertTrue(err.contains("data.target_transforms[0]"), err);
    }

    @ParameterizedTest
    @CsvSource({"1.5e308, 2 to 1.5e308", "-1.5e308, -1.5e308 to 4"})
    void validate_tooLargeToStandardize_givesTheLineOfTheLargest(String number, String range) {
        String table =
                TABLE.replace("B", number) + (number.startsWith("-") ? "1,-1.2e308,red,1\n" : "1,1.2e308,red,1\n");
        String err = refused(columns(CONFIG).replace("log, ", ""), table);
        assertTrue(
                err.contains("t.csv:8: error: column 'b' has numbers from " + range + ", too large to be standardized"),
                err);
        assertTrue(err.contains("data.transforms[0]"), err);
    }

    @Test
    void validate_rowsInTheConfig_areNamedByTheirNumbers() {
        String config = CONFIG.replaceAll(
                "train: .*",
                "train: { type: inline, rows: [ [1, 2], [1, 1.5e308], [3, 1e308] ], targets: [[1], [2], [0]] }");
        String err = refused(config.replace("log, ", ""), TABLE);
        assertTrue(
                err.contains("input 2 has numbers from 2 to 1.5e308, too large to be standardized, in row 2 of train"),
                err);
        err = refused(config.replace("1.5e308", "-1"), TABLE);
        assertTrue(err.contains("input 2 is -1; log takes numbers above 0, in row 2 of train"), err);
    }

    @Test
    void predict_rowsThatATransformRefuses_areMarkedLikeThoseThatCannotBeRead() {
        shell.file("t.yaml", columns(CONFIG)).file("t.csv", TABLE.replace("B", "6"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.file("new.csv", "b,a\n1,2\n0,1\n1,x\n2,-1\n3,3\n-2,0\n");
        Shell.Result run = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv");
        List<String> lines = run.out().lines().toList();
        assertEquals("example,y,problem", lines.get(0));
        assertTrue(lines.get(1).matches("0,[-0-9.e]+,"), run.out());
        assertEquals("1,,column 'b' is 0; log takes numbers above 0", lines.get(2));
        assertTrue(lines.get(3).startsWith("2,,\"column 'a' has 'x'")
                || lines.get(3).startsWith("2,,column 'a' has 'x'"));
        assertEquals("3,,column 'a' is -1; log takes numbers above 0", lines.get(4));
        assertTrue(lines.get(5).matches("4,[-0-9.e]+,"), run.out());
        assertEquals("5,,column 'a' is 0; log takes numbers above 0", lines.get(6));
        assertEquals(7, lines.size());
        String err = run.failed(ExitCode.INPUT);
        assertTrue(err.contains("4 rows could not be predicted"), err);
        String strict = shell.execute("predict", "/demo/run", "--input", "/demo/new.csv", "--strict")
                .failed(ExitCode.INPUT);
        assertTrue(strict.contains("row 2 cannot be predicted: column 'b' is 0; log takes numbers above 0"), strict);
        shell.file("alone.csv", "a,b\n1,1\n3,3\n");
        List<String> alone = shell.done("predict", "/demo/run", "--input", "/demo/alone.csv")
                .out()
                .lines()
                .toList();
        assertEquals(alone.get(2).split(",")[1], lines.get(5).split(",")[1]);
        shell.file("bad.csv", "a,b\n1,0\n0,3\n");
        String all = shell.execute("predict", "/demo/run", "--input", "/demo/bad.csv")
                .failed(ExitCode.INPUT);
        assertTrue(all.contains("bad.csv:2: error: column 'b' is 0; log takes numbers above 0"), all);
    }

    /** Texts for missing values have no unit, and so no other unit than the numbers of their column. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing_values: [ \"-999\" ]|.",
                "missing_values_of: { a: [ \"-999\" ] }|.",
                "missing_values: [ \"-999\" ], decimal: \",\"|,",
                "missing_values: [ \"-999\" ], thousands: \"'\"|.",
            })
    void missingText_amongNumbersWithUnits_isMissing(String keys, String decimal) {
        String table = "a;y\n-999;2\n3.5 €;3\n-999;4\n4.5 €;5\n7.5 €;8\n".replace(".", decimal);
        String source = "type: csv, file: t.csv, target: y, delimiter: \";\", units: [ € ], missing: drop, " + keys;
        shell.file("t.csv", table).file("t.yaml", CONFIG.replaceAll("train: .*", "train: { " + source + " }"));
        shell.done("/demo/t.yaml", "--run-dir", "/demo/run", "--quiet");
        Shell.Result run = shell.execute("predict", "/demo/run", "--input", "/demo/t.csv");
        List<String> lines = run.out().lines().toList();
        assertEquals("0,,\"column 'a' has '-999', which is not a value\"", lines.get(1));
        assertTrue(lines.get(2).matches("1,[-0-9.e]+,"), run.out());
        assertEquals("2,,\"column 'a' has '-999', which is not a value\"", lines.get(3));
        assertTrue(run.failed(ExitCode.INPUT).contains("2 rows could not be predicted"));
        shell.file("two.csv", table.replaceFirst("4.5 €".replace(".", decimal), "4"));
        String err = shell.execute("predict", "/demo/run", "--input", "/demo/two.csv")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("two.csv:5") && err.contains("'4', but above, '3" + decimal + "5 €'"), err);
        assertFalse(err.contains("-999"), err);
    }
}
