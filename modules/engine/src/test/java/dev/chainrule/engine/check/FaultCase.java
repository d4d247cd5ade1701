package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.objective.ClassWeights;
import dev.chainrule.engine.objective.Term;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.HeadLayers;
import dev.chainrule.model.network.Network;
import dev.chainrule.model.network.NetworkMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A network with one mistake, and the report that it should lead to.
 *
 * @param kind of mistake
 * @param cause a part of the reported cause; empty for any
 * @param heads the outputs of the network; none if there is only that of the last layer
 * @param terms the cost of each output
 * @param kernels those of the check
 */
record FaultCase(
        String kind,
        String equation,
        String layer,
        String cause,
        List<NamedLayer> model,
        List<HeadLayers> heads,
        List<Term> terms,
        Kernels kernels) {
    static final int BATCH = 5;
    static final Kernels KERNELS = Kernels.of(Precision.FLOAT64, new ThreadTeam(1));
    private static final int IN = 4;
    static final int OUT = 3;
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(16, 1e-6, Optional.empty());

    /** Create a case with one output. */
    FaultCase(
            String kind,
            String equation,
            String layer,
            String cause,
            List<NamedLayer> model,
            Loss loss,
            Kernels kernels) {
        this(kind, equation, layer, cause, model, List.of(), List.of(Term.of(loss, ClassWeights.NONE)), kernels);
    }

    GradientReport check() {
        Encoding input = new Encoding(Shape.of(IN), List.of(), Target.NONE);
        NetworkMemory memory = NetworkMemory.ofUse(KERNELS, Double.POSITIVE_INFINITY);
        Network network = Network.build(model, heads, input, KERNELS, 5, memory);
        GradientCheck.Subject subject = new GradientCheck.Subject(model, 5, 20, heads, terms);
        return new GradientCheck(subject, () -> 0, () -> kernels)
                .check(network, drawn("x", IN), drawn("y", OUT * terms.size()), OPTIONS);
    }

    private static Matrix drawn(String name, int columns) {
        Draws draws = RandomStream.of(11, name).at(0, 0);
        Matrix matrix = new DoubleMatrix(BATCH, columns);
        for (int i = 0; i < BATCH; i++) {
            for (int j = 0; j < columns; j++) {
                matrix.set(i, j, draws.normal());
            }
        }
        return matrix;
    }

    /**
     * Require that every mistake is found, and that at least 95 % are given their equation, layer and cause.
     *
     * @return how many cases there were of each equation
     */
    static Map<String, Integer> assertCaught(String title, List<FaultCase> cases) {
        Map<String, Integer> equations = new TreeMap<>();
        List<String> missed = new ArrayList<>();
        List<String> misplaced = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        for (FaultCase one : cases) {
            equations.merge(one.equation(), 1, Integer::sum);
            GradientReport report = one.check();
            String what = one.kind() + " at " + one.equation() + " of " + one.layer();
            if (report.verdict() != GradientReport.Verdict.FAILED) {
                missed.add(what);
                continue;
            }
            GradientReport.Fault fault = report.faults().get(0);
            if (!fault.equation().equals(one.equation()) || !fault.layer().equals(one.layer())) {
                misplaced.add(what + " is called " + fault.equation() + " of " + fault.layer());
            } else if (!fault.cause().orElse("").contains(one.cause())) {
                unexplained.add(what + ": " + fault.cause().orElse("no cause") + ", not " + one.cause());
            }
        }
        System.out.println(title + ": " + cases.size() + ", missed " + missed.size() + ", misplaced " + misplaced.size()
                + ", with another cause " + unexplained.size() + "; " + equations);
        misplaced.forEach(System.out::println);
        unexplained.forEach(System.out::println);
        assertEquals(List.of(), missed);
        assertTrue(misplaced.size() <= cases.size() / 20, misplaced.toString());
        assertTrue(unexplained.size() <= cases.size() / 20, unexplained.toString());
        return equations;
    }
}
