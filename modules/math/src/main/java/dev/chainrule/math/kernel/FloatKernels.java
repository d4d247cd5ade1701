package dev.chainrule.math.kernel;

import static dev.chainrule.math.kernel.Shapes.requireColumn;
import static dev.chainrule.math.kernel.Shapes.requireOther;
import static dev.chainrule.math.kernel.Shapes.requirePatches;
import static dev.chainrule.math.kernel.Shapes.requirePooled;
import static dev.chainrule.math.kernel.Shapes.requireProduct;
import static dev.chainrule.math.kernel.Shapes.requireRow;
import static dev.chainrule.math.kernel.Shapes.requireSame;

import dev.chainrule.math.CommonFunction;
import dev.chainrule.math.Declared;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.FloatPairLoop;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.UpdateRule;
import dev.chainrule.math.function.FloatLogarithm;
import java.util.List;
import java.util.Objects;

/** The {@link Kernels} of {@code float}: check shapes, then pass the arrays to the loops. */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
final class FloatKernels implements Kernels {
    private final ThreadTeam team;
    private final KernelParts initial;
    private final KernelParts warm;
    private final boolean declares;
    private long plainWork;
    private long plainExponentials;
    private FloatProduct product;
    private FloatElements elements;
    private FloatRows rows;
    private FloatLanes lanes;
    private FloatSquares squares;
    private FloatMasks masks;
    private final FloatNoise noises;
    private FloatPatches images;
    private FloatConvolution convolution;
    private FloatPooling pooling;
    private FloatElements exponentials;
    private float[] powers = new float[0];

    /**
     * Create kernels.
     *
     * @param initial the initial parts
     * @param warm the parts used after {@link KernelParts#PLAIN_WORK}, for exponentials after
     *     {@link KernelParts#PLAIN_EXPONENTIALS}; the same as initial to never switch
     */
    FloatKernels(ThreadTeam team, KernelParts initial, KernelParts warm) {
        this(team, initial, warm, false);
    }

    /**
     * Create kernels as above.
     *
     * @param declares whether new matrices are {@link Declared}
     */
    FloatKernels(ThreadTeam team, KernelParts initial, KernelParts warm, boolean declares) {
        this.declares = declares;
        this.team = team;
        this.initial = initial;
        this.warm = warm;
        this.plainWork = initial == warm ? 0 : KernelParts.PLAIN_WORK;
        this.plainExponentials = initial == warm ? 0 : KernelParts.PLAIN_EXPONENTIALS;
        this.noises = new FloatNoise(team);
        this.exponentials = initial.floatElements(team);
        take(initial);
    }

    private void take(KernelParts parts) {
        product = parts.floatProduct(team);
        elements = parts.floatElements(team);
        rows = parts.floatRows(team);
        lanes = parts.floatLanes();
        squares = new FloatSquares(team, parts);
        masks = parts.floatMasks(team);
        images = parts.floatPatches(team);
        convolution = parts.floatConvolution(team);
        pooling = parts.floatPooling(team);
    }

    /** Return the current product. */
    FloatProduct product() {
        return product;
    }

    /** Count the work of a product and switch to the other parts if it is time: before a product, as every step has some. */
    private void beforeProduct(Matrix factor, int others) {
        if (plainWork > 0) {
            plainWork -= (long) factor.size() * others;
            if (plainWork <= 0) {
                take(warm);
            }
        }
    }

    /** Return the loops for the next {@code count} exponentials, switching to the other parts if it is time. */
    private FloatElements exponentials(int count) {
        if (plainExponentials > 0) {
            plainExponentials -= count;
            if (plainExponentials <= 0) {
                exponentials = warm.floatElements(team);
            }
        }
        return exponentials;
    }

    /** Return the loops that apply a function, or its derivative, to the next {@code count} elements. */
    private FloatElements elements(ScalarFunction function, int count) {
        FloatElements chosen = hasExponential(function) ? exponentials(count) : elements;
        chosen.function = function;
        return chosen;
    }

    /** Return whether a function or its derivative computes an exponential. */
    private static boolean hasExponential(ScalarFunction function) {
        return function instanceof CommonFunction
                && function != CommonFunction.IDENTITY
                && function != CommonFunction.RELU;
    }

    @Override
    public ThreadTeam team() {
        return team;
    }

    @Override
    public Kernels declaring(ThreadTeam other) {
        Given.require("team", other);
        return new FloatKernels(other, initial, warm, true);
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
    }

    @Override
    public Matrix matrix(int rows, int columns) {
        return declares ? Declared.zeros(precision(), rows, columns) : new FloatMatrix(rows, columns);
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        Given.require("a", a, "b", b, "c", c);
        requireProduct(a.columns() == b.rows(), "a·b", a, b, c);
        beforeProduct(a, b.columns());
        product.left(data(a), a.columns(), false).right(data(b), b.columns(), false);
        compute(c, a.rows(), b.columns(), a.columns(), accumulate);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        Given.require("a", a, "b", b, "c", c);
        requireProduct(a.rows() == b.rows(), "aᵀ·b", a, b, c);
        beforeProduct(a, b.columns());
        product.left(data(a), a.columns(), true).right(data(b), b.columns(), false);
        compute(c, a.columns(), b.columns(), a.rows(), accumulate);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        Given.require("a", a, "b", b, "c", c);
        requireProduct(a.columns() == b.columns(), "a·bᵀ", a, b, c);
        beforeProduct(a, b.rows());
        product.left(data(a), a.columns(), false).right(data(b), b.columns(), true);
        compute(c, a.rows(), b.rows(), a.columns(), accumulate);
    }

    private void compute(Matrix c, int m, int n, int k, boolean accumulate) {
        if (!accumulate) {
            c.reshape(m, n);
        } else if (c.rows() != m || c.columns() != n) {
            throw new IllegalArgumentException("result is " + c.shape() + ", the product is [" + m + ", " + n + "]");
        }
        if (k == 0 && !accumulate) {
            c.fill(0);
        }
        product.into(data(c), m, n, k, accumulate);
    }

    @Override
    public void addRow(Matrix x, Matrix row, Matrix out) {
        Given.require("x", x, "row", row, "out", out);
        requireRow(x, row);
        out.reshape(x.rows(), x.columns());
        rows.on(data(x), null, data(row), data(out), x.rows(), x.columns()).byRows(FloatRows::addRow);
    }

    @Override
    public void multiplyRow(Matrix x, Matrix factor, Matrix out) {
        Given.require("x", x, "factor", factor, "out", out);
        requireRow(x, factor);
        out.reshape(x.rows(), x.columns());
        rows.on(data(x), null, data(factor), data(out), x.rows(), x.columns()).byRows(FloatRows::multiplyRow);
    }

    @Override
    public void multiplyAddRow(Matrix x, Matrix factor, Matrix row, Matrix out) {
        Given.require("x", x, "factor", factor, "row", row, "out", out);
        requireRow(x, factor);
        requireRow(x, row);
        out.reshape(x.rows(), x.columns());
        rows.on(data(x), data(factor), data(row), data(out), x.rows(), x.columns())
                .byRows(FloatRows::multiplyAddRow);
    }

    @Override
    public void columnSums(Matrix x, Matrix sums, boolean accumulate) {
        Given.require("x", x, "sums", sums);
        beginSums(x, sums, accumulate);
        rows.on(data(x), null, null, data(sums), x.rows(), x.columns()).byColumns(FloatRows::columnSums);
    }

    @Override
    public void columnDots(Matrix x, Matrix y, Matrix sums, boolean accumulate) {
        Given.require("x", x, "y", y, "sums", sums);
        requireSame(x, y);
        beginSums(x, sums, accumulate);
        rows.on(data(x), data(y), null, data(sums), x.rows(), x.columns()).byColumns(FloatRows::columnDots);
    }

    private static void beginSums(Matrix x, Matrix sums, boolean accumulate) {
        if (accumulate) {
            requireRow(x, sums);
        } else {
            sums.reshape(1, x.columns());
            sums.fill(0);
        }
    }

    @Override
    public void softmaxRows(Matrix z, Matrix a) {
        Given.require("z", z, "a", a);
        a.reshape(z.rows(), z.columns());
        float[] from = data(z);
        float[] to = data(a);
        int n = z.columns();
        int size = z.size();
        for (int start = 0; start < size; start += n) {
            rows.subtract(from, rows.max(from, start, n), to, start, n);
        }
        exponentials(size).on(to, to, null, null).run(FloatElements::exponential, size);
        for (int start = 0; start < size; start += n) {
            rows.divide(to, lanes.sum(to, start, n), start, n);
        }
    }

    @Override
    public void softmaxBackward(Matrix a, Matrix g, Matrix delta) {
        Given.require("a", a, "g", g, "delta", delta);
        requireSame(a, g);
        delta.reshape(a.rows(), a.columns());
        float[] outputs = data(a);
        float[] gradients = data(g);
        float[] to = data(delta);
        int n = a.columns();
        int size = a.size();
        for (int start = 0; start < size; start += n) {
            rows.softmaxBackward(outputs, gradients, lanes.dot(gradients, outputs, start, n), to, start, n);
        }
    }

    @Override
    public void normalizeRows(Matrix x, double epsilon, Matrix normalized, Matrix deviations) {
        Given.require("x", x, "normalized", normalized, "deviations", deviations);
        normalized.reshape(x.rows(), x.columns());
        deviations.reshape(x.rows(), 1);
        float[] from = data(x);
        float[] to = data(normalized);
        float[] divisors = data(deviations);
        int n = x.columns();
        for (int i = 0; i < x.rows(); i++) {
            int start = i * n;
            rows.subtract(from, lanes.sum(from, start, n) / n, to, start, n);
            divisors[i] = (float) Math.sqrt(lanes.dot(to, to, start, n) / n + (float) epsilon);
            rows.divide(to, divisors[i], start, n);
        }
    }

    @Override
    public void normalizeRowsBackward(Matrix normalized, Matrix deviations, Matrix g, Matrix delta) {
        Given.require("normalized", normalized, "deviations", deviations, "g", g, "delta", delta);
        requireSame(normalized, g);
        requireColumn(normalized, deviations);
        delta.reshape(g.rows(), g.columns());
        float[] outputs = data(normalized);
        float[] divisors = data(deviations);
        float[] gradients = data(g);
        float[] to = data(delta);
        int n = g.columns();
        for (int i = 0; i < g.rows(); i++) {
            int start = i * n;
            float slope = lanes.dot(gradients, outputs, start, n) / n;
            rows.subtract(gradients, lanes.sum(gradients, start, n) / n, to, start, n);
            rows.addScaled(outputs, -slope, to, start, n);
            rows.divide(to, divisors[i], start, n);
        }
    }

    @Override
    public void logSumExpRows(Matrix z, Matrix out) {
        Given.require("z", z, "out", out);
        out.reshape(z.rows(), 1);
        float[] from = data(z);
        float[] to = data(out);
        int n = z.columns();
        int size = z.size();
        makePowers(size);
        for (int i = 0; i < z.rows(); i++) {
            to[i] = rows.max(from, i * n, n);
            rows.subtract(from, to[i], powers, i * n, n);
        }
        exponentials(size).on(powers, powers, null, null).run(FloatElements::exponential, size);
        for (int i = 0; i < z.rows(); i++) {
            to[i] = to[i] + FloatLogarithm.log(lanes.sum(powers, i * n, n));
        }
    }

    @Override
    public void logSoftmaxRows(Matrix z, Matrix a) {
        Given.require("z", z, "a", a);
        a.reshape(z.rows(), z.columns());
        float[] from = data(z);
        float[] to = data(a);
        int n = z.columns();
        int size = z.size();
        makePowers(size);
        for (int start = 0; start < size; start += n) {
            rows.subtract(from, rows.max(from, start, n), to, start, n);
        }
        exponentials(size).on(to, powers, null, null).run(FloatElements::exponential, size);
        for (int start = 0; start < size; start += n) {
            rows.subtract(to, FloatLogarithm.log(lanes.sum(powers, start, n)), to, start, n);
        }
    }

    @Override
    public void logSoftmaxBackward(Matrix a, Matrix g, Matrix delta) {
        Given.require("a", a, "g", g, "delta", delta);
        requireSame(a, g);
        int n = a.columns();
        int size = a.size();
        makePowers(size);
        exponentials(size).on(data(a), powers, null, null).run(FloatElements::exponential, size);
        delta.copyFrom(g);
        float[] to = data(delta);
        for (int start = 0; start < size; start += n) {
            rows.addScaled(powers, -lanes.sum(to, start, n), to, start, n);
        }
    }

    private void makePowers(int size) {
        if (powers.length < size) {
            powers = new float[size];
        }
    }

    @Override
    public void map(ScalarFunction function, Matrix z, Matrix a) {
        Given.require("function", function, "z", z, "a", a);
        a.reshape(z.rows(), z.columns());
        elements(function, z.size()).on(data(z), data(a), null, null).run(FloatElements::map, z.size());
    }

    @Override
    public void mapBackward(ScalarFunction function, Matrix z, Matrix a, Matrix g, Matrix delta) {
        Given.require("function", function, "z", z, "a", a, "g", g, "delta", delta);
        requireSame(z, a);
        requireSame(z, g);
        delta.reshape(z.rows(), z.columns());
        elements(function, z.size())
                .on(data(z), data(a), data(g), data(delta))
                .run(FloatElements::mapBackward, z.size());
    }

    @Override
    public void subtractDivide(Matrix x, Matrix y, double divisor, Matrix out) {
        Given.require("x", x, "y", y, "out", out);
        requireSame(x, y);
        out.reshape(x.rows(), x.columns());
        elements.factor = (float) divisor;
        elements.on(data(x), data(y), data(out), null).run(FloatElements::subtractDivide, x.size());
    }

    @Override
    public void divide(double divisor, Matrix x) {
        Given.require("x", x);
        rows.divide(data(x), (float) divisor, 0, x.size());
    }

    @Override
    public void zip(PairFunction function, Matrix x, Matrix y, double c, Matrix out) {
        Given.require("function", function, "x", x, "y", y, "out", out);
        float[] from = data(x);
        float[] partners = data(y);
        boolean classNumbers = FloatPairLoop.isClassNumbers((FloatMatrix) x, y);
        out.reshape(x.rows(), x.columns());
        float[] to = data(out);
        int n = x.columns();
        FloatPairLoop loop = FloatPairLoop.LOOPS.get(function.getClass());
        for (int i = 0; i < x.rows(); i++) {
            loop.zip(function, from, i * n, partners, classNumbers ? i : i * n, classNumbers, c, to, n);
        }
    }

    @Override
    public void sumRows(PairFunction function, Matrix x, Matrix y, double c, Matrix sums) {
        Given.require("function", function, "x", x, "y", y, "sums", sums);
        float[] from = data(x);
        float[] partners = data(y);
        boolean classNumbers = FloatPairLoop.isClassNumbers((FloatMatrix) x, y);
        sums.reshape(x.rows(), 1);
        float[] to = data(sums);
        int n = x.columns();
        FloatPairLoop loop = FloatPairLoop.LOOPS.get(function.getClass());
        for (int i = 0; i < x.rows(); i++) {
            to[i] = (float) loop.sum(function, from, i * n, partners, classNumbers ? i : i * n, classNumbers, c, n);
        }
    }

    @Override
    public void drawMask(RandomStream stream, int epoch, long first, double rate, double kept, Matrix mask) {
        Given.require("stream", stream, "mask", mask);
        masks.draw(stream, epoch, first, rate, (float) kept, data(mask), mask.rows(), mask.columns());
    }

    @Override
    public void drawNoise(RandomStream stream, int epoch, long first, double deviation, Matrix noise) {
        Given.require("stream", stream, "noise", noise);
        noises.draw(stream, epoch, first, deviation, data(noise), noise.rows(), noise.columns());
    }

    @Override
    public void hadamard(Matrix x, Matrix y, Matrix out) {
        Given.require("x", x, "y", y, "out", out);
        requireSame(x, y);
        out.reshape(x.rows(), x.columns());
        elements.on(data(x), data(y), data(out), null).run(FloatElements::hadamard, x.size());
    }

    @Override
    public void gatherColumns(Matrix x, int[] columns, Matrix out) {
        Given.require("x", x, "columns", columns, "out", out);
        requireOther(x, out);
        for (int column : columns) {
            if (column < 0 || column >= x.columns()) {
                throw new IllegalArgumentException("column " + column + " of a matrix " + x.shape());
            }
        }
        out.reshape(x.rows(), columns.length);
        rows.gather(data(x), x.columns(), columns, data(out), out.size());
    }

    @Override
    public void gatherPatches(Matrix x, Patches patches, int first, int count, Matrix out) {
        Given.require("x", x, "patches", patches, "out", out);
        requireOther(x, out);
        requirePatches(x, patches, first, count);
        out.reshape(count, patches.size());
        images.gather(data(x), patches, first, count, data(out));
    }

    @Override
    public void addPatches(Matrix rows, Patches patches, int first, Matrix x) {
        Given.require("rows", rows, "patches", patches, "x", x);
        requireOther(rows, x);
        requirePatches(x, patches, first, rows.rows());
        if (rows.columns() != patches.size()) {
            throw new IllegalArgumentException(
                    "rows are " + rows.shape() + ", a patch has " + patches.size() + " numbers");
        }
        images.add(data(rows), patches, first, rows.rows(), data(x));
    }

    @Override
    public void multiplyPatches(Matrix x, Patches patches, Matrix w, int from, int count, Matrix z) {
        Given.require("x", x, "patches", patches, "w", w, "z", z);
        requireOther(x, z);
        requireOther(w, z);
        convolution(x, patches, w, from, count, z).forward();
    }

    @Override
    public void multiplyPatchesTransA(
            Matrix x, Patches patches, Matrix delta, int from, int count, Matrix dw, boolean accumulate) {
        Given.require("x", x, "patches", patches, "delta", delta, "dw", dw);
        requireOther(x, dw);
        requireOther(delta, dw);
        convolution(x, patches, dw, from, count, delta).gradient(accumulate);
    }

    @Override
    public void multiplyTransBAddPatches(
            Matrix delta, Matrix w, int from, int count, Patches patches, Matrix dx, boolean accumulate) {
        Given.require("delta", delta, "w", w, "patches", patches, "dx", dx);
        requireOther(delta, dx);
        requireOther(w, dx);
        convolution(dx, patches, w, from, count, delta).backward(accumulate);
    }

    /** Return the products with operands whose shapes fit. */
    private FloatConvolution convolution(Matrix x, Patches patches, Matrix w, int from, int count, Matrix z) {
        requirePatches(x, patches, 0, 0);
        Objects.checkFromIndexSize(from, count, w.columns());
        if (w.rows() != patches.size() || z.columns() != w.columns() || z.rows() != x.rows() * patches.positions()) {
            throw new IllegalArgumentException("weights are " + w.shape() + " and outputs " + z.shape() + ", there are "
                    + x.rows() * patches.positions() + " patches of " + patches.size() + " numbers");
        }
        beforeProduct(w, z.rows());
        return convolution.of(data(x), patches, x.rows()).by(data(w), data(z), from, count, w.columns());
    }

    @Override
    public void maxPatches(Matrix x, Patches patches, Matrix out) {
        Given.require("x", x, "patches", patches, "out", out);
        requireOther(x, out);
        requirePatches(x, patches, 0, 0);
        out.reshape(x.rows(), patches.positions() * patches.count());
        pooling.on(patches, data(x), data(out), null, null).run(FloatPooling::max, x.rows());
    }

    @Override
    public void maxPatchesBackward(Matrix x, Matrix out, Matrix g, Patches patches, Matrix dx) {
        Given.require("x", x, "out", out, "g", g, "patches", patches, "dx", dx);
        requireOther(x, dx);
        requireOther(g, dx);
        requirePatches(x, patches, 0, 0);
        requirePooled(out, patches);
        requireSame(out, g);
        dx.reshape(x.rows(), x.columns());
        dx.fill(0);
        pooling.on(patches, data(x), data(out), data(g), data(dx)).run(FloatPooling::maxBackward, x.rows());
    }

    @Override
    public void meanPatches(Matrix x, Patches patches, Matrix out) {
        Given.require("x", x, "patches", patches, "out", out);
        requireOther(x, out);
        requirePatches(x, patches, 0, 0);
        out.reshape(x.rows(), patches.positions() * patches.count());
        pooling.on(patches, data(x), data(out), null, null).run(FloatPooling::mean, x.rows());
    }

    @Override
    public void meanPatchesBackward(Matrix g, Patches patches, Matrix dx) {
        Given.require("g", g, "patches", patches, "dx", dx);
        requireOther(g, dx);
        requirePooled(g, patches);
        dx.reshape(g.rows(), patches.pixels());
        dx.fill(0);
        pooling.on(patches, null, null, data(g), data(dx)).run(FloatPooling::meanBackward, g.rows());
    }

    @Override
    public void addScaled(double alpha, Matrix x, Matrix y) {
        Given.require("x", x, "y", y);
        requireSame(x, y);
        elements.factor = (float) alpha;
        elements.on(data(y), data(x), null, null).run(FloatElements::addScaled, x.size());
    }

    @Override
    public void scale(double factor, Matrix x) {
        Given.require("x", x);
        elements.factor = (float) factor;
        elements.on(data(x), null, null, null).run(FloatElements::scale, x.size());
    }

    @Override
    public double sum(Matrix x) {
        Given.require("x", x);
        return lanes.sum(data(x), 0, x.size());
    }

    @Override
    public double sumOfSquares(Matrix x) {
        Given.require("x", x);
        return lanes.dot(data(x), data(x), 0, x.size());
    }

    @Override
    public double sumOfSquares(List<Matrix> matrices) {
        Given.require("matrices", matrices);
        squares.begin(matrices.size());
        for (int i = 0; i < matrices.size(); i++) {
            squares.take(i, data(matrices.get(i)), matrices.get(i).size());
        }
        return squares.sum();
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        Given.require("x", x, "y", y);
        requireSame(x, y);
        return lanes.dot(data(x), data(y), 0, x.size());
    }

    @Override
    public double sumOfMagnitudes(Matrix x) {
        Given.require("x", x);
        return lanes.magnitudes(data(x), 0, x.size());
    }

    @Override
    public void update(UpdateRule rule, Matrix w, Matrix g, Matrix first) {
        Given.require("rule", rule, "w", w, "g", g, "first", first);
        requireSame(w, g);
        requireSame(w, first);
        elements.rule = rule;
        elements.on(data(w), data(g), data(first), null).run(FloatElements::update, w.size());
    }

    @Override
    public void update(UpdateRule rule, Matrix w, Matrix g, Matrix first, Matrix second) {
        Given.require("rule", rule, "w", w, "g", g, "first", first, "second", second);
        requireSame(w, g);
        requireSame(w, first);
        requireSame(w, second);
        elements.rule = rule;
        elements.on(data(w), data(g), data(first), data(second)).run(FloatElements::update, w.size());
    }

    private static float[] data(Matrix matrix) {
        if (matrix instanceof FloatMatrix same) {
            return same.storage().data;
        }
        throw new IllegalArgumentException("matrix " + matrix.shape() + " is " + matrix.precision()
                + ", these kernels compute " + Precision.FLOAT32);
    }
}
