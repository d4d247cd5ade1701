package dev.chainrule.app.run;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.ForeignSafetensors;
import dev.chainrule.app.testing.ForeignSafetensors.Tensor;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about files that do not fit the network that is to start from them. */
final class StartFromMistakesTests {
    private static final int CASES = 26;
    private static final String DECLARED = "/demo/declared.yaml";
    private static final BadInput MISTAKES = new BadInput("start-from")
            .add("no-such-file", args("/demo/no.safetensors"))
            .add("no-run", INPUT, shell -> shell.file("folder/notes", ""), args("/demo/folder"))
            .add("no-safetensors-file", args("/demo/plants.csv"))
            .add("rules-without-a-file", "run", "/demo/gates.yaml", "--start-fresh", "dense_1")
            .add("with-resume", "run", "--resume", "/demo/run", "--start-from", "/demo/run")
            .add("other-layers", args("/demo/other/model.safetensors"))
            .add("other-shapes", args("/demo/other", "--start-skip", "dense_3"))
            .add(
                    "unknown-names",
                    args(
                            "/demo/run",
                            "--start-rename",
                            "dense_9=dense_1",
                            "--start-rename",
                            "dense_1=head",
                            "--start-fresh",
                            "haed",
                            "--start-skip",
                            "tail"))
            .add("renamed-to-a-layer-that-is-there", args("/demo/run", "--start-rename", "dense_1=dense_2"))
            .add("renaming-half", args("/demo/run", "--start-rename", "dense_1"))
            .add(
                    "renaming-twice",
                    args("/demo/run", "--start-rename", "dense_1=dense_2", "--start-rename", "dense_1=dense_1"))
            .add("nothing-taken", args("/demo/run", "--start-fresh", "dense_1", "--start-fresh", "dense_2"))
            .add(
                    "transforms-missing",
                    "run",
                    "/demo/plants.yaml",
                    "--start-from",
                    "/demo/foreign.safetensors",
                    "--start-rename",
                    "fc=dense_1")
            .add(
                    "transposed",
                    INPUT,
                    shell -> foreign(shell, Tensor.floats(new int[] {8, 2}, new double[16])),
                    args("/demo/foreign.safetensors", "--start-rename", "fc=dense_1", "--start-fresh", "dense_2"))
            .add(
                    "cube",
                    INPUT,
                    shell -> foreign(shell, Tensor.floats(new int[] {2, 2, 4}, new double[16])),
                    args("/demo/foreign.safetensors", "--start-rename", "fc=dense_1", "--start-fresh", "dense_2"))
            .add(
                    "whole-numbers",
                    INPUT,
                    shell -> foreign(shell, new Tensor("I64", new int[] {2, 8}, new double[16])),
                    args("/demo/foreign.safetensors", "--start-rename", "fc=dense_1", "--start-fresh", "dense_2"))
            .add(
                    "not-a-number",
                    INPUT,
                    shell -> foreign(shell, Tensor.floats(new int[] {2, 8}, filled(Double.NaN))),
                    args("/demo/foreign.safetensors", "--start-rename", "fc=dense_1", "--start-fresh", "dense_2"))
            .add(
                    "too-large",
                    INPUT,
                    shell -> foreign(shell, Tensor.doubles(new int[] {2, 8}, filled(1e300))),
                    args("/demo/foreign.safetensors", "--start-rename", "fc=dense_1", "--start-fresh", "dense_2"))
            .add("cut", INPUT, StartFromMistakesTests::cut, args("/demo/cut.safetensors"))
            .add("flipped", INPUT, StartFromMistakesTests::flipped, args("/demo/flipped.safetensors"))
            .add(
                    "run-that-failed",
                    INPUT,
                    shell -> shell.copy("run", "failed").delete("failed/model.safetensors"),
                    args("/demo/failed"))
            .add("declared-no-such-run", INPUT, shell -> declare(shell, "{ from: rum }"), "validate", DECLARED)
            .add(
                    "declared-unknown-layer",
                    INPUT,
                    shell -> declare(shell, "{ from: run, layers: [ dense_1, dense2 ] }"),
                    "validate",
                    DECLARED)
            .add("declared-other-layers", INPUT, shell -> declare(shell, "{ from: other }"), "validate", DECLARED)
            .add(
                    "declared-other-shapes",
                    INPUT,
                    shell -> declare(shell, "{ from: other, layers: [ dense_1 ] }"),
                    "validate",
                    DECLARED)
            .add("declared-nothing", INPUT, shell -> declare(shell, "{ from: run, layers: [] }"), "validate", DECLARED);

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void trainRuns() {
        shell = new Shell(folder);
        Samples.write(shell);
        foreign(shell, Tensor.floats(new int[] {2, 8}, new double[16]));
        shell.file(
                "other.yaml",
                Samples.GATES.replace(
                        "units: 8, activation: tanh }",
                        "units: 6, activation: tanh }\n  - { type: dense, units: 4, activation: relu }"));
        shell.done("/demo/gates.yaml", "--run-dir", "/demo/run", "--quiet");
        shell.done("/demo/other.yaml", "--run-dir", "/demo/other", "--quiet");
    }

    @TestFactory
    Stream<DynamicTest> run_fromWhatDoesNotFit_saysWhatGoldenFileSays() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    private static void declare(Shell shell, String start) {
        shell.file("declared.yaml", Samples.GATES + "start: " + start + "\n");
    }

    private static String[] args(String from, String... rules) {
        String[] run = {"run", "/demo/gates.yaml", "--start-from", from};
        return Stream.concat(Arrays.stream(run), Arrays.stream(rules)).toArray(String[]::new);
    }

    private static double[] filled(double value) {
        double[] all = new double[16];
        all[11] = value;
        return all;
    }

    /** Write a file with a layer of another program's. */
    private static void foreign(Shell shell, Tensor weights) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("fc.weights", weights);
        tensors.put("fc.biases", Tensor.floats(new int[] {8}, new double[8]));
        ForeignSafetensors.write(shell.at("foreign.safetensors"), tensors);
    }

    private static void cut(Shell shell) {
        byte[] model = shell.bytes("run/model.safetensors");
        shell.file("cut.safetensors", Arrays.copyOf(model, model.length - 5));
    }

    private static void flipped(Shell shell) {
        byte[] model = shell.bytes("run/model.safetensors");
        model[model.length - 5] ^= 16;
        shell.file("flipped.safetensors", model);
    }
}
