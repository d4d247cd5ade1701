package dev.chainrule.math.kernel;

import dev.chainrule.math.DoubleMatrix;
import dev.chainrule.math.Draws;
import dev.chainrule.math.FloatMatrix;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.PairFunction;
import dev.chainrule.math.Patches;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ScalarFunction;
import dev.chainrule.math.Strict;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.UpdateRule;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Compute {@link Kernels} as the contract reads, element by element, with no thought of speed.
 *
 * <p>Elements are read as double and every operation is rounded to the precision at once: for float32 by computing in float.
 */
final class ReferenceKernels implements Kernels {
    private final Precision precision;

    ReferenceKernels(Precision precision) {
        this.precision = precision;
    }

    @Override
    public ThreadTeam team() {
        return new ThreadTeam(1);
    }

    @Override
    public Kernels declaring(ThreadTeam team) {
        return this;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public Matrix matrix(int rows, int columns) {
        return precision == Precision.FLOAT32 ? new FloatMatrix(rows, columns) : new DoubleMatrix(rows, columns);
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        product(a.rows(), b.columns(), a.columns(), a::get, b::get, c, accumulate);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        product(a.columns(), b.columns(), a.rows(), (i, k) -> a.get(k, i), b::get, c, accumulate);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        product(a.rows(), b.rows(), a.columns(), a::get, (k, j) -> b.get(j, k), c, accumulate);
    }

    private interface Elements {
        double at(int row, int column);
    }

    private void product(int m, int n, int depth, Elements a, Elements b, Matrix c, boolean accumulate) {
        if (!accumulate) {
            c.reshape(m, n);
        }
        for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
                double sum = accumulate ? c.get(i, j) : 0;
                for (int k = 0; k < depth; k++) {
                    sum = fma(a.at(i, k), b.at(k, j), sum);
                }
                c.set(i, j, sum);
            }
        }
    }

    @Override
    public void addRow(Matrix x, Matrix row, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> add(x.get(i, j), row.get(0, j)), out);
    }

    @Override
    public void multiplyRow(Matrix x, Matrix factor, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> multiply(x.get(i, j), factor.get(0, j)), out);
    }

    @Override
    public void multiplyAddRow(Matrix x, Matrix factor, Matrix row, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> fma(x.get(i, j), factor.get(0, j), row.get(0, j)), out);
    }

    @Override
    public void columnSums(Matrix x, Matrix sums, boolean accumulate) {
        if (!accumulate) {
            sums.reshape(1, x.columns());
        }
        for (int j = 0; j < x.columns(); j++) {
            double sum = accumulate ? sums.get(0, j) : 0;
            for (int i = 0; i < x.rows(); i++) {
                sum = add(sum, x.get(i, j));
            }
            sums.set(0, j, sum);
        }
    }

    @Override
    public void columnDots(Matrix x, Matrix y, Matrix sums, boolean accumulate) {
        if (!accumulate) {
            sums.reshape(1, x.columns());
        }
        for (int j = 0; j < x.columns(); j++) {
            double sum = accumulate ? sums.get(0, j) : 0;
            for (int i = 0; i < x.rows(); i++) {
                sum = fma(x.get(i, j), y.get(i, j), sum);
            }
            sums.set(0, j, sum);
        }
    }

    @Override
    public void softmaxRows(Matrix z, Matrix a) {
        a.reshape(z.rows(), z.columns());
        for (int i = 0; i < z.rows(); i++) {
            int row = i;
            double max = max(z, row);
            double sum = lanes(z.columns(), j -> exp(add(z.get(row, j), -max)), this::add);
            for (int j = 0; j < z.columns(); j++) {
                a.set(i, j, divide(exp(add(z.get(i, j), -max)), sum));
            }
        }
    }

    @Override
    public void softmaxBackward(Matrix a, Matrix g, Matrix delta) {
        delta.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            double dot = lanesOfProducts(a, g, i);
            for (int j = 0; j < a.columns(); j++) {
                delta.set(i, j, multiply(a.get(i, j), add(g.get(i, j), -dot)));
            }
        }
    }

    @Override
    public void normalizeRows(Matrix x, double epsilon, Matrix normalized, Matrix deviations) {
        normalized.reshape(x.rows(), x.columns());
        deviations.reshape(x.rows(), 1);
        for (int i = 0; i < x.rows(); i++) {
            int row = i;
            double mean = divide(lanes(x.columns(), j -> x.get(row, j), this::add), x.columns());
            for (int j = 0; j < x.columns(); j++) {
                normalized.set(i, j, add(x.get(i, j), -mean));
            }
            double variance = divide(lanesOfProducts(normalized, normalized, i), x.columns());
            deviations.set(i, 0, sqrt(add(variance, round(epsilon))));
            for (int j = 0; j < x.columns(); j++) {
                normalized.set(i, j, divide(normalized.get(i, j), deviations.get(i, 0)));
            }
        }
    }

    @Override
    public void normalizeRowsBackward(Matrix normalized, Matrix deviations, Matrix g, Matrix delta) {
        delta.reshape(g.rows(), g.columns());
        for (int i = 0; i < g.rows(); i++) {
            int row = i;
            double mean = divide(lanes(g.columns(), j -> g.get(row, j), this::add), g.columns());
            double slope = divide(lanesOfProducts(g, normalized, i), g.columns());
            for (int j = 0; j < g.columns(); j++) {
                double rest = fma(normalized.get(i, j), -slope, add(g.get(i, j), -mean));
                delta.set(i, j, divide(rest, deviations.get(i, 0)));
            }
        }
    }

    @Override
    public void logSumExpRows(Matrix z, Matrix out) {
        out.reshape(z.rows(), 1);
        for (int i = 0; i < z.rows(); i++) {
            int row = i;
            double max = max(z, row);
            double sum = lanes(z.columns(), j -> exp(add(z.get(row, j), -max)), this::add);
            double log = precision == Precision.FLOAT32 ? Strict.log((float) sum) : Strict.log(sum);
            out.set(i, 0, add(max, log));
        }
    }

    @Override
    public void logSoftmaxRows(Matrix z, Matrix a) {
        a.reshape(z.rows(), z.columns());
        for (int i = 0; i < z.rows(); i++) {
            int row = i;
            double max = max(z, row);
            double sum = lanes(z.columns(), j -> exp(add(z.get(row, j), -max)), this::add);
            double log = precision == Precision.FLOAT32 ? Strict.log((float) sum) : Strict.log(sum);
            for (int j = 0; j < z.columns(); j++) {
                a.set(i, j, add(add(z.get(i, j), -max), -log));
            }
        }
    }

    @Override
    public void logSoftmaxBackward(Matrix a, Matrix g, Matrix delta) {
        delta.reshape(a.rows(), a.columns());
        for (int i = 0; i < a.rows(); i++) {
            int row = i;
            double sum = lanes(a.columns(), j -> g.get(row, j), this::add);
            for (int j = 0; j < a.columns(); j++) {
                delta.set(i, j, fma(-sum, exp(a.get(i, j)), g.get(i, j)));
            }
        }
    }

    @Override
    public void map(ScalarFunction function, Matrix z, Matrix a) {
        a.reshape(z.rows(), z.columns());
        each(z, (i, j) -> value(function, z.get(i, j)), a);
    }

    @Override
    public void mapBackward(ScalarFunction function, Matrix z, Matrix a, Matrix g, Matrix delta) {
        delta.reshape(z.rows(), z.columns());
        each(z, (i, j) -> multiply(g.get(i, j), derivative(function, z.get(i, j), a.get(i, j))), delta);
    }

    @Override
    public void subtractDivide(Matrix x, Matrix y, double divisor, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> divide(add(x.get(i, j), -y.get(i, j)), round(divisor)), out);
    }

    @Override
    public void divide(double divisor, Matrix x) {
        each(x, (i, j) -> divide(x.get(i, j), round(divisor)), x);
    }

    @Override
    public void zip(PairFunction function, Matrix x, Matrix y, double c, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> function.of(x.get(i, j), partner(x, y, i, j), c), out);
    }

    @Override
    public void sumRows(PairFunction function, Matrix x, Matrix y, double c, Matrix sums) {
        sums.reshape(x.rows(), 1);
        for (int i = 0; i < x.rows(); i++) {
            double sum = 0;
            for (int j = 0; j < x.columns(); j++) {
                sum += function.of(x.get(i, j), partner(x, y, i, j), c);
            }
            sums.set(i, 0, sum);
        }
    }

    private static double partner(Matrix x, Matrix y, int i, int j) {
        boolean classNumbers = y.columns() == 1 && x.columns() > 1;
        return classNumbers ? (y.get(i, 0) == j ? 1 : 0) : y.get(i, j);
    }

    @Override
    public void drawMask(RandomStream stream, int epoch, long first, double rate, double kept, Matrix mask) {
        for (int i = 0; i < mask.rows(); i++) {
            Draws draws = stream.at(epoch, first + i);
            for (int j = 0; j < mask.columns(); j++) {
                mask.set(i, j, draws.uniform24() < rate ? 0 : kept);
            }
        }
    }

    @Override
    public void drawNoise(RandomStream stream, int epoch, long first, double deviation, Matrix noise) {
        for (int i = 0; i < noise.rows(); i++) {
            Draws draws = stream.at(epoch, first + i);
            for (int j = 0; j < noise.columns(); j++) {
                noise.set(i, j, deviation * draws.noise());
            }
        }
    }

    @Override
    public void hadamard(Matrix x, Matrix y, Matrix out) {
        out.reshape(x.rows(), x.columns());
        each(x, (i, j) -> multiply(x.get(i, j), y.get(i, j)), out);
    }

    @Override
    public void gatherColumns(Matrix x, int[] columns, Matrix out) {
        out.reshape(x.rows(), columns.length);
        each(out, (i, j) -> x.get(i, columns[j]), out);
    }

    @Override
    public void gatherPatches(Matrix x, Patches patches, int first, int count, Matrix out) {
        out.reshape(count, patches.size());
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < patches.size(); j++) {
                int column = column(patches, first + i, j);
                out.set(i, j, column < 0 ? 0 : x.get((first + i) / patches.positions(), column));
            }
        }
    }

    @Override
    public void addPatches(Matrix rows, Patches patches, int first, Matrix x) {
        for (int i = 0; i < rows.rows(); i++) {
            for (int j = 0; j < patches.size(); j++) {
                int image = (first + i) / patches.positions();
                int column = column(patches, first + i, j);
                if (column >= 0) {
                    x.set(image, column, add(x.get(image, column), rows.get(i, j)));
                }
            }
        }
    }

    @Override
    public void multiplyPatches(Matrix x, Patches patches, Matrix w, int from, int count, Matrix z) {
        Matrix product = matrix(0, 0);
        multiply(all(x, patches), w, product, false);
        z.copyColumns(product, from, from, count);
    }

    @Override
    public void multiplyPatchesTransA(
            Matrix x, Patches patches, Matrix delta, int from, int count, Matrix dw, boolean accumulate) {
        Matrix product = dw.copy();
        multiplyTransA(all(x, patches), delta, product, accumulate);
        dw.copyColumns(product, from, from, count);
    }

    @Override
    public void multiplyTransBAddPatches(
            Matrix delta, Matrix w, int from, int count, Patches patches, Matrix dx, boolean accumulate) {
        Matrix some = matrix(delta.rows(), count);
        some.copyColumns(delta, from, 0, count);
        Matrix their = matrix(w.rows(), count);
        their.copyColumns(w, from, 0, count);
        Matrix product = matrix(0, 0);
        multiplyTransB(some, their, product, false);
        if (!accumulate) {
            dx.fill(0);
        }
        addPatches(product, patches, 0, dx);
    }

    private Matrix all(Matrix x, Patches patches) {
        Matrix rows = matrix(0, 0);
        gatherPatches(x, patches, 0, x.rows() * patches.positions(), rows);
        return rows;
    }

    @Override
    public void maxPatches(Matrix x, Patches patches, Matrix out) {
        pool(x.rows(), patches, out, (image, columns) -> {
            double max = Double.NEGATIVE_INFINITY;
            for (int column : columns) {
                max = Math.max(max, x.get(image, column));
            }
            return max;
        });
    }

    @Override
    public void maxPatchesBackward(Matrix x, Matrix out, Matrix g, Patches patches, Matrix dx) {
        dx.reshape(x.rows(), patches.pixels());
        dx.fill(0);
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < out.columns(); j++) {
                for (int column : columns(patches, j)) {
                    if (x.get(i, column) == out.get(i, j)) {
                        dx.set(i, column, add(dx.get(i, column), g.get(i, j)));
                        break;
                    }
                }
            }
        }
    }

    @Override
    public void meanPatches(Matrix x, Patches patches, Matrix out) {
        pool(x.rows(), patches, out, (image, columns) -> {
            double sum = 0;
            for (int column : columns) {
                sum = add(sum, x.get(image, column));
            }
            return divide(sum, columns.length);
        });
    }

    @Override
    public void meanPatchesBackward(Matrix g, Patches patches, Matrix dx) {
        dx.reshape(g.rows(), patches.pixels());
        dx.fill(0);
        for (int i = 0; i < g.rows(); i++) {
            for (int j = 0; j < g.columns(); j++) {
                int[] columns = columns(patches, j);
                for (int column : columns) {
                    dx.set(i, column, add(dx.get(i, column), divide(g.get(i, j), columns.length)));
                }
            }
        }
    }

    private interface Pooled {
        double of(int image, int... columns);
    }

    private static void pool(int rows, Patches patches, Matrix out, Pooled pooled) {
        out.reshape(rows, patches.positions() * patches.count());
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < out.columns(); j++) {
                out.set(i, j, pooled.of(i, columns(patches, j)));
            }
        }
    }

    /** Return the columns of the images from which an output is pooled. */
    private static int[] columns(Patches patches, int output) {
        return IntStream.range(0, patches.size() / patches.count())
                .map(place ->
                        column(patches, output / patches.count(), place * patches.count() + output % patches.count()))
                .filter(column -> column >= 0)
                .toArray();
    }

    /** Return the column of a number of a patch in the matrix of images; −1 for none. */
    private static int column(Patches patches, int patch, int number) {
        int position = patch % patches.positions();
        int place = number / patches.count();
        int across = patches.horizontal().positions();
        int y = patches.vertical()
                .place(position / across, place / patches.horizontal().size());
        int x = patches.horizontal()
                .place(position % across, place % patches.horizontal().size());
        int height = patches.vertical().length();
        int width = patches.horizontal().length();
        return y < 0 || y >= height || x < 0 || x >= width
                ? -1
                : (y * width + x) * patches.channels() + patches.first() + number % patches.count();
    }

    @Override
    public void addScaled(double alpha, Matrix x, Matrix y) {
        each(x, (i, j) -> fma(round(alpha), x.get(i, j), y.get(i, j)), y);
    }

    @Override
    public void scale(double factor, Matrix x) {
        each(x, (i, j) -> multiply(round(factor), x.get(i, j)), x);
    }

    @Override
    public double sum(Matrix x) {
        return lanes(x.size(), i -> x.get(i / x.columns(), i % x.columns()), this::add);
    }

    @Override
    public double sumOfSquares(Matrix x) {
        return dot(x, x);
    }

    @Override
    public double dot(Matrix x, Matrix y) {
        return lanesOfProducts(row(x), row(y), 0);
    }

    /** Return the elements of a matrix as one row. */
    private Matrix row(Matrix x) {
        Matrix row = matrix(1, x.size());
        for (int i = 0; i < x.size(); i++) {
            row.set(0, i, x.get(i / x.columns(), i % x.columns()));
        }
        return row;
    }

    @Override
    public double sumOfSquares(List<Matrix> matrices) {
        double sum = 0;
        for (Matrix matrix : matrices) {
            sum += sumOfSquares(matrix);
        }
        return sum;
    }

    @Override
    public double sumOfMagnitudes(Matrix x) {
        return lanes(x.size(), i -> Math.abs(x.get(i / x.columns(), i % x.columns())), this::add);
    }

    @Override
    public void update(UpdateRule rule, Matrix w, Matrix g, Matrix first) {
        update(rule, w, g, first, matrix(w.rows(), w.columns()));
    }

    @Override
    public void update(UpdateRule rule, Matrix w, Matrix g, Matrix first, Matrix second) {
        for (int i = 0; i < w.rows(); i++) {
            for (int j = 0; j < w.columns(); j++) {
                double x = w.get(i, j);
                double y = g.get(i, j);
                double s = first.get(i, j);
                double t = second.get(i, j);
                boolean narrow = precision == Precision.FLOAT32;
                w.set(
                        i,
                        j,
                        narrow
                                ? rule.parameter((float) x, (float) y, (float) s, (float) t)
                                : rule.parameter(x, y, s, t));
                first.set(
                        i, j, narrow ? rule.first((float) x, (float) y, (float) s, (float) t) : rule.first(x, y, s, t));
                second.set(
                        i,
                        j,
                        narrow ? rule.second((float) x, (float) y, (float) s, (float) t) : rule.second(x, y, s, t));
            }
        }
    }

    private static void each(Matrix shape, Elements elements, Matrix out) {
        for (int i = 0; i < shape.rows(); i++) {
            for (int j = 0; j < shape.columns(); j++) {
                out.set(i, j, elements.at(i, j));
            }
        }
    }

    private static double max(Matrix z, int row) {
        double max = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < z.columns(); j++) {
            max = Math.max(max, z.get(row, j));
        }
        return max;
    }

    private double lanes(int count, IntToDoubleFunction term, DoubleBinaryOperator plus) {
        double[] lanes = new double[LANES];
        for (int j = 0; j < count; j++) {
            lanes[j % LANES] = plus.applyAsDouble(lanes[j % LANES], term.applyAsDouble(j));
        }
        return folded(lanes);
    }

    private double lanesOfProducts(Matrix x, Matrix y, int row) {
        double[] lanes = new double[LANES];
        for (int j = 0; j < x.columns(); j++) {
            lanes[j % LANES] = fma(x.get(row, j), y.get(row, j), lanes[j % LANES]);
        }
        return folded(lanes);
    }

    private double folded(double[] lanes) {
        double[] eight = new double[8];
        for (int l = 0; l < 8; l++) {
            eight[l] = add(lanes[l], lanes[l + 8]);
        }
        double[] four = new double[4];
        for (int l = 0; l < 4; l++) {
            four[l] = add(eight[l], eight[l + 4]);
        }
        return add(add(four[0], four[2]), add(four[1], four[3]));
    }

    private double round(double x) {
        return precision == Precision.FLOAT32 ? (float) x : x;
    }

    private double add(double x, double y) {
        return precision == Precision.FLOAT32 ? (float) x + (float) y : x + y;
    }

    private double multiply(double x, double y) {
        return precision == Precision.FLOAT32 ? (float) x * (float) y : x * y;
    }

    private double divide(double x, double y) {
        return precision == Precision.FLOAT32 ? (float) x / (float) y : x / y;
    }

    private double fma(double x, double y, double z) {
        return precision == Precision.FLOAT32 ? Math.fma((float) x, (float) y, (float) z) : Math.fma(x, y, z);
    }

    private double sqrt(double x) {
        return round(StrictMath.sqrt(x));
    }

    private double exp(double x) {
        return precision == Precision.FLOAT32 ? Strict.exp((float) x) : Strict.exp(x);
    }

    private double value(ScalarFunction function, double z) {
        return precision == Precision.FLOAT32 ? function.value((float) z) : function.value(z);
    }

    private double derivative(ScalarFunction function, double z, double a) {
        return precision == Precision.FLOAT32 ? function.derivative((float) z, (float) a) : function.derivative(z, a);
    }
}
