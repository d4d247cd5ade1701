package dev.chainrule.engine.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.InputException;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/** The first values of a parameter, computed at once or when they are needed. */
record FirstValues(Initializer initializer, int fanIn, int fanOut, RandomStream stream) {
    /** Values that are computed to be looked at and dropped; more than a config can write out one by one. */
    private static final int MOST_TRIED = 1 << 19;
    /** Rows and columns that show whether all are alike, where values are drawn one by one. */
    private static final int SAMPLE = 8;

    /** Fill a parameter. */
    void fill(Matrix w) {
        initializer.fill(w, fanIn, fanOut, stream.at(0, 0));
    }

    /**
     * Let a declared parameter be filled when its values are needed, and look for mistakes now: the initializer fills a matrix
     * that is dropped, or is called up to the first value that it writes if that would be large.
     *
     * @param kernels make declared matrices
     * @return what the values will be like
     * @throws InputException if the initializer does not fit the shape
     */
    Likeness tryFor(Matrix w, Kernels kernels) {
        Matrix tried = w.size() <= MOST_TRIED
                ? kernels.matrix(w.rows(), w.columns())
                : Declared.shape(w.precision(), w.rows(), w.columns());
        try {
            fill(tried);
            return Likeness.of(tried);
        } catch (Declared.Untouchable e) {
            return ofSample(kernels.matrix(Math.min(w.rows(), SAMPLE), Math.min(w.columns(), SAMPLE)));
        }
    }

    private Likeness ofSample(Matrix sample) {
        try {
            fill(sample);
            return Likeness.of(sample);
        } catch (RuntimeException e) { // it may be made for the whole shape and no other
            return Likeness.unknown();
        }
    }
}
