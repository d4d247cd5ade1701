package dev.chainrule.app.bits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.Loss;
import dev.chainrule.api.NamedLayer;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.training.GradientReport;
import dev.chainrule.api.training.GradientReport.Verdict;
import dev.chainrule.api.value.Shape;
import dev.chainrule.app.shell.Components;
import dev.chainrule.config.Problems;
import dev.chainrule.config.bind.Binder;
import dev.chainrule.config.node.ConfigReader;
import dev.chainrule.config.registry.Registry;
import dev.chainrule.engine.check.GradientCheck;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.model.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Check the gradients of networks drawn from everything that is built in: none of them is wrong.
 *
 * <p>Three of four are ordinary: begun as people begin networks, on numbers around 1, with outputs that their loss can take. Nearly all
 * of them must be conclusive, or nothing is shown. The fourth is extreme: weights of 0, of 1e-8 or of 1,000, biases of −20, all inputs
 * 0 or one of them constant, outputs that their loss cuts off, nearly everything dropped. There units are dead or saturated, or all
 * at kinks, and a check cannot but say so; what it must not do is to call one wrong.
 */
final class RandomNetworksTests {
    private static final long SEED = 2026;
    private static final int SAMPLED = 100;
    private static final int ALL = 2_000;
    private static final GradientReport.Options OPTIONS = new GradientReport.Options(8, 1e-6, Optional.empty());
    private static final List<String> ACTIVATIONS = List.of(
            "elu",
            "gelu",
            "identity",
            "leaky_relu",
            "log_softmax",
            "relu",
            "sigmoid",
            "silu",
            "softmax",
            "softplus",
            "tanh",
            "{type: leaky_relu, slope: 2}",
            "{type: elu, alpha: 0.3}");
    private static final List<String> WEIGHTS =
            List.of("xavier_uniform", "he_normal", "lecun_normal", "{type: normal, std: 1}");
    private static final List<String> EXTREME = List.of(
            "zeros",
            "{type: normal, std: 1e-8}",
            "{type: normal, std: 30}",
            "{type: uniform, min: -1000, max: 1000}",
            "{type: constant, value: 0.5}");
    private static final List<String> BIASES =
            List.of("zeros", "{type: normal, std: 1}", "{type: normal, std: 1}", "{type: constant, value: -20}");
    private static final List<String> REGULARIZERS = List.of("", "", "{type: l1, lambda: 3}", "{type: l2, lambda: 5}");
    private static final List<String> SLOPES = List.of("0.25", "0", "-1");
    private static final List<String> RATES = List.of("0", "0.3", "0.5", "0.97");

    private final Registry registry = new Components().builtIn();

    /** What came of networks of one kind. */
    static final class Counts {
        private final Map<Verdict, Integer> verdicts = new TreeMap<>();
        int networks;
        int checked;
        int atKink;
        int unclear;

        void add(GradientReport report) {
            networks++;
            verdicts.merge(report.verdict(), 1, Integer::sum);
            for (GradientReport.Row row : report.rows()) {
                checked += row.checked();
                atKink += row.atKink();
                unclear += row.unresolved();
            }
        }

        int of(Verdict verdict) {
            return verdicts.getOrDefault(verdict, 0);
        }

        @Override
        public String toString() {
            return networks + " " + verdicts + ", entries checked " + checked + ", at a kink " + atKink + ", unclear "
                    + unclear;
        }
    }

    record Drawn(List<NamedLayer> model, Loss loss) {}

    @Test
    void check_randomNetworks_raiseNoAlarm() {
        run(SAMPLED);
    }

    @Test
    @Tag("proof")
    void check_manyRandomNetworks_raiseNoAlarm() {
        run(ALL);
    }

    private void run(int wanted) {
        Counts ordinary = new Counts();
        Counts extreme = new Counts();
        int refused = 0;
        int number = 0;
        for (; ordinary.networks + extreme.networks < wanted; number++) {
            Draws draws = RandomStream.of(SEED, "networks").at(0, number);
            boolean isExtreme = draws.below(4) == 0;
            Optional<GradientReport> report = check(draws, number, isExtreme);
            if (report.isEmpty()) {
                refused++;
            } else {
                (isExtreme ? extreme : ordinary).add(report.get());
            }
        }
        System.out.println("random networks: seed " + SEED + ", " + wanted + " of " + number + " drawn (" + refused
                + " refused by their loss); ordinary " + ordinary + "; extreme " + extreme);
        assertEquals(0, ordinary.of(Verdict.FAILED) + extreme.of(Verdict.FAILED));
        assertTrue(ordinary.networks > wanted / 2 && extreme.networks > wanted / 8, ordinary + "; " + extreme);
        assertTrue(ordinary.of(Verdict.PASSED) > 0.9 * ordinary.networks, ordinary.toString());
    }

    private Optional<GradientReport> check(Draws draws, int number, boolean extreme) {
        int in = 1 + draws.below(6);
        int outputs = 1 + draws.below(4);
        Target.Form form = pick(List.of(Target.Form.values()), draws);
        String loss = pick(List.of("quadratic", "cross_entropy", "binary_cross_entropy"), draws);
        String yaml = yaml(draws, outputs, loss, extreme);
        Drawn drawn = bind(yaml);
        List<String> names =
                IntStream.range(0, outputs).mapToObj(String::valueOf).toList();
        Target target = new Target(form, names);
        Network network;
        try {
            drawn.loss().check(Shape.of(outputs), target);
            network = Network.build(
                    drawn.model(), Shape.of(in), Kernels.of(Precision.FLOAT64, new ThreadTeam(1)), number);
        } catch (InputException refused) {
            return Optional.empty();
        }
        if (draws.below(2) == 0) {
            network.parameters().forEach(parameter -> round(parameter.value()));
        }
        int batch = 1 + draws.below(17);
        Matrix x = inputs(draws, batch, in, extreme);
        Matrix y = targets(draws, batch, target, loss);
        GradientReport report = new GradientCheck(
                        new GradientCheck.Subject(drawn.model(), drawn.loss(), number, 1 + draws.below(50)), () -> 0)
                .check(network, x, y, OPTIONS);
        if (report.verdict() == Verdict.FAILED) {
            System.out.println("network " + number + ", " + form + ", batch " + batch + ":\n" + yaml);
            report.rows().stream().filter(row -> row.failed() > 0).forEach(System.out::println);
        }
        return Optional.of(report);
    }

    private static String yaml(Draws draws, int outputs, String loss, boolean extreme) {
        StringBuilder yaml = new StringBuilder("model:\n");
        int depth = draws.below(6); // and the last one
        for (int i = 0; i < depth; i++) {
            yaml.append(
                    switch (draws.below(14)) {
                        case 0 -> "  - batch_norm\n";
                        case 1 ->
                            "  - {type: dropout, rate: " + pick(extreme ? RATES : RATES.subList(0, 3), draws) + "}\n";
                        case 2 -> "  - {type: activation, function: " + pick(ACTIVATIONS, draws) + "}\n";
                        case 3 -> "  - flatten\n";
                        case 4 -> "  - layer_norm\n";
                        case 5 -> "  - {type: gaussian_noise, std: 0.5}\n";
                        case 6 ->
                            "  - {type: reshape, to: [rest, 1]}\n"
                                    + dense(draws, 1 + draws.below(3), pick(ACTIVATIONS, draws), extreme)
                                    + "  - {type: permute, axes: [features, steps]}\n"
                                    + dense(draws, 1 + draws.below(3), pick(ACTIVATIONS, draws), extreme)
                                    + "  - flatten\n";
                        case 7 -> "  - {type: prelu, slope: " + pick(SLOPES, draws) + "}\n";
                        case 8, 9 -> windows(draws);
                        default -> dense(draws, 1 + draws.below(6), pick(ACTIVATIONS, draws), extreme);
                    });
        }
        // Of probabilities the losses take the logarithm; softmax over one unit is always 1.
        List<String> fitting = outputs == 1 ? List.of("sigmoid") : List.of("sigmoid", "softmax");
        List<String> last = extreme || loss.equals("quadratic") ? ACTIVATIONS : fitting;
        return yaml.append(dense(draws, outputs, pick(last, draws), extreme))
                .append("loss: ")
                .append(loss)
                .append('\n')
                .toString();
    }

    private static String windows(Draws draws) {
        return new RandomWindows(draws, new TreeMap<>())
                .layers().stream().map(layer -> "  - " + layer + "\n").collect(Collectors.joining());
    }

    private static String dense(Draws draws, int units, String activation, boolean extreme) {
        String regularizer = pick(REGULARIZERS, draws);
        return "  - {type: dense, units: " + units + ", activation: " + activation + ", weights: "
                + (extreme && draws.below(2) == 0 ? pick(EXTREME, draws) : pick(WEIGHTS, draws)) + ", biases: "
                + pick(extreme ? BIASES : BIASES.subList(0, 3), draws)
                + (draws.below(5) == 0 ? ", use_bias: false, trainable: weights" : "")
                + (regularizer.isEmpty() ? "" : ", regularizer: " + regularizer) + "}\n";
    }

    private static Matrix inputs(Draws draws, int batch, int in, boolean extreme) {
        double scale = extreme ? pick(List.of(1.0, 1.0, 1e-6, 255.0), draws) : 1;
        boolean constant = extreme && draws.below(6) == 0;
        boolean zero = extreme && draws.below(10) == 0;
        Matrix x = new DoubleMatrix(batch, in);
        for (int i = 0; i < batch; i++) {
            for (int j = 0; j < in; j++) {
                x.set(i, j, zero ? 0 : constant && i > 0 && j == 0 ? x.get(0, 0) : scale * draws.normal());
            }
        }
        return x;
    }

    private static Matrix targets(Draws draws, int batch, Target target, String loss) {
        Matrix y = new DoubleMatrix(batch, target.width());
        for (int i = 0; i < batch; i++) {
            int right = draws.below(target.names().size());
            for (int j = 0; j < target.width(); j++) {
                y.set(
                        i,
                        j,
                        switch (target.form()) {
                            case CLASS_INDEX -> right;
                            case ONE_HOT -> j == right ? 1 : 0;
                            case VALUES -> loss.equals("quadratic") ? 3 * draws.normal() : draws.uniform();
                        });
            }
        }
        return y;
    }

    private static void round(Matrix matrix) {
        for (int i = 0; i < matrix.rows(); i++) {
            for (int j = 0; j < matrix.columns(); j++) {
                matrix.set(i, j, (float) matrix.get(i, j));
            }
        }
    }

    private Drawn bind(String yaml) {
        Problems problems = new Problems();
        return new Binder(registry)
                .bind(ConfigReader.read("drawn", yaml, problems).orElseThrow(), Drawn.class)
                .value();
    }

    static <T> T pick(List<T> of, Draws draws) {
        return of.get(draws.below(of.size()));
    }
}
