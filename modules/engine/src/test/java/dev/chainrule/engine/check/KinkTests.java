package dev.chainrule.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Activation;
import dev.chainrule.api.LayerSpec;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.layer.Branches;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientReport.Verdict;
import dev.chainrule.api.value.Shape;
import dev.chainrule.engine.check.FaultyParts.Claiming;
import dev.chainrule.engine.check.FaultyParts.Dense;
import dev.chainrule.engine.check.FaultyParts.HalfSquare;
import dev.chainrule.engine.check.FaultyParts.Identity;
import dev.chainrule.engine.check.FaultyParts.Leaky;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Check networks of functions with kinks, many of whose z lie on one or beside it: no false alarm, and wrong slopes are seen. */
class KinkTests {
    private static final GradientReport.Options SOME = new GradientReport.Options(6, 1e-6, Optional.empty());
    private static final GradientReport.Options ALL_ENTRIES = new GradientReport.Options(100, 1e-6, Optional.empty());
    private static final int ROWS = 3;
    private static final int SAMPLED = 300;
    private static final int ALL = 20_000;

    /** a[j] = the larger of z[j] and its neighbour: kinks are where the two are equal. */
    record Larger(double fault) implements Activation {
        @Override
        public void forward(Matrix z, Matrix a, Kernels kernels) {
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    a.set(i, j, z.get(i, winner(z, i, j)));
                }
            }
        }

        @Override
        public void backward(Matrix z, Matrix a, Matrix g, Matrix delta, Kernels kernels) {
            delta.reshape(z.rows(), z.columns());
            delta.fill(0);
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    int winner = winner(z, i, j);
                    delta.set(i, winner, delta.get(i, winner) + fault * g.get(i, j));
                }
            }
        }

        @Override
        public void branches(Matrix z, Branches branches) {
            for (int i = 0; i < z.rows(); i++) {
                for (int j = 0; j < z.columns(); j++) {
                    branches.addSide(z.get(i, j), z.get(i, (j + 1) % z.columns()));
                }
            }
        }

        private static int winner(Matrix z, int row, int column) {
            int next = (column + 1) % z.columns();
            return z.get(row, next) > z.get(row, column) ? next : column;
        }
    }

    private static final List<Activation> RIGHT = List.of(new Leaky(0), new Leaky(0.01), new Larger(1));
    private static final List<Activation> WRONG = List.of(
            new Claiming(new Leaky(0), (right, z, a) -> z > 0 ? 1.01 : 0),
            new Claiming(new Leaky(0.01), (right, z, a) -> z > 0 ? 1.01 : 0.02),
            new Larger(1.01));

    @Test
    void check_networksOfKinks_raiseNoAlarm() {
        run(SAMPLED);
    }

    @Test
    @Tag("proof")
    void check_allSeeds_raiseNoAlarm() {
        run(ALL);
    }

    private static void run(int seeds) {
        int checked = 0;
        int atKink = 0;
        int inconclusive = 0;
        int caught = 0;
        int unsampled = 0;
        int silent = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Activation right = RIGHT.get(seed % RIGHT.size());
            GradientReport report = check(seed, right, SOME);
            assertTrue(report.verdict() != Verdict.FAILED, "seed " + seed + ": " + report);
            checked +=
                    report.rows().stream().mapToInt(GradientReport.Row::checked).sum();
            atKink +=
                    report.rows().stream().mapToInt(GradientReport.Row::atKink).sum();
            inconclusive += report.verdict() == Verdict.INCONCLUSIVE ? 1 : 0;
            if (seed % 10 < 3) {
                Activation wrong = WRONG.get(seed % WRONG.size());
                if (check(seed, wrong, SOME).verdict() == Verdict.FAILED) {
                    caught++;
                } else {
                    // The rule: a wrong slope goes unseen only where no entry that is compared depends on it. Among all
                    // entries it is
                    // seen, or all of them, kinks left out, are what they are with the right one.
                    GradientReport whole = check(seed, wrong, ALL_ENTRIES);
                    unsampled += whole.verdict() == Verdict.FAILED ? 1 : 0;
                    silent += whole.verdict() == Verdict.FAILED ? 0 : 1;
                    if (whole.verdict() != Verdict.FAILED) {
                        assertEquals(check(seed, right, ALL_ENTRIES).rows(), whole.rows(), "seed " + seed);
                    }
                }
            }
        }
        System.out.println("kinks: seeds 0 to " + (seeds - 1) + ", entries checked " + checked + ", at a kink " + atKink
                + ", networks inconclusive " + inconclusive + "; wrong slopes caught " + caught
                + ", seen in all entries but not in some " + unsampled + ", without effect on any entry off a kink "
                + silent);
        assertTrue(atKink > seeds, "networks without kinks prove nothing");
        assertTrue(
                caught > 50 * (unsampled + silent),
                caught + " caught, " + unsampled + " unsampled, " + silent + " silent");
    }

    private static GradientReport check(int seed, Activation activation, GradientReport.Options options) {
        List<LayerSpec> model =
                List.of(new Dense(4, activation), new Dense(4, activation), new Dense(2, new Identity()));
        List<NamedLayer> layers = model.stream()
                .map(layer -> new NamedLayer(Optional.empty(), layer))
                .toList();
        Network network = Network.build(layers, Shape.of(3), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)), seed);
        Draws draws = RandomStream.of(seed, "kinks").at(0, 0);
        // Coarse numbers, so that many sums are 0 or equal to each other; a third of the networks begins without
        // biases.
        network.parameters()
                .forEach(parameter ->
                        coarsen(parameter.value(), draws, parameter.name().endsWith("biases") && seed / 3 % 3 == 0));
        return new GradientCheck(new GradientCheck.Subject(layers, new HalfSquare(), seed, 10), () -> 0)
                .check(network, coarse(draws, 3), coarse(draws, 2), options);
    }

    private static void coarsen(Matrix matrix, Draws draws, boolean zero) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                boolean tiny = draws.below(16) == 0; // beside a kink by less than a step
                double value = zero ? 0 : Math.rint(2 * draws.normal()) / 2;
                matrix.set(i, j, tiny ? value + 1e-5 * draws.normal() : value);
            }
        }
    }

    private static Matrix coarse(Draws draws, int columns) {
        Matrix matrix = new DoubleMatrix(ROWS, columns);
        coarsen(matrix, draws, false);
        return matrix;
    }
}
