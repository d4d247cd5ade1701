package dev.chainrule.app.init;

import dev.chainrule.math.Numbers;
import java.util.function.Consumer;

/** The choice of a network and its training for a table, and the lines of a config that say so. */
final class NetworkChoice {
    private static final int ENOUGH_FOR_TWO_LAYERS = 5000;
    /**
     * A tenth of so few rows judges an epoch mostly by chance: the accuracy of 100 examples is uncertain by 5 %. Such tables have no
     * validation examples, and train on all rows that are not tested.
     */
    private static final int MOST_OF_SMALL = 1000;

    /** With fewer rows for each unit of lambda, which is divided by their number, nothing but the most common answer would be learned. */
    private static final double FEWEST_ROWS_OF_LAMBDA = 15;

    /** The strength of L2 of the last layer as a share of that of the others: it has fewer weights, and its sums few terms. */
    private static final double SHARE_OF_LAST = 0.3;

    private final CsvPlan plan;
    private final int rows;
    private final Consumer<String> out;

    NetworkChoice(CsvPlan plan, Consumer<String> out) {
        this.plan = plan;
        this.rows = plan.rows().used();
        this.out = out;
    }

    /** Return whether there are enough rows for validation examples. */
    boolean validates() {
        return rows > MOST_OF_SMALL;
    }

    /**
     * Return the L2 of a layer, as a share of that of the hidden layers: the fewer rows, the more a network learns of their noise, and the more
     * its weights are held back. The noise of numbers hurts more than that of classes. The values were tried on the first tables of
     * docs/TABLES.md.
     */
    private String l2(double share) {
        double lambda =
                rows <= MOST_OF_SMALL ? Math.min(10, rows / FEWEST_ROWS_OF_LAMBDA) : plan.learnsClasses() ? 1 : 3;
        return "regularizer: { type: l2, lambda: " + Numbers.format(Math.rint(lambda * share * 10) / 10) + " }";
    }

    void model() {
        int width = (int) plan.rows().gaps().stream()
                        .filter(column -> !column.isNumeric())
                        .count()
                + plan.inputs().stream()
                        .mapToInt(column ->
                                column.isNumeric() ? 1 : column.isWide() ? plan.embeddedWidth() : column.different())
                        .sum();
        int units =
                Math.max(rows <= MOST_OF_SMALL ? 32 : 64, Math.min(128, 2 * Integer.highestOneBit(Math.max(1, width))));
        line("model:");
        if (!plan.embedded().isEmpty()) {
            line("  - { type: embed, columns: "
                    + StarterText.list(
                            plan.embedded().stream().map(SurveyedColumn::name).toList()) + ", width: "
                    + plan.embeddedWidth() + ", " + l2(1) + " }   # each name becomes that many learned numbers");
        }
        String hidden =
                "  - { type: dense, units: " + units + ", activation: relu, weights: he_normal, " + l2(1) + " }";
        line("  # l2 penalises large weights, to reduce overfitting; the fewer rows, the more");
        line(hidden);
        if (rows >= ENOUGH_FOR_TWO_LAYERS) {
            line(hidden);
        }
        if (plan.learnsClasses()) {
            int classes = plan.rows().classCounts().size();
            line("  - { type: dense, units: " + classes + ", activation: softmax, " + l2(SHARE_OF_LAST)
                    + " }   # a probability for each class");
            line("loss: cross_entropy");
        } else {
            line("  - { type: dense, units: 1, " + l2(SHARE_OF_LAST) + " }");
            line("loss: quadratic");
        }
    }

    void training() {
        String rate = rows >= ENOUGH_FOR_TWO_LAYERS ? "0.002" : "0.01";
        line("optimizer: { type: adam, learning_rate: { type: cosine, from: " + rate
                + " } }   # falls to 0 over the run");
        ClassBalance balance = plan.balance();
        line("training: { epochs: " + epochs() + (balance.isSkewed() ? ", class_weights: balanced" : "") + " }"
                + (balance.isSkewed() ? "   # the rare class counts as much as the frequent one" : ""));
        metrics();
        line("hooks:");
        line("  - { type: progress, every: " + Math.max(1, epochs() / 10) + " epochs }");
        line("  - { type: checkpoint, every: " + Math.max(1, epochs() / 10) + " epochs, keep: 1 }   # for resume");
        if (validates()) {
            // One good epoch by so few validation examples is mostly luck: returning to it costs more than it gains.
            line("  - { type: early_stopping, patience: " + Math.max(5, 3 * epochs() / 4)
                    + ", restore_best: false }   # stops a run that no longer improves");
        }
    }

    private void metrics() {
        ClassBalance balance = plan.balance();
        if (!plan.learnsClasses()) {
            line("metrics: [ loss, mae, rmse, r2 ]   # errors in the unit of "
                    + StarterText.comment(plan.target().name()) + "; r2 is 1 at best, 0 for the mean");
            return;
        }
        boolean two = balance.counts().size() == 2;
        if (!two && !balance.isUneven()) {
            line("metrics: [ loss, accuracy ]");
            return;
        }
        line("metrics:");
        line("  - loss");
        line("  - accuracy");
        if (two) {
            line("  - auc   # the share of pairs of both classes that are in the right order");
        }
        if (balance.isUneven()) {
            if (two) {
                String rare = StarterText.of(balance.rarest());
                line("  - { type: recall, of: " + rare + " }      # the share of the rarer class that is found");
                line("  - { type: precision, of: " + rare + " }   # the share of its predictions that are right");
            } else {
                line("  - balanced_accuracy   # the mean over classes, however rare");
            }
        }
    }

    int batch() {
        int usual = rows < 500 ? 16 : rows < 5000 ? 32 : rows < 50_000 ? 64 : 256;
        return Math.max(1, Math.min(usual, rows / 4));
    }

    /** Enough updates, and every example at least five times; the longer, the more a network learns of the noise of few rows. */
    private int epochs() {
        int updates = rows <= MOST_OF_SMALL ? 1500 : 8000;
        return Math.max(5, Math.min(100, updates * batch() / rows));
    }

    private void line(String line) {
        out.accept(line);
    }
}
