package dev.chainrule.engine.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The examples of an input that can be predicted.
 *
 * @param examples in the order of the input
 * @param unusable the other rows of the input, counted from 0 among all rows, with the reason
 */
public record Predictable(Dataset examples, SortedMap<Integer, String> unusable) {
    /** Copy the modifiable parts. */
    public Predictable {
        unusable = Collections.unmodifiableSortedMap(new TreeMap<>(unusable));
    }

    /**
     * Leave out the rows that the source cannot read or a transform refuses. If all would be left out, leave out none, so that
     * the first is an error.
     *
     * @param pipeline fitted
     */
    public static Predictable of(Dataset input, Pipeline pipeline) {
        input.load();
        SortedMap<Integer, String> unusable = new TreeMap<>(input.source().unusable());
        SortedMap<Integer, String> refused = new NumberCheck(pipeline).refused(input);
        if (refused.isEmpty() || refused.size() == input.size()) {
            return new Predictable(input, unusable);
        }
        int row = 0;
        for (int number = 0; number < input.size(); number++, row++) {
            while (input.source().unusable().containsKey(row)) {
                row++;
            }
            if (refused.containsKey(number)) {
                unusable.put(row, refused.get(number));
            }
        }
        int[] left = IntStream.range(0, input.size())
                .filter(number -> !refused.containsKey(number))
                .toArray();
        return new Predictable(input.select(input.name(), left), unusable);
    }
}
