package dev.chainrule.app.init;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows to learn from: all that have a target value. Their gaps are filled.
 */
final class RowChoice {
    private final SurveyedColumn target;
    private final boolean classes;
    private final List<SurveyedColumn> inputs;

    /**
     * Choose.
     *
     * @param inputs informative columns
     */
    RowChoice(SurveyedColumn target, List<SurveyedColumn> inputs, boolean classes) {
        this.target = target;
        this.classes = classes;
        this.inputs = List.copyOf(inputs);
    }

    /** Return whether some rows have gaps among their inputs. */
    boolean hasGaps() {
        return withGaps() > 0;
    }

    /** Return the inputs that have gaps. */
    List<SurveyedColumn> gaps() {
        return inputs.stream().filter(column -> column.missingCount() > 0).toList();
    }

    /** Return the number of rows that have a target value and lack another. */
    int withGaps() {
        return incomplete().cardinality() - target.missingCount();
    }

    /** Return the number of rows to learn from. */
    int used() {
        return target.rows() - target.missingCount();
    }

    /** Return the number of used rows of each class, sorted; empty if the target is a number. */
    Map<String, Integer> classCounts() {
        BitSet without = target.missing();
        Map<String, Integer> counts = new TreeMap<>();
        if (classes) {
            Map<String, String> names = target.classNames();
            target.names().keySet().forEach(name -> counts.put(name, 0));
            for (int row = without.nextClearBit(0); row < target.rows(); row = without.nextClearBit(row + 1)) {
                counts.merge(names.get(target.column().cell(row)), 1, Integer::sum);
            }
        }
        return counts;
    }

    private BitSet incomplete() {
        BitSet rows = (BitSet) target.missing().clone();
        inputs.forEach(column -> rows.or(column.missing()));
        return rows;
    }
}
