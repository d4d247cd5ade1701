package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.ChildRuns;
import dev.chainrule.app.testing.ChildRuns.Child;
import dev.chainrule.app.testing.Jdk;
import dev.chainrule.engine.files.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Train one config with other threads and on other JDKs, by the whole program: the files of the runs are identical, and
 * the same as ever. {@link SameBitsMatrixTests} has the other ways of computing.
 */
class DeterminismTests {
    /** Products and updates are large enough to be split over threads, and the last batch is a short one. */
    private static final String NETWORK = """
            seed: 7
            precision: %s
            data:
              train: { type: digits, count: 600 }
              validation: { count: 100 }
              transforms: [ { type: scale, by: 1/255 }, standardize ]
              batch_size: 64
            model:
              - { type: dense, units: 96, activation: relu, weights: he_normal }
              - batch_norm
              - { type: dropout, rate: 0.2 }
              - { type: dense, units: 24, activation: tanh, regularizer: { type: l2, lambda: 0.5 } }
              - { type: dense, units: 16, activation: sigmoid }
              - { type: dense, units: 10, activation: softmax }
            loss: cross_entropy
            optimizer: { type: adam, learning_rate: { type: cosine, from: 0.01 } }
            training: { epochs: 2, clip_norm: 1 }
            hooks: []
            """;

    @TempDir
    private static Path folder;

    private static ChildRuns runs;
    private static Jdk running;
    private static List<Jdk> others;

    @BeforeAll
    static void find() throws IOException {
        runs = new ChildRuns(folder);
        running = Jdk.running();
        others = Jdk.others();
    }

    @AfterAll
    static void report() {
        System.out.println("determinism: " + runs.report().size() + " runs compared, JDK " + running.version() + " and "
                + (others.isEmpty() ? "no other (JAVA_HOMES names none)" : others.size() + " other"));
        runs.report().forEach(run -> System.out.println("  " + run));
    }

    @ParameterizedTest
    @CsvSource({"float32, 2", "float32, 3", "float64, 2"})
    void run_withAnyThreadCount_leavesTheSameBytes(String precision, int threads) throws IOException {
        // Compiled by the first compiler alone: so the two are compared, too.
        runs.assertSame(
                network(precision, running, 1), network(precision, running, threads, "-XX:TieredStopAtLevel=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64"})
    void run_onOtherJdks_leavesTheSameBytes(String precision) throws IOException {
        Assumptions.assumeFalse(
                others.isEmpty(), "only one JDK was found, in " + running.home() + ": name others in JAVA_HOMES");
        for (Jdk other : others) {
            runs.assertSame(network(precision, running, 1), network(precision, other, 2));
        }
    }

    /**
     * The links change when the bits of training change: by an edit of kernels, functions, initialisers, random streams, of the
     * generator of digits, or of the config above. Where that is meant, put the new ones here, and say so to the users whose
     * results change.
     */
    @ParameterizedTest
    @CsvSource({
        "float32, d63d49741deaadb240b1dcb768237a384f0d8b64b5598a575de8a21302a5f711",
        "float64, 53c0f1f0ac766faff1d660b51d05ae7d39b42e0a53a8cd4d33e4b95328d111bb"
    })
    void run_today_leavesTheChainItAlwaysLeft(String precision, String link) throws IOException {
        List<String> chain =
                Files.readAllLines(runs.run(network(precision, running, 1)).resolve("chain.jsonl"));
        Map<?, ?> last = (Map<?, ?>) JsonReader.read(chain.get(chain.size() - 1));
        assertEquals(link, last.get("link"), precision);
    }

    private static Child network(String precision, Jdk jdk, int threads, String... options) {
        return Child.of(precision, NETWORK.formatted(precision), jdk, threads, options);
    }
}
