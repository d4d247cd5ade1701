package dev.chainrule.app.data;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about each kind of broken or unfit data file. */
final class BadDataTests {
    private static final int CASES = 57;
    private static final String MNIST = """
            data:
              train: { type: mnist, directory: mnist }
            model: [ { type: dense, units: 10, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            """;

    private static final BadInput MISTAKES = new BadInput("data")
            .add("images-cut-off-gzip", INPUT, images(BadDataTests::firstHalf), "/demo/images.yaml")
            .add("images-corrupt-gzip", INPUT, images(BadDataTests::corrupted), "/demo/images.yaml")
            .add("images-no-idx", INPUT, images(b -> text("<html>not found</html>")), "/demo/images.yaml")
            .add("images-empty", INPUT, images(b -> new byte[0]), "/demo/images.yaml")
            .add("images-header-cut-off", INPUT, images(b -> Arrays.copyOf(Samples.images(), 10)), "/demo/images.yaml")
            .add("images-cut-off", INPUT, images(b -> Arrays.copyOf(Samples.images(), 50)), "/demo/images.yaml")
            .add("images-trailing-bytes", INPUT, images(b -> Arrays.copyOf(Samples.images(), 100)), "/demo/images.yaml")
            .add("images-of-floats", INPUT, images(b -> changed(Samples.images(), 2, 0x0d)), "/demo/images.yaml")
            .add("images-of-two-dimensions", INPUT, images(b -> Samples.idx(new byte[72], 8, 9)), "/demo/images.yaml")
            .add("images-none", INPUT, images(b -> Samples.idx(new byte[0], 0, 3, 3)), "/demo/images.yaml")
            .add(
                    "images-claim-gigabytes",
                    INPUT,
                    images(b -> Samples.idx(new byte[9], 1 << 20, 1 << 10, 1 << 10)),
                    "/demo/images.yaml")
            .add("images-and-labels-exchanged", INPUT, images(b -> Samples.labels(0, 1)), "/demo/images.yaml")
            .add("images-missing", INPUT, shell -> shell.delete("images.gz"), "/demo/images.yaml")
            .add("images-are-a-folder", INPUT, BadDataTests::folderOfImages, "/demo/images.yaml")
            .add(
                    "labels-fewer-than-images",
                    INPUT,
                    shell -> shell.file("labels.gz", Samples.labels(0, 1, 0)),
                    "/demo/images.yaml")
            .add(
                    "label-out-of-range",
                    INPUT,
                    shell -> shell.file("labels.gz", Samples.labels(0, 1, 2, 1, 0, 1, 0, 1)),
                    "/demo/images.yaml")
            .add("labels-not-named", INPUT, config("images.yaml", ", labels: labels.gz", ""), "/demo/images.yaml")
            .add(
                    "images-skip-all",
                    INPUT,
                    config("images.yaml", "labels: labels.gz", "labels: labels.gz, skip: 8"),
                    "/demo/images.yaml")
            .add(
                    "images-count-too-many",
                    INPUT,
                    config("images.yaml", "labels: labels.gz", "labels: labels.gz, count: 9"),
                    "/demo/images.yaml")
            .add("table-missing", INPUT, shell -> shell.delete("plants.csv"), "/demo/plants.yaml")
            .add("table-is-folder", INPUT, config("plants.yaml", "plants.csv", "/demo"), "/demo/plants.yaml")
            .add("table-empty", INPUT, table(""), "/demo/plants.yaml")
            .add("table-blank", INPUT, table("\n\n"), "/demo/plants.yaml")
            .add("table-header-only", INPUT, table("height;site;kind\n"), "/demo/plants.yaml")
            .add("table-other-delimiter", INPUT, config("plants.yaml", "delimiter: ';', ", ""), "/demo/plants.yaml")
            .add(
                    "table-no-target-column",
                    INPUT,
                    config("plants.yaml", "target: kind", "target: species"),
                    "/demo/plants.yaml")
            .add("table-no-target", INPUT, config("plants.yaml", ", target: kind", ""), "/demo/plants.yaml")
            .add(
                    "table-no-such-column",
                    INPUT,
                    config("plants.yaml", "target: kind", "target: kind, columns: [height, width]"),
                    "/demo/plants.yaml")
            .add("table-ragged", INPUT, row(3, "2.0;bog"), "/demo/plants.yaml")
            .add("table-too-wide", INPUT, row(3, "2.0;bog;moss;wet"), "/demo/plants.yaml")
            .add("table-nan", INPUT, row(3, "NaN;bog;moss"), "/demo/plants.yaml")
            .add("table-infinite", INPUT, row(3, "1e999;bog;moss"), "/demo/plants.yaml")
            .add("table-empty-cell", INPUT, row(3, ";bog;moss"), "/demo/plants.yaml")
            .add("table-empty-target", INPUT, row(3, "2.0;bog;"), "/demo/plants.yaml")
            .add("table-no-number", INPUT, row(3, "tall;bog;moss"), "/demo/plants.yaml")
            .add("table-decimal-comma", INPUT, row(3, "2,0;bog;moss"), "/demo/plants.yaml")
            .add("table-open-quote", INPUT, row(3, "2.0;\"bog;moss"), "/demo/plants.yaml")
            .add("table-two-columns-of-one-name", INPUT, row(0, "height;height;kind"), "/demo/plants.yaml")
            .add("table-not-utf-8", INPUT, shell -> shell.file("plants.csv", latin1()), "/demo/plants.yaml")
            .add(
                    "table-targets-with-names",
                    INPUT,
                    config("plants.yaml", "target: kind", "targets: [kind]"),
                    "/demo/plants.yaml")
            .add(
                    "table-one-class",
                    INPUT,
                    table("height;site;kind\n" + "2.0;bog;moss\n".repeat(12)),
                    "/demo/plants.yaml")
            .add("test-unknown-category", INPUT, test("height;site;kind\n2;moon;moss\n"), "/demo/plants.yaml")
            .add("test-unknown-class", INPUT, test("height;site;kind\n2;bog;oak\n"), "/demo/plants.yaml")
            .add("test-missing-column", INPUT, test("height;kind\n2;moss\n"), "/demo/plants.yaml")
            .add("mnist-nowhere", INPUT, shell -> shell.file("mnist.yaml", MNIST), "/demo/mnist.yaml", "--offline")
            .add("mnist-wrong-content", INPUT, BadDataTests::otherMnist, "/demo/mnist.yaml", "--offline")
            .add(
                    "predict-other-columns",
                    INPUT,
                    shell -> shell.file("new.csv", "height;place\n2;bog\n"),
                    "predict",
                    "/demo/plants-run",
                    "--input",
                    "/demo/new.csv")
            .add(
                    "predict-unknown-category",
                    INPUT,
                    shell -> shell.file("new.csv", "height;site\n2;moon\n"),
                    "predict",
                    "/demo/plants-run",
                    "--input",
                    "/demo/new.csv")
            .add(
                    "predict-picture-of-other-size",
                    INPUT,
                    shell -> shell.file("new.png", Samples.png(4, 3, 0)),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/new.png")
            .add(
                    "predict-no-picture",
                    INPUT,
                    shell -> shell.file("new.png", text("a picture")),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/new.png")
            .add(
                    "predict-picture-with-table-model",
                    INPUT,
                    shell -> shell.file("new.png", Samples.png(3, 3, 0)),
                    "predict",
                    "/demo/plants-run",
                    "--input",
                    "/demo/new.png")
            .add(
                    "predict-folder-with-table-model",
                    INPUT,
                    shell -> shell.file("new/1.png", Samples.png(3, 3, 0)),
                    "predict",
                    "/demo/plants-run",
                    "--input",
                    "/demo/new")
            .add(
                    "predict-folder-without-pictures",
                    INPUT,
                    shell -> shell.file("texts/notes.txt", "none"),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/texts")
            .add(
                    "predict-folder-of-broken-pictures",
                    INPUT,
                    shell -> shell.file("broken/1.png", text("a picture")),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/broken")
            .add(
                    "predict-folder-strict",
                    INPUT,
                    shell -> shell.file("new/1.png", Samples.png(3, 3, 0)).file("new/2.png", text("a picture")),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/new",
                    "--strict")
            .add(
                    "predict-fit-misspelt",
                    INPUT,
                    shell -> shell.file("new.png", Samples.png(4, 3, 0)),
                    "predict",
                    "/demo/images-run",
                    "--input",
                    "/demo/new.png",
                    "--fit",
                    "containn")
            .add(
                    "predict-fit-of-a-table",
                    INPUT,
                    shell -> shell.file("new.csv", "height;site\n2;bog\n"),
                    "predict",
                    "/demo/plants-run",
                    "--input",
                    "/demo/new.csv",
                    "--fit",
                    "cover");

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void trainRuns() {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/plants-run", "--quiet");
        shell.done("/demo/images.yaml", "--run-dir", "/demo/images-run", "--quiet");
    }

    @TestFactory
    Stream<DynamicTest> execute_brokenData_saysWhatGoldenFileSays() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static Consumer<Shell> images(UnaryOperator<byte[]> change) {
        return shell -> shell.file("images.gz", change.apply(shell.bytes("images.gz")));
    }

    private static Consumer<Shell> config(String file, String from, String to) {
        return shell -> shell.file(file, replaced(shell.text(file), from, to));
    }

    private static Consumer<Shell> table(String text) {
        return shell -> shell.file("plants.csv", text);
    }

    /** Change one line of the table, counted from 0. */
    private static Consumer<Shell> row(int line, String text) {
        String[] lines = Samples.PLANTS_TABLE.split("\n");
        lines[line] = text;
        return table(String.join("\n", lines) + "\n");
    }

    private static Consumer<Shell> test(String text) {
        String source = "test: { type: csv, file: test.csv, delimiter: ';', target: kind }";
        return config("plants.yaml", "test: { fraction: 0.25 }", source).andThen(shell -> shell.file("test.csv", text));
    }

    private static void folderOfImages(Shell shell) {
        shell.delete("images.gz");
        shell.file("images.gz/part", text("a file in a folder"));
    }

    private static void otherMnist(Shell shell) {
        shell.file("mnist.yaml", MNIST)
                .file("mnist/train-images-idx3-ubyte", Samples.images())
                .file("mnist/train-labels-idx1-ubyte", Samples.labels(0, 1));
    }

    private static byte[] firstHalf(byte[] bytes) {
        return Arrays.copyOf(bytes, bytes.length / 2);
    }

    /** Behind the ten bytes of gzip's header a block of type 3 cannot be. */
    private static byte[] corrupted(byte[] bytes) {
        return changed(bytes, 10, 0xff);
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) value;
        return copy;
    }

    private static byte[] latin1() {
        return Samples.PLANTS_TABLE.replace("moss", "m\u00f6s").getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String replaced(String text, String from, String to) {
        if (!text.contains(from)) {
            throw new IllegalArgumentException(from + " is not in " + text);
        }
        return text.replace(from, to);
    }
}
