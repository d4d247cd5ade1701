package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.FaultyKernels.Adding;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Identity;
import dev.chainrule.engine.check.FaultyParts.Leaky;
import dev.chainrule.engine.check.FaultyParts.Tampered;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.engine.check.Tampering.Memory;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.model.network.HeadLayers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Put mistakes into the costs of several outputs, their weights and targets and the sum of their gradients. */
class OutputFaultTests {
    private static final List<NamedLayer> MODEL = List.of(
            GraphFaultTests.layer("a", new Dense(4, new Tanh())),
            GraphFaultTests.layer("trunk", new Dense(3, new Tanh())));
    private static final double GOOD = 0.75;
    private static final double PRICE = 1.875;
    private static final double TRUNK = 0.375;

    private final List<FaultCase> cases = new ArrayList<>();

    /** The loss of each output, and the activation before it; the first two have a layer, the others are the end of the model. */
    private record Heads(Loss good, Activation goodEnd, Loss price, Activation priceEnd, int ofTrunk) {
        static final Heads RIGHT = new Heads(new HalfSquare(), new Tanh(), new HalfSquare(), new Leaky(0.25), 2);

        List<HeadLayers> layers() {
            List<HeadLayers> layers = new ArrayList<>();
            layers.add(layer("good", goodEnd));
            layers.add(layer("price", priceEnd));
            for (int i = 0; i < ofTrunk; i++) {
                layers.add(new HeadLayers("trunk" + i, "", List.of()));
            }
            return layers;
        }

        private static HeadLayers layer(String name, Activation end) {
            return new HeadLayers(name, "", List.of(GraphFaultTests.layer("last", new Dense(FaultCase.OUT, end))));
        }

        List<Term> terms() {
            List<Term> terms = new ArrayList<>();
            terms.add(term("good", good, GOOD));
            terms.add(term("price", price, PRICE));
            for (int i = 0; i < ofTrunk; i++) {
                terms.add(term("trunk" + i, new HalfSquare(), TRUNK + i));
            }
            return terms;
        }

        private static Term term(String name, Loss loss, double weight) {
            return new Term(name, loss, weight, ClassWeights.NONE, FaultCase.OUT, 1);
        }
    }

    /** A loss whose gradient is that of other targets: their columns or their rows are shifted by one. */
    private record Shifted(boolean columns) implements Loss {
        @Override
        public void costs(Matrix a, Matrix y, Matrix costs, Kernels kernels) {
            new HalfSquare().costs(a, y, costs, kernels);
        }

        @Override
        public void gradient(Matrix a, Matrix y, Matrix g, Kernels kernels) {
            Matrix other = new DoubleMatrix(y.rows(), y.columns());
            for (int i = 0; i < y.rows(); i++) {
                for (int j = 0; j < y.columns(); j++) {
                    other.set(i, j, columns ? y.get(i, (j + 1) % y.columns()) : y.get((i + 1) % y.rows(), j));
                }
            }
            new HalfSquare().gradient(a, other, g, kernels);
        }

        @Override
        public void check(Shape output, Target target) {}
    }

    private void add(String kind, String equation, String layer, Heads heads, Kernels kernels) {
        cases.add(of(kind, equation, layer, heads, kernels));
    }

    private static FaultCase of(String kind, String equation, String layer, Heads heads, Kernels kernels) {
        return new FaultCase(kind, equation, layer, "", MODEL, heads.layers(), heads.terms(), kernels);
    }

    private void weight(String kind, DoubleUnaryOperator wrong) {
        add(kind, "BP1", "good.last", Heads.RIGHT, FaultyKernels.scaling(GOOD, wrong));
        add(kind, "BP1", "price.last", Heads.RIGHT, FaultyKernels.scaling(PRICE, wrong));
        add(kind, "sum", "trunk", Heads.RIGHT, FaultyKernels.scaling(TRUNK, wrong));
        Heads fused = new Heads(
                HalfSquare.fused(Tampering.NONE, Tampering.NONE), new Identity(), new HalfSquare(), new Tanh(), 1);
        add(kind + ", fused", "BP1", "good.last", fused, FaultyKernels.scaling(GOOD, wrong));
    }

    private void weights() {
        weight("the weight forgotten", weight -> 1);
        weight("the weight twice", weight -> weight * weight);
        weight("the cost divided by its weight", weight -> 1 / weight);
        weight("the weight of another output", weight -> weight == GOOD ? PRICE : GOOD);
        weight("a weight of 0", weight -> 0);
        weight("the weight's sign", weight -> -weight);
    }

    private void sums() {
        for (Adding adding : Adding.values()) {
            for (int ofTrunk = 0; ofTrunk < 3; ofTrunk++) {
                int additions = 1 + ofTrunk; // the last of the uses, by two layers and some costs, overwrites
                Heads heads = new Heads(new HalfSquare(), new Tanh(), new HalfSquare(), new Tanh(), ofTrunk);
                for (int which = 0; which < additions; which++) {
                    String kind = adding + " of addition " + which + " of " + additions;
                    add(kind, "sum", "trunk", heads, FaultyKernels.adding(adding, which, additions));
                }
            }
        }
    }

    private void losses() {
        for (Tampering tampering : Tampering.values()) {
            if (!tampering.changes(FaultCase.BATCH, FaultCase.OUT)) {
                continue;
            }
            Loss wrong = new HalfSquare(false, tampering, Tampering.NONE, Tampering.NONE, new Memory());
            Loss fused = HalfSquare.fused(tampering, Tampering.NONE);
            Activation end = new Tampered(new Tanh(), tampering, new Memory());
            Loss right = new HalfSquare();
            add(
                    tampering + "",
                    "loss",
                    "good.half_square",
                    new Heads(wrong, new Tanh(), right, new Tanh(), 1),
                    FaultCase.KERNELS);
            add(
                    tampering + "",
                    "loss",
                    "price.half_square",
                    new Heads(right, new Tanh(), wrong, new Tanh(), 1),
                    FaultCase.KERNELS);
            add(tampering + "", "BP1", "price.last", new Heads(right, new Tanh(), right, end, 1), FaultCase.KERNELS);
            add(
                    tampering + ", fused",
                    "BP1",
                    "good.last",
                    new Heads(fused, new Identity(), right, new Tanh(), 1),
                    FaultCase.KERNELS);
        }
        for (boolean columns : new boolean[] {false, true}) {
            String kind = "targets shifted by a " + (columns ? "column" : "row");
            Loss right = new HalfSquare();
            Loss shifted = new Shifted(columns);
            add(kind, "loss", "good.Shifted", new Heads(shifted, new Tanh(), right, new Tanh(), 1), FaultCase.KERNELS);
            add(kind, "loss", "price.Shifted", new Heads(right, new Tanh(), shifted, new Tanh(), 1), FaultCase.KERNELS);
        }
    }

    @Test
    void check_everyFaultInOutputs_isCaughtAndPlaced() {
        weights();
        sums();
        losses();
        FaultCase.assertCaught("faults in outputs", cases);
        assertTrue(cases.size() >= 80, "cases: " + cases.size());
    }

    @Test
    void check_wrongWeight_namesItsOutputAlone() {
        Kernels forgotten = FaultyKernels.scaling(PRICE, weight -> 1);
        GradientReport report = of("", "", "", Heads.RIGHT, forgotten).check();
        assertEquals(
                List.of("price.last"),
                report.faults().stream().map(GradientReport.Fault::layer).toList());
    }

    @Test
    void check_outputsWithoutFault_pass() {
        GradientReport report = of("", "", "", Heads.RIGHT, FaultCase.KERNELS).check();
        assertEquals(GradientReport.Verdict.PASSED, report.verdict());
    }
}
