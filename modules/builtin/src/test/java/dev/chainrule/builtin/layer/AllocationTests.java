package dev.chainrule.builtin.layer;

import static dev.chainrule.builtin.Matrices.FLOAT32;
import static dev.chainrule.builtin.Matrices.random;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Shape;
import dev.chainrule.builtin.TestLayer;
import dev.chainrule.builtin.TestPass;
import dev.chainrule.builtin.activation.Sigmoid;
import dev.chainrule.builtin.initializer.XavierUniform;
import dev.chainrule.builtin.initializer.Zeros;
import dev.chainrule.math.Matrix;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTests {
    private static final int ROWS = 128;
    private static final int COLUMNS = 32;
    private static final int PASSES = 50;

    static List<LayerSpec> layers() {
        return List.of(
                new Dense(
                        COLUMNS,
                        new Sigmoid(),
                        new XavierUniform(),
                        new Zeros(),
                        Optional.empty(),
                        Trainable.parse("true"),
                        true),
                new BatchNorm(0.9, 1e-5),
                new Dropout(0.5),
                new ActivationLayer(new Sigmoid()),
                new Flatten());
    }

    /** A batch takes 16 kB: a pass that made one matrix, or boxed one row of elements, would show. */
    @ParameterizedTest
    @MethodSource("layers")
    void passes_onceWarm_allocateNoMatrix(LayerSpec spec) {
        TestLayer layer = new TestLayer(spec, Shape.of(COLUMNS), FLOAT32);
        Matrix x = random(FLOAT32, ROWS, COLUMNS, 1);
        train(layer, x, 2);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        train(layer, x, PASSES);
        long perPass = (threads.getCurrentThreadAllocatedBytes() - before) / PASSES;
        assertTrue(perPass < 1024, perPass + " bytes a pass");
    }

    private static void train(TestLayer layer, Matrix x, int passes) {
        for (int i = 0; i < passes; i++) {
            Matrix out = layer.forward(x, TestPass.TRAINING);
            layer.backward(out, TestPass.TRAINING);
        }
    }
}
