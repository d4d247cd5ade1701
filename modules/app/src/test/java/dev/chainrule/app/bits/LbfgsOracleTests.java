package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Parameter;
import dev.chainrule.api.training.Cost;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.app.testing.Shell;
import dev.chainrule.builtin.optimizer.Lbfgs;
import dev.chainrule.engine.files.JsonReader;
import dev.chainrule.engine.files.Safetensors;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compare {@code lbfgs} with src/test/oracle/lbfgs.py, and its runs with each other.
 *
 * <p>A step of a convex cost shrinks earlier roundings, so 25 steps agree to 1e-12 (the oracle differs from its own computation in long
 * double by 8e-16). From a gradient of 1e-6 on, costs of successive points differ by less than their rounding, and the roundings decide
 * where a search ends; both come to a gradient below 1e-8.
 */
final class LbfgsOracleTests {
    private static final double TOLERANCE = 1e-12;
    private static final Map<?, ?> ORACLE = oracle();
    private static final List<String> FILES = List.of("steps.bin", "metrics.jsonl", "chain.jsonl", "model.safetensors");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void create() {
        shell = new Shell(folder);
    }

    private static Map<?, ?> oracle() {
        try (var in = LbfgsOracleTests.class.getResourceAsStream("/oracle/lbfgs.json")) {
            return (Map<?, ?>) JsonReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double[] numbers(Object list) {
        return ((List<?>) list)
                .stream().mapToDouble(each -> ((Number) each).doubleValue()).toArray();
    }

    private static String config(int epochs, String precision, String training) {
        return """
                name: lbfgs
                precision: %s
                data:
                  train:
                    type: inline
                    rows: %s
                    labels: %s
                  batch_size: all
                  shuffle: false
                model:
                  - { type: dense, units: 4, activation: softmax, weights: zeros, regularizer: { type: l2, strength: %s } }
                loss: cross_entropy
                optimizer: lbfgs
                training: { epochs: %d%s }
                hooks: [ { type: checkpoint, every: 7 steps, keep: 100 } ]
                """.formatted(
                precision,
                ORACLE.get("inputs"),
                ((List<?>) ORACLE.get("classes"))
                        .stream().map(each -> "c" + ((Number) each).intValue()).toList(),
                ORACLE.get("strength"),
                epochs,
                training);
    }

    private void run(String name, String yaml, String threads) {
        shell.file(name + ".yaml", yaml)
                .done("/demo/" + name + ".yaml", "--run-dir", "/demo/" + name, "--quiet", "--threads", threads);
    }

    @Test
    void run_ofTwoHundredSteps_hasTheCostsOfTheOracle() {
        run("long", config(200, "float64", ""), "1");
        ByteBuffer steps = ByteBuffer.wrap(shell.bytes("long/steps.bin")).order(ByteOrder.LITTLE_ENDIAN);
        double[] losses = numbers(ORACLE.get("losses"));
        double[] norms = numbers(ORACLE.get("norms"));
        assertEquals(200 * 16, steps.remaining());
        for (int i = 0; i < losses.length; i++) {
            double loss = steps.getDouble();
            double norm = steps.getDouble();
            if (i < 25) {
                assertEquals(losses[i], loss, TOLERANCE, "loss of step " + i);
                assertEquals(norms[i], norm, TOLERANCE, "gradient of step " + i);
            } else {
                assertTrue(norm < (i < 100 ? 1e-6 : 1e-8), "gradient of step " + i + ": " + norm);
            }
        }
    }

    @Test
    void run_of25Steps_learnsTheParametersOfTheOracle() {
        run("short", config(25, "float64", ""), "1");
        double[] learned = numbers(ORACLE.get("learned"));
        Map<String, Matrix> tensors =
                Safetensors.readOwn(shell.at("short/model.safetensors")).tensors();
        Matrix weights = tensors.get("dense_1.weights");
        Matrix biases = tensors.get("dense_1.biases");
        for (int i = 0; i < learned.length; i++) {
            double got = i < 12 ? weights.get(i / 4, i % 4) : biases.get(0, i - 12);
            assertEquals(learned[i], got, TOLERANCE, "parameter " + i);
        }
    }

    @Test
    void run_resumedInPartsOrWithThreads_leavesTheSameBytes() {
        for (String precision : List.of("float32", "float64")) {
            run("whole", config(30, precision, ""), "1");
            run("threads", config(30, precision, ""), "2");
            run("parts", config(30, precision, ", rows_at_once: 5"), "1");
            shell.copy("whole", "again");
            shell.done("run", "--resume", "/demo/again/checkpoints/step-00000014.safetensors");
            for (String other : List.of("threads", "parts", "again")) {
                for (String file : FILES) {
                    assertArrayEquals(
                            shell.bytes("whole/" + file), shell.bytes(other + "/" + file), other + " " + file);
                }
                shell.delete(other);
            }
            shell.delete("whole");
        }
    }

    /** Rosenbrock's function of two parameters, one number each; its minimum is 0 at (1, 1). */
    private record Valley(Parameter x, Parameter y) implements Cost {
        @Override
        public double value() {
            double u = x.value().get(0, 0);
            double v = y.value().get(0, 0);
            return (1 - u) * (1 - u) + 100 * (v - u * u) * (v - u * u);
        }

        @Override
        public void compute() {
            double u = x.value().get(0, 0);
            double v = y.value().get(0, 0);
            x.gradient().set(0, 0, -2 * (1 - u) - 400 * u * (v - u * u));
            y.gradient().set(0, 0, 200 * (v - u * u));
        }
    }

    /** The bends of the valley magnify roundings from update to update: the beginning of the way is the oracle's, and so is its end. */
    @Test
    void update_inRosenbrocksValley_takesTheWayOfTheOracleToTheMinimum() {
        Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
        Valley valley = new Valley(parameter("x", -1.2), parameter("y", 1));
        Optimizer optimizer = new Lbfgs(5, 20).create(List.of(valley.x, valley.y), kernels);
        List<?> walk = (List<?>) ORACLE.get("valley");
        for (int step = 0; step < walk.size(); step++) {
            valley.compute();
            optimizer.update(step, 1, valley);
            double[] expected = numbers(walk.get(step));
            if (step < 15 || step >= 45) {
                assertEquals(expected[0], valley.x.value().get(0, 0), TOLERANCE, "x after update " + (step + 1));
                assertEquals(expected[1], valley.y.value().get(0, 0), TOLERANCE, "y after update " + (step + 1));
            }
        }
        assertEquals(60, walk.size());
    }

    private static Parameter parameter(String name, double value) {
        Matrix start = new DoubleMatrix(1, 1);
        start.set(0, 0, value);
        return new Parameter(name, start, new DoubleMatrix(1, 1));
    }
}
