package dev.chainrule.app.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Child;
import dev.chainrule.app.testing.InProcess;
import dev.chainrule.app.testing.ShippedConfigs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Run every config the project ships: each asserts its own result with {@code expect}, so that exit code 0 is the proof. */
class ShippedConfigsTests {
    private static final Path CONFIGS = InProcess.ROOT.resolve("configs");
    private static final int SHIPPED = 54;
    /** The exit code of env if there is no such program. */
    private static final int NOT_FOUND = 127;

    @TempDir
    private Path folder;

    @Test
    void validate_everyShippedConfig_isRightInItself() throws IOException {
        ShippedConfigs.swish();
        List<Path> files;
        try (Stream<Path> found = Files.walk(CONFIGS)) {
            files = found.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        assertEquals(SHIPPED, files.size(), files.toString());
        for (Path file : files) {
            LoadedConfig loaded =
                    ConfigLoader.load(file, PluginSources.usual(InProcess.context()), List.of(), InProcess.context());
            assertTrue(!loaded.experiment().expect().isEmpty(), file + " expects nothing");
        }
    }

    @Test
    void validate_everyShippedConfig_givesNoWarning() {
        ShippedConfigs.swish();
        // The book's experiments need MNIST; the others' warning that they have none is true.
        boolean all = System.getenv("MNIST_DIR") != null;
        List<String> patterns = all
                ? List.of(CONFIGS + "/**/*.yaml")
                : List.of(
                        CONFIGS + "/{flowers,houses,mazur,reference,titanic,unet,xor}.yaml",
                        CONFIGS + "/examples/*.yaml");
        List<String> args = Stream.concat(Stream.of("validate", "--strict"), patterns.stream())
                .toList();
        InProcess result = InProcess.run(all ? mnist() : Map.of(), args.toArray(String[]::new));
        assertEquals("", result.err().replaceAll("(?m)^plugin: swish .*\\R", ""));
        assertEquals(ExitCode.DONE, result.code());
        int count = all ? SHIPPED : 20;
        assertTrue(result.out().endsWith(count + " configs: " + count + " ok, 0 with errors\n"), result.out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xor",
                "flowers",
                "houses",
                "titanic",
                "examples/wide-and-deep",
                "examples/pictures-and-columns",
                "examples/convolution",
                "examples/pictures",
                "examples/residual",
                "examples/plain",
                "examples/autoencoder",
                "examples/highway",
                "examples/variational",
                "examples/siamese",
                "examples/two-outputs",
                "examples/tagger",
                "examples/masks"
            })
    void run_quickConfig_meetsItsExpectations(String name) throws Exception {
        train(Map.of(), name);
    }

    /**
     * The comments of these examples give the cause of the result: a deep branch, convolutions, pictures, too many layers without shortcuts, a wide code, gates
     * that begin open, a divergence that does not count too much, the weight of an output, a second picture, a trunk
     * that both share, the neighbours of a word, those of a pixel.
     */
    @ParameterizedTest
    @CsvSource({
        "wide-and-deep, defaults.dense.activation=identity",
        "convolution, 'model=[{type: dense, units: 64, activation: relu}, {type: dense, units: 10, activation: softmax}]'",
        "pictures, 'model=[{type: dense, units: 64, activation: relu}, {type: dense, units: 3, activation: softmax}]'",
        "pictures-and-columns, 'model=[{type: dense, units: 16, from: input.columns}, {type: dense, units: 1, activation: identity}]'",
        "highway, model[1].layers[0].branches.carried[0].branches.gate[0].biases=-9",
        "two-outputs, outputs.width.weight=0",
        "tagger, model[1].size=1",
        "masks, model[0].size=1"
    })
    void run_exampleWithoutItsCause_missesItsExpectations(String name, String change) throws Exception {
        train(ExitCode.EXPECTATION, Map.of(), "examples/" + name, "--set", change);
    }

    @ParameterizedTest
    @Tag("proof")
    @CsvSource({
        "plain, model[1].times=1",
        "autoencoder, model[1].units=1",
        "variational, model[2].weight=100",
        "siamese, model[2].from=input.left",
        "siamese, 'model[2]={type: dense, units: 64, activation: relu, weights: he_normal, name: right_strokes, from: input.right}'"
    })
    void run_slowerExampleWithoutItsCause_missesItsExpectations(String name, String change) throws Exception {
        train(ExitCode.EXPECTATION, Map.of(), "examples/" + name, "--set", change);
    }

    /** Without MNIST the main job falls back to generated digits, and reaches 97 % of them, even in fewer epochs. */
    @Test
    @Tag("slow")
    void run_mnistOnGeneratedDigits_saysSoAndPasses97Percent() throws Exception {
        Child result = train(Map.of(), "mnist", "--offline", "--set", "training.epochs=6");
        assertTrue(result.err().startsWith("warning: MNIST is not available"), result.err());
        assertTrue(result.out().contains("note: MNIST is not available"), result.out());
        assertTrue(accuracy(result) >= 0.97, result.out());
    }

    @Test
    @Tag("slow")
    void run_mnist_passes975Permille() throws Exception {
        Child result = train(mnist(), "mnist");
        assertEquals("", result.err());
        assertTrue(accuracy(result) >= 0.975, result.out());
    }

    @ParameterizedTest
    @Tag("proof")
    @ValueSource(strings = {"lenet", "resnet", "autoencoder", "unet"})
    void run_networksOfConvolutions_meetTheirExpectations(String name) throws Exception {
        train(mnist(), name);
    }

    @Test
    @Tag("proof")
    void run_mnistWithThePluginSwish_passes96Percent() throws Exception {
        ShippedConfigs.swish();
        train(mnist(), "mnist-swish");
    }

    /** Half of its epochs are enough to get there. */
    @Test
    @Tag("slow")
    void run_nielsensFirstNetwork_landsInTheBooksBand() throws Exception {
        train(mnist(), "nielsen/ch1-30", "--set", "training.epochs=16");
    }

    @ParameterizedTest
    @Tag("proof")
    @ValueSource(
            strings = {
                "ch1-30",
                "ch1-100",
                "ch1-slow",
                "ch1-fast",
                "ch3-30",
                "ch3-30-default",
                "ch3-30-l2",
                "ch3-30-large",
                "ch3-100",
                "ch3-100-default",
                "ch3-100-l2",
                "ch3-100-large",
                "ch3-100-long",
                "ch3-few",
                "ch3-few-l2",
                "ch5-1",
                "ch5-2",
                "ch5-3",
                "ch5-4",
                "ch6-dense",
                "ch6-conv"
            })
    void run_nielsensNetworks_landInTheirBands(String name) throws Exception {
        train(mnist(), "nielsen/" + name);
    }

    /** The script that runs the book's networks knows which of them to train, and its page lists all of them. */
    @Test
    void bookScript_itsTests_pass() throws Exception {
        Path env = Path.of("/usr/bin/env");
        assumeTrue(Files.isExecutable(env), "needs a system with /usr/bin/env");
        Path tests = InProcess.ROOT.resolve("tools/book/book_test.py");
        Process script = new ProcessBuilder(env.toString(), "python3", "-B", tests.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = script.waitFor();
        assumeTrue(code != NOT_FOUND, "needs python3");
        assertEquals(0, code, said);
        assertTrue(said.matches("(?s).*Ran [1-9]\\d* tests .*OK\\s*"), said);
    }

    private Child train(Map<String, String> environment, String config, String... options) throws Exception {
        return train(ExitCode.DONE, environment, config, options);
    }

    /** Train as users do: in a JVM with both compilers, which the launcher gives the vector kernels. */
    private Child train(int code, Map<String, String> environment, String config, String... options) throws Exception {
        Child result = Child.start(folder, List.of("-XX:TieredStopAtLevel=4"), environment, arguments(config, options));
        assertEquals(code, result.code(), () -> result.out() + result.err());
        return result;
    }

    private String[] arguments(String config, String... options) {
        String file = CONFIGS.resolve(config + ".yaml").toString();
        String run = folder.resolve("run").toString();
        return Stream.concat(Stream.of(file, "--run-dir", run), Stream.of(options))
                .toArray(String[]::new);
    }

    private static double accuracy(Child result) {
        String line = result.out()
                .lines()
                .filter(text -> text.startsWith("test:"))
                .findFirst()
                .orElseThrow();
        return Double.parseDouble(line.substring(line.indexOf("accuracy ") + "accuracy ".length()));
    }

    private static Map<String, String> mnist() {
        String directory = System.getenv("MNIST_DIR");
        assumeTrue(directory != null && !directory.isBlank(), "MNIST_DIR names no folder with MNIST's four files");
        return Map.of("MNIST_DIR", directory);
    }
}
