package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.GoldenFile;
import dev.chainrule.app.testing.Plugins;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Test the commands on configs that are put together: bases, {@code --set}, the environment, secrets. */
final class ComposedConfigTests {
    private static final String DATA = """
            data:
              train: { type: csv, file: "${dir}/plants.csv", delimiter: ';', target: kind }
              test: { fraction: 0.25 }
              transforms: [ standardize ]
              batch_size: 4
            training: { epochs: 2, clip_norm: 5 }
            hooks: [ progress ]
            """;
    private static final String NETWORK = """
            model:
              - { type: dense, units: 8, activation: relu }
              - { type: dense, units: 2, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: 0.1 }
            seed: 1
            """;
    private static final String OWN = """
            extends: [ bases/data.yaml, bases/network.yaml ]
            name: "plants-${env:KIND:-plain}"
            seed: ${env:SEED}
            data: { batch_size: "${model[0].units}" }
            training: { clip_norm: null }
            """;

    @TempDir
    private Path folder;

    @Test
    void explain_twoBasesEnvironmentAndSet_namesTheOriginOfEveryValue() {
        String out = shell().done(
                        "explain", "/demo/own.yaml", "--set", "training.epochs=3", "--set", "model[0].activation=tanh")
                .out();
        GoldenFile.check("explain.txt", out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
    }

    @Test
    void explain_path_showsThatPartOnly() {
        String out = shell().done("explain", "/demo/own.yaml", "model[1]").out();
        assertTrue(
                out.lines().filter(line -> !line.startsWith(" ")).skip(1).allMatch(line -> line.startsWith("model[1]")),
                out);
        assertTrue(out.contains("model[1].units"), out);
        String err = shell().execute("explain", "/demo/own.yaml", "optimiser").failed(ExitCode.INPUT);
        assertTrue(err.contains("Did you mean 'optimizer'?"), err);
    }

    @Test
    void run_composed_recordsWhatItWasMadeOf() {
        Shell shell = shell();
        shell.done("/demo/own.yaml", "--run-dir", "/demo/run", "--quiet", "--set", "training.epochs=3");
        assertEquals(shell.text("own.yaml"), shell.text("run/config.yaml"));
        assertTrue(shell.text("run/resolved.yaml").contains("epochs: 3"));
        assertFalse(shell.text("run/resolved.yaml").contains("extends"));
        Map<?, ?> config = config(shell, "run");
        assertEquals(List.of("training.epochs=3"), config.get("set"));
        assertEquals("7", ((Map<?, ?>) config.get("environment")).get("SEED"));
        assertTrue(((Map<?, ?>) config.get("environment")).containsKey("KIND"));
        Map<?, ?> base = (Map<?, ?>) ((List<?>) config.get("bases")).get(1);
        assertEquals("2-network.yaml", base.get("copy"));
        assertEquals(NETWORK, shell.text("run/bases/2-network.yaml"));
        shell.done("/demo/run/resolved.yaml", "--run-dir", "/demo/again", "--quiet");
        assertEquals(shell.text("run/chain.jsonl"), shell.text("again/chain.jsonl"));
        shell.done("evaluate", "/demo/run");
    }

    @Test
    void run_inAnotherFolder_hasTheSameHash() {
        Shell shell = shell();
        for (String file : List.of("own.yaml", "bases/data.yaml", "bases/network.yaml", "bases/plants.csv")) {
            shell.file("else/where/" + file, shell.text(file));
        }
        shell.done("/demo/own.yaml", "--run-dir", "/demo/one", "--quiet");
        shell.done("/demo/else/where/own.yaml", "--run-dir", "/demo/two", "--quiet");
        assertEquals(config(shell, "one").get("hash"), config(shell, "two").get("hash"));
        assertNotEquals(shell.text("one/resolved.yaml"), shell.text("two/resolved.yaml"));
        shell.done("/demo/own.yaml", "--run-dir", "/demo/three", "--quiet", "--set", "seed=8");
        assertNotEquals(config(shell, "one").get("hash"), config(shell, "three").get("hash"));
    }

    @Test
    void run_withSecret_recordsItNowhere() throws IOException {
        Shell shell = shell().with("FOLDER", "hunter2hunter2");
        shell.file("hunter2hunter2/plants.csv", Samples.PLANTS_TABLE);
        shell.file("own.yaml", OWN.replace("data: {", "data: { train: { file: \"${secret:FOLDER}/plants.csv\" },"));
        Shell.Result result = shell.done("/demo/own.yaml", "--run-dir", "/demo/run");
        assertFalse(result.out().contains("hunter2"), result.out());
        assertTrue(shell.text("run/resolved.yaml").contains("\"${secret:FOLDER}/plants.csv\""));
        int files = 0;
        try (Stream<Path> written = Files.walk(shell.at("run"))) {
            for (Path file : written.filter(Files::isRegularFile).toList()) {
                // Every byte is a letter in Latin-1, also those of binary files.
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("hunter2"), file::toString);
                files++;
            }
        }
        assertTrue(files >= 9, files + " files");
        shell.done("evaluate", "/demo/run");
        String explained = shell.done("explain", "/demo/own.yaml").out();
        assertFalse(explained.contains("hunter2"), explained);
        shell.delete("hunter2hunter2");
        String err = shell.execute("validate", "/demo/own.yaml").failed(ExitCode.INPUT);
        assertFalse(err.contains("hunter2"), err);
        assertTrue(err.contains("${secret:FOLDER}"), err);
    }

    @Test
    void run_failsNamingASecret_recordsItNowhere() {
        Shell shell = shell().with("TOKEN", "swordfish")
                .file(
                        "faulty.jar",
                        Plugins.faulty("throw new RunException(\"the server refused swordfish.\");")
                                .bytes());
        shell.file("own.yaml", OWN + "hooks: [ progress, faulty ]\nplugins: [ faulty.jar ]\n");
        String err = shell.execute("/demo/own.yaml", "--run-dir", "/demo/run", "--set", "name=${secret:TOKEN}")
                .failed(ExitCode.FAILED);
        assertTrue(err.contains("refused ${secret:TOKEN}"), err);
        for (String file : List.of("run/run.json", "run/run.log")) {
            assertTrue(shell.text(file).contains("refused ${secret:TOKEN}"), shell.text(file));
            assertFalse(shell.text(file).contains("swordfish"), shell.text(file));
        }
    }

    @Test
    void run_wrongArgument_keepsNothingAndSaysWhere() {
        Shell shell = shell();
        for (String command : List.of("run", "validate", "describe", "explain")) {
            String err = shell.execute(command, "/demo/own.yaml", "--set", "model[0].units=0", "--set", "sead=1")
                    .failed(ExitCode.INPUT);
            assertTrue(err.contains("--set argument 1:16: error: units is 0"), err);
            assertTrue(err.contains("--set argument 2:1: error: unknown key 'sead'"), err);
        }
        assertFalse(Files.exists(shell.at("runs")));
    }

    @Test
    void validate_shapeThatDoesNotFit_pointsIntoTheBase() {
        Shell shell = shell();
        shell.file(
                "bases/network.yaml",
                NETWORK.replace("units: 2, activation: softmax", "units: 3, activation: softmax"));
        String err = shell.execute("validate", "/demo/own.yaml").failed(ExitCode.INPUT);
        assertTrue(err.contains("/demo/bases/network.yaml:"), err);
    }

    private Shell shell() {
        return new Shell(folder)
                .with("SEED", "7")
                .file("own.yaml", OWN)
                .file("bases/data.yaml", DATA)
                .file("bases/network.yaml", NETWORK)
                .file("bases/plants.csv", Samples.PLANTS_TABLE);
    }

    private static Map<?, ?> config(Shell shell, String run) {
        return (Map<?, ?>) shell.json(run + "/run.json").get("config");
    }
}
