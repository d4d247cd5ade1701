package dev.chainrule.app.init;

import dev.chainrule.api.error.NameLists;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The report on a first config: which parts of the table are used, which are not, and why. */
public final class CsvReport {
    /** A larger share of rows left out deserves a warning. */
    private static final double FEW = 0.1;

    private final CsvPlan plan;

    CsvReport(CsvPlan plan) {
        this.plan = plan;
    }

    /** Return the size of the task in a few words. */
    public String summary() {
        int inputs = plan.inputs().size();
        int all = plan.target().rows();
        int used = plan.rows().used();
        return (used == all ? "" : used + " of ") + all + " rows, " + inputs + (inputs == 1 ? " column" : " columns")
                + " to learn from, "
                + (plan.learnsClasses() ? plan.rows().classCounts().size() + " classes" : "a number")
                + " to learn";
    }

    /** Return the facts that the user should know, one line each. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        int lost = plan.target().rows() - plan.rows().used();
        if (lost > 0) {
            lines.add(lost + (lost == 1 ? " row is" : " rows are") + " left out for missing values: " + plan.missing());
        }
        if (plan.rows().hasGaps()) {
            int kept = plan.rows().withGaps();
            lines.add((kept == 1 ? "1 row lacks a value and is kept" : kept + " rows lack a value and are kept")
                    + "; gaps become the median in columns of numbers, and a separate name in columns of names: "
                    + plan.gaps());
        }
        plan.embedded()
                .forEach(column -> lines.add(column.name() + " has " + column.different() + " names: each becomes "
                        + plan.embeddedWidth() + " learned numbers"));
        if (plan.balance().isUneven()) {
            String unequal = "the largest class has " + plan.balance().greatest() + " rows, the smallest, "
                    + plan.balance().rarest() + ", " + plan.balance().least();
            lines.add(unequal
                    + (plan.balance().isSkewed()
                            ? ": class_weights make both count equally, and metrics look at each class"
                            : ": the metrics look at each class, not only at the share of correct answers"));
        }
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        plan.leftOut()
                .forEach((column, reason) -> byReason.computeIfAbsent(reason, key -> new ArrayList<>())
                        .add(column.name()));
        byReason.forEach((reason, names) -> lines.add((names.size() == 1 ? "column " : "columns ")
                + NameLists.shown(names)
                + (names.size() == 1 ? " is left out: " : " are left out: ")
                + reason));
        if (plan.target().mayHoldClasses()) {
            lines.add(plan.target().name() + " is learned as a number; if its numbers are class labels, add --classes");
        }
        plan.inputs().forEach(column -> words(column, lines));
        words(plan.target(), lines);
        return lines;
    }

    /** Return the facts that the user must not miss. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        int all = plan.target().rows();
        int lost = all - plan.rows().used();
        if (lost > FEW * all) {
            warnings.add(lost + " of " + all + " rows are left out because they lack a value: " + plan.missing());
        }
        return warnings;
    }

    private static void words(SurveyedColumn column, List<String> lines) {
        for (Map.Entry<String, Integer> word : column.words().entrySet()) {
            lines.add("'" + word.getKey() + "' is read as a name in " + column.name() + " (" + word.getValue()
                    + "); to treat it as missing, write missing_values_of: { " + column.name() + ": [ \""
                    + word.getKey()
                    + "\" ] }");
        }
    }
}
