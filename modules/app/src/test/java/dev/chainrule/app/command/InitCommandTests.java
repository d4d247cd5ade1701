package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.math.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Test that configs written by {@code init} are right, give reasons, and learn. */
final class InitCommandTests {
    private static final Path DATA = InProcess.ROOT.resolve("configs/data");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() throws IOException {
        shell = new Shell(folder);
        shell.file("flowers.csv", Files.readString(DATA.resolve("flowers.csv")));
        shell.file("houses.csv", Files.readString(DATA.resolve("houses.csv")));
    }

    @Test
    void init_tableOfClasses_learnsThem() {
        init("flowers.csv", "species");
        GoldenFile.check("init/flowers.yaml", written());
        assertTrue(trained("accuracy") >= 0.9);
    }

    @Test
    void init_tableOfNumbers_learnsThem() {
        init("houses.csv", "price");
        GoldenFile.check("init/houses.yaml", written());
        assertTrue(trained("mae") <= 30, "the mean is off by 80");
    }

    /** Most of the table is space around its cells, so that it is large and read quickly. */
    @ParameterizedTest
    @CsvSource({
        "11000000, 'reading /demo/large.csv, 11 MB …|checking the config on 10957 rows of 2 columns …|'",
        "9000000, ''"
    })
    void init_tableOfSeconds_showsWhatItIsDoing(int bytes, String progress) {
        String pad = " ".repeat(1000);
        StringBuilder table = new StringBuilder("size,kind\n");
        for (int i = 0; table.length() < bytes; i++) {
            table.append(i % 5).append(pad).append(i % 5 > 2 ? ",x\n" : ",y\n");
        }
        shell.file("large.csv", table.toString());
        Shell.Result result =
                shell.execute("init", "--csv", "/demo/large.csv", "--target", "kind", "--output", "/demo/config.yaml");
        assertEquals(ExitCode.DONE, result.code(), result.err());
        assertEquals(progress, result.err().replace('\n', '|'));
    }

    @Test
    void init_tableWithEverythingThatTablesHave_explainsWhatBecomesOfIt() {
        shell.file("messy.csv", messy());
        init("messy.csv", "grade");
        GoldenFile.check("init/messy.yaml", written());
        assertTrue(trained("accuracy") >= 0.9);
    }

    @Test
    void init_tableWithoutHeader_namesColumnsByNumber() {
        String table = shell.text("flowers.csv").replaceFirst("[^\n]*\n", "");
        shell.file("bare.csv", table);
        init("bare.csv", "column_6");
        assertTrue(shell.text("config.yaml").contains("header: false"));
    }

    /** Neither the learning rate nor anything else must depend on the unit of the target. */
    @ParameterizedTest
    @ValueSource(doubles = {1e-30, 1e-12, 1e-6, 1, 1e7, 1e11, 1e30})
    void init_numbersOfAnyScale_learnsThem(double scale) {
        Random random = new Random(3);
        StringBuilder table = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 300; i++) {
            double a = random.nextDouble();
            double b = random.nextDouble();
            table.append(String.format(Locale.ROOT, "%.6f,%.6f,%.8e%n", a, b, scale * (5 + a * b)));
        }
        shell.file("scaled.csv", table.toString());
        init("scaled.csv", "y");
        // The products' standard deviation is 0.22; always saying the mean would be off by 0.18.
        assertTrue(trained("mae") <= 0.03 * scale);
    }

    /** A class that changes every sixty steps: told apart only if the steps are. */
    @ParameterizedTest
    @CsvSource({"1700000000, 2", "1700000000000, 2000", "5312345.5, 0.01", "-1e12, 3"})
    void init_inputsFarFromZero_areToldApart(double first, double step) {
        StringBuilder table = new StringBuilder("time,kind\n");
        for (int i = 0; i < 240; i++) {
            table.append(Numbers.format(first + i * step)).append(i < 60 || i >= 180 ? ",outside\n" : ",inside\n");
        }
        shell.file("times.csv", table.toString());
        init("times.csv", "kind");
        assertTrue(trained("accuracy") >= 0.9);
    }

    /** Times, coordinates, documents' numbers: what differs is far below what float32 tells apart. */
    @ParameterizedTest
    @CsvSource({"1700049999, 1", "5312345.5, 0.01", "-1e12, 3", "1e15, 0.5", "5e10, 1e8"})
    void init_numbersFarFromZero_learnsThem(double first, double step) {
        StringBuilder table = new StringBuilder("x,y\n");
        for (int i = 0; i < 240; i++) {
            table.append((i + 0.5) / 10)
                    .append(',')
                    .append(Numbers.format(first + i * step))
                    .append('\n');
        }
        shell.file("far.csv", table.toString());
        init("far.csv", "y");
        // Always saying the mean would be off by 60 steps.
        assertTrue(trained("mae") <= 3 * step);
        List<String> predicted = shell.done("predict", "/demo/run", "--input", "/demo/far.csv")
                .out()
                .lines()
                .toList();
        assertEquals(
                241,
                new LinkedHashSet<>(predicted.stream()
                                .map(line -> line.replaceFirst("\\d+,", ""))
                                .toList())
                        .size());
    }

    @Test
    void init_rareClass_choosesASplitThatLeavesItToTraining() {
        StringBuilder table = new StringBuilder("x,kind\n");
        for (int i = 0; i < 60; i++) {
            table.append(i * i % 17 + 0.5)
                    .append(',')
                    .append(i < 58 ? i % 2 == 0 ? "even" : "odd" : "rare")
                    .append('\n');
        }
        shell.file("rare.csv", table.toString());
        init("rare.csv", "kind");
    }

    @Test
    void init_fileThatExists_isKeptUnlessForced() {
        init("flowers.csv", "species");
        shell.file("config.yaml", "mine\n");
        String[] args = {"init", "--csv", "/demo/flowers.csv", "--target", "species", "-o", "/demo/config.yaml"};
        assertEquals("""
                error: '/demo/config.yaml' exists already
                   Choose another file with --output, or overwrite this one with --force.

                1 error
                """, shell.execute(args).failed(ExitCode.INPUT));
        assertEquals("mine\n", shell.text("config.yaml"));
        shell.done("init", "--force", "--csv", "/demo/flowers.csv", "--target", "species", "-o", "/demo/config.yaml");
        assertTrue(shell.text("config.yaml").contains("cross_entropy"));
    }

    @Test
    void init_tableThatCannotBeRead_saysWhereAndWritesNothing() {
        shell.file("ragged.csv", "a,b\n1,x\n2,y\n3\n4,x\n5,y\n");
        String err = shell.execute("init", "--csv", "/demo/ragged.csv", "--target", "b", "-o", "/demo/new.yaml")
                .failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/ragged.csv:4: error: the row has 1 cell, but the header has 2"), err);
        assertFalse(Files.exists(shell.at("new.yaml")));
        assertFalse(Files.exists(shell.at(".new.yaml")));
    }

    @Test
    void init_mistakes_areAnsweredAsGoldenFilesSay() {
        shell.file("words.csv", "word,other\nab,x\nbc,y\ncd,x\nde,y\n");
        shell.file("one.csv", "x,y\n1,5\n2,5\n3,5\n");
        BadInput cases = new BadInput("init-mistakes")
                .add("nothing", "init")
                .add("no-target", "init", "--csv", "/demo/flowers.csv")
                .add("both", "init", "--csv", "/demo/flowers.csv", "--target", "species", "--example", "xor")
                .add("misspelt-target", "init", "--csv", "/demo/flowers.csv", "--target", "specis")
                .add("missing-file", "init", "--csv", "/demo/none.csv", "--target", "x")
                .add("unknown-example", "init", "--example", "cifar")
                .add("nothing-to-learn-from", "init", "--csv", "/demo/words.csv", "--target", "other")
                .add("constant-target", "init", "--csv", "/demo/one.csv", "--target", "y");
        cases.tests(shell).forEach(test -> {
            try {
                test.getExecutable().execute();
            } catch (Throwable e) {
                throw new AssertionError(test.getDisplayName(), e);
            }
        });
        cases.checkFiles();
        assertEquals(8, cases.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"xor", "regression", "mnist"})
    void init_example_isRight(String name) {
        shell.done("init", "--example", name, "--output", "/demo/new/config.yaml");
        String text = shell.text("new/config.yaml");
        assertFalse(text.contains("schema.json"), text);
        assertTrue(
                text.contains("java -jar pipeline.jar /demo/new/config.yaml".replace("/demo", folder.toString())),
                text);
        Shell.Result validated = shell.execute("validate", "/demo/new/config.yaml");
        assertEquals(ExitCode.DONE, validated.code(), validated.err());
        if (name.equals("xor")) {
            assertEquals(
                    ExitCode.DONE,
                    shell.execute("/demo/new/config.yaml", "--run-dir", "/demo/run")
                            .code());
        }
    }

    private void init(String table, String target) {
        shell.done("init", "--csv", "/demo/" + table, "--target", target, "--output", "/demo/config.yaml");
        Shell.Result validated = shell.execute("validate", "--strict", "/demo/config.yaml");
        assertEquals("", validated.err());
        assertEquals(ExitCode.DONE, validated.code());
    }

    private String written() {
        return shell.text("config.yaml").replace(folder.toString(), "/demo");
    }

    /** Train, and return the metrics on the test data. */
    private double trained(String metric) {
        String out = shell.done("/demo/config.yaml", "--run-dir", "/demo/run").out();
        String line =
                out.lines().filter(text -> text.startsWith("test:")).findFirst().orElseThrow();
        return Double.parseDouble(line.replaceFirst(".*" + metric + " ([-+0-9.e]+).*", "$1"));
    }

    /** Return marks and what decides them, beside columns that do not, in the way of tables from elsewhere. */
    private static String messy() {
        Random random = new Random(5);
        StringBuilder table = new StringBuilder("id;hours;${team};room: no.;year;notes;rare;grade\n");
        for (int i = 1; i <= 240; i++) {
            double hours = random.nextDouble() * 10;
            boolean red = random.nextBoolean();
            int grade = hours + (red ? 2 : 0) < 4 ? 1 : hours + (red ? 2 : 0) < 8 ? 2 : 3;
            table.append(i).append(';');
            table.append(i % 40 == 0 ? "NA" : String.format(Locale.ROOT, "%.2f", hours))
                    .append(';');
            table.append(red ? "red" : "blue").append(';');
            table.append(i % 3 == 0 ? "annex" : String.valueOf(1 + i % 2)).append(';');
            table.append("2024;text ").append(i).append(';');
            table.append(i % 5 == 0 ? "1" : "").append(';');
            table.append(grade).append('\n');
        }
        return table.toString();
    }
}
