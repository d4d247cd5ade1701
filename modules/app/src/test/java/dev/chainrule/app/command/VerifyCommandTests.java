package dev.chainrule.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.PreparedFolder;
import dev.chainrule.app.testing.Resealed;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.app.testing.ShippedConfigs;
import dev.chainrule.app.testing.WholeProgram;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.engine.files.Sha256;
import dev.chainrule.math.Matrix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test {@code verify}: an unmodified run passes, and every change is named. */
final class VerifyCommandTests {
    @TempDir
    private static Path folder;

    private static PreparedFolder prepared;

    private Shell shell;

    @BeforeAll
    static void train() {
        Shell shell = new Shell(folder).file("plants.yaml", Samples.PLANTS).file("plants.csv", Samples.PLANTS_TABLE);
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/run", "--quiet", "--threads", "2");
        prepared = new PreparedFolder(folder);
    }

    @BeforeEach
    void putBack() {
        shell = prepared.putBack();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xor", "flowers", "houses"})
    void verify_shippedConfig_passes(String name) {
        shell.done(ShippedConfigs.FOLDER.resolve(name + ".yaml").toString(), "--run-dir", "/demo/it", "--quiet");
        assertTrue(shell.done("verify", "/demo/it").out().endsWith("\nPASS\n"));
    }

    /** Ten thousand epochs of one step; and the main job, on generated digits. */
    @ParameterizedTest
    @Tag("proof")
    @ValueSource(strings = {"mazur", "mnist"})
    void verify_longerShippedConfig_passes(String name) {
        assertEquals(
                ExitCode.DONE,
                shell.execute(
                                ShippedConfigs.FOLDER.resolve(name + ".yaml").toString(),
                                "--run-dir",
                                "/demo/it",
                                "--quiet",
                                "--offline")
                        .code());
        assertTrue(shell.done("verify", "/demo/it", "--offline").out().endsWith("\nPASS\n"));
    }

    @Test
    void verify_sameAndOtherThreads_saysWhatWasCompared() {
        GoldenFile.check(
                "verify-pass.txt",
                shell.done("verify", "/demo/run", "--threads", "1").out());
        assertEquals("", shell.done("verify", "/demo/run", "--quiet").out());
        assertTrue(temporary().isEmpty(), "left " + temporary());
    }

    @Test
    void verify_dataByteFlipped_namesData() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "41;"));
        Shell.Result result = shell.execute("verify", "/demo/run");
        String err = result.failed(ExitCode.CHECK);
        assertTrue(err.contains("data changed: test, train, validation (CSV plants.csv) had SHA-256 "), err);
        assertTrue(
                Pattern.compile("had SHA-256 [0-9a-f]{64}, now has [0-9a-f]{64}\n")
                        .matcher(err)
                        .find(),
                err);
        assertTrue(result.out().contains(" is the first to differ: loss "), result.out());
        assertTrue(result.out().contains("epoch 1 is the first to differ, in 2 of 2 tensors"), result.out());
        assertFalse(err.contains("edited"), err);
    }

    @Test
    void verify_dataUnreadable_namesData() {
        shell.file("plants.csv", Samples.PLANTS_TABLE.replace("40;", "4O;"));
        assertTrue(
                shell.execute("verify", "/demo/run").failed(ExitCode.CHECK).contains("data changed: /demo/plants.csv"));
        shell.delete("plants.csv");
        assertTrue(shell.execute("verify", "/demo/run").failed(ExitCode.INPUT).contains("there is no such file"));
    }

    @Test
    void verify_weightFlippedInTheModel_namesTheModel() {
        byte[] model = shell.bytes("run/model.safetensors");
        model[model.length - 1] ^= 1;
        shell.file("run/model.safetensors", model);
        Shell.Result result = shell.execute("verify", "/demo/run");
        String err = result.failed(ExitCode.CHECK);
        assertTrue(err.contains("model.safetensors was edited after the run; "), err);
        assertTrue(err.contains("its checksum is wrong"), err);
        assertTrue(result.out().contains("all 80 steps equal"), result.out());
    }

    /** Whoever writes the file anew has its checksum right. */
    @Test
    void verify_modelWrittenAnew_namesTheWeight() {
        Safetensors model = Safetensors.read(shell.at("run/model.safetensors"));
        Matrix weights = model.tensors().get("dense_1.weights");
        weights.set(2, 1, 0.5);
        model.write(shell.at("run/model.safetensors"));
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(
                err.contains("model.safetensors differs from the retrained one: dense_1.weights[2, 1] 0.5 recorded, "),
                err);
    }

    @Test
    void verify_anotherSeed_namesIt() {
        edit("run/resolved.yaml", text -> text.replace("seed: 0", "seed: 1"));
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.contains("seed is 0 in config.yaml, but 1 in resolved.yaml"), err);
        edit("run/resolved.yaml", text -> text.replace("seed: 1", "seed: 0"));
        edit("run/run.json", text -> text.replace("\"seed\": 0", "\"seed\": 1"));
        err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(
                err.contains("run.json was edited after the run; run.json gives seed as 1, but retraining gives 0"),
                err);
    }

    @Test
    void verify_configEdited_namesTheValue() {
        edit("run/config.yaml", text -> text.replace("learning_rate: 0.1", "learning_rate: 0.2"));
        Shell.Result result = shell.execute("verify", "/demo/run");
        String err = result.failed(ExitCode.CHECK);
        assertTrue(err.contains("config.yaml was edited after the run"), err);
        assertTrue(err.contains("optimizer.learning_rate.value is 0.2 in config.yaml, but 0.1 in resolved.yaml"), err);
        edit("run/config.yaml", text -> "never: [mind");
        err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.contains("config.yaml was edited"), err);
        edit("run/resolved.yaml", text -> "never: [mind");
        err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.contains("resolved.yaml was edited"), err);
    }

    /** Whoever edits the config and its hash too is found out by the training, whose record shows no cause then. */
    @Test
    void verify_configAndHashEdited_isFoundByRetraining() {
        edit("run/resolved.yaml", text -> text.replace("value: 0.1", "value: 0.2"));
        Resealed.again(shell, "run");
        Shell.Result result = shell.execute("verify", "/demo/run");
        String err = result.failed(ExitCode.CHECK);
        assertTrue(result.out().contains("step 2 is the first to differ: loss "), result.out());
        assertFalse(err.contains("edited"), err);
        assertTrue(err.contains("run.json gives config.hash as "), err);
    }

    /** The config that was given is put together again, with --set and the environment's values. */
    @Test
    void verify_givenConfigAndSealEdited_namesTheValue() {
        edit("run/config.yaml", text -> text.replace("learning_rate: 0.1", "learning_rate: 0.2"));
        Resealed.again(shell, "run");
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertFalse(err.contains("edited"), err);
        assertTrue(err.contains("optimizer.learning_rate.value is 0.2 in config.yaml, but 0.1 in resolved.yaml"), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chain.jsonl", "metrics.jsonl"})
    void verify_recordedLineEdited_namesTheFile(String file) {
        edit("run/" + file, text -> text.replaceFirst("[1-8](?=[^\\n]*\\n\\z)", "9"));
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.contains(file + " was edited after the run"), err);
    }

    @Test
    void verify_recordedStepEdited_namesTheFileAndTheStep() {
        byte[] steps = shell.bytes("run/steps.bin");
        steps[16 * 41 + 8] ^= 1;
        shell.file("run/steps.bin", steps);
        Shell.Result result = shell.execute("verify", "/demo/run");
        assertTrue(result.failed(ExitCode.CHECK).contains("steps.bin was edited after the run"));
        assertTrue(result.out().contains("step 42 is the first to differ: gradient norm "), result.out());
    }

    @Test
    void verify_anotherBuildOfAPlugin_namesIt() throws IOException {
        shell.file("square.jar", Plugins.square("2 * z").bytes());
        shell.file(
                "plants.yaml",
                Samples.PLANTS.replace(
                        "units: 2, activation: softmax }",
                        "units: 4, activation: square }\n" + "  - { type: dense, units: 2, activation: softmax }"));
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/with", "--quiet", "--plugins", "/demo/square.jar");
        shell.trust("square.jar").done("verify", "/demo/with");
        String then = Sha256.ofJar(shell.at("square.jar"));
        shell.file("square.jar", Plugins.square("2 * z + 1e-4").bytes());
        Shell.Result result = shell.trust("square.jar").execute("verify", "/demo/with");
        String err = result.failed(ExitCode.CHECK);
        assertTrue(err.contains("plugin changed: square.jar had SHA-256 " + then + ", now has "), err);
        assertTrue(result.out().contains("step 1 is the first to differ: gradient norm "), result.out());
        shell.delete("square.jar");
        err = shell.execute("verify", "/demo/with").failed(ExitCode.INPUT);
        assertTrue(err.contains("unknown activation 'square'"), err);
    }

    @Test
    void verify_patchedKernel_namesTheProgram() throws IOException, InterruptedException {
        Path right = folder.resolve("right.jar");
        Path patched = folder.resolve("patched.jar");
        new WholeProgram()
                .write(right)
                .flip("math/function/FloatExponential", 0x1.62e4p-1f)
                .write(patched);
        String run = folder.resolve("by-jar").toString();
        String config = shell.at("plants.yaml").toString();
        InProcess trained = WholeProgram.run(right, folder, config, "--run-dir", run, "--quiet");
        assertEquals(ExitCode.DONE, trained.code(), trained.err());
        InProcess result = WholeProgram.run(patched, folder, "verify", run);
        assertEquals(ExitCode.CHECK, result.code(), result.out() + result.err());
        assertTrue(
                result.err()
                        .contains("program changed: jar_sha256 was " + Sha256.of(right) + ", is now "
                                + Sha256.of(patched)),
                result.err());
        assertTrue(result.out().contains("step 1 is the first to differ: gradient norm "), result.out());
    }

    /** A killed run leaves half a line here and there, and no word of how it ended. */
    @Test
    void verify_unfinishedRun_comparesWhatThereIs() {
        Resealed.killed(shell, "run");
        shell.file("run/steps.bin", Arrays.copyOf(shell.bytes("run/steps.bin"), 16 * 31 + 5));
        for (String file : List.of("chain.jsonl", "metrics.jsonl")) {
            edit("run/" + file, text -> text.lines().limit(15).collect(Collectors.joining("\n")) + "\n{\"epo");
        }
        shell.delete("run/model.safetensors");
        String out = shell.done("verify", "/demo/run").out();
        assertTrue(out.contains("all 31 steps equal"), out);
        assertTrue(out.contains("all 15 epochs equal: 30 hashes"), out);
    }

    @Test
    void verify_fromCheckpoint_trainsTheRest() {
        shell.file("plants.yaml", Samples.PLANTS + "hooks: [ { type: checkpoint, every: 10 epochs, keep: 2 } ]\n");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/saved", "--quiet");
        String out = shell.done("verify", "/demo/saved").out();
        assertTrue(out.contains("2 checkpoints equal"), out);
        String name = "epoch-0030.safetensors";
        out = shell.done("verify", "/demo/saved", "--from", name).out();
        assertTrue(out.contains("retraining 20 steps; the 60 before are taken from the record"), out);
        assertTrue(out.contains("all 80 steps equal"), out);
        byte[] checkpoint = shell.bytes("saved/checkpoints/" + name);
        checkpoint[checkpoint.length - 1] ^= 1;
        shell.file("saved/checkpoints/" + name, checkpoint);
        for (String[] args : new String[][] {{"verify", "/demo/saved"}, {"verify", "/demo/saved", "--from", name}}) {
            String err = shell.execute(args).failed(ExitCode.CHECK);
            assertTrue(err.contains("checkpoints/" + name + " was edited after the run"), err);
        }
    }

    /** Whoever writes a checkpoint anew has its checksum right; the last of them is saved again by the retraining. */
    @Test
    void verify_checkpointWrittenAnew_namesTheWeight() {
        shell.file("plants.yaml", Samples.PLANTS + "hooks: [ { type: checkpoint, every: 10 epochs, keep: 2 } ]\n");
        shell.done("/demo/plants.yaml", "--run-dir", "/demo/saved", "--quiet");
        Path file = shell.at("saved/checkpoints/epoch-0040.safetensors");
        Safetensors checkpoint = Safetensors.read(file);
        checkpoint.tensors().get("dense_1.weights").set(2, 1, 0.5);
        checkpoint.write(file);
        String err = shell.execute("verify", "/demo/saved").failed(ExitCode.CHECK);
        assertTrue(
                err.contains("epoch-0040.safetensors differs from the retrained one: dense_1.weights[2, 1] 0.5 "
                        + "recorded, "),
                err);
    }

    /** Every fact that does not depend on time or machine is in the seal; retraining finds those of them that training gives. */
    @Test
    void verify_factForged_isNamed() {
        String right = shell.text("run/run.json");
        for (String[] forged : new String[][] {
            {
                "\"test.accuracy\": 1",
                "\"test.accuracy\": 0.5",
                "result.metrics.test.accuracy as 0.5, but retraining gives 1"
            },
            {"\"missed\": []", "\"missed\": [\"x\"]", "result.missed.0 as \"x\", but retraining gives absent"},
            {"\"exit\": 0", "\"exit\": 3", "exit as 3, but retraining gives 0"},
            {"\"completed\"", "\"stopped\"", "state as \"stopped\", but retraining gives \"completed\""},
            {"\"examples\": 8", "\"examples\": 9", "data.train.examples as 9, but retraining gives 8"},
            {"\"parameters\": 8", "\"parameters\": 7", "parameters as 7, but retraining gives 8"},
            {"\"hash\": \"", "\"hash\": \"0", "config.hash as \"0"},
            {"\"loss\": \"lower\"", "\"loss\": \"higher\"", "better.loss as \"higher\""},
            {"\"warnings\": []", "\"warnings\": [], \"more\": 1", "more as 1, but retraining gives absent"},
        }) {
            assertTrue(right.contains(forged[0]), forged[0]);
            shell.file("run/run.json", right.replace(forged[0], forged[1]));
            String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
            assertTrue(err.contains("run.json was edited after the run; "), err);
            assertTrue(err.contains(forged[2]), err);
            Resealed.again(shell, "run");
            err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
            assertFalse(err.contains("edited"), err);
            assertTrue(err.contains(forged[2]), err);
        }
    }

    @Test
    void verify_fileAddedOrDeletedOrSealRemoved_isNamed() {
        String right = shell.text("run/run.json");
        shell.file("run/more.txt", "more").file("run/.hidden", "").file("run/run.log", "edited");
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.endsWith(": more.txt was added after the run: run.json does not list it\n\n1 error\n"), err);
        shell.delete("run/more.txt");
        shell.done("verify", "/demo/run", "--quiet");
        shell.delete("run/model.safetensors");
        err = shell.execute("verify", "/demo/run").failed(ExitCode.CHECK);
        assertTrue(err.contains("model.safetensors is missing"), err);
        shell.file("run/run.json", right.replaceFirst("(?s),\\s*\"seal\".*", "}"));
        for (String command : List.of("verify", "evaluate", "resume", "archive")) {
            err = shell.execute(command, "/demo/run").err();
            assertTrue(err.contains("written before records were sealed, or"), err);
        }
        Shell.Result rerun = shell.execute("rerun", "/demo/run", "--run-dir", "/demo/again", "--quiet");
        assertEquals(ExitCode.DONE, rerun.code(), rerun.err());
        assertTrue(rerun.err().startsWith("warning: /demo/run: run.json has no seal"), rerun.err());
    }

    @Test
    void verify_noRunOrNoStep_isRefused() {
        shell.file("notes/today.txt", "No run is here.");
        String absent = shell.execute("verify", "/demo/notes").failed(ExitCode.INPUT);
        assertTrue(absent.contains("'/demo/notes' is not a run"), absent);
        shell.file("run/steps.bin", new byte[0]);
        Resealed.killed(shell, "run");
        assertTrue(shell.execute("verify", "/demo/run").failed(ExitCode.INPUT).contains("recorded no step"));
        shell.file("run/run.json", "{\"format\": 1");
        String err = shell.execute("verify", "/demo/run").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/run/run.json: error: the record is damaged"), err);
    }

    private void edit(String file, UnaryOperator<String> change) {
        String text = shell.text(file);
        String changed = change.apply(text);
        assertFalse(changed.equals(text), file + " was not changed");
        shell.file(file, changed);
    }

    private static List<Path> temporary() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("chainrule-verify-"))
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
