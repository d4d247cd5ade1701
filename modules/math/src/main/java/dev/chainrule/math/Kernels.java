package dev.chainrule.math;

import java.util.List;

/**
 * The arithmetic on whole matrices of one precision, with every bit fixed.
 *
 * <p>The contract: every element of a product is the chain {@code acc = fma(a[i,k], b[k,j], acc)}, k ascending, acc starting
 * at +0, or at the stored value when accumulating. Sums over the rows of a batch ascend. Sums along a row use one fixed tree:
 * {@value #LANES} lanes, lane l adding the elements j ≡ l (mod {@value #LANES}) in ascending order from +0, then halves
 * folded (lane l takes lane l + 8, then l + 4, l + 2, l + 1). Threads split outputs, never a sum. Hence results are
 * bit-identical for any number of threads and any implementation.
 *
 * <p>All matrices of one call have this object's precision. Outputs marked "reshaped" are reshaped; other shapes must fit,
 * otherwise an {@link IllegalArgumentException} names both sides, or the argument that is null. An object keeps scratch
 * memory, so that a warm call allocates nothing, and serves one caller at a time.
 */
public interface Kernels {
    /** The number of virtual lanes of a sum along a row. */
    int LANES = 16;

    /**
     * {@return the kernels of a precision: on the Vector API if it is available, else in plain Java}
     *
     * @param team splits large outputs; affects only the speed
     * @param precision the number format
     */
    static Kernels of(Precision precision, ThreadTeam team) {
        return KernelProvider.INSTANCE.kernels(precision, team);
    }

    /** {@return the number format of the matrices} */
    Precision precision();

    /** {@return the threads that large outputs are split over} */
    ThreadTeam team();

    /**
     * {@return kernels of the same kind, with scratch memory of their own, whose matrices are {@link Declared}}
     *
     * @param team splits large outputs; affects only the speed
     */
    Kernels declaring(ThreadTeam team);

    /**
     * {@return a new matrix of zeros}
     *
     * @param rows 0 or more
     * @param columns 0 or more
     */
    Matrix matrix(int rows, int columns);

    /**
     * Compute c = a·b, or c = c + a·b when accumulating.
     *
     * @param a [m, k]. Not modified.
     * @param b [k, n]. Not modified.
     * @param c [m, n], neither a nor b. Modified; reshaped unless accumulating.
     * @param accumulate whether c is added to
     */
    void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate);

    /**
     * Compute c = aᵀ·b, or c = c + aᵀ·b when accumulating.
     *
     * @param a [k, m]. Not modified.
     * @param b [k, n]. Not modified.
     * @param c [m, n], neither a nor b. Modified; reshaped unless accumulating.
     * @param accumulate whether c is added to
     */
    void multiplyTransA(Matrix a, Matrix b, Matrix c, boolean accumulate);

    /**
     * Compute c = a·bᵀ, or c = c + a·bᵀ when accumulating.
     *
     * @param a [m, k]. Not modified.
     * @param b [n, k]. Not modified.
     * @param c [m, n], neither a nor b. Modified; reshaped unless accumulating.
     * @param accumulate whether c is added to
     */
    void multiplyTransB(Matrix a, Matrix b, Matrix c, boolean accumulate);

    /**
     * Add a row to every row in place: x[i, j] = x[i, j] + row[0, j].
     *
     * @param x [m, n]. Modified.
     * @param row [1, n]. Not modified.
     */
    default void addRow(Matrix x, Matrix row) {
        addRow(x, row, x);
    }

    /**
     * Add a row to every row: out[i, j] = x[i, j] + row[0, j].
     *
     * @param x [m, n]. Not modified.
     * @param row [1, n]. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x.
     */
    void addRow(Matrix x, Matrix row, Matrix out);

    /**
     * Multiply every row by a row: out[i, j] = x[i, j]·factor[0, j].
     *
     * @param x [m, n]. Not modified.
     * @param factor [1, n]. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x.
     */
    void multiplyRow(Matrix x, Matrix factor, Matrix out);

    /**
     * Compute x[i, j] = fma(x[i, j], factor[0, j], row[0, j]) in place.
     *
     * @param x [m, n]. Modified.
     * @param factor [1, n]. Not modified.
     * @param row [1, n]. Not modified.
     */
    default void multiplyAddRow(Matrix x, Matrix factor, Matrix row) {
        multiplyAddRow(x, factor, row, x);
    }

    /**
     * Compute out[i, j] = fma(x[i, j], factor[0, j], row[0, j]): scale and shift of batch normalisation.
     *
     * @param x [m, n]. Not modified.
     * @param factor [1, n]. Not modified.
     * @param row [1, n]. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x.
     */
    void multiplyAddRow(Matrix x, Matrix factor, Matrix row, Matrix out);

    /**
     * Sum over the batch: sums[0, j] = Σᵢ x[i, j], i ascending from +0.
     *
     * @param x [m, n]. Not modified.
     * @param sums [1, n]. Modified; reshaped.
     */
    default void columnSums(Matrix x, Matrix sums) {
        columnSums(x, sums, false);
    }

    /**
     * Sum over the batch: sums[0, j] = Σᵢ x[i, j], i ascending from +0, or from sums[0, j] when accumulating.
     *
     * @param x [m, n]. Not modified.
     * @param sums [1, n]. Modified; reshaped unless accumulating.
     * @param accumulate whether sums are continued
     */
    void columnSums(Matrix x, Matrix sums, boolean accumulate);

    /**
     * Sum products over the batch: sums[0, j] = Σᵢ x[i, j]·y[i, j], a chain of fma, i ascending from +0.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Not modified.
     * @param sums [1, n]. Modified; reshaped.
     */
    default void columnDots(Matrix x, Matrix y, Matrix sums) {
        columnDots(x, y, sums, false);
    }

    /**
     * Sum products over the batch: sums[0, j] = Σᵢ x[i, j]·y[i, j], a chain of fma, i ascending from +0, or from sums[0, j] when
     * accumulating.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Not modified.
     * @param sums [1, n]. Modified; reshaped unless accumulating.
     * @param accumulate whether the chains are continued
     */
    void columnDots(Matrix x, Matrix y, Matrix sums, boolean accumulate);

    /**
     * Compute the softmax of every row: a[i, j] = exp(z[i, j] − maxᵢ) / Σⱼ exp(z[i, j] − maxᵢ), the sum by lanes. A row that
     * contains a NaN or +∞, or only −∞, becomes NaN.
     *
     * @param z [m, n]. Not modified.
     * @param a [m, n]. Modified; reshaped. May be z.
     */
    void softmaxRows(Matrix z, Matrix a);

    /**
     * Compute the softmax's backward pass: delta[i, j] = a[i, j]·(g[i, j] − Σⱼ g[i, j]·a[i, j]), the sum by lanes of fma.
     *
     * @param a [m, n] the softmax's output. Not modified.
     * @param g [m, n] ∂C/∂a. Not modified.
     * @param delta [m, n] ∂C/∂z. Modified; reshaped. May be g.
     */
    void softmaxBackward(Matrix a, Matrix g, Matrix delta);

    /**
     * Normalise every row: deviations[i, 0] = √(Σⱼ (x[i, j] − μᵢ)² / n + epsilon) and
     * normalized[i, j] = (x[i, j] − μᵢ) / deviations[i, 0] with μᵢ = Σⱼ x[i, j] / n, the sum by lanes, that of squares by lanes
     * of fma.
     *
     * @param x [m, n]. Not modified.
     * @param epsilon 0 or more, rounded to the precision first
     * @param normalized [m, n]. Modified; reshaped. May be x.
     * @param deviations [m, 1]. Modified; reshaped.
     */
    void normalizeRows(Matrix x, double epsilon, Matrix normalized, Matrix deviations);

    /**
     * Compute the backward pass of {@link #normalizeRows}:
     * delta[i, j] = fma(normalized[i, j], −Σⱼ g[i, j]·normalized[i, j] / n, g[i, j] − Σⱼ g[i, j] / n) / deviations[i, 0], the
     * sum of products by lanes of fma, the other by lanes.
     *
     * @param normalized [m, n] the output. Not modified.
     * @param deviations [m, 1] the other output. Not modified.
     * @param g [m, n] ∂C/∂normalized. Not modified.
     * @param delta [m, n] ∂C/∂x. Modified; reshaped. May be g.
     */
    void normalizeRowsBackward(Matrix normalized, Matrix deviations, Matrix g, Matrix delta);

    /**
     * Compute out[i, 0] = maxᵢ + log Σⱼ exp(z[i, j] − maxᵢ), the sum by lanes; NaN for the rows for which
     * {@link #softmaxRows} gives NaN.
     *
     * @param z [m, n]. Not modified.
     * @param out [m, 1]. Modified; reshaped.
     */
    void logSumExpRows(Matrix z, Matrix out);

    /**
     * Compute the logarithm of the softmax of every row: a[i, j] = (z[i, j] − maxᵢ) − log Σⱼ exp(z[i, j] − maxᵢ), the sum by lanes;
     * NaN for the rows for which {@link #softmaxRows} gives NaN.
     *
     * @param z [m, n]. Not modified.
     * @param a [m, n]. Modified; reshaped. May be z.
     */
    void logSoftmaxRows(Matrix z, Matrix a);

    /**
     * Compute the backward pass of {@link #logSoftmaxRows}: delta[i, j] = fma(−Σⱼ g[i, j], exp(a[i, j]), g[i, j]), the sum by lanes.
     *
     * @param a [m, n] the output. Not modified.
     * @param g [m, n] ∂C/∂a. Not modified.
     * @param delta [m, n] ∂C/∂z. Modified; reshaped. May be g.
     */
    void logSoftmaxBackward(Matrix a, Matrix g, Matrix delta);

    /**
     * Apply a function to every element: a = σ(z).
     *
     * @param z [m, n]. Not modified.
     * @param a [m, n]. Modified; reshaped. May be z.
     * @param function pure: it may be called by several threads
     */
    void map(ScalarFunction function, Matrix z, Matrix a);

    /**
     * Compute delta = g ⊙ σ′(z), given a = σ(z): BP1 and BP2's element-wise factor.
     *
     * @param z [m, n]. Not modified.
     * @param a [m, n]. Not modified.
     * @param g [m, n] ∂C/∂a. Not modified.
     * @param delta [m, n] ∂C/∂z. Modified; reshaped. May be g.
     * @param function pure: it may be called by several threads
     */
    void mapBackward(ScalarFunction function, Matrix z, Matrix a, Matrix g, Matrix delta);

    /**
     * Compute out = (x − y) / divisor.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x.
     * @param divisor not 0
     */
    void subtractDivide(Matrix x, Matrix y, double divisor, Matrix out);

    /**
     * Compute x = x / divisor, divisor rounded to the precision first.
     *
     * @param x [m, n]. Modified.
     * @param divisor not 0
     */
    void divide(double divisor, Matrix x);

    /**
     * Compute out[i, j] = f(x[i, j], y[i, j], c), in float64 and rounded once.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n], or [m, 1] numbers of classes: then y[i, j] is 1 for the row's class and 0 for others. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x or y.
     * @param function pure: it may be called by several threads
     * @param c passed to the function
     */
    void zip(PairFunction function, Matrix x, Matrix y, double c, Matrix out);

    /**
     * Compute sums[i, 0] = Σⱼ f(x[i, j], y[i, j], c), in float64, j ascending from +0, and rounded once: the cost of each
     * example.
     *
     * @param function the function to sum
     * @param x [m, n]. Not modified.
     * @param y [m, n], or [m, 1] numbers of classes: then y[i, j] is 1 for the row's class and 0 for others. Not modified.
     * @param c passed to the function
     * @param sums [m, 1]. Modified; reshaped.
     */
    void sumRows(PairFunction function, Matrix x, Matrix y, double c, Matrix sums);

    /**
     * Draw a mask: element [i, j] is 0 if draw j of {@link Draws#uniform24} at the place (epoch, first + i) is below the
     * rate, else kept.
     *
     * @param mask [m, n]. Modified.
     * @param stream the random numbers
     * @param epoch the place of the draws
     * @param first the index of row 0
     * @param rate the probability of 0
     * @param kept the value of the elements that are not dropped
     */
    void drawMask(RandomStream stream, int epoch, long first, double rate, double kept, Matrix mask);

    /**
     * Draw noise: element [i, j] is deviation times draw j of {@link Draws#noise} at the place (epoch, first + i), in float64
     * and rounded once.
     *
     * @param stream the random numbers
     * @param epoch the place of the draws
     * @param first the index of row 0
     * @param deviation the standard deviation
     * @param noise [m, n]. Modified.
     */
    void drawNoise(RandomStream stream, int epoch, long first, double deviation, Matrix noise);

    /**
     * Compute out = x ⊙ y.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Not modified.
     * @param out [m, n]. Modified; reshaped. May be x.
     */
    void hadamard(Matrix x, Matrix y, Matrix out);

    /**
     * Gather columns: out[i, j] = x[i, columns[j]].
     *
     * @param x [m, n]. Not modified.
     * @param columns the column of x for each column of out, from 0. Not modified.
     * @param out [m, {@code columns.length}], not x. Modified; reshaped.
     */
    void gatherColumns(Matrix x, int[] columns, Matrix out);

    /**
     * Gather patches of images: row i of out is patch first + i.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param patches the window
     * @param first the first patch, counted from that of the first image at the top left, from 0
     * @param count the number of patches
     * @param out [count, {@code patches.size()}], not x. Modified; reshaped.
     */
    void gatherPatches(Matrix x, Patches patches, int first, int count, Matrix out);

    /**
     * Add patches to the images that they come from: each number of row i to the place of x from which {@link #gatherPatches} takes that
     * of patch first + i, those outside the image to none. The rows ascend, one addition for each number.
     *
     * @param rows [count, {@code patches.size()}]. Not modified.
     * @param patches the window
     * @param first the patch of the first row, from 0
     * @param x [m, {@code patches.pixels()}] images, not rows. Modified.
     */
    void addPatches(Matrix rows, Patches patches, int first, Matrix x);

    /**
     * Compute the product of all patches and some columns of w: row i of those columns of z is patch i times them.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param patches the window
     * @param w [{@code patches.size()}, n]. Not modified.
     * @param from the first of the columns
     * @param count the number of columns
     * @param z [m·{@code patches.positions()}, n], not x or w. The columns are modified.
     */
    void multiplyPatches(Matrix x, Patches patches, Matrix w, int from, int count, Matrix z);

    /**
     * Compute dw = patchesᵀ·delta, or dw = dw + patchesᵀ·delta when accumulating, for some columns of both, a chain over all patches,
     * ascending.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param patches the window
     * @param delta [m·{@code patches.positions()}, n]. Not modified.
     * @param from the first of the columns
     * @param count the number of columns
     * @param dw [{@code patches.size()}, n], not x or delta. The columns are modified.
     * @param accumulate whether dw is added to
     */
    void multiplyPatchesTransA(
            Matrix x, Patches patches, Matrix delta, int from, int count, Matrix dw, boolean accumulate);

    /**
     * Add delta·wᵀ, for some columns of both, to the patches of dx, as {@link #addPatches} does with those of all images.
     *
     * @param delta [m·{@code patches.positions()}, n]. Not modified.
     * @param w [{@code patches.size()}, n]. Not modified.
     * @param from the first of the columns
     * @param count the number of columns
     * @param patches the window
     * @param dx [m, {@code patches.pixels()}] images, not delta or w. Modified.
     * @param accumulate whether dx is added to, else to +0
     */
    void multiplyTransBAddPatches(
            Matrix delta, Matrix w, int from, int count, Patches patches, Matrix dx, boolean accumulate);

    /**
     * Compute the greatest number of each channel in each patch; places outside the image have no part in it. NaN if one is NaN.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param patches the window, with a place within the image at each position
     * @param out [m, {@code patches.positions()·patches.count()}], not x: images of the positions. Modified; reshaped.
     */
    void maxPatches(Matrix x, Patches patches, Matrix out);

    /**
     * Compute the backward pass of {@link #maxPatches}: each number of g is added to the first place in its patch, window rows before
     * window columns, whose number equals the greatest; positions ascending from +0, one addition each.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param out [m, {@code patches.positions()·patches.count()}] the output. Not modified.
     * @param g [m, {@code patches.positions()·patches.count()}] ∂C/∂out. Not modified.
     * @param patches the window
     * @param dx [m, {@code patches.pixels()}] ∂C/∂x, none of the others. Modified; reshaped.
     */
    void maxPatchesBackward(Matrix x, Matrix out, Matrix g, Patches patches, Matrix dx);

    /**
     * Compute the mean of each channel in each patch, over the places within the image: their sum, window rows before window columns,
     * ascending from +0, divided by their number.
     *
     * @param x [m, {@code patches.pixels()}] images. Not modified.
     * @param patches the window, with a place within the image at each position
     * @param out [m, {@code patches.positions()·patches.count()}], not x: images of the positions. Modified; reshaped.
     */
    void meanPatches(Matrix x, Patches patches, Matrix out);

    /**
     * Compute the backward pass of {@link #meanPatches}: each number of g, divided by the number of places of its patch within the
     * image, is added to each of them; positions ascending from +0, one addition each.
     *
     * @param g [m, {@code patches.positions()·patches.count()}] ∂C/∂out. Not modified.
     * @param patches the window
     * @param dx [m, {@code patches.pixels()}] ∂C/∂x, not g. Modified; reshaped.
     */
    void meanPatchesBackward(Matrix g, Patches patches, Matrix dx);

    /**
     * Compute y = fma(alpha, x, y), alpha rounded to the precision first.
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Modified.
     * @param alpha the factor
     */
    void addScaled(double alpha, Matrix x, Matrix y);

    /**
     * Compute x = factor·x, factor rounded to the precision first.
     *
     * @param x [m, n]. Modified.
     * @param factor the factor
     */
    void scale(double factor, Matrix x);

    /**
     * {@return the sum of all elements by lanes, the matrix taken as one row}
     *
     * @param x [m, n]. Not modified.
     */
    double sum(Matrix x);

    /**
     * {@return the sum of all squares by lanes of fma, the matrix taken as one row}
     *
     * @param x [m, n]. Not modified.
     */
    double sumOfSquares(Matrix x);

    /**
     * {@return the sum of {@link #sumOfSquares(Matrix)} over the matrices, in their order from +0, in float64} Used for the
     * square of the gradients' norm.
     *
     * @param matrices none of them modified; each computed by one thread, and accessed without an iterator
     */
    double sumOfSquares(List<Matrix> matrices);

    /**
     * {@return the sum of the products of all elements by lanes of fma, the matrices taken as one row}
     *
     * @param x [m, n]. Not modified.
     * @param y [m, n]. Not modified.
     */
    double dot(Matrix x, Matrix y);

    /**
     * {@return the sum of all magnitudes by lanes, the matrix taken as one row}
     *
     * @param x [m, n]. Not modified.
     */
    double sumOfMagnitudes(Matrix x);

    /**
     * Update each element of a parameter, and the state that an optimizer keeps of it, by a rule.
     *
     * @param rule applied to each element; called with 0 for the second state
     * @param w [m, n]. Modified.
     * @param g [m, n] ∂C/∂w. Not modified.
     * @param first [m, n] the state. Modified.
     */
    void update(UpdateRule rule, Matrix w, Matrix g, Matrix first);

    /**
     * Update each element of a parameter, and the two states that an optimizer keeps of it, by a rule.
     *
     * @param rule applied to each element
     * @param w [m, n]. Modified.
     * @param g [m, n] ∂C/∂w. Not modified.
     * @param first [m, n] the first state. Modified.
     * @param second [m, n] the second state. Modified.
     */
    void update(UpdateRule rule, Matrix w, Matrix g, Matrix first, Matrix second);
}
