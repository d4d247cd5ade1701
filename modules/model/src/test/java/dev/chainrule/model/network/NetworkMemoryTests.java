package dev.chainrule.model.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.OptimizerSpec;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.Schedule;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.error.RunException;
import dev.chainrule.api.training.Optimizer;
import dev.chainrule.api.training.State;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.math.Heap;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Numbers;
import dev.chainrule.math.Precision;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.activation.Identity;
import dev.chainrule.model.initializer.Zeros;
import dev.chainrule.model.join.Add;
import dev.chainrule.model.layer.Trainable;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.window.Conv;
import dev.chainrule.model.window.Padding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NetworkMemoryTests {
    private static final long DATA = 1_000_000;
    private static final long INPUTS = 144;
    private static final NetworkMemory.Passes PASSES = new NetworkMemory.Passes(5, 9, 1, 0, INPUTS, DATA);
    private static final int BYTES = Double.BYTES;
    private static final int WIDE = 100_000;
    /** The largest array has two thousand million elements, of eight bytes each. */
    private static final long MOST_HEAP = 16_000_000_000L;

    private final Kernels kernels = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
    private final NamedLayer layer = new NamedLayer(Optional.empty(), NetworkTests.dense(300));
    private final List<NamedLayer> model = List.of(layer, layer);

    @Test
    void of_layers_countsParametersOutputsAndGradients() {
        NetworkMemory memory = memory(Double.POSITIVE_INFINITY);
        Network network = build(memory);
        List<Layer> layers = network.layers();
        int batch = memory.passes().batch();
        int flowing = layers.get(0).stages().size() * 300 * (memory.passes().most() + batch);
        assertEquals((double) BYTES * (2 * (2 * 300 + 300) + flowing), memory.of(network, layers.get(0)));
        assertEquals((double) BYTES * (2 * (300 * 300 + 300) + flowing), memory.of(network, layers.get(1)));
        double parameters = (double) BYTES * (2 * 300 + 300 + 300 * 300 + 300);
        Map<MemoryKind, Double> parts = new EnumMap<>(MemoryKind.class);
        parts.put(MemoryKind.PROGRAM, (double) Heap.PROGRAM);
        parts.put(MemoryKind.DATA, (double) DATA);
        parts.put(MemoryKind.BATCHES, (double) INPUTS);
        parts.put(MemoryKind.PARAMETERS, parameters);
        parts.put(MemoryKind.GRADIENTS, parameters);
        parts.put(MemoryKind.OPTIMIZER, 0.0);
        parts.put(MemoryKind.VALUES, (double) BYTES * 4 * 300 * memory.passes().most());
        parts.put(MemoryKind.DELTAS, (double) BYTES * 4 * 300 * batch);
        parts.put(MemoryKind.KEPT, 0.0);
        parts.put(MemoryKind.KERNELS, (double) BYTES * 300 * memory.passes().most());
        parts.put(MemoryKind.COPY, parameters);
        assertEquals(parts, memory.parts(network));
        double sum = 0;
        for (double part : parts.values()) {
            sum += part;
        }
        assertEquals(sum, memory.of(network));
    }

    @Test
    void build_justEnough_fitsAndAByteLessDoesNot() {
        NetworkMemory unlimited = memory(Double.POSITIVE_INFINITY);
        double needed = unlimited.of(build(unlimited));
        assertEquals(2, build(memory(needed)).layers().size());
        InputException e = assertThrows(InputException.class, () -> build(memory(needed - 1)));
        assertEquals(Optional.of("model[1].units"), e.configPath());
    }

    /** The first flatten is a copy as soon as a layer below reads its input, too. */
    @Test
    void build_reshapes_countsThoseThatCopy() {
        NamedLayer flatten = new NamedLayer(Optional.empty(), new Flatten());
        NamedLayer add = new NamedLayer(
                Optional.empty(), Optional.of(new OneOrMore<>(List.of("dense_1", "flatten_1"))), new Add());
        List<NamedLayer> chain = List.of(layer, flatten, flatten, layer);
        List<NamedLayer> branched = List.of(layer, flatten, add, flatten, layer);
        double flowing = (double) BYTES * 300 * (PASSES.most() + PASSES.batch());
        double plain = needed(model);
        assertEquals(plain, needed(chain));
        double added = (double) BYTES * 300 * PASSES.batch();
        assertEquals(plain + 2 * flowing + added, needed(branched), "a copy, a sum and the gradient that is added");
        assertEquals(5, build(branched, memory(plain + 2 * flowing)).layers().size());
        assertThrows(InputException.class, () -> build(branched, memory(plain + 2 * flowing - 1)));
    }

    @Test
    void ofUse_deepNetwork_countsTheMatricesThatValuesTakeInTurn() {
        List<NamedLayer> deep = Collections.nCopies(10, layer);
        NetworkMemory unlimited = NetworkMemory.ofUse(kernels, Double.POSITIVE_INFINITY);
        Network network = build(deep, unlimited).forwardOnly();
        network.forward(kernels.matrix(1, 2), BatchPass.forInference());
        Set<Matrix> matrices = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int v = 1; v < network.topology().size(); v++) {
            matrices.add(network.graph().out(v));
        }
        assertEquals(2, matrices.size());
        double parameters = network.layers().stream()
                .mapToDouble(each -> 2.0 * BYTES * each.size())
                .sum();
        double needed =
                Heap.PROGRAM + parameters + unlimited.parts(network).get(MemoryKind.KERNELS) + 2.0 * 300 * BYTES;
        assertEquals(needed, unlimited.of(network));
        assertEquals(
                10, build(deep, NetworkMemory.ofUse(kernels, needed)).layers().size());
        InputException e =
                assertThrows(InputException.class, () -> build(deep, NetworkMemory.ofUse(kernels, needed - 1)));
        assertEquals(Optional.of("model"), e.configPath());
        assertTrue(e.getMessage().startsWith("the values of an example would take 0.0048 MB"), e.getMessage());
    }

    @Test
    void recomputing_deepNetwork_takesLessThanAFifthForActivations() {
        NetworkMemory kept = memory(Double.POSITIVE_INFINITY);
        Network network = build(Collections.nCopies(32, layer), kept);
        assertEquals((double) BYTES * 64 * 300 * (PASSES.most() + PASSES.batch()), activations(kept, network));
        double twice = activations(kept.recomputing(true), network);
        Recomputation segments = new Recomputation(network.topology());
        assertEquals(
                (double) BYTES * (segments.valueColumns() * PASSES.most() + segments.deltaColumns() * PASSES.batch()),
                twice);
        assertTrue(5 * twice < activations(kept, network), () -> twice + " of " + activations(kept, network));
    }

    private static double activations(NetworkMemory memory, Network network) {
        Map<MemoryKind, Double> parts = memory.parts(network);
        return parts.get(MemoryKind.VALUES) + parts.get(MemoryKind.DELTAS);
    }

    @Test
    void build_recomputing_fitsIntoWhatItTakesAndNotIntoAByteLess() {
        List<NamedLayer> deep = Collections.nCopies(32, layer);
        NetworkMemory kept = memory(Double.POSITIVE_INFINITY);
        double needed = kept.recomputing(true).of(build(deep, kept));
        assertEquals(32, build(deep, memory(true, needed)).layers().size());
        InputException e = assertThrows(InputException.class, () -> build(deep, memory(true, needed - 1)));
        assertTrue(e.getMessage().startsWith("activations and their gradients would take "), e.getMessage());
        assertThrows(InputException.class, () -> build(deep, memory(needed)));
    }

    /** 6 images of 64 pixels, of a vector each, and 9 weights of a filter, likewise: more than the patches of 9 examples. */
    @Test
    void build_convolutionOfGroups_countsImagesBeforeTheyAreAllocated() {
        OneOrMore<Integer> one = new OneOrMore<>(List.of(1));
        Conv conv = new Conv(
                2,
                new OneOrMore<>(List.of(3)),
                one,
                Padding.parse("none"),
                one,
                2,
                new Identity(),
                new Zeros(),
                new Zeros(),
                Optional.empty(),
                Trainable.TRUE,
                true);
        List<NamedLayer> layers = List.of(new NamedLayer(Optional.empty(), conv));
        Encoding image = new Encoding(Shape.of(8, 8, 2), List.of(), new Target(Target.Form.VALUES, List.of("y")));
        NetworkMemory unlimited = memory(Double.POSITIVE_INFINITY);
        Network network = Network.build(layers, List.of(), image, kernels, 7, unlimited);
        double scratch = (double) BYTES * (6 * 64 * 16 + 9 * (1 + 16));
        assertEquals(scratch, unlimited.parts(network).get(MemoryKind.KERNELS));
        double needed = unlimited.of(network);
        Network.build(layers, List.of(), image, kernels, 7, memory(needed));
        InputException e = assertThrows(
                InputException.class, () -> Network.build(layers, List.of(), image, kernels, 7, memory(needed - 1)));
        assertTrue(e.getMessage().contains("in conv_1 would take "), e.getMessage());
    }

    private double needed(List<NamedLayer> layers) {
        NetworkMemory unlimited = memory(Double.POSITIVE_INFINITY);
        return unlimited.of(build(layers, unlimited));
    }

    @Test
    void build_tensorBeyondTheMemory_isRefusedBeforeItIsAllocated() {
        InputException e = assertThrows(InputException.class, () -> build(memory(Heap.PROGRAM + DATA + 10_000)));
        assertEquals(Optional.of("model[0].units"), e.configPath());
        assertEquals(
                "biases [1, 300] with its gradient would take 0.0048 MB, with everything before it 29.3 MB, but "
                        + "the program has 29.3 MB",
                e.getMessage());
        assertEquals(
                List.of("Make it smaller, or give the program more memory, as in java -Xmx32m -jar pipeline.jar."),
                e.notes());
    }

    @Test
    void build_firstLayerBeyondTheMemory_suggestsEnoughForAllLayers() {
        List<NamedLayer> layers = new ArrayList<>();
        for (int units : List.of(2_000, 2_000, 3)) {
            layers.add(new NamedLayer(Optional.empty(), NetworkTests.dense(units)));
        }
        NetworkMemory unlimited = memory(Double.POSITIVE_INFINITY);
        double all = unlimited.of(build(layers, unlimited));
        InputException e = assertThrows(InputException.class, () -> build(layers, memory(Heap.PROGRAM)));
        assertEquals(Optional.of("model[0].units"), e.configPath());
        assertTrue(e.notes().get(0).contains(Heap.command(all)), e.notes().toString());
        assertEquals("java -Xmx128m -jar pipeline.jar", Heap.command(all));
    }

    /** The estimate fits into the memory, but something else occupies it. */
    @Test
    void build_heapEndsInATensor_isAnErrorAtTheTensorsParameter() {
        assumeTrue(Heap.size() < MOST_HEAP, "an array that is larger than the heap cannot be asked for");
        int units = (int) (Heap.size() / (2 * BYTES) + 1);
        List<NamedLayer> wide = List.of(new NamedLayer(Optional.empty(), NetworkTests.dense(units)));
        InputException e = assertThrows(InputException.class, () -> Network.build(wide, Shape.of(2), kernels, 1));
        assertEquals(Optional.of("model[0].units"), e.configPath());
        String size = Numbers.size(2.0 * 2 * BYTES * units);
        assertTrue(
                e.getMessage()
                        .startsWith("there is not enough memory for weights [2, " + units + "] with its gradient, "
                                + size + ": the program has " + Numbers.size(Heap.size()) + ", of which "),
                e.getMessage());
        assertTrue(
                e.notes().get(0).matches("Give it more, as in java -Xmx\\d+[mg] -jar .*"),
                e.notes().toString());
    }

    @Test
    void forward_heapEndsInABatch_namesTheLayer() {
        assumeTrue(Heap.size() < MOST_HEAP, "an array that is larger than the heap cannot be asked for");
        LayerSpec wide = NetworkTests.dense(WIDE);
        Network network =
                Network.build(List.of(layer, new NamedLayer(Optional.of("wide"), wide)), Shape.of(2), kernels, 1);
        int rows = (int) (Heap.size() / WIDE / BYTES + 1);
        RunException e = assertThrows(
                RunException.class, () -> network.forward(kernels.matrix(rows, 2), BatchPass.forInference()));
        String size = Numbers.size(2.0 * rows * WIDE * BYTES); // dense has two nodes, the second an activation
        assertTrue(
                e.getMessage()
                        .startsWith("there is not enough memory for a batch of " + rows + " in wide, " + size + ": "),
                e.getMessage());
        assertInstanceOf(OutOfMemoryError.class, e.getCause());
    }

    @Test
    void state_ofAnOptimizer_isThatOfItsMatrices() {
        Parameter parameter = new Parameter("a", kernels.matrix(30, 7), kernels.matrix(30, 7));
        Parameter frozen = new Parameter("b", kernels.matrix(9, 9), kernels.matrix(9, 9)).trainable(false);
        OptimizerState state = OptimizerState.of(new Remembering(), kernels);
        assertEquals(2 * 30 * 7 + 5, state.values(List.of(parameter, frozen)));
    }

    /** Keep two matrices of a parameter's shape and five values more. */
    private record Remembering() implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            throw new AssertionError("nothing is updated");
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            SortedMap<String, Matrix> states = new TreeMap<>();
            for (Parameter parameter : parameters) {
                Matrix value = parameter.value();
                states.put(parameter.name() + ".first", kernels.matrix(value.rows(), value.columns()));
                states.put(parameter.name() + ".second", kernels.matrix(value.rows(), value.columns()));
                states.put(parameter.name() + ".more", kernels.matrix(1, 5));
            }
            return new Optimizer() {
                @Override
                public void update(long step, double learningRate) {
                    throw new AssertionError("nothing is updated");
                }

                @Override
                public void save(State to) {
                    states.forEach(to::put);
                }
            };
        }
    }

    /** An optimizer without a state. */
    private record Forgetting() implements OptimizerSpec {
        @Override
        public Schedule learningRate() {
            throw new AssertionError("nothing is updated");
        }

        @Override
        public Optimizer create(List<Parameter> parameters, Kernels kernels) {
            return (step, rate) -> {
                throw new AssertionError("nothing is updated");
            };
        }
    }

    /** A loss that fuses with no activation. */
    private record Free() implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            throw new AssertionError("nothing is trained");
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            throw new AssertionError("nothing is trained");
        }

        @Override
        public void check(Shape output, Target target) {}
    }

    private NetworkMemory memory(double available) {
        return memory(false, available);
    }

    private NetworkMemory memory(boolean recomputes, double available) {
        return NetworkMemory.ofTraining(new Forgetting(), List.of(new Free()), PASSES, recomputes, kernels, available);
    }

    private Network build(NetworkMemory memory) {
        return build(model, memory);
    }

    private Network build(List<NamedLayer> layers, NetworkMemory memory) {
        Encoding input = new Encoding(Shape.of(2), List.of(), new Target(Target.Form.VALUES, List.of("y")));
        return Network.build(layers, List.of(), input, kernels, 7, memory);
    }
}
