package dev.chainrule.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Node;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GraphTests {
    private static final Kernels KERNELS = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
    private static final Pass PASS = BatchPass.forTraining();

    private final List<String> calls = new ArrayList<>();

    /** out = factor·x, of one column, whose calls are recorded. */
    private final class Times implements Node {
        private final String label;
        private final double factor;
        private final Optional<Parameter> parameter;

        Times(String label, double factor) {
            this(label, factor, Optional.empty());
        }

        Times(String label, double factor, Optional<Parameter> parameter) {
            this.label = label;
            this.factor = factor;
            this.parameter = parameter;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public Shape output() {
            return Shape.of(1);
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            calls.add(label);
            out.set(0, 0, factor * x.get(0, 0));
        }

        @Override
        public void gradients(Matrix x, Matrix out, Matrix delta, Pass pass) {
            parameter.ifPresent(p -> p.gradient().set(0, 0, delta.get(0, 0)));
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            calls.add(label + "'");
            dx.set(0, 0, factor * delta.get(0, 0));
        }
    }

    /** out = x with another shape, whose calls are recorded. */
    private final class Reshape implements Node {
        @Override
        public String label() {
            return "reshape";
        }

        @Override
        public Shape output() {
            return Shape.of(1, 1);
        }

        @Override
        public boolean isReshape() {
            return true;
        }

        @Override
        public void forward(Matrix x, Matrix out, Pass pass) {
            calls.add("reshape");
            out.copyFrom(x);
        }

        @Override
        public void backward(Matrix x, Matrix out, Matrix delta, Matrix dx, Pass pass) {
            calls.add("reshape'");
            dx.copyFrom(delta);
        }
    }

    /** out = x₀·x₁·…, of one column, whose calls are recorded. */
    private final class Product implements Join {
        @Override
        public String label() {
            return "product";
        }

        @Override
        public Shape output() {
            return Shape.of(1);
        }

        @Override
        public void forward(List<Matrix> xs, Matrix out, Pass pass) {
            calls.add("product");
            out.set(0, 0, xs.stream().mapToDouble(x -> x.get(0, 0)).reduce(1, (a, b) -> a * b));
        }

        @Override
        public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
            calls.add("product'" + input);
            double others = 1;
            for (int k = 0; k < xs.size(); k++) {
                others *= k == input ? 1 : xs.get(k).get(0, 0);
            }
            dx.set(0, 0, delta.get(0, 0) * others);
        }
    }

    /** out = x₀ + x₁ + …, of one column. */
    private record Sum() implements Join {
        @Override
        public String label() {
            return "sum";
        }

        @Override
        public Shape output() {
            return Shape.of(1);
        }

        @Override
        public void forward(List<Matrix> xs, Matrix out, Pass pass) {
            out.set(0, 0, xs.stream().mapToDouble(x -> x.get(0, 0)).sum());
        }

        @Override
        public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
            dx.copyFrom(delta);
        }
    }

    /** Return a value that learns, so that all values after it have gradients. */
    private Value learned(LayerContext context) {
        Parameter parameter = context.parameter("w", 1, 1, (w, in, out, draws) -> w.fill(1), 1, 1);
        return context.chain(new Times("first", 1, Optional.of(parameter)));
    }

    private static Network network(LayerSpec... layers) {
        List<NamedLayer> model = new ArrayList<>();
        for (LayerSpec layer : layers) {
            model.add(new NamedLayer(Optional.empty(), layer));
        }
        return Network.build(model, Shape.of(1), KERNELS, 0);
    }

    private static double forward(Network network, double x) {
        Matrix input = new DoubleMatrix(1, 1);
        input.set(0, 0, x);
        return network.forward(input, PASS).get(0, 0);
    }

    /** Return ∂out/∂ of each value. */
    private static List<Double> backward(Network network) {
        Graph graph = network.graph();
        network.fillGradients(Double.NaN);
        graph.delta(graph.topology().last()).set(0, 0, 1);
        network.backward(new BackwardOrder(graph.topology(), graph.topology().last()), PASS);
        List<Double> gradients = new ArrayList<>();
        for (int v = 0; v < graph.topology().size(); v++) {
            gradients.add(graph.delta(v).get(0, 0));
        }
        return gradients;
    }

    @Test
    void backward_valueReadThreeTimes_addsItsGradientsFromTheLastUseToTheFirst() {
        Network network = network(context -> {
            Value a = learned(context);
            Value b = context.chain(a, new Times("b", 1e16));
            Value c = context.chain(a, new Times("c", -1e16));
            Value d = context.chain(a, new Times("d", 1));
            return context.join(new Sum(), List.of(b, c, d));
        });
        forward(network, 1);
        assertEquals(List.of("first", "b", "c", "d"), calls);
        calls.clear();
        List<Double> gradients = backward(network);
        assertEquals(List.of("d'", "c'", "b'"), calls);
        assertEquals((1 + -1e16) + 1e16, gradients.get(1)); // 0: d first, whose 1 is lost; (1e16 − 1e16) + 1 would be 1
        assertEquals(0, network.parameters().get(0).gradient().get(0, 0));
    }

    @Test
    void backward_valueReadTwiceByOneJoin_addsBothGradientsLastInputFirst() {
        Network network = network(context -> {
            Value a = learned(context);
            return context.join(new Product(), List.of(a, a));
        });
        assertEquals(9, forward(network, 3));
        calls.clear();
        assertEquals(6, backward(network).get(1));
        assertEquals(List.of("product'1", "product'0"), calls);
    }

    @Test
    void backward_secondInputOfAJoin_getsItsOwnGradient() {
        Network network = network(context -> {
            Value a = learned(context);
            Value b = context.chain(a, new Times("b", 5));
            Value c = context.chain(a, new Times("c", 7));
            return context.join(new Product(), List.of(b, c));
        });
        assertEquals(35 * 4, forward(network, 2));
        List<Double> gradients = backward(network);
        assertEquals(14, gradients.get(2));
        assertEquals(10, gradients.get(3));
        assertEquals(10 * 7 + 14 * 5, gradients.get(1));
    }

    @Test
    void backward_valuesThatNothingLearnedPrecedes_haveNoGradient() {
        LayerSpec layer = context -> {
            Value early = context.chain(new Times("early", 2));
            Value a = learned(context);
            return context.join(new Product(), List.of(early, a));
        };
        LayerSpec before = context -> context.chain(new Times("before", 3));
        Network network = network(
                before,
                context -> {
                    Value x = context.inputs().get(0);
                    Value constant = context.chain(x, new Times("constant", 2));
                    return context.join(new Product(), List.of(constant, x));
                },
                layer);
        forward(network, 1);
        calls.clear();
        List<Double> gradients = backward(network);
        assertEquals(
                List.of("product'1", "product'0"), calls, "layer has parameters: all its values are taken as learned");
        assertEquals(List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN), gradients.subList(0, 4));
        network.graph()
                .backwardToInput(
                        new BackwardOrder(network.topology(), network.topology().last()), PASS);
        // x → 3x → (2·3x)·3x = 18x², squared by 2u·u: 2·(18x²)²
        assertEquals(4 * 2 * 18 * 18.0, network.graph().delta(0).get(0, 0));
    }

    @Test
    void passes_reshapeThatAloneReadsItsInput_areLeftOut() {
        Network network = network(
                context -> context.chain(new Reshape()),
                context -> context.chain(
                        context.chain(learned(context), new Reshape(), new Reshape()), new Times("b", 5)));
        assertEquals(10, forward(network, 2));
        assertEquals(List.of(5.0, 5.0, 5.0, 1.0), backward(network).subList(2, 6));
        assertEquals(List.of("first", "b", "b'"), calls);
        Graph graph = network.graph();
        assertSame(graph.out(0), graph.out(1));
        assertSame(graph.out(2), graph.out(4));
        assertSame(graph.delta(2), graph.delta(4));
        assertEquals(12, forward(network, 2.4), "the next batch is another matrix");
        graph.backwardToInput(
                new BackwardOrder(graph.topology(), graph.topology().last()), PASS);
        assertEquals(5, graph.delta(0).get(0, 0));
    }

    @Test
    void passes_reshapeOfAValueThatOthersRead_copy() {
        Network network = network(context -> {
            Value a = learned(context);
            Value b = context.chain(a, new Reshape());
            return context.join(new Product(), List.of(a, b, b));
        });
        assertEquals(27, forward(network, 3));
        assertEquals(List.of(9.0 + 18, 18.0, 1.0), backward(network).subList(1, 4));
        assertEquals(List.of("first", "reshape", "product", "product'2", "product'1", "product'0", "reshape'"), calls);
    }

    @Test
    void forward_ofTheReadersOfAValue_recomputesNothingElse() {
        Network network = network(context -> {
            Value a = learned(context);
            Value b = context.chain(a, new Times("b", 5));
            Value c = context.chain(a, new Times("c", 7));
            return context.join(new Product(), List.of(b, c));
        });
        forward(network, 2);
        network.graph().out(2).set(0, 0, 1);
        calls.clear();
        network.graph().forward(network.topology().downstream(network.topology().readers(2)), PASS);
        assertEquals(List.of("product"), calls);
        assertEquals(14, network.graph().out(4).get(0, 0));
    }

    @Test
    void forward_withoutBackwardPasses_reusesMatricesOfValuesThatAreRead() {
        LayerSpec layer = context -> {
            Value a = learned(context);
            Value b = context.chain(a, new Times("b", 2));
            Value c = context.chain(b, new Times("c", 3));
            Value d = context.join(new Product(), List.of(a, c, c));
            return context.chain(d, new Times("e", 1), new Times("f", 1));
        };
        Network network = network(layer).forwardOnly();
        assertEquals(5 * 30 * 30, forward(network, 5));
        Graph graph = network.graph();
        assertNotSame(graph.out(1), graph.out(3), "the join reads both");
        assertSame(graph.out(2), graph.out(4), "b has been read");
        assertNotSame(graph.out(5), graph.out(6), "a loss reads both");
        assertThrows(
                IllegalStateException.class,
                () -> network.backward(
                        new BackwardOrder(graph.topology(), graph.topology().last()), PASS));
    }

    @Test
    void build_valueThatNothingReads_isRefused() {
        LayerSpec layer = context -> {
            context.chain(new Times("lost", 2));
            return context.chain(new Times("kept", 3));
        };
        InputException e = assertThrows(InputException.class, () -> network(layer));
        assertEquals("no layer reads layer_1 [1]", e.getMessage());
        assertEquals(Optional.of("model[0]"), e.configPath());
    }

    @Test
    void build_valueOfAnotherNetwork_isRefused() {
        Value foreign = new Value(7, "dense_1", Shape.of(1));
        LayerSpec layer = context -> context.chain(foreign, new Times("t", 2));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> network(layer));
        assertEquals("dense_1 [1] is not a value of this network", e.getMessage());
    }
}
