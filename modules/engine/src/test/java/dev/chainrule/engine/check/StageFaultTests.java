package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.layer.Join;
import dev.chainrule.api.layer.Pass;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.Axis;
import dev.chainrule.engine.check.FaultyLayer.Backward;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Leaky;
import dev.chainrule.engine.check.FaultyParts.Tanh;
import dev.chainrule.engine.check.Tampering.Memory;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Strict;
import dev.chainrule.model.cost.ActivityRegularizer;
import dev.chainrule.model.cost.Sample;
import dev.chainrule.model.join.Add;
import dev.chainrule.model.join.Dot;
import dev.chainrule.model.network.BatchPass;
import dev.chainrule.model.shape.Flatten;
import dev.chainrule.model.shape.Permute;
import dev.chainrule.model.shape.Reshape;
import dev.chainrule.model.shape.Select;
import dev.chainrule.model.shape.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Put mistakes into the backward passes of layers without parameters, and of those whose learning rate has a factor. */
class StageFaultTests {
    private static final int UNITS = 6;
    private static final Dense HIDDEN = new Dense(UNITS, new Tanh());
    private static final Dense OTHER = new Dense(UNITS, new Leaky(0.25));
    private static final NamedLayer LAST = GraphFaultTests.layer("last", new Dense(FaultCase.OUT, new Tanh()));

    private static final double WEIGHT = 0.5;
    private static final double L1 = 0.25;
    private static final double L2 = 0.5;
    private static final Sample SAMPLE = new Sample(WEIGHT);
    private static final ActivityRegularizer ACTIVITY = new ActivityRegularizer(L1, L2);
    private static final Select SELECT = new Select(
            Optional.empty(),
            Optional.of(List.of(Select.Range.parse("2-3"), Select.Range.parse("0"))),
            Optional.empty());
    private static final Reshape STEPS = new Reshape(List.of(Side.parse("2"), Side.parse("3")));
    private static final Permute PERMUTE = new Permute(List.of(Axis.FEATURES, Axis.STEPS));

    private final List<FaultCase> cases = new ArrayList<>();

    private static NamedLayer layer(String name, LayerSpec spec, String... from) {
        return GraphFaultTests.layer(name, spec, from);
    }

    /** Return a network with one layer more, which reads one value or two. */
    private static List<NamedLayer> through(LayerSpec it, String... from) {
        return List.of(
                layer("a", HIDDEN), layer("b", HIDDEN, "a"), layer("c", OTHER, "b"), layer("it", it, from), LAST);
    }

    /** Return a network in which a layer reads a value that others read as well, so that it cannot share its matrix. */
    private static List<NamedLayer> beside(LayerSpec it) {
        return List.of(
                layer("a", HIDDEN),
                layer("it", it, "a"),
                layer("flat", new Flatten(), "it"),
                layer("c", OTHER, "a"),
                layer("sum", new Add(), "flat", "c", "a"),
                LAST);
    }

    private static List<NamedLayer> permuted(LayerSpec it) {
        return List.of(layer("a", HIDDEN), layer("steps", STEPS), layer("it", it), layer("flat", new Flatten()), LAST);
    }

    private void add(String kind, List<NamedLayer> model) {
        add(kind, "inputs", "it", model);
    }

    private void add(String kind, String equation, String layer, List<NamedLayer> model) {
        cases.add(of(kind, equation, layer, model));
    }

    private static FaultCase of(String kind, String equation, String layer, List<NamedLayer> model) {
        return new FaultCase(kind, equation, layer, "", model, new HalfSquare(), FaultCase.KERNELS);
    }

    /** Return the right networks with each of the layers; the joins read two values. */
    private static Stream<List<NamedLayer>> right() {
        return Stream.of(
                through(new Dot(), "c", "b"),
                through(SAMPLE, "c", "b"),
                through(SELECT, "c"),
                through(ACTIVITY, "c"),
                beside(new Flatten()),
                beside(STEPS),
                permuted(PERMUTE));
    }

    private static List<NamedLayer> with(List<NamedLayer> right, Consumer<Backward> mistake) {
        return right.stream()
                .map(layer -> layer.name().equals(Optional.of("it"))
                        ? new NamedLayer(layer.name(), layer.from(), new FaultyLayer(layer.spec(), mistake))
                        : layer)
                .toList();
    }

    private void tampered() {
        for (Tampering tampering : Tampering.values()) {
            if (!tampering.changes(FaultCase.BATCH, UNITS)) {
                continue;
            }
            right().forEach(model -> {
                NamedLayer it = model.stream()
                        .filter(layer -> layer.name().equals(Optional.of("it")))
                        .findFirst()
                        .orElseThrow();
                int inputs = it.from().map(from -> from.values().size()).orElse(1);
                for (int input = 0; input < inputs; input++) {
                    int wrong = input;
                    Memory memory = new Memory();
                    add(tampering + " of input " + input + " of " + it.spec(), with(model, call -> {
                        Matrix before = Tampering.copy(call.dx());
                        call.right();
                        if (call.input() == wrong) {
                            tampering.apply(call.dx(), before, call.dx().rows(), memory);
                        }
                    }));
                }
            });
        }
    }

    /** Compute the right gradient, except for one input. */
    private static Consumer<Backward> of(int input, Consumer<Backward> mistake) {
        return call -> {
            if (call.input() == input) {
                mistake.accept(call);
            } else {
                call.right();
            }
        };
    }

    /** Add a term to each element of the right gradient, given x and the number of examples. */
    private static Consumer<Backward> plus(DoubleBinaryOperator term) {
        return call -> {
            call.right();
            for (int i = 0; i < call.dx().rows(); i++) {
                for (int j = 0; j < call.dx().columns(); j++) {
                    double more =
                            term.applyAsDouble(call.x().get(i, j), call.dx().rows());
                    call.dx().set(i, j, call.dx().get(i, j) + more);
                }
            }
        };
    }

    private void sample(String kind, int input, Consumer<Backward> mistake) {
        add(kind, with(through(SAMPLE, "c", "b"), of(input, mistake)));
    }

    private void sample() {
        sample("no divergence of the mean", 0, plus((mean, m) -> -WEIGHT * mean / m));
        sample("no divergence of the variance", 1, plus((v, m) -> -WEIGHT * 0.5 * Strict.expm1(v) / m));
        sample("a divergence without ½", 1, plus((v, m) -> WEIGHT * 0.5 * Strict.expm1(v) / m));
        sample("a divergence of exp(v)", 1, plus((v, m) -> WEIGHT * 0.5 / m));
        sample("a divergence for the whole batch", 0, plus((mean, m) -> WEIGHT * mean * (1 - 1 / m)));
        sample("a divergence for the whole batch", 1, plus((v, m) -> WEIGHT * 0.5 * Strict.expm1(v) * (1 - 1 / m)));
        sample("a divergence without weight", 0, plus((mean, m) -> (1 - WEIGHT) * mean / m));
        sample("a divergence without weight", 1, plus((v, m) -> (1 - WEIGHT) * 0.5 * Strict.expm1(v) / m));
        for (int input = 0; input < 2; input++) {
            sample("nothing flows through", input, call -> call.right(call.input(), call.nothing(), call.pass()));
            sample("the other input", input, call -> call.right(1 - call.input(), call.delta(), call.pass()));
            sample(
                    "as in an evaluation",
                    input,
                    call -> call.right(call.input(), call.delta(), BatchPass.forInference()));
        }
        sample("noise of another batch", 1, call -> {
            Pass other =
                    BatchPass.forTraining().at(call.pass().epoch(), call.pass().position() + FaultCase.BATCH);
            ((Join) call.stage())
                    .forward(
                            call.xs(),
                            new DoubleMatrix(call.out().rows(), call.out().columns()),
                            other);
            call.right(1, call.delta(), other);
        });
        sample("noise of another epoch", 1, call -> {
            Pass other = BatchPass.forTraining()
                    .at(call.pass().epoch() + 1, call.pass().position());
            ((Join) call.stage())
                    .forward(
                            call.xs(),
                            new DoubleMatrix(call.out().rows(), call.out().columns()),
                            other);
            call.right(1, call.delta(), other);
        });
    }

    private void activity(String kind, Consumer<Backward> mistake) {
        add(kind, with(through(ACTIVITY, "c"), mistake));
    }

    private void activity() {
        activity("no cost", call -> call.dx().copyFrom(call.delta()));
        activity("the cost alone", call -> call.right(0, call.nothing(), call.pass()));
        activity("as in an evaluation", call -> call.right(0, call.delta(), BatchPass.forInference()));
        activity("no l1", plus((x, m) -> -L1 * Math.signum(x) / m));
        activity("no l2", plus((x, m) -> -L2 * x / m));
        activity("l1 without a sign", plus((x, m) -> L1 * (1 - Math.signum(x)) / m));
        activity("l2 without ½", plus((x, m) -> L2 * x / m));
        activity("a cost for the whole batch", plus((x, m) -> (L1 * Math.signum(x) + L2 * x) * (1 - 1 / m)));
        activity("the cost twice", plus((x, m) -> (L1 * Math.signum(x) + L2 * x) / m));
    }

    private void moved() {
        for (int input = 0; input < 2; input++) {
            int of = input;
            add(
                    "own input",
                    with(through(new Dot(), "c", "b"), of(of, call -> call.right(1 - of, call.delta(), call.pass()))));
        }
        add(
                "the square once",
                with(through(new Dot(), "c", "c"), of(1, call -> call.dx().fill(0))));
        add("the others kept", with(through(SELECT, "c"), call -> {
            Matrix before = Tampering.copy(call.dx());
            call.right();
            for (int j : new int[] {1, 4, 5}) { // not selected
                call.dx().copyColumns(before, j, j, 1);
            }
        }));
        add("in the order of the input", with(through(SELECT, "c"), call -> {
            call.dx().fill(0);
            call.dx().copyColumns(call.delta(), 0, 0, 1);
            call.dx().copyColumns(call.delta(), 1, 2, 2);
        }));
        add("the first columns", with(through(SELECT, "c"), call -> {
            call.dx().fill(0);
            call.dx().copyColumns(call.delta(), 0, 0, call.delta().columns());
        }));
        add("the first range alone", with(through(SELECT, "c"), call -> {
            call.right();
            call.dx().copyColumns(call.nothing(), 0, 0, 1);
        }));
        add("not copied", with(beside(new Flatten()), call -> {}));
        add("not copied", with(beside(STEPS), call -> {}));
        add("not the inverse", with(permuted(PERMUTE), call -> {
            Matrix once = new DoubleMatrix(call.dx().rows(), call.dx().columns());
            call.right();
            once.copyFrom(call.dx());
            call.right(0, once, call.pass());
        }));
        add("not permuted", with(permuted(PERMUTE), call -> call.dx().copyFrom(call.delta())));
    }

    /** Return a network whose second layer learns at a rate with a factor. */
    private static List<NamedLayer> rated(double factor, LayerSpec layer) {
        return List.of(
                layer("a", HIDDEN),
                new NamedLayer(Optional.of("b"), Optional.empty(), Optional.of(factor), layer),
                layer("c", OTHER),
                LAST);
    }

    private static FaultyLayer gradient(String parameter, double times) {
        return new FaultyLayer(HIDDEN, "affine", Backward::right, each -> {
            if (each.name().endsWith(parameter)) {
                scale(each.gradient(), times);
            }
        });
    }

    private static void scale(Matrix matrix, double factor) {
        FaultCase.KERNELS.scale(factor, matrix);
    }

    private void rated() {
        for (double factor : new double[] {0.25, 0}) {
            for (double times : factor == 0 ? new double[] {0} : new double[] {factor, 1 / factor, 0}) {
                String kind = "times " + times + " at a rate times " + factor;
                add(kind, "BP4", "b", rated(factor, gradient("weights", times)));
                add(kind, "BP3", "b", rated(factor, gradient("biases", times)));
                Consumer<Backward> flow = call -> {
                    call.right();
                    scale(call.dx(), times);
                };
                add(kind, "BP2", "b", rated(factor, new FaultyLayer(HIDDEN, "affine", flow, each -> {})));
            }
        }
    }

    @Test
    void check_everyFaultInAStage_isCaughtAndPlaced() {
        tampered();
        sample();
        activity();
        moved();
        rated();
        FaultCase.assertCaught("faults in stages", cases);
        assertTrue(cases.size() >= 130, "cases: " + cases.size());
    }

    @Test
    void check_stagesWithoutFault_pass() {
        Stream.concat(
                        right().map(model -> with(model, Backward::right)),
                        Stream.of(rated(0.25, gradient("weights", 1))))
                .forEach(model -> assertEquals(
                        GradientReport.Verdict.PASSED,
                        of("", "", "", model).check().verdict(),
                        model.toString()));
    }
}
