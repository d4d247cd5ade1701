package dev.chainrule.app.init;

import dev.chainrule.api.InputException;
import dev.chainrule.config.bind.Suggestion;
import dev.chainrule.config.write.Texts;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Write a first config for a table: what is in it decides, and comments say why. */
public final class CsvStarter {
    private static final int FEW = 20;
    private static final int ENOUGH_FOR_TWO_LAYERS = 5000;
    private static final int MOST_LISTED = 8;
    /** Below it the gradients of the quadratic cost come near adam's epsilon. */
    private static final double SMALL = 0.01;

    private final CsvSurvey table;
    private final SurveyedColumn target;
    private final List<SurveyedColumn> inputs = new ArrayList<>();
    private final Map<SurveyedColumn, String> leftOut = new LinkedHashMap<>();
    private final boolean classes;
    private final int incomplete;
    private final int rows;

    /**
     * Decide what to do with each column.
     *
     * @param place of the file, for messages
     * @throws InputException if nothing can be learned
     */
    public CsvStarter(CsvSurvey table, String target, String place) {
        this.table = table;
        List<String> names = table.columns().stream().map(SurveyedColumn::name).toList();
        this.target = table.columns().stream()
                .filter(column -> column.name().equals(target))
                .findFirst()
                .orElseThrow(() -> new InputException(
                                "there is no column '" + target + "'",
                                Suggestion.didYouMean(target, names) + "Columns: " + String.join(", ", names) + ".")
                        .inFile(place));
        for (SurveyedColumn column : table.columns()) {
            String reason = column.useless();
            if (column != this.target && reason.isEmpty()) {
                inputs.add(column);
            } else if (column != this.target) {
                leftOut.put(column, reason);
            }
        }
        if (this.target.names().size() < 2) {
            throw new InputException("column '" + target + "' has the same value in every row: nothing can be learned")
                    .inFile(place);
        }
        if (inputs.isEmpty()) {
            throw new InputException("no column tells anything about '" + target + "'", reasons()).inFile(place);
        }
        this.classes = this.target.holdsClasses();
        if (classes && this.target.names().size() > table.rows() / 2) {
            throw new InputException(
                            "column '" + target + "' has " + this.target.names().size() + " different names in "
                                    + table.rows() + " rows: too few examples of each",
                            "Name a column with fewer classes, or with numbers.")
                    .inFile(place);
        }
        this.incomplete = inputs.stream().mapToInt(SurveyedColumn::missing).sum() + this.target.missing();
        this.rows = table.rows();
    }

    /** Return what was found, in a few words. */
    public String summary() {
        return rows + " rows, " + inputs.size() + (inputs.size() == 1 ? " column" : " columns") + " to learn from, "
                + (classes ? target.names().size() + " classes" : "a number") + " to learn";
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
        StringBuilder out = new StringBuilder();
        line(
                out,
                "# Learns " + (classes ? "the class " : "the number ") + comment(target.name()) + ": " + summary()
                        + ".");
        line(out, "# Every line may be changed; docs/CONFIG.md says how. Check it with validate, train with");
        line(out, "#   " + comment(command));
        line(out, "version: 1");
        line(out, "name: " + name);
        line(out, "seed: " + seed + "   # of the split and the first weights; another gives other ones");
        data(out, file);
        model(out);
        return out.toString();
    }

    private void data(StringBuilder out, String file) {
        line(out, "data:");
        line(out, "  train:");
        line(out, "    type: csv");
        line(out, "    file: " + text(file));
        if (table.delimiter() != ',') {
            line(out, "    delimiter: " + Texts.text(String.valueOf(table.delimiter())));
        }
        if (!table.header()) {
            line(out, "    header: false   # the first row has numbers");
        }
        line(out, "    target: " + text(target.name()) + "   # " + described(target, classes));
        line(out, "    columns:");
        for (SurveyedColumn column : inputs) {
            line(out, "      - " + text(column.name()) + "   # " + described(column, !column.isNumeric()));
        }
        leftOut.forEach((column, reason) -> line(out, "      # left out: " + comment(column.name()) + ", " + reason));
        List<String> forced = new ArrayList<>();
        inputs.stream().filter(SurveyedColumn::isMixed).forEach(column -> forced.add(column.name()));
        if (classes && target.numbers().count() > 0) {
            forced.add(target.name());
        }
        if (!forced.isEmpty()) {
            line(
                    out,
                    "    categorical: [ "
                            + forced.stream().map(CsvStarter::text).collect(Collectors.joining(", "))
                            + " ]   # names that look like numbers");
        }
        if (incomplete > 0) {
            line(out, "    missing: drop   # " + incomplete + " cells have no value: their rows are left out");
        }
        if (rows >= FEW) {
            line(out, "  test: { fraction: 0.2 }         # judges the result once, at the end");
        }
        if (rows >= 2 * FEW) {
            line(out, "  validation: { fraction: 0.1 }   # is watched after every epoch");
        }
        line(out, "  transforms: [ standardize ]     # every input gets mean 0 and standard deviation 1");
        line(out, "  batch_size: " + batch());
    }

    private void model(StringBuilder out) {
        int width = inputs.stream()
                .mapToInt(column -> column.isNumeric() ? 1 : column.names().size())
                .sum();
        int units = Math.max(16, Math.min(128, 2 * Integer.highestOneBit(Math.max(1, width))));
        line(out, "model:");
        String hidden = "  - { type: dense, units: " + units + ", activation: relu, weights: he_normal }";
        line(out, hidden);
        if (rows >= ENOUGH_FOR_TWO_LAYERS) {
            line(out, hidden);
        }
        String epsilon = "";
        if (classes) {
            line(
                    out,
                    "  - { type: dense, units: " + target.names().size()
                            + ", activation: softmax }   # a probability for each class");
            line(out, "loss: cross_entropy");
        } else {
            double deviation = target.numbers().deviation();
            line(out, "  - { type: dense, units: 1 }");
            line(
                    out,
                    "  # From deviations back to the unit of " + comment(target.name())
                            + ": times its standard deviation, plus its mean; nothing to learn.");
            line(
                    out,
                    "  - { type: dense, units: 1, weights: " + rounded(deviation) + ", biases: "
                            + rounded(target.numbers().mean()) + ", trainable: false, name: unit }");
            line(out, "loss: quadratic");
            epsilon = deviation < SMALL ? ", epsilon: " + rounded(1e-8 * deviation * deviation) : "";
        }
        String rate = rows >= ENOUGH_FOR_TWO_LAYERS ? "0.002" : "0.01";
        line(
                out,
                "optimizer: { type: adam, learning_rate: { type: cosine, from: " + rate + " }" + epsilon
                        + " }   # falls to 0 over the run");
        line(out, "training: { epochs: " + epochs() + " }");
        line(out, "hooks:");
        line(out, "  - { type: progress, every: " + Math.max(1, epochs() / 10) + " epochs }");
    }

    private int batch() {
        int usual = rows < 500 ? 16 : rows < 5000 ? 32 : rows < 50_000 ? 64 : 256;
        return Math.max(1, Math.min(usual, rows / 4));
    }

    /** Some thousand updates, and every example at least five times. */
    private int epochs() {
        return Math.max(5, Math.min(100, 4000 * batch() / rows));
    }

    private String reasons() {
        return leftOut.entrySet().stream()
                .map(entry -> entry.getKey().name() + ": " + entry.getValue())
                .collect(Collectors.joining("; ", "Columns: ", "."));
    }

    private static String described(SurveyedColumn column, boolean names) {
        String missing = column.missing() == 0 ? "" : ", " + column.missing() + " missing";
        if (!names) {
            return "numbers from " + rounded(column.numbers().least()) + " to "
                    + rounded(column.numbers().greatest()) + missing;
        }
        List<String> shown = column.names().entrySet().stream()
                .limit(MOST_LISTED)
                .map(entry -> comment(entry.getKey()) + " " + entry.getValue())
                .toList();
        return column.names().size() + " names: " + String.join(", ", shown)
                + (column.names().size() > MOST_LISTED ? ", …" : "") + missing;
    }

    /** Write a value as YAML, no reference however it looks. */
    private static String text(String value) {
        return Texts.text(value.replace("${", "$${"));
    }

    private static String rounded(double value) {
        BigDecimal decimal = new BigDecimal(value).round(new MathContext(4)).stripTrailingZeros();
        return Math.abs(value) < 1e-4 || Math.abs(value) >= 1e9
                ? decimal.toString().replace("E", "e").replace("e+", "e")
                : decimal.toPlainString();
    }

    /** What a table holds may not end a comment's line. */
    private static String comment(String value) {
        return value.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]", " ");
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append('\n');
    }
}
