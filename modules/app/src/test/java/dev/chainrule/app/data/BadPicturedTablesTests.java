package dev.chainrule.app.data;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about pictures beside the columns of a table. */
final class BadPicturedTablesTests {
    private static final int CASES = 20;
    private static final String CONFIG = """
            data:
              train:
                type: csv
                file: plants.csv
                target: kind
                pictures:
                  photo: { column: path, channels: 1 }
              transforms: [ { type: scale, by: 1/255, input: photo } ]
              batch_size: 2
            model: [ { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            """;
    private static final String PHOTO = "photo: { column: path, channels: 1 }";
    private static final String TABLE = "path,height,kind\np/1.png,3,fern\np/2.png,4,moss\n";

    private static final BadInput MISTAKES = new Mistakes()
            .add("column-missing", config("column: path, ", ""))
            .add("path-of-no-file", table("p/2.png", "p/9.png"))
            .add("path-blank", table("p/2.png", ""))
            .add("path-outside", table("p/2.png", "../p/2.png"))
            .add("picture-broken", shell -> shell.file("p/2.png", "text"))
            .add("picture-of-another-size", shell -> shell.file("p/2.png", Samples.png(4, 3, 0)))
            .add("all-broken", shell -> {
                shell.file("p/1.png", "text").file("p/2.png", "text");
                config("channels: 1 }", "channels: 1, broken: skip }").accept(shell);
            })
            .add("column-listed", config("target: kind", "target: kind\n    columns: [ height, path ]"))
            .add("column-is-target", config("column: path", "column: kind"))
            .add("column-of-two-pictures", config(PHOTO, PHOTO + "\n      other: { column: path }"))
            .add("name-taken", config("photo: {", "columns: {").andThen(config("input: photo", "input: columns")))
            .add("name-invalid", config("photo: {", "a photo: {"))
            .add("none", config("\n      " + PHOTO, " {}"))
            .add("no-other-column", shell -> shell.file("plants.csv", "path,kind\np/1.png,fern\np/2.png,moss\n"))
            .add("height-without-width", config("channels: 1 }", "height: 3 }"))
            .add("key-unknown", config("channels: 1 }", "chanels: 1 }"))
            .add("scale-of-unknown-input", config("input: photo", "input: foto"))
            .add("scale-without-named-inputs", config("\n    pictures:\n      " + PHOTO, "\n    columns: [ height ]"))
            .add("augmented", config("  batch_size", "  augmentation: [ { type: flip } ]\n  batch_size"))
            .add(
                    "test-without-pictures",
                    config("  batch_size", "  test: { type: csv, file: plants.csv, target: kind }\n  batch_size"))
            .all;

    /** The mistakes, each made after the files were written as they should be. */
    private static final class Mistakes {
        private final BadInput all = new BadInput("pictured-tables");

        private Mistakes add(String name, Consumer<Shell> change) {
            all.add(
                    name,
                    INPUT,
                    shell -> {
                        shell.file("plants.yaml", CONFIG).file("plants.csv", TABLE);
                        shell.file("p/1.png", Samples.png(3, 3, 0)).file("p/2.png", Samples.png(3, 3, 2));
                        change.accept(shell);
                    },
                    "/demo/plants.yaml");
            return this;
        }
    }

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void createShell() {
        shell = new Shell(folder);
    }

    @TestFactory
    Stream<DynamicTest> execute_brokenPicturedTable_saysWhatGoldenFileSays() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static Consumer<Shell> config(String from, String to) {
        return shell -> shell.edit("plants.yaml", from, to);
    }

    private static Consumer<Shell> table(String from, String to) {
        return shell -> shell.edit("plants.csv", from, to);
    }
}
