package dev.chainrule.model.network;

import dev.chainrule.api.Initializer;
import dev.chainrule.api.error.InputException;
import dev.chainrule.math.Declared;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.RandomStream;

/** The first values of a parameter, computed at once or lazily. */
record FirstValues(Initializer initializer, int fanIn, int fanOut, RandomStream stream) {
    /** The largest number of values that are computed for a trial and discarded; more than a config can list one by one. */
    private static final int MOST_TRIED = 1 << 19;
    /** The number of rows and columns that shows whether all are alike, if values are drawn one by one. */
    private static final int SAMPLE = 8;

    /** Fill a parameter. */
    void fill(Matrix w) {
        initializer.fill(w, fanIn, fanOut, stream.at(0, 0));
    }

    /**
     * Let a declared parameter be filled lazily, and look for mistakes now: the initializer fills a matrix that is discarded,
     * or, if that would be large, is called up to its first written value.
     *
     * @param kernels of declared matrices
     * @return the likeness of the values
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
        } catch (RuntimeException e) { // it may accept only the whole shape
            return Likeness.unknown();
        }
    }
}
