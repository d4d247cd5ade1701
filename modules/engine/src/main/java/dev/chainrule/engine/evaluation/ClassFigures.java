package dev.chainrule.engine.evaluation;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The counts of one class in a confusion matrix, and the scores that follow from them, where 0/0 is 0.
 *
 * @param examples of the class
 * @param predicted examples that the network takes for this class
 * @param right examples of the class that it takes for this class
 */
public record ClassFigures(int examples, int predicted, int right) {
    /** Return the figures of all classes. */
    public static List<ClassFigures> of(int[][] confusion) {
        return IntStream.range(0, confusion.length)
                .mapToObj(number -> new ClassFigures(
                        IntStream.of(confusion[number]).sum(),
                        IntStream.range(0, confusion.length)
                                .map(row -> confusion[row][number])
                                .sum(),
                        confusion[number][number]))
                .toList();
    }

    /** Return the share of right ones among the predicted examples. */
    public double precision() {
        return ratio(right, predicted);
    }

    /** Return the share of right ones among the examples of the class. */
    public double recall() {
        return ratio(right, examples);
    }

    /** Return the harmonic mean of precision and recall, 2·right / (examples + predicted). */
    public double f1() {
        return ratio(2.0 * right, (double) examples + predicted);
    }

    private static double ratio(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }
}
