package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerContext;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.Parameter;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.layer.Value;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.OneOrMore;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Leaky;
import dev.chainrule.engine.check.FaultyParts.Place;
import dev.chainrule.engine.check.FaultyParts.Spread;
import dev.chainrule.engine.check.FaultyParts.Tampered;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.engine.check.Tampering.Memory;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Put mistakes into joins, into branches and into the sums of gradients, and see whether the check finds and places them. */
class GraphFaultTests {
    private static final Dense HIDDEN = new Dense(4, new Tanh());
    private static final Dense OTHER = new Dense(4, new Leaky(0.25));
    private static final Dense LAST = new Dense(3, new Tanh());

    private final List<FaultCase> cases = new ArrayList<>();

    /** out = gamma ⊙ (x₀ ⊙ x₁ + x₂), whose gradients are tampered with. */
    private record Mixing(int input, Tampering tampering) implements LayerSpec {
        static final Mixing RIGHT = new Mixing(-1, Tampering.NONE);
        static final int GAMMA = 3;

        @Override
        public Value build(LayerContext context) {
            int size = context.inputs().get(0).shape().size();
            Parameter gamma = context.parameter("gamma", 1, size, new Spread(1), 1, 1);
            return context.join(new MixingJoin(this, gamma, new Memory(), context.kernels()), context.inputs());
        }
    }

    private record MixingJoin(Mixing spec, Parameter gamma, Memory memory, Kernels kernels) implements Join {
        @Override
        public String label() {
            return "mixing";
        }

        @Override
        public Shape output() {
            return Shape.of(gamma.value().columns());
        }

        private Matrix mixed(List<Matrix> xs) {
            Matrix mixed = kernels.matrix(0, 0);
            kernels.hadamard(xs.get(0), xs.get(1), mixed);
            for (int i = 0; i < mixed.rows(); i++) {
                for (int j = 0; j < mixed.columns(); j++) {
                    mixed.set(i, j, mixed.get(i, j) + xs.get(2).get(i, j));
                }
            }
            return mixed;
        }

        private void scale(Matrix from, Matrix to) {
            for (int i = 0; i < from.rows(); i++) {
                for (int j = 0; j < from.columns(); j++) {
                    to.set(i, j, from.get(i, j) * gamma.value().get(0, j));
                }
            }
        }

        @Override
        public void forward(List<Matrix> xs, Matrix out, Pass pass) {
            scale(mixed(xs), out);
        }

        @Override
        public void gradients(List<Matrix> xs, Matrix out, Matrix delta, Pass pass) {
            Matrix before = Tampering.copy(gamma.gradient());
            kernels.columnDots(delta, mixed(xs), gamma.gradient());
            if (spec.input() == Mixing.GAMMA) {
                spec.tampering().apply(gamma.gradient(), before, delta.rows(), memory);
            }
        }

        @Override
        public void backward(List<Matrix> xs, Matrix out, Matrix delta, int input, Matrix dx, Pass pass) {
            Matrix before = Tampering.copy(dx);
            scale(delta, dx);
            if (input < 2) {
                kernels.hadamard(dx, xs.get(1 - input), dx);
            }
            if (spec.input() == input) {
                spec.tampering().apply(dx, before, delta.rows(), memory);
            }
        }
    }

    static NamedLayer layer(String name, LayerSpec spec, String... from) {
        return new NamedLayer(
                Optional.of(name),
                from.length == 0 ? Optional.empty() : Optional.of(new OneOrMore<>(List.of(from))),
                spec);
    }

    /** Return a network in which {@code a} is read three times, and {@code c} twice by one layer. */
    private static List<NamedLayer> model(LayerSpec a, LayerSpec b, LayerSpec c, LayerSpec join, LayerSpec second) {
        return List.of(
                layer("a", a),
                layer("b", b, "a"),
                layer("c", c, "a"),
                layer("join", join, "b", "c", "a"),
                layer("second", second, "c", "c", "join"),
                layer("last", LAST));
    }

    private void add(String what, String equation, String layer, List<NamedLayer> model) {
        cases.add(of(what, equation, layer, model, FaultCase.KERNELS));
    }

    private static FaultCase of(String what, String equation, String layer, List<NamedLayer> model, Kernels kernels) {
        return new FaultCase(what, equation, layer, "", model, new HalfSquare(), kernels);
    }

    private void tampered() {
        for (Tampering tampering : Tampering.values()) {
            if (!tampering.changes(FaultCase.BATCH, 4) || !tampering.changes(4, 4)) {
                continue;
            }
            for (int input = 0; input < 3; input++) {
                Mixing wrong = new Mixing(input, tampering);
                add(
                        tampering + " of input " + input,
                        "inputs",
                        "join",
                        model(HIDDEN, HIDDEN, OTHER, wrong, Mixing.RIGHT));
                add(
                        tampering + " of input " + input,
                        "inputs",
                        "second",
                        model(HIDDEN, HIDDEN, OTHER, Mixing.RIGHT, wrong));
            }
            if (tampering.changes(1, 4)) {
                Mixing wrong = new Mixing(Mixing.GAMMA, tampering);
                add(tampering + " of gamma", "parameters", "join", model(HIDDEN, HIDDEN, OTHER, wrong, Mixing.RIGHT));
                add(
                        tampering + " of biases",
                        "BP3",
                        "c",
                        model(HIDDEN, HIDDEN, OTHER.with(Place.BIASES, tampering), Mixing.RIGHT, Mixing.RIGHT));
            }
            add(
                    tampering + " of a branch's product",
                    "BP2",
                    "b",
                    model(HIDDEN, HIDDEN.with(Place.PRODUCT, tampering), OTHER, Mixing.RIGHT, Mixing.RIGHT));
            add(
                    tampering + " of another branch's product",
                    "BP2",
                    "c",
                    model(HIDDEN, HIDDEN, OTHER.with(Place.PRODUCT, tampering), Mixing.RIGHT, Mixing.RIGHT));
            Dense wrongZ = HIDDEN.with(new Tampered(new Tanh(), tampering, new Memory()));
            add(tampering + " of z", "BP2", "b", model(HIDDEN, wrongZ, OTHER, Mixing.RIGHT, Mixing.RIGHT));
            add(tampering + " of z", "BP2", "a", model(wrongZ, HIDDEN, OTHER, Mixing.RIGHT, Mixing.RIGHT));
        }
    }

    /** A layer that is computed once more on its own output. */
    private static List<NamedLayer> shared(LayerSpec shared) {
        return List.of(
                layer("a", HIDDEN),
                layer("shared", shared),
                layer("again", context -> context.same("shared")),
                layer("join", Mixing.RIGHT, "again", "shared", "a"),
                layer("last", LAST));
    }

    private void shared() {
        for (Tampering tampering : Tampering.values()) {
            if (tampering.changes(4, 4) && tampering.changes(1, 4)) {
                add(tampering + " of shared weights", "BP4", "shared", shared(OTHER.with(Place.WEIGHTS, tampering)));
                add(tampering + " of shared biases", "BP3", "shared", shared(OTHER.with(Place.BIASES, tampering)));
            }
        }
        add(
                "an example less for shared weights",
                "BP4",
                "shared",
                shared(OTHER.with(Place.FIRST_EXAMPLE_OF_WEIGHTS, Tampering.NONE)));
    }

    private void sums() {
        for (FaultyKernels.Adding adding : FaultyKernels.Adding.values()) {
            Kernels wrong = FaultyKernels.adding(adding);
            // c is summed first, and a wrong sum there makes that of a wrong.
            cases.add(of(
                    adding + " of a sum", "sum", "c", model(HIDDEN, HIDDEN, OTHER, Mixing.RIGHT, Mixing.RIGHT), wrong));
            List<NamedLayer> residual = List.of(
                    layer("a", HIDDEN),
                    layer("b", HIDDEN),
                    layer("join", Mixing.RIGHT, "b", "a", "b"),
                    layer("last", LAST));
            cases.add(of(adding + " of a sum", "sum", "b", residual, wrong));
        }
    }

    @Test
    void check_everyFaultInAGraph_isCaughtAndPlaced() {
        tampered();
        shared();
        sums();
        FaultCase.assertCaught("faults in graphs", cases);
        assertTrue(cases.size() >= 100, "cases: " + cases.size());
    }

    @Test
    void check_wrongSum_saysWhichPartIsWrong() {
        sums();
        Map<String, String> causes = new TreeMap<>();
        cases.forEach(one -> causes.put(
                one.kind() + " in " + one.layer(),
                one.check().faults().get(0).cause().orElse("")));
        assertEquals(
                "the gradient that comes through second is the only one that counts",
                causes.get("NOT_AT_ALL of a sum in c"));
        assertEquals("the gradient that comes through join is missing", causes.get("NOT_AT_ALL of a sum in b"));
        assertEquals("the gradient that comes through join is counted twice", causes.get("TWICE of a sum in b"));
    }

    @Test
    void check_faultsInTwoBranches_areBothNamed() {
        Dense one = HIDDEN.with(new Tampered(new Tanh(), Tampering.SIGN, new Memory()));
        Dense other = new Dense(4, new Tampered(new Leaky(0.25), Tampering.FACTOR_TWO, new Memory()));
        List<GradientReport.Fault> faults =
                check(model(HIDDEN, one, other, Mixing.RIGHT, Mixing.RIGHT)).faults();
        assertEquals(
                List.of("c", "b"),
                faults.stream().map(GradientReport.Fault::layer).toList());
    }

    @Test
    void check_sharedLayer_passesAndIsCheckedOnce() {
        GradientReport report = check(shared(OTHER));
        assertEquals(GradientReport.Verdict.PASSED, report.verdict());
        assertEquals(
                List.of("shared.weights", "shared.biases"),
                report.rows().stream()
                        .map(GradientReport.Row::quantity)
                        .filter(name -> name.endsWith(".weights") || name.endsWith(".biases"))
                        .filter(name -> name.startsWith("shared") || name.startsWith("again"))
                        .toList());
    }

    @Test
    void check_graphWithoutFault_passes() {
        GradientReport report = check(model(HIDDEN, HIDDEN, OTHER, Mixing.RIGHT, Mixing.RIGHT));
        assertEquals(GradientReport.Verdict.PASSED, report.verdict());
        assertEquals(
                List.of("c.out", "a.out"),
                report.rows().stream()
                        .filter(row -> row.equation().equals("sum"))
                        .map(GradientReport.Row::quantity)
                        .toList());
    }

    private static GradientReport check(List<NamedLayer> layers) {
        return of("", "", "", layers, FaultCase.KERNELS).check();
    }
}
