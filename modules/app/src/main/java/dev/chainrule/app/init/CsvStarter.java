package dev.chainrule.app.init;

import dev.chainrule.api.error.InputException;
import dev.chainrule.config.write.Texts;
import dev.chainrule.math.Numbers;
import dev.chainrule.table.Encodings;
import dev.chainrule.table.MissingValues;
import dev.chainrule.table.NumberForm;
import dev.chainrule.table.TableFormat;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A first config for a table: the contents decide on it, and comments explain why. */
public final class CsvStarter {
    private static final int FEW = 20;
    private static final int ENOUGH_FOR_TWO_LAYERS = 5000;
    /** With fewer rows, a validation set of a tenth judges an epoch mostly by chance. */
    private static final int ENOUGH_TO_STOP_EARLY = 500;

    /**
     * Tried on 21 tables of docs/FIELD.md, 5 splits each: some small ones gained up to a tenth, none lost more than a standard
     * error.
     */
    private static final String L2 = "regularizer: { type: l2, lambda: 0.3 }";

    /** If more of a column's numbers are missing, that they are missing may tell something. */
    private static final double MANY_GAPS = 0.05;

    private static final int MOST_LISTED = 8;
    private static final double SHORTEST_PLAIN = 1e-4;
    private static final double LONGEST_PLAIN = 1e9;

    private final CsvPlan plan;
    private final SurveyedColumn target;
    private final List<SurveyedColumn> inputs;
    private final int rows;
    private final StringBuilder out = new StringBuilder();

    /**
     * Plan the use of each column.
     *
     * @throws InputException if nothing can be learned
     */
    public CsvStarter(TableSurvey survey, String target) {
        this.plan = new CsvPlan(survey, target);
        this.target = plan.target();
        this.inputs = plan.inputs();
        this.rows = plan.rows().used();
    }

    /** Return the report for the user. */
    public CsvReport report() {
        return new CsvReport(plan);
    }

    /**
     * Return the config.
     *
     * @param name of the run
     * @param file of the table, as the config names it
     * @param command that runs the config
     * @param seed of the split
     */
    public String yaml(String name, String file, String command, int seed) {
        out.setLength(0);
        line("# Learns " + (plan.learnsClasses() ? "the class " : "the number ") + comment(target.name()) + ": "
                + report().summary() + ".");
        line("# Every line can be changed: see docs/CONFIG.md. Check the config with validate, train it with");
        line("#   " + comment(command));
        line("version: 1");
        line("name: " + name);
        line("seed: " + seed + "   # determines the split and the initial weights");
        line("data:");
        line("  train:");
        line("    type: csv");
        line("    file: " + text(file));
        format(plan.survey().table().format());
        columns();
        missing(plan.missingValues());
        preparation();
        model();
        training();
        return out.toString();
    }

    private void format(TableFormat format) {
        if (format.delimiter() != ',') {
            line("    delimiter: "
                    + (format.delimiter() == TableFormat.WHITESPACE ? "whitespace" : character(format.delimiter())));
        }
        if (format.quote() != '"') {
            line("    quote: " + character(format.quote()));
        }
        format.encoding().ifPresent(charset -> line("    encoding: " + Encodings.name(charset)));
        if (format.skip() > 0) {
            line("    skip: " + format.skip() + "   # lines before the header");
        }
        if (format.comment() != 0) {
            line("    comment: " + character(format.comment()));
        }
        if (!format.header()) {
            line("    header: false   # the first row does not name the columns");
        }
        NumberForm numbers = format.numbers();
        if (numbers.decimal() != '.') {
            line("    decimal: " + character(numbers.decimal()));
        }
        if (numbers.thousands() != 0) {
            line("    thousands: " + character(numbers.thousands()));
        }
        if (!numbers.units().isEmpty()) {
            line("    units: " + list(numbers.units()));
        }
    }

    private void columns() {
        line("    target: " + text(target.name()) + "   # " + described(target, plan.learnsClasses()));
        line("    columns:");
        inputs.forEach(
                column -> line("      - " + text(column.name()) + "   # " + described(column, !column.isNumeric())));
        plan.leftOut().forEach((column, reason) -> line("      # left out: " + comment(column.name() + ", " + reason)));
        List<String> forced = new ArrayList<>();
        inputs.stream().filter(SurveyedColumn::isMixed).forEach(column -> forced.add(column.name()));
        if (plan.learnsClasses() && target.numbers().count() > 0) {
            forced.add(target.name());
        }
        if (!forced.isEmpty()) {
            line("    categorical: " + list(forced) + "   # names that look like numbers");
        }
    }

    private void missing(MissingValues missing) {
        if (!missing.everywhere().isEmpty()) {
            line("    missing_values: " + list(missing.everywhere()) + "   # non-numbers in columns of numbers");
        }
        if (!missing.byColumn().isEmpty()) {
            line("    missing_values_of:   # names in other columns");
            missing.byColumn().forEach((column, texts) -> line("      " + Texts.text(column) + ": " + list(texts)));
        }
        int lost = target.rows() - rows;
        if (plan.rows().hasGaps()) {
            int kept = plan.rows().withGaps();
            line("    missing: keep   # " + kept + (kept == 1 ? " row lacks" : " rows lack") + " a value, for fill: "
                    + comment(plan.gaps())
                    + (lost == 0 ? "" : "; " + lost + " without " + comment(target.name()) + " left out"));
        } else if (lost > 0) {
            line("    missing: drop   # " + lost + (lost == 1 ? " row lacks" : " rows lack") + " a value: "
                    + comment(plan.missing()));
        }
    }

    private void preparation() {
        String strata = plan.balance().allowsStrata() ? ", stratify: true" : "";
        String share = strata.isEmpty() ? "" : ", each class with its share";
        if (rows >= FEW) {
            line("  test: { fraction: 0.2" + strata + " }         # evaluated once, at the end" + share);
        }
        if (hasValidation()) {
            line("  validation: { fraction: 0.1" + strata + " }   # evaluated after every epoch");
        }
        transforms();
        if (!plan.learnsClasses()) {
            line("  target_transforms: [ standardize ]   # " + comment(target.name())
                    + " too; metrics and predictions keep its unit, the loss does not");
        }
        line("  batch_size: " + batch());
    }

    private void transforms() {
        List<String> wanted = new ArrayList<>(filling());
        boolean hasNames = inputs.stream().anyMatch(column -> !column.isNumeric());
        boolean hasNumbers = inputs.stream().anyMatch(SurveyedColumn::isNumeric);
        if (hasNumbers) {
            wanted.add(
                    hasNames
                            ? "{ type: standardize, only: numbers }   # mean 0, standard deviation 1; names become inputs of 0 and 1"
                            : "standardize   # every input gets mean 0 and standard deviation 1");
        }
        if (!wanted.isEmpty()) {
            line("  transforms:");
        }
        wanted.forEach(transform -> line("    - " + transform));
    }

    /** Return the transforms that fill gaps. */
    private List<String> filling() {
        List<String> filling = new ArrayList<>();
        List<SurveyedColumn> gaps = plan.rows().gaps();
        if (gaps.stream().anyMatch(SurveyedColumn::isNumeric)) {
            boolean many =
                    gaps.stream().anyMatch(column -> column.isNumeric() && column.missingCount() > MANY_GAPS * rows);
            filling.add(
                    many
                            ? "{ type: fill, with: median, indicator: true }   # for missing numbers, and an input that marks them"
                            : "{ type: fill, with: median }   # of the training examples, for missing numbers");
        }
        List<String> names = named().map(SurveyedColumn::name).toList();
        if (!names.isEmpty()) {
            filling.add("{ type: fill, with: own, columns: " + list(names) + " }   # a separate name");
        }
        return filling;
    }

    /** Return the columns of names whose gaps are kept. */
    private Stream<SurveyedColumn> named() {
        return plan.rows().gaps().stream().filter(column -> !column.isNumeric());
    }

    private void model() {
        int width = (int) named().count()
                + inputs.stream()
                        .mapToInt(column -> column.isNumeric() ? 1 : column.different())
                        .sum();
        int units = Math.max(16, Math.min(128, 2 * Integer.highestOneBit(Math.max(1, width))));
        line("model:");
        String hidden = "  - { type: dense, units: " + units + ", activation: relu, weights: he_normal, " + L2 + " }";
        line("  # l2 penalises large weights, to reduce overfitting on few rows");
        line(hidden);
        if (rows >= ENOUGH_FOR_TWO_LAYERS) {
            line(hidden);
        }
        if (plan.learnsClasses()) {
            int classes = plan.rows().classCounts().size();
            line("  - { type: dense, units: " + classes + ", activation: softmax }   # a probability for each class");
            line("loss: cross_entropy");
        } else {
            line("  - { type: dense, units: 1 }");
            line("loss: quadratic");
        }
    }

    private void training() {
        String rate = rows >= ENOUGH_FOR_TWO_LAYERS ? "0.002" : "0.01";
        line("optimizer: { type: adam, learning_rate: { type: cosine, from: " + rate
                + " } }   # falls to 0 over the run");
        ClassBalance balance = plan.balance();
        line("training: { epochs: " + epochs() + (balance.isSkewed() ? ", class_weights: balanced" : "") + " }"
                + (balance.isSkewed() ? "   # rare classes count as much as frequent ones" : ""));
        metrics();
        line("hooks:");
        line("  - { type: progress, every: " + Math.max(1, epochs() / 10) + " epochs }");
        line("  - { type: checkpoint, every: " + Math.max(1, epochs() / 10) + " epochs, keep: 1 }   # for resume");
        if (rows >= ENOUGH_TO_STOP_EARLY) {
            // One good epoch by so few validation examples is mostly luck: returning to it costs more than it gains.
            line("  - { type: early_stopping, patience: " + Math.max(5, 3 * epochs() / 4)
                    + ", restore_best: false }   # stops a run that no longer improves");
        }
    }

    private void metrics() {
        ClassBalance balance = plan.balance();
        if (!plan.learnsClasses()) {
            line("metrics: [ loss, mae, rmse, r2 ]   # errors in the unit of " + comment(target.name())
                    + "; r2 is 1 at best, 0 for the mean");
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
                String rare = text(balance.rarest());
                line("  - { type: recall, of: " + rare + " }      # the share of the rarer class that is found");
                line("  - { type: precision, of: " + rare + " }   # the share of its predictions that are right");
            } else {
                line("  - balanced_accuracy   # the mean over classes, however rare");
            }
        }
    }

    private boolean hasValidation() {
        return rows >= 2 * FEW;
    }

    private int batch() {
        int usual = rows < 500 ? 16 : rows < 5000 ? 32 : rows < 50_000 ? 64 : 256;
        return Math.max(1, Math.min(usual, rows / 4));
    }

    /** A few thousand updates, and every example at least five times. */
    private int epochs() {
        return Math.max(5, Math.min(100, 4000 * batch() / rows));
    }

    private static String described(SurveyedColumn column, boolean names) {
        String missing = column.missingCount() == 0 ? "" : ", " + column.missingCount() + " missing";
        if (!names) {
            double range = column.numbers().range();
            return "numbers from " + rounded(column.numbers().least(), range) + " to "
                    + rounded(column.numbers().greatest(), range) + missing;
        }
        List<String> shown = column.names().entrySet().stream()
                .limit(MOST_LISTED)
                .map(entry -> comment(entry.getKey()) + " " + entry.getValue())
                .toList();
        return column.different() + " names: " + String.join(", ", shown)
                + (column.different() > MOST_LISTED ? ", …" : "") + missing;
    }

    private static String list(List<String> texts) {
        return texts.stream().map(CsvStarter::text).collect(Collectors.joining(", ", "[ ", " ]"));
    }

    private static String character(char c) {
        return text(String.valueOf(c));
    }

    /** Write a value as YAML that is never read as a reference. */
    private static String text(String value) {
        return Texts.text(value.replace("${", "$${"));
    }

    /** Round a number for a comment: to four digits, or as many as distinguish the ends of a range. */
    private static String rounded(double value, double range) {
        if (range > 0 && range < Math.abs(value) / 1000) {
            return Numbers.format(value, range / 1000);
        }
        BigDecimal decimal = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(value) < SHORTEST_PLAIN || Math.abs(value) >= LONGEST_PLAIN
                ? decimal.toString().replace("E", "e").replace("e+", "e")
                : decimal.toPlainString();
    }

    /** A text of the table must not end a comment's line. */
    private static String comment(String value) {
        return value.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
