package dev.chainrule.app.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.SmallDisk;
import dev.chainrule.math.Heap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test how runs end other than well: exit code, what is said, what is kept. */
final class RunEndingTests {
    @TempDir
    private Path folder;

    @Test
    void run_expectationMissed_keepsTheModelAndExits3() {
        Shell shell = gates("expect: { train.loss: { max: 0.001 }, train.mse: { min: 0 } }\n");
        String err = run(shell).failed(ExitCode.EXPECTATION);
        assertTrue(err.matches("error: expectation missed: train\\.loss: 0\\.[0-9]+, at most 0\\.001 expected\n"), err);
        assertTrue(Files.exists(shell.at("run/model.safetensors")));
        Map<?, ?> record = record(shell);
        assertEquals("completed", record.get("state"));
        assertEquals((long) ExitCode.EXPECTATION, record.get("exit"));
        assertEquals(1, ((List<?>) ((Map<?, ?>) record.get("result")).get("missed")).size());
    }

    @Test
    void run_expectationMet_exits0() {
        Shell shell = gates("expect: { train.loss: { max: 10 } }\n");
        run(shell).done();
        assertEquals((long) ExitCode.DONE, record(shell).get("exit"));
    }

    @Test
    void run_divergence_namesEpochStepAndParameter() {
        Shell shell = new Shell(folder).file("gates.yaml", """
                data:
                  train: { type: inline, rows: [[1000], [2000]], targets: [[1], [2]] }
                  batch_size: 1
                model: [ { type: dense, units: 1 } ]
                loss: quadratic
                optimizer: { type: sgd, learning_rate: 1000 }
                allow: [ large_inputs ]
                """);
        String err = run(shell).failed(ExitCode.FAILED);
        assertTrue(
                err.matches(
                        "(?s)error: the run diverged .*epoch [0-9]+, step [0-9]+: .*dense_1\\.(weights|biases)\\[0, 0].*"
                                + "A smaller learning rate, training\\.clip_norm or scaled inputs usually help\\.\n\n1 error\n"),
                err);
        assertEquals("failed", record(shell).get("state"));
        assertEquals((long) ExitCode.FAILED, record(shell).get("exit"));
        assertFalse(Files.exists(shell.at("run/model.safetensors")), "a diverged model must not look like a good one");
    }

    /**
     * Values that are too large are named, with the transform that scales them: no learning rate helps in the first
     * step.
     */
    @ParameterizedTest
    @CsvSource({
        "1, 1e20, 'Targets of the batch are as large as 1e20: add data.target_transforms: [ standardize ].'",
        "1, -7.25e25, 'Targets of the batch are as large as 7.25e25: add data.target_transforms: [ standardize ].'",
        "1e25, 1, 'Inputs of the batch are as large as 1e25: add data.transforms: [ standardize ].'"
    })
    void run_overflow_namesTheLargeNumbersAndTheTransform(String input, String target, String sentence) {
        Shell shell = new Shell(folder).file("gates.yaml", """
                data:
                  train: { type: inline, rows: [[%s], [0.5]], targets: [[%s], [2]] }
                model: [ { type: dense, units: 1, weights: 0.5 } ]
                loss: quadratic
                optimizer: { type: sgd, learning_rate: 0.01 }
                allow: [ large_inputs ]
                """.formatted(input, target));
        String err = run(shell).failed(ExitCode.FAILED);
        assertTrue(err.contains("epoch 1, step 1: the loss is "), err);
        assertTrue(
                err.contains("Numbers or their squares exceed float32, whose largest number is 3.4e38. " + sentence
                        + " Or write precision: float64."),
                err);
        assertFalse(err.contains("learning rate"), err);
    }

    @Test
    void evaluate_divergedRun_reportsMissingModel() {
        run_divergence_namesEpochStepAndParameter();
        Shell shell = new Shell(folder);
        assertEquals("""
                error: run /demo/run has no model
                   It failed, was killed or is still running; see run.json.

                1 error
                """, shell.execute("evaluate", "/demo/run").failed(ExitCode.INPUT));
    }

    @Test
    void run_targetOutOfRange_isTheInputsFaultBeforeAnythingIsWritten() {
        Shell shell = new Shell(folder).file("gates.yaml", Samples.GATES.replace("[0]]", "[2]]"));
        assertEquals("""
                /demo/gates.yaml:9:7: error: binary_cross_entropy expects numbers from 0 to 1 as targets, but those of train are numbers from 0 to 2
                    9 | loss: binary_cross_entropy
                      |       ^^^^^^^^^^^^^^^^^^^^
                   at loss. Write loss: quadratic, which takes any numbers, or scale the targets to that range.

                1 error
                """, run(shell).failed(ExitCode.INPUT));
        assertFalse(Files.exists(shell.at("run")));
    }

    @Test
    void run_wrongDerivative_failsTheCheckAndExits4() {
        Shell shell = gates("").file("square.jar", Plugins.square("z").bytes());
        checked(shell);
        String err = run(shell, "--plugins", "/demo/square.jar").failed(ExitCode.CHECK);
        assertTrue(
                err.startsWith("error: the gradient check failed. BP2 is wrong in dense_1: dense_1.z differs "), err);
        assertTrue(err.contains("relative error 3.3e-01"), "z for 2z: |z - 2z| / |z + 2z| = 1/3 in " + err);
        assertTrue(err.contains("it is 0.500000 times the correct value"), err);
        assertTrue(shell.text("run/gradient_check.json").contains("\"verdict\": \"failed\""));
        assertEquals("failed", record(shell).get("state"));
        assertEquals((long) ExitCode.CHECK, record(shell).get("exit"));
    }

    @Test
    void run_rightDerivative_passesTheCheckAndIsRecorded() {
        Shell shell = gates("").file("square.jar", Plugins.square("2 * z").bytes());
        checked(shell);
        run(shell, "--plugins", "/demo/square.jar").done();
        Map<?, ?> plugin = (Map<?, ?>) ((List<?>) record(shell).get("plugins")).get(0);
        assertEquals(List.of("activation square"), plugin.get("components"));
        assertEquals(64, ((String) plugin.get("sha256")).length());
        shell.trust("square.jar").done("evaluate", "/demo/run", "--data", "train");
        shell.copy("square.jar", "elsewhere.jar").delete("square.jar");
        assertEquals(
                ExitCode.INPUT,
                shell.execute("evaluate", "/demo/run", "--data", "train").code(),
                "without the plugin");
        shell.done("evaluate", "/demo/run", "--data", "train", "--plugins", "/demo/elsewhere.jar");
    }

    @Test
    void run_pluginOfTheConfig_isFoundBesideTheConfig() {
        Shell shell = gates("").file("jars/square.jar", Plugins.square("2 * z").bytes());
        checked(shell).file("gates.yaml", shell.text("gates.yaml") + "plugins: [ jars/square.jar ]\n");
        run(shell).done();
        shell.trust("jars/square.jar").done("evaluate", "/demo/run", "--data", "train");
    }

    @Test
    void run_faultyHook_isAFaultWithAFileToReport() throws IOException {
        Shell shell = gates("hooks: [ faulty ]\n")
                .file(
                        "faulty.jar",
                        Plugins.faulty("throw new IllegalStateException(\"oh\");")
                                .bytes());
        Matcher file = Pattern.compile("The plugin's author must correct this .*; for details see (\\S+)\\.")
                .matcher(run(shell, "--plugins", "/demo/faulty.jar").failed(ExitCode.FAILED));
        assertTrue(file.find());
        Path trace = Path.of(file.group(1));
        assertTrue(Files.readString(trace).contains("Faulty"));
        Files.delete(trace);
        assertTrue(shell.text("run/run.log").contains("IllegalStateException: oh"), "the log says it too");
        assertEquals("failed", record(shell).get("state"));
    }

    @Test
    void run_hookWithoutMemory_saysHowToGetMore() {
        Shell shell = gates("hooks: [ faulty ]\n")
                .file(
                        "faulty.jar",
                        Plugins.faulty("throw new OutOfMemoryError(\"Java heap space\");")
                                .bytes());
        String err = run(shell, "--plugins", "/demo/faulty.jar").failed(ExitCode.FAILED);
        assertTrue(err.contains("(Faulty.java:11): out of memory: Java heap space\n"), err);
        assertTrue(err.contains("give the program more, as in " + Heap.largerCommand() + "."), err);
        assertEquals("failed", record(shell).get("state"));
    }

    /** The inputs of one batch are more than the heap holds; the table itself is small. */
    @Test
    void validate_moreNamesThanMemory_isRefusedByTheirColumn() throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("user,a,kind\n");
        for (int i = 0; i < 60_000; i++) {
            table.append('u').append(i % 26_000).append(',').append(i % 7).append(i % 2 == 0 ? ",x\n" : ",y\n");
        }
        new Shell(folder).file("names.csv", table.toString()).file("names.yaml", """
                data:
                  train: { type: csv, file: names.csv, target: kind }
                  batch_size: 60000
                model: [ { type: dense, units: 2, activation: softmax } ]
                loss: cross_entropy
                optimizer: { type: sgd, learning_rate: 0.1 }
                training: { epochs: 1 }
                """);
        Child child = Child.start(
                folder, List.of("-Xmx300m", "-XX:+UseSerialGC", "-Dchainrule.launcher=off"), "validate", "names.yaml");
        assertEquals(ExitCode.INPUT, child.code(), child::err);
        assertTrue(
                child.err()
                        .contains(
                                "error: 60000 rows of 26001 inputs take 6.24 GB, with everything before them 6.27 GB, but "
                                        + "the program has "),
                child::err);
        assertTrue(child.err().contains("Most names: 'user' 26000, in 60000 rows."), child::err);
    }

    /**
     * The rows that are evaluated at a time would fit, but for the young generation, which is a third of this heap without the
     * launcher's options.
     */
    @Test
    void run_layerBeyondTheHeap_isNamedAndRecorded() throws IOException, InterruptedException {
        Shell shell = new Shell(folder).file("wide.yaml", """
                data:
                  train: { type: digits, count: 600 }
                  validation: { count: 550 }
                  transforms: [ { type: scale, by: 1/255 } ]
                  batch_size: 1
                model: [ { type: dense, units: 1 }, { type: dense, units: 20000 }, { type: dense, units: 10, activation: softmax } ]
                loss: cross_entropy
                optimizer: { type: sgd, learning_rate: 1e-7 }
                training: { epochs: 1 }
                allow: [ linear_layers ]
                """);
        Child child = Child.start(
                folder,
                List.of("-Xmx112m", "-XX:+UseSerialGC", "-Dchainrule.launcher=off"),
                "wide.yaml",
                "--run-dir",
                "run",
                "--quiet");
        assertEquals(ExitCode.FAILED, child.code(), child::err);
        String reason = "there is not enough memory for a batch of 500 in dense_2, 80 MB: the program has ";
        assertTrue(child.err().startsWith("error: " + reason), child::err);
        assertTrue(
                child.err()
                        .matches("(?s).* are in use\\. Give it more, as in java -Xmx\\d+m -jar pipeline\\.jar, or make "
                                + "batches or layers smaller\\.\n.*"),
                child::err);
        assertEquals("failed", record(shell).get("state"));
        assertEquals((long) ExitCode.FAILED, record(shell).get("exit"));
        Map<?, ?> result = (Map<?, ?>) record(shell).get("result");
        assertTrue(result.get("reason").toString().startsWith(reason), result.toString());
        assertEquals("machine", ((Map<?, ?>) result.get("blame")).get("who"));
        Child again = Child.start(folder, List.of("-Xmx1g", "-Dchainrule.launcher=off"), "resume", "run", "--quiet");
        assertEquals(ExitCode.DONE, again.code(), again::err);
    }

    @Test
    void run_pluginOfAnotherVersion_isAdvice() throws IOException {
        Shell shell = gates("hooks: [ faulty ]\n")
                .file(
                        "faulty.jar",
                        Plugins.faulty("throw new NoSuchMethodError(\"void Run.gone()\");")
                                .bytes());
        String err = run(shell, "--plugins", "/demo/faulty.jar").failed(ExitCode.FAILED);
        assertTrue(err.contains("(Faulty.java:11): no such method: void Run.gone()\n"), err);
        assertTrue(err.contains("It was built for another version: rebuild it, or get a newer one.\n"), err);
        Files.delete(Path.of(err.replaceAll("(?s).*for details see (\\S+)\\.\n.*", "$1")));
    }

    @Test
    void run_hookThatCannotRead_isAFailureInWords() {
        String statement = "throw new java.io.UncheckedIOException(new java.nio.file.AccessDeniedException(\"x\"));";
        Shell shell = gates("hooks: [ faulty ]\n")
                .file("faulty.jar", Plugins.faulty(statement).bytes());
        String err = run(shell, "--plugins", "/demo/faulty.jar").failed(ExitCode.FAILED);
        assertTrue(err.contains("faulty.jar failed in Faulty$1 (Faulty.java:11): permission denied\n"), err);
    }

    @Test
    void run_hookThatStops_isCompleteAndSaysWhy() {
        Shell shell = gates("")
                .file("gates.yaml", Samples.GATES + "hooks: [ faulty ]\n")
                .file("faulty.jar", Plugins.faulty("run.stop(\"good enough\");").bytes());
        String out = run(shell, "--plugins", "/demo/faulty.jar").done().out();
        assertTrue(out.contains("ended early after step 2: good enough\n"), out);
        assertEquals("stopped", record(shell).get("state"));
    }

    @Test
    void run_fullDisk_saysSoAndLeavesNothingHalfWritten() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "128k")) {
            Shell shell = new Shell(folder).file("gates.yaml", Samples.GATES.replace("units: 8", "units: 30000"));
            String err = run(shell, "--run-dir", disk.run()).failed(ExitCode.FAILED);
            assertEquals("""
                    error: cannot write /demo/disk/run/model.safetensors: No space left on device. Free some space, or choose another place.

                    1 error
                    """, err);
            assertFalse(Files.exists(shell.at("disk/run/model.safetensors")));
            assertFalse(Files.exists(shell.at("disk/run/.model.safetensors.part")));
            assertEquals("failed", shell.json("disk/run/run.json").get("state"));
        }
    }

    @Test
    void run_diskFullFromTheBeginning_saysSo() throws IOException, InterruptedException {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), "128k")) {
            disk.fill();
            String err = run(gates(""), "--run-dir", disk.run()).failed(ExitCode.FAILED);
            assertTrue(
                    err.matches(
                            "error: cannot (write|create the run directory) /demo/disk/run.*: No space left on device\\. (?s).*"),
                    err);
        }
    }

    private Shell gates(String more) {
        return new Shell(folder).file("gates.yaml", Samples.GATES + more);
    }

    private static Shell checked(Shell shell) {
        return shell.file(
                "gates.yaml",
                Samples.GATES.replace("activation: tanh", "activation: square") + "hooks: [ gradient_check ]\n");
    }

    private static Shell.Result run(Shell shell, String... more) {
        List<String> args = new ArrayList<>(List.of("/demo/gates.yaml"));
        if (!List.of(more).contains("--run-dir")) {
            args.addAll(List.of("--run-dir", "/demo/run"));
        }
        args.addAll(List.of(more));
        return shell.execute(args.toArray(String[]::new));
    }

    private static Map<?, ?> record(Shell shell) {
        return shell.json("run/run.json");
    }
}
