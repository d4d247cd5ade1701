package dev.chainrule.engine.contract;

import dev.chainrule.api.data.Target;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Outputs paired with targets of one form, for components that use both.
 *
 * @param name of the form, in words
 * @param a outputs, a row per example
 * @param y targets, a row per example
 */
record Examples(String name, Target target, double[][] a, double[][] y) {
    private static final double[][] OUTPUTS = {
        {0.5, 0.25, 0.25}, {0.125, 0.75, 0.125}, {0.0625, 0.3125, 0.625}, {0.25, 0.5, 0.25}
    };
    private static final double[][] ONE_OUTPUT = {{0.75}, {0.125}, {0.5}, {0.3125}};

    /** Every form of targets that a loss or a metric may accept. */
    static final List<Examples> ALL = List.of(
            new Examples("numbers", new Target(Target.Form.VALUES, List.of("u", "v", "w")), OUTPUTS, new double[][] {
                {0.25, 0.5, 0.75}, {0, 1, 0.5}, {0.125, 0.875, 0.625}, {1, 0, 0.25}
            }),
            new Examples("one number", new Target(Target.Form.VALUES, List.of("u")), ONE_OUTPUT, new double[][] {
                {0.25}, {0}, {1}, {0.625}
            }),
            new Examples(
                    "one-hot classes",
                    new Target(Target.Form.ONE_HOT, List.of("u", "v", "w")),
                    OUTPUTS,
                    new double[][] {{1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 0}}),
            new Examples(
                    "class numbers",
                    new Target(Target.Form.CLASS_INDEX, List.of("u", "v", "w")),
                    OUTPUTS,
                    new double[][] {{0}, {2}, {1}, {1}}),
            new Examples(
                    "class numbers, one output",
                    new Target(Target.Form.CLASS_INDEX, List.of("u", "v")),
                    ONE_OUTPUT,
                    new double[][] {{1}, {0}, {0}, {1}}));

    /** The targets that a loss accepts besides one-hot classes, unless it says otherwise: the probabilities of several. */
    static final Examples PROBABILITIES = new Examples(
            "probabilities of classes",
            new Target(Target.Form.ONE_HOT, List.of("u", "v", "w")),
            OUTPUTS,
            new double[][] {{0.75, 0, 0.25}, {0, 0, 1}, {0.125, 0.875, 0}, {0.375, 0, 0.625}});

    /** Return as many examples as requested, repeating these. */
    Examples repeated(int count) {
        return new Examples(name, target, repeated(a, count), repeated(y, count));
    }

    private static double[][] repeated(double[][] rows, int count) {
        return IntStream.range(0, count).mapToObj(i -> rows[i % rows.length]).toArray(double[][]::new);
    }
}
