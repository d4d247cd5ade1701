package dev.chainrule.app.table;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about tables as other programs and people write them, which users of such tools reported as faults. */
final class FoundTablesTests {
    private static final int CASES = 22;
    private static final String[] VALIDATE = {"validate", "--strict", "/demo/t.yaml"};

    private static final BadInput MISTAKES = new BadInput("found-tables")
            .add(
                    "init-numbers-in-two-formats",
                    INPUT,
                    table("flow;price", i -> i + (i % 2 == 0 ? ";10,5" : ";10.5")),
                    init("price"))
            .add(
                    "decimal-commas",
                    INPUT,
                    config("kind", "delimiter: ';'")
                            .andThen(table("a;kind", i -> i + ",5;" + (i % 2 == 0 ? "x" : "y"))),
                    VALIDATE)
            .add(
                    "odd-cell-although-gaps-are-dropped",
                    INPUT,
                    config("kind", "missing: drop").andThen(table("age,kind", i -> (i == 7 ? "#N/A" : i) + kind(i))),
                    VALIDATE)
            .add(
                    "infinite-cell",
                    INPUT,
                    config("kind", "missing: drop").andThen(table("age,kind", i -> (i == 7 ? "inf" : i) + kind(i))),
                    VALIDATE)
            .add("longer-rows", INPUT, config("kind", "").andThen(table("a,kind", i -> i + kind(i) + ",1,2")), VALIDATE)
            .add("init-longer-rows", INPUT, table("a,kind", i -> i + kind(i) + ",1,2"), init("kind"))
            .add("init-two-columns-of-one-name", INPUT, table("a,a,kind", i -> i + "," + i + kind(i)), init("kind"))
            .add(
                    "lines-before-the-header",
                    INPUT,
                    config("kind", "").andThen(table("# exported by a logger\na,kind", i -> i + kind(i))),
                    VALIDATE)
            .add(
                    "columns-of-even-width",
                    INPUT,
                    config("kind", "").andThen(table("a     kind", i -> i + "     " + (i % 2 == 0 ? "x" : "y"))),
                    VALIDATE)
            .add(
                    "class-numbers",
                    INPUT,
                    config("y", "").andThen(table("a,y", i -> i + (i % 2 == 0 ? ",-1" : ",1"))),
                    VALIDATE)
            .add("one-class", INPUT, config("kind", "").andThen(table("a,kind", i -> i + ",hot")), VALIDATE)
            .add("init-one-class", INPUT, table("a,kind", i -> i + ",hot"), init("kind"))
            .add(
                    "init-quote-within-a-cell",
                    INPUT,
                    table("size,kind", i -> (i % 2 == 0 ? "rod" : "\"12\" pipe") + kind(i)),
                    init("kind"))
            .add(
                    "init-json-lines",
                    INPUT,
                    file("{\"a\": 1, \"kind\": \"x\"}\n{\"a\": 2, \"kind\": \"y\"}\n"),
                    init("kind"))
            .add("init-json", INPUT, file("[ {\"a\": 1, \"kind\": \"x\"} ]\n"), init("kind"))
            .add("init-arff", INPUT, file("@relation r\n@attribute a numeric\n@data\n1\n"), init("a"))
            .add("init-spreadsheet", INPUT, file("PK\u0003\u0004 [Content_Types].xml"), init("a"))
            .add(
                    "arff",
                    INPUT,
                    config("kind", "")
                            .andThen(file(
                                    "% 1. Title: Iris Plants Database\n@relation r\n@attribute a numeric\n@data\n1\n")),
                    VALIDATE)
            .add(
                    "name-for-each-row",
                    INPUT,
                    config("kind", "").andThen(table("user,a,kind", i -> "u" + i + "," + i % 5 + kind(i))),
                    VALIDATE)
            .add(
                    "large-targets",
                    INPUT,
                    config("price", "")
                            .andThen(table("rooms,price", i -> i + "," + (200000 + 40000 * i)))
                            .andThen(shell -> shell.edit("t.yaml", "units: 2, activation: softmax", "units: 1")
                                    .edit("t.yaml", "cross_entropy", "quadratic")),
                    VALIDATE)
            .add(
                    "accuracy-of-several-labels",
                    INPUT,
                    config("a", "")
                            .andThen(table("a,news,sport", i -> i + "," + i % 2 + "," + i % 3 / 2))
                            .andThen(FoundTablesTests::labels),
                    VALIDATE)
            .add(
                    "class-weights-in-the-loss",
                    INPUT,
                    config("kind", "")
                            .andThen(table("a,kind", i -> i + kind(i)))
                            .andThen(shell -> shell.edit(
                                    "t.yaml",
                                    "loss: cross_entropy",
                                    "loss: { type: cross_entropy, class_weights: [ 1, 30 ] }")),
                    VALIDATE);

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void create() {
        shell = new Shell(folder);
    }

    @TestFactory
    Stream<DynamicTest> mistakes_inFoundTables_areAnsweredAsGoldenFilesSay() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static String[] init(String target) {
        return new String[] {"init", "--force", "--csv", "/demo/t.csv", "--target", target, "-o", "/demo/new.yaml"};
    }

    private static String kind(int row) {
        return row % 2 == 0 ? ",x" : ",y";
    }

    private static Consumer<Shell> file(String text) {
        return shell -> shell.file("t.csv", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Write a table of 30 rows. */
    private static Consumer<Shell> table(String header, IntFunction<String> row) {
        return file(header + "\n" + IntStream.range(0, 30).mapToObj(row).collect(Collectors.joining("\n", "", "\n")));
    }

    /** Write a config whose source has more keys. */
    private static Consumer<Shell> config(String target, String keys) {
        return shell -> shell.file("t.yaml", """
                data:
                  train: { type: csv, file: t.csv, target: %s%s }
                  transforms: [ { type: standardize, only: numbers } ]
                  batch_size: 10
                model: [ { type: dense, units: 2, activation: softmax } ]
                loss: cross_entropy
                metrics: [ loss ]
                optimizer: { type: adam, learning_rate: 0.01 }
                """.formatted(target, keys.isEmpty() ? "" : ", " + keys));
    }

    private static void labels(Shell shell) {
        shell.edit("t.yaml", "target: a", "targets: [ news, sport ]")
                .edit("t.yaml", "softmax", "sigmoid")
                .edit("t.yaml", "cross_entropy", "binary_cross_entropy")
                .edit("t.yaml", "[ loss ]", "[ accuracy ]");
    }
}
