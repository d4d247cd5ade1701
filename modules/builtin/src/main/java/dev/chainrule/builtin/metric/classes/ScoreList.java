package dev.chainrule.builtin.metric.classes;

import dev.chainrule.api.training.State;
import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Matrix;
import java.util.Arrays;

/** A growing list of scores. */
final class ScoreList {
    private static final int FIRST_LENGTH = 256;

    private final String name;
    private double[] scores = new double[FIRST_LENGTH];
    private int size;

    /**
     * Create an empty list.
     *
     * @param name under which it is saved
     */
    ScoreList(String name) {
        this.name = name;
    }

    void add(double score) {
        if (size == scores.length) {
            scores = Arrays.copyOf(scores, size + Math.max(1, size / 2));
        }
        scores[size++] = score + 0.0; // −0 equals 0, but sorting distinguishes them
    }

    /** Return the scores, ascending. */
    double[] sorted() {
        double[] sorted = Arrays.copyOf(scores, size);
        Arrays.sort(sorted);
        return sorted;
    }

    void save(State to) {
        to.put(name, size);
        if (size > 0) {
            Matrix matrix = new DoubleMatrix(1, size);
            for (int j = 0; j < size; j++) {
                matrix.set(0, j, scores[j]);
            }
            to.put(name, matrix);
        }
    }

    void restore(State from) {
        size = Math.toIntExact(from.whole(name));
        scores = new double[Math.max(size, FIRST_LENGTH)];
        for (int j = 0; j < size; j++) {
            scores[j] = from.matrix(name).get(0, j);
        }
    }
}
