package dev.chainrule.engine.check;

import dev.chainrule.math.Draws;
import dev.chainrule.math.RandomStream;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A sample of a matrix's entries: all of a small one; of a large one the corners [0, 0] and [last, last], and others that
 * cover rows and columns evenly, by a Latin hypercube. If two of these coincide, arbitrary entries are added.
 *
 * <p>Source: M. McKay, R. Beckman, W. Conover, "A Comparison of Three Methods for Selecting Values of Input Variables in the
 * Analysis of Output from a Computer Code", Technometrics 21(2), 1979.
 */
final class Sample {
    private Sample() {}

    /** Return the places row·columns + column, ascending. */
    static int[] of(long seed, String name, int rows, int columns, int count) {
        if ((long) rows * columns <= count) {
            return IntStream.range(0, rows * columns).toArray();
        }
        RandomStream stream = RandomStream.of(seed, "gradient_check." + name);
        int[] pairing = stream.permutation(count, 1);
        Draws draws = stream.at(0, 0);
        SortedSet<Integer> places = new TreeSet<>(List.of(0, rows * columns - 1));
        for (int i = 0; i < count - 2; i++) {
            int row = (int) ((i + draws.uniform()) / count * rows);
            int column = (int) ((pairing[i] + draws.uniform()) / count * columns);
            places.add(row * columns + column);
        }
        while (places.size() < count) { // two may have coincided
            places.add(draws.below(rows * columns));
        }
        return places.stream().mapToInt(Integer::intValue).limit(count).toArray();
    }
}
