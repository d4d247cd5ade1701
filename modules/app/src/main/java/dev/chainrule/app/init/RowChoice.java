package dev.chainrule.app.init;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which columns are learned from, and with them which rows: one that lacks a value in a column that is used cannot be. Columns are
 * left out as long as a class would be lost, or more than half of the rows; the one whose loss saves most rows goes first.
 */
final class RowChoice {
    private final SurveyedColumn target;
    private final boolean classes;
    private final List<SurveyedColumn> inputs;
    private final Map<SurveyedColumn, String> leftOut = new LinkedHashMap<>();

    /**
     * Choose.
     *
     * @param inputs columns that tell something
     */
    RowChoice(SurveyedColumn target, List<SurveyedColumn> inputs, boolean classes) {
        this.target = target;
        this.classes = classes;
        this.inputs = new ArrayList<>(inputs);
        while (this.inputs.size() > 1
                && (used() < target.rows() / 2 || !lostClasses().isEmpty())) {
            SurveyedColumn costly = costliest();
            if (costly.missing().isEmpty()) {
                break;
            }
            int without = used(costly);
            leftOut.put(
                    costly,
                    costly.missingCount() + " of " + costly.rows() + " values are missing; without it "
                            + (without - used()) + " more rows can be used");
            this.inputs.remove(costly);
        }
    }

    List<SurveyedColumn> inputs() {
        return inputs;
    }

    /** Return the columns that cost too many rows, with the reason. */
    Map<SurveyedColumn, String> leftOut() {
        return leftOut;
    }

    /** Return how many rows have a value in every column that is used. */
    int used() {
        return target.rows() - missing(null).cardinality();
    }

    /** Return how often each class occurs in the rows that are used, sorted; empty if the target is a number. */
    Map<String, Integer> classCounts() {
        Map<String, Integer> counts = new TreeMap<>();
        if (classes) {
            BitSet missing = missing(null);
            Map<String, String> names = target.classNames();
            target.names().keySet().forEach(name -> counts.put(name, 0));
            for (int row = missing.nextClearBit(0); row < target.rows(); row = missing.nextClearBit(row + 1)) {
                counts.merge(names.get(target.column().cell(row)), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Return the classes that none of the rows that are used has. */
    List<String> lostClasses() {
        return classCounts().entrySet().stream()
                .filter(each -> each.getValue() == 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private int used(SurveyedColumn without) {
        return target.rows() - missing(without).cardinality();
    }

    private SurveyedColumn costliest() {
        SurveyedColumn costliest = inputs.get(0);
        for (SurveyedColumn each : inputs) {
            boolean saves = used(each) > used(costliest)
                    || used(each) == used(costliest) && each.missingCount() > costliest.missingCount();
            costliest = saves ? each : costliest;
        }
        return costliest;
    }

    private BitSet missing(SurveyedColumn without) {
        BitSet rows = (BitSet) target.missing().clone();
        inputs.stream().filter(column -> column != without).forEach(column -> rows.or(column.missing()));
        return rows;
    }
}
