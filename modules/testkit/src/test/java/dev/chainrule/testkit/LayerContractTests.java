package dev.chainrule.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.contract.LayerContract;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** out = x ⊙ s + m, s learned and m a running mean of the inputs, with one fault at a time. */
class LayerContractTests {
    enum Fault {
        NONE,
        GRADIENT_OF_INPUT_TWICE,
        GRADIENT_ADDED,
        INPUT_MODIFIED,
        ROW_NOT_WRITTEN,
        BATCHES_MIXED,
        BUFFER_NOT_DECLARED,
        BUFFER_MOVED_AT_INFERENCE,
        PARAMETER_MODIFIED,
        WRONG_IN_FLOAT32,
        STATIC_COUNTER,
        NOT_A_RESHAPE,
        THROWS,
        REFUSES_ALL
    }

    record Scaled(Fault fault) implements LayerSpec {
        private static int calls;

        @Override
        public Value build(LayerContext context) {
            if (fault == Fault.REFUSES_ALL) {
                throw new InputException("nothing fits");
            }
            int n = context.input().size();
            Parameter s = context.parameter("scale", 1, n, (w, in, out, draws) -> w.fill(1), 1, 1);
            Matrix mean = fault == Fault.BUFFER_NOT_DECLARED
                    ? context.kernels().matrix(1, n)
                    : context.buffer("mean", 1, n, 0);
            Stage stage = new Stage(fault, s, mean, context.input(), context.kernels());
            return fault == Fault.NOT_A_RESHAPE
                    ? context.chain(new Stage(Fault.NONE, s, mean, context.input(), context.kernels()), stage)
                    : context.chain(stage);
        }
    }

    private record Stage(Fault fault, Parameter s, Matrix mean, Shape output, Kernels kernels) implements Node {
        @Override
        public String label() {
            return "scaled";
        }

        @Override
        public boolean isReshape() {
            return fault == Fault.NOT_A_RESHAPE;
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            out.copyFrom(x);
            kernels.multiplyAddRow(out, s.value(), mean);
            if (pass.training() ? pass.tracksStatistics() : fault == Fault.BUFFER_MOVED_AT_INFERENCE) {
                kernels.scale(0.5, mean);
                mean.set(0, 0, mean.get(0, 0) + x.get(0, 0));
            }
            switch (fault) {
                case INPUT_MODIFIED -> x.set(0, 0, 1.5 + x.get(0, 0));
                case ROW_NOT_WRITTEN -> out.set(x.rows() - 1, 0, Double.NaN);
                case BATCHES_MIXED -> out.set(0, 0, out.get(0, 0) + x.get(x.rows() - 1, 0));
                case PARAMETER_MODIFIED -> s.value().set(0, 0, 2);
                case WRONG_IN_FLOAT32 -> kernels.scale(x.precision().bytes() == 4 ? 1.001 : 1, out);
                case STATIC_COUNTER -> out.set(0, 0, out.get(0, 0) + Scaled.calls++);
                case THROWS -> throw new IllegalStateException("the author did not think of this");
                default -> {}
            }
        }

        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            Matrix before = kernels.matrix(1, x.columns());
            before.copyFrom(s.gradient());
            kernels.columnDots(delta, x, s.gradient());
            if (fault == Fault.GRADIENT_ADDED) {
                kernels.addScaled(1, before, s.gradient());
            }
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            kernels.multiplyRow(delta, s.value(), dx);
            if (fault == Fault.GRADIENT_OF_INPUT_TWICE) {
                kernels.scale(2, dx);
            }
        }
    }

    @Test
    void check_rightLayer_findsNothing() {
        assertEquals(List.of(), LayerContract.check(new Scaled(Fault.NONE)));
    }

    @Test
    void check_eachFault_isFound() {
        found(
                Fault.GRADIENT_OF_INPUT_TWICE,
                "∂C/∂x with input \\[5, 6] at \\[0, 1] \\(value = .*\\): expected .*, got .*");
        found(Fault.GRADIENT_ADDED, "∂C/∂layer.scale at .*: expected .*, got .nan");
        found(Fault.INPUT_MODIFIED, "x of node 1 \\(scaled\\) after forward at \\[0, 0]: expected .*, got .*");
        found(Fault.ROW_NOT_WRITTEN, "out of node 1 \\(scaled\\) at \\[4, 0]: expected a finite number, got .nan");
        found(
                Fault.BUFFER_MOVED_AT_INFERENCE,
                "out of an example in a batch at inference .*|layer.mean after inference.*");
        found(Fault.BUFFER_NOT_DECLARED, "out of a restored layer .*|out of an example .*");
        found(Fault.PARAMETER_MODIFIED, "layer.scale after both passes.*|∂C/∂.*");
        found(Fault.WRONG_IN_FLOAT32, "float32 out at .*");
        found(Fault.STATIC_COUNTER, ".*");
        found(Fault.NOT_A_RESHAPE, "out of node 2 \\(scaled\\), a reshape at .*: expected .*, got .*");
        found(
                Fault.THROWS,
                "its code: expected a result, got '.*the author did not think of this' in LayerContractTests.java, line [0-9]+");
        found(Fault.REFUSES_ALL, "input shapes accepted: expected one of .*, got none");
    }

    @Test
    void check_examplesMixedAtInference_isFound() {
        assertTrue(LayerContract.check(new Scaled(Fault.BATCHES_MIXED)).stream()
                .anyMatch(finding -> finding.text().startsWith("out of an example in a batch at inference at [0, 0]")));
    }

    private static void found(Fault fault, String pattern) {
        Function<LayerSpec, String> first =
                spec -> LayerContract.check(spec).get(0).text();
        String text = first.apply(new Scaled(fault));
        assertTrue(text.matches(pattern), fault + ": " + text);
    }
}
