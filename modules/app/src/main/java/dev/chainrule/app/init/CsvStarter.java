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
import java.util.stream.Stream;

/** A first config for a table: the contents decide on it, and comments explain why. */
public final class CsvStarter {
    private static final int FEW = 20;
    /** If more of a column's numbers are missing, that they are missing may tell something. */
    private static final double MANY_GAPS = 0.05;

    private static final int MOST_LISTED = 8;
    private static final double SHORTEST_PLAIN = 1e-4;
    private static final double LONGEST_PLAIN = 1e9;

    private final CsvPlan plan;
    private final SurveyedColumn target;
    private final List<SurveyedColumn> inputs;
    private final int rows;
    private final NetworkChoice network;
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
        this.network = new NetworkChoice(plan, this::line);
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
        line("# Learns " + (plan.learnsClasses() ? "the class " : "the number ") + StarterText.comment(target.name())
                + ": " + report().summary() + ".");
        line("# Every line can be changed: see docs/CONFIG.md. Check the config with validate, train it with");
        line("#   " + StarterText.comment(command));
        line("version: 1");
        line("name: " + name);
        line("seed: " + seed + "   # determines the split and the initial weights");
        line("data:");
        line("  train:");
        line("    type: csv");
        line("    file: " + StarterText.of(file));
        format(plan.survey().table().format());
        columns();
        missing(plan.missingValues());
        preparation();
        network.model();
        network.training();
        return out.toString();
    }

    private void format(TableFormat format) {
        if (format.delimiter() != ',') {
            line("    delimiter: "
                    + (format.delimiter() == TableFormat.WHITESPACE
                            ? "whitespace"
                            : StarterText.of(format.delimiter())));
        }
        if (format.quote() != '"') {
            line("    quote: " + StarterText.of(format.quote()));
        }
        format.encoding().ifPresent(charset -> line("    encoding: " + Encodings.name(charset)));
        if (format.skip() > 0) {
            line("    skip: " + format.skip() + "   # lines before the header");
        }
        if (format.comment() != 0) {
            line("    comment: " + StarterText.of(format.comment()));
        }
        if (!format.header()) {
            line("    header: false   # the first row does not name the columns");
        }
        NumberForm numbers = format.numbers();
        if (numbers.decimal() != '.') {
            line("    decimal: " + StarterText.of(numbers.decimal()));
        }
        if (numbers.thousands() != 0) {
            line("    thousands: " + StarterText.of(numbers.thousands()));
        }
        if (!numbers.units().isEmpty()) {
            line("    units: " + StarterText.list(numbers.units()));
        }
    }

    private void columns() {
        line("    target: " + StarterText.of(target.name()) + "   # " + described(target, plan.learnsClasses()));
        line("    columns:");
        inputs.forEach(column ->
                line("      - " + StarterText.of(column.name()) + "   # " + described(column, !column.isNumeric())));
        plan.leftOut()
                .forEach((column, reason) ->
                        line("      # left out: " + StarterText.comment(column.name() + ", " + reason)));
        List<String> forced = new ArrayList<>();
        inputs.stream().filter(SurveyedColumn::isMixed).forEach(column -> forced.add(column.name()));
        if (plan.learnsClasses() && target.numbers().count() > 0) {
            forced.add(target.name());
        }
        if (!forced.isEmpty()) {
            line("    categorical: " + StarterText.list(forced) + "   # names that look like numbers");
        }
        if (!plan.embedded().isEmpty()) {
            line("    encode:   # many names are numbered, for the layer embed");
            plan.embedded().forEach(column -> line("      " + StarterText.of(column.name()) + ": ordinal"));
            line("    unknown: zeros   # a name that no row has is predicted without it, not refused");
        }
    }

    private void missing(MissingValues missing) {
        if (!missing.everywhere().isEmpty()) {
            line("    missing_values: " + StarterText.list(missing.everywhere())
                    + "   # non-numbers in columns of numbers");
        }
        if (!missing.byColumn().isEmpty()) {
            line("    missing_values_of:   # names in other columns");
            missing.byColumn()
                    .forEach((column, texts) -> line("      " + Texts.text(column) + ": " + StarterText.list(texts)));
        }
        int lost = target.rows() - rows;
        if (plan.rows().hasGaps()) {
            int kept = plan.rows().withGaps();
            line("    missing: keep   # " + kept + (kept == 1 ? " row lacks" : " rows lack") + " a value, for fill: "
                    + StarterText.comment(plan.gaps())
                    + (lost == 0 ? "" : "; " + lost + " without " + StarterText.comment(target.name()) + " left out"));
        } else if (lost > 0) {
            line("    missing: drop   # " + lost + (lost == 1 ? " row lacks" : " rows lack") + " a value: "
                    + StarterText.comment(plan.missing()));
        }
    }

    private void preparation() {
        String strata = plan.balance().allowsStrata() ? ", stratify: true" : "";
        String share = strata.isEmpty() ? "" : ", each class with its share";
        if (rows >= FEW) {
            line("  test: { fraction: 0.2" + strata + " }         # evaluated once, at the end" + share);
        }
        if (network.validates()) {
            line("  validation: { fraction: 0.1" + strata + " }   # evaluated after every epoch");
        } else if (rows >= FEW) {
            line("  # no validation examples: a tenth of so few rows judges by chance, and serves better in training");
        }
        transforms();
        if (!plan.learnsClasses()) {
            line("  target_transforms: [ standardize ]   # " + StarterText.comment(target.name())
                    + " too; metrics and predictions keep its unit, the loss does not");
        }
        line("  batch_size: " + network.batch());
    }

    private void transforms() {
        List<String> wanted = new ArrayList<>(filling());
        boolean hasNames = inputs.stream().anyMatch(column -> !column.isNumeric());
        boolean hasInputsOfNames = inputs.stream().anyMatch(column -> !column.isNumeric() && !column.isWide());
        boolean hasNumbers = inputs.stream().anyMatch(SurveyedColumn::isNumeric);
        if (hasNumbers) {
            wanted.add(
                    hasNames
                            ? "{ type: standardize, only: numbers }   # mean 0, standard deviation 1"
                                    + (hasInputsOfNames ? "; names become inputs of 0 and 1" : "")
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
            filling.add("{ type: fill, with: own, columns: " + StarterText.list(names) + " }   # a separate name");
        }
        return filling;
    }

    /** Return the columns of names whose gaps are kept. */
    private Stream<SurveyedColumn> named() {
        return plan.rows().gaps().stream().filter(column -> !column.isNumeric());
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
                .map(entry -> StarterText.comment(entry.getKey()) + " " + entry.getValue())
                .toList();
        return column.different() + " names: " + String.join(", ", shown)
                + (column.different() > MOST_LISTED ? ", …" : "") + missing;
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

    private void line(String line) {
        out.append(line).append('\n');
    }
}
