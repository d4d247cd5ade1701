package dev.chainrule.app.init;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which rows are learned from. Those without a value to be learned cannot be. Those that lack another value are left out if they are
 * few, one in twenty at most, and no class is lost with them; else they are kept, and the gaps are filled.
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
     * @param inputs columns that tell something
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

    /** Return the columns that are learned from and have gaps. */
    List<SurveyedColumn> gaps() {
        return inputs.stream().filter(column -> column.missingCount() > 0).toList();
    }

    /** Return how many rows have a value to be learned, and lack another. */
    int withGaps() {
        return incomplete().cardinality() - target.missingCount();
    }

    /** Return how many rows are learned from. */
    int used() {
        return target.rows() - unused().cardinality();
    }

    /** Return how often each class occurs in the rows that are used, sorted; empty if the target is a number. */
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
