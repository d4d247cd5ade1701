package dev.chainrule.app;

import static dev.chainrule.app.shell.ExitCode.FAILED;
import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.TestJar;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about each kind of mistake on the command line, and about damaged or unfinished runs. */
final class BadArgumentsTests {
    private static final int CASES = 49;
    private static final BadInput MISTAKES = new BadInput("arguments")
            .add("no-arguments")
            .add("unknown-command", "bogus")
            .add("misspelt-command", "valdate", "/demo/gates.yaml")
            .add("unknown-option", "--bogus")
            .add("unknown-option-of-run", "run", "/demo/gates.yaml", "--epochs", "3")
            .add("misspelt-option", "/demo/gates.yaml", "--theads", "1")
            .add("option-of-another-command", "validate", "/demo/gates.yaml", "--dry-run")
            .add("run-without-config", "run")
            .add("validate-without-config", "validate")
            .add("describe-without-config", "describe")
            .add("evaluate-without-run", "evaluate")
            .add("predict-without-run", "predict", "--input", "/demo/new.csv")
            .add("predict-without-input", "predict", "/demo/run")
            .add("two-configs", "/demo/gates.yaml", "/demo/plants.yaml")
            .add("plugins-with-argument", "plugins", "dense")
            .add("option-twice", "/demo/gates.yaml", "--threads", "1", "--threads", "2")
            .add("missing-config", "/demo/mnits.yaml")
            .add("missing-config-of-validate", "validate", "/demo/mnits.yaml")
            .add("config-behind-at-sign", "@/demo/gates.yaml")
            .add("folder-as-config", "/demo")
            .add("data-as-config", "/demo/images.gz")
            .add("threads-zero", "/demo/gates.yaml", "--threads", "0")
            .add("threads-no-number", "/demo/gates.yaml", "--threads", "x")
            .add("threads-without-number", "/demo/gates.yaml", "--threads")
            .add("threads-too-many", "evaluate", "/demo/run", "--threads", "100000")
            .add("impossible-path", "/demo/gates\0.yaml")
            .add("impossible-run", "evaluate", "run\0")
            .add("missing-plugin", "/demo/gates.yaml", "--plugins", "/demo/swish.jar")
            .add("plugin-no-jar", "plugins", "--plugins", "/demo/plants.csv")
            .add("plugin-without-plugin", INPUT, BadArgumentsTests::emptyJar, "plugins", "--plugins", "/demo/empty.jar")
            .add("run-dir-not-empty", "/demo/gates.yaml", "--run-dir", "/demo/run")
            .add("run-dir-below-file", FAILED, shell -> {}, "/demo/gates.yaml", "--run-dir", "/demo/plants.csv/run")
            .add("run-dir-is-file", FAILED, shell -> {}, "/demo/gates.yaml", "--run-dir", "/demo/plants.csv")
            .add("evaluate-no-such-run", "evaluate", "/demo/nothing")
            .add("evaluate-no-run", INPUT, shell -> shell.file("folder/notes", ""), "evaluate", "/demo/folder")
            .add("evaluate-unknown-data", "evaluate", "/demo/run", "--data", "tset")
            .add("evaluate-data-not-declared", "evaluate", "/demo/gates-run", "--data", "test")
            .add("evaluate-data-unknown-source", "evaluate", "/demo/run", "--data", "{type: csw, file: new.csv}")
            .add(
                    "evaluate-data-without-target",
                    "evaluate",
                    "/demo/run",
                    "--data",
                    "{type: csv, file: /demo/plants.csv, delimiter: ';'}")
            .add("evaluate-data-not-yaml", "evaluate", "/demo/run", "--data", "{type: csv")
            .add(
                    "evaluate-data-missing-file",
                    "evaluate",
                    "/demo/run",
                    "--data",
                    "{type: csv, file: /demo/no.csv, target: kind}")
            .add("evaluate-run-without-model", INPUT, BadArgumentsTests::withoutModel, "evaluate", "/demo/damaged")
            .add(
                    "damaged-record",
                    INPUT,
                    shell -> damaged(shell, "run.json", "{\"format\": 1, "),
                    "evaluate",
                    "/demo/damaged")
            .add(
                    "damaged-resolved-config",
                    INPUT,
                    shell -> damaged(shell, "resolved.yaml", "name: plants\n"),
                    "evaluate",
                    "/demo/damaged")
            .add("damaged-model", INPUT, BadArgumentsTests::cutModel, "evaluate", "/demo/damaged")
            .add("model-of-another-network", INPUT, BadArgumentsTests::otherModel, "evaluate", "/demo/damaged")
            .add("predict-missing-input", "predict", "/demo/run", "--input", "/demo/new.csv")
            .add(
                    "predict-output-in-missing-folder",
                    "predict",
                    "/demo/run",
                    "--input",
                    "/demo/plants.csv",
                    "--output",
                    "/demo/no/out.csv")
            .add(
                    "predict-output-is-folder",
                    "predict",
                    "/demo/run",
                    "--input",
                    "/demo/plants.csv",
                    "--output",
                    "/demo/run");

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void trainRuns() {
        shell = new Shell(folder);
        Samples.write(shell);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/gates-run", "--quiet");
    }

    @TestFactory
    Stream<DynamicTest> execute_wrongArguments_saysWhatGoldenFileSays() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static void damaged(Shell shell, String file, String text) {
        shell.copy("run", "damaged");
        if (text == null) {
            shell.delete("damaged/" + file);
        } else {
            shell.file("damaged/" + file, text);
        }
    }

    private static void withoutModel(Shell shell) {
        damaged(shell, "model.safetensors", null);
        Resealed.again(shell, "damaged");
    }

    private static void cutModel(Shell shell) {
        byte[] model = shell.bytes("run/model.safetensors");
        shell.copy("run", "damaged").file("damaged/model.safetensors", Arrays.copyOf(model, model.length - 5));
    }

    private static void otherModel(Shell shell) {
        shell.copy("run", "damaged").file("damaged/model.safetensors", shell.bytes("gates-run/model.safetensors"));
        Resealed.again(shell, "damaged");
    }

    private static void emptyJar(Shell shell) {
        shell.file("empty.jar", new TestJar().bytes());
    }
}
