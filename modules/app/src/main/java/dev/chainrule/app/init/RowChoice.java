package dev.chainrule.app.init;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows to learn from. Rows without a target value are never used. Rows that lack another value are left out if they are few, at
 * most one in twenty, and no class is lost with them; otherwise they are kept, and the gaps are filled.
 */
final class RowChoice {
    private static final double FEW = 0.05;

    private final SurveyedColumn target;
    private final boolean classes;
    private final List<SurveyedColumn> inputs;
    private final boolean keepsGaps;

    /**
     * Choose.
     *
     * @param inputs informative columns
     */
    RowChoice(SurveyedColumn target, List<SurveyedColumn> inputs, boolean classes) {
        this.target = target;
        this.classes = classes;
        this.inputs = List.copyOf(inputs);
        this.keepsGaps = withGaps() > FEW * target.rows()
                || classCounts(incomplete()).values().stream().anyMatch(count -> count == 0);
    }

    /** Return whether rows with gaps among their inputs are kept. */
    boolean keepsGaps() {
        return keepsGaps;
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
        return target.rows() - unused().cardinality();
    }

    /** Return the number of used rows of each class, sorted; empty if the target is a number. */
    Map<String, Integer> classCounts() {
        return classCounts(unused());
    }

    private Map<String, Integer> classCounts(BitSet without) {
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

    private BitSet unused() {
        return keepsGaps ? target.missing() : incomplete();
    }

    private BitSet incomplete() {
        BitSet rows = (BitSet) target.missing().clone();
        inputs.forEach(column -> rows.or(column.missing()));
        return rows;
    }
}
