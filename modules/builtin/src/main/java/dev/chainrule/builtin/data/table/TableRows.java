package dev.chainrule.builtin.data.table;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The properties of a table's rows, beside their inputs and targets.
 *
 * @param places of the examples
 * @param unusable rows of the file that are not examples, with the reason
 * @param weights of the examples in the cost, if they have some. Not copied.
 * @param splits the cells that decide to which part of the data each example belongs
 */
record TableRows(Places places, SortedMap<Integer, String> unusable, Optional<double[]> weights, SplitCells splits) {
    TableRows {
        unusable = Collections.unmodifiableSortedMap(unusable);
    }

    /** The place of each example in its file, if it is in one. */
    @FunctionalInterface
    interface Places {
        Optional<String> of(int row);
    }
}
