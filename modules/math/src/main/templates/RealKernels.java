package dev.chainrule.math;

/** Compute {@link Kernels} in {@code @real@}, in plain Java. */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
final class @Real@Kernels implements Kernels {
    private final @Real@Product product;

    @Real@Kernels(ThreadTeam team) {
        this.product = new @Real@Product(team);
    }

    @Override
    public Precision precision() {
        return Precision.@precision@;
    }

    @Override
    public Matrix matrix(int rows, int columns) {
        return new @Real@Matrix(rows, columns);
    }

    @Override
    public void multiply(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        requireProduct(a.columns() == b.rows(), "a·b", a, b);
        product.left(data(a), a.columns(), false).right(data(b), b.columns(), false);
        compute(a, b, c, a.rows(), b.columns(), a.columns(), accumulate);
    }

    @Override
    public void multiplyTransA(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        requireProduct(a.rows() == b.rows(), "aᵀ·b", a, b);
        product.left(data(a), a.columns(), true).right(data(b), b.columns(), false);
        compute(a, b, c, a.columns(), b.columns(), a.rows(), accumulate);
    }

    @Override
    public void multiplyTransB(Matrix a, Matrix b, Matrix c, boolean accumulate) {
        requireProduct(a.columns() == b.columns(), "a·bᵀ", a, b);
        product.left(data(a), a.columns(), false).right(data(b), b.columns(), true);
        compute(a, b, c, a.rows(), b.rows(), a.columns(), accumulate);
    }

    private void compute(Matrix a, Matrix b, Matrix c, int m, int n, int k, boolean accumulate) {
        if (c == a || c == b) {
            throw new IllegalArgumentException("the result " + c.shape() + " is one of its factors");
        }
        prepare(c, m, n, accumulate, k == 0);
        product.into(data(c), m, n, k, accumulate);
    }

    @Override
    public void addRow(Matrix x, Matrix row) {
        requireRow(x, row);
        @real@[] to = data(x);
        @real@[] add = data(row);
        int n = x.columns();
        for (int start = 0; start < x.size(); start += n) {
            for (int j = 0; j < n; j++) {
                to[start + j] += add[j];
            }
        }
    }

    @Override
    public void multiplyAddRow(Matrix x, Matrix factor, Matrix row) {
        requireRow(x, factor);
        requireRow(x, row);
        @real@[] to = data(x);
        @real@[] times = data(factor);
        @real@[] add = data(row);
        int n = x.columns();
        for (int start = 0; start < x.size(); start += n) {
            for (int j = 0; j < n; j++) {
                to[start + j] = Math.fma(to[start + j], times[j], add[j]);
            }
        }
    }

    @Override
    public void columnSums(Matrix x, Matrix sums) {
        prepare(sums, 1, x.columns(), false, true);
        @real@[] from = data(x);
        @real@[] to = data(sums);
        int n = x.columns();
        for (int start = 0; start < x.size(); start += n) {
            for (int j = 0; j < n; j++) {
                to[j] += from[start + j];
            }
        }
    }

    @Override
    public void columnDots(Matrix x, Matrix y, Matrix sums) {
        requireSame(x, y);
        prepare(sums, 1, x.columns(), false, true);
        @real@[] left = data(x);
        @real@[] right = data(y);
        @real@[] to = data(sums);
        int n = x.columns();
        for (int start = 0; start < x.size(); start += n) {
            for (int j = 0; j < n; j++) {
                to[j] = Math.fma(left[start + j], right[start + j], to[j]);
            }
        }
    }

    @Override
    public void softmaxRows(Matrix z, Matrix a) {
        a.reshape(z.rows(), z.columns());
        @real@[] from = data(z);
        @real@[] to = data(a);
        int n = z.columns();
        @real@[] lanes = new @real@[LANES];
        for (int start = 0; start < z.size(); start += n) {
            @real@ max = max(from, start, n);
            for (int j = 0; j < n; j++) {
                to[start + j] = Strict.exp((@real@) (from[start + j] - max));
            }
            for (int j = 0; j < n; j++) {
                lanes[j % LANES] += to[start + j];
            }
            @real@ sum = fold(lanes);
            for (int j = 0; j < n; j++) {
                to[start + j] /= sum;
            }
        }
    }

    @Override
    public void softmaxBackward(Matrix a, Matrix g, Matrix delta) {
        requireSame(a, g);
        delta.reshape(a.rows(), a.columns());
        @real@[] outputs = data(a);
        @real@[] gradients = data(g);
        @real@[] to = data(delta);
        int n = a.columns();
        @real@[] lanes = new @real@[LANES];
        for (int start = 0; start < a.size(); start += n) {
            for (int j = 0; j < n; j++) {
                lanes[j % LANES] = Math.fma(gradients[start + j], outputs[start + j], lanes[j % LANES]);
            }
            @real@ dot = fold(lanes);
            for (int j = 0; j < n; j++) {
                to[start + j] = outputs[start + j] * (gradients[start + j] - dot);
            }
        }
    }

    @Override
    public void logSumExpRows(Matrix z, Matrix out) {
        out.reshape(z.rows(), 1);
        @real@[] from = data(z);
        @real@[] to = data(out);
        int n = z.columns();
        @real@[] lanes = new @real@[LANES];
        for (int i = 0; i < z.rows(); i++) {
            @real@ max = max(from, i * n, n);
            for (int j = 0; j < n; j++) {
                lanes[j % LANES] += Strict.exp((@real@) (from[i * n + j] - max));
            }
            to[i] = max + Strict.log(fold(lanes));
        }
    }

    @Override
    public void map(ScalarFunction function, Matrix z, Matrix a) {
        a.reshape(z.rows(), z.columns());
        @real@[] from = data(z);
        @real@[] to = data(a);
        int size = z.size();
        for (int i = 0; i < size; i++) {
            to[i] = function.value(from[i]);
        }
    }

    @Override
    public void mapBackward(ScalarFunction function, Matrix z, Matrix a, Matrix g, Matrix delta) {
        requireSame(z, a);
        requireSame(z, g);
        delta.reshape(z.rows(), z.columns());
        @real@[] inputs = data(z);
        @real@[] outputs = data(a);
        @real@[] gradients = data(g);
        @real@[] to = data(delta);
        int size = z.size();
        for (int i = 0; i < size; i++) {
            to[i] = gradients[i] * function.derivative(inputs[i], outputs[i]);
        }
    }

    @Override
    public void subtractDivide(Matrix x, Matrix y, double divisor, Matrix out) {
        requireSame(x, y);
        out.reshape(x.rows(), x.columns());
        @real@[] left = data(x);
        @real@[] right = data(y);
        @real@[] to = data(out);
        @real@ by = (@real@) divisor;
        int size = x.size();
        for (int i = 0; i < size; i++) {
            to[i] = (left[i] - right[i]) / by;
        }
    }

    @Override
    public void hadamard(Matrix x, Matrix y, Matrix out) {
        requireSame(x, y);
        out.reshape(x.rows(), x.columns());
        @real@[] left = data(x);
        @real@[] right = data(y);
        @real@[] to = data(out);
        int size = x.size();
        for (int i = 0; i < size; i++) {
            to[i] = left[i] * right[i];
        }
    }

    @Override
    public void addScaled(double alpha, Matrix x, Matrix y) {
        requireSame(x, y);
        @real@[] from = data(x);
        @real@[] to = data(y);
        @real@ factor = (@real@) alpha;
        int size = x.size();
        for (int i = 0; i < size; i++) {
            to[i] = Math.fma(factor, from[i], to[i]);
        }
    }

    @Override
    public void scale(double factor, Matrix x) {
        @real@[] to = data(x);
        @real@ by = (@real@) factor;
        int size = x.size();
        for (int i = 0; i < size; i++) {
            to[i] *= by;
        }
    }

    @Override
    public double sum(Matrix x) {
        @real@[] from = data(x);
        @real@[] lanes = new @real@[LANES];
        int size = x.size();
        for (int i = 0; i < size; i++) {
            lanes[i % LANES] += from[i];
        }
        return fold(lanes);
    }

    @Override
    public double sumOfSquares(Matrix x) {
        @real@[] from = data(x);
        @real@[] lanes = new @real@[LANES];
        int size = x.size();
        for (int i = 0; i < size; i++) {
            lanes[i % LANES] = Math.fma(from[i], from[i], lanes[i % LANES]);
        }
        return fold(lanes);
    }

    @Override
    public double sumOfMagnitudes(Matrix x) {
        @real@[] from = data(x);
        @real@[] lanes = new @real@[LANES];
        int size = x.size();
        for (int i = 0; i < size; i++) {
            lanes[i % LANES] += Math.abs(from[i]);
        }
        return fold(lanes);
    }

    @Override
    public void updateSgd(Matrix w, Matrix g, double rate) {
        addScaled(-rate, g, w);
    }

    @Override
    public void updateMomentum(Matrix w, Matrix g, Matrix v, double rate, double momentum, boolean nesterov) {
        requireSame(w, g);
        requireSame(w, v);
        @real@[] weights = data(w);
        @real@[] gradients = data(g);
        @real@[] velocities = data(v);
        @real@ step = (@real@) -rate;
        @real@ mu = (@real@) momentum;
        int size = w.size();
        for (int i = 0; i < size; i++) {
            @real@ velocity = Math.fma(mu, velocities[i], gradients[i]);
            velocities[i] = velocity;
            @real@ direction = nesterov ? Math.fma(mu, velocity, gradients[i]) : velocity;
            weights[i] = Math.fma(step, direction, weights[i]);
        }
    }

    @Override
    public void updateRmsprop(Matrix w, Matrix g, Matrix s, double rate, double decay, double epsilon) {
        requireSame(w, g);
        requireSame(w, s);
        @real@[] weights = data(w);
        @real@[] gradients = data(g);
        @real@[] squares = data(s);
        @real@ step = (@real@) rate;
        @real@ keep = (@real@) decay;
        @real@ take = (@real@) (1 - decay);
        @real@ floor = (@real@) epsilon;
        int size = w.size();
        for (int i = 0; i < size; i++) {
            @real@ gradient = gradients[i];
            @real@ square = Math.fma(take, gradient * gradient, keep * squares[i]);
            squares[i] = square;
            weights[i] -= step * gradient / ((@real@) Math.sqrt(square) + floor);
        }
    }

    @Override
    public void updateAdam(
            Matrix w, Matrix g, Matrix m, Matrix v, double rate, double beta1, double beta2, double epsilon, long t) {
        requireSame(w, g);
        requireSame(w, m);
        requireSame(w, v);
        @real@[] weights = data(w);
        @real@[] gradients = data(g);
        @real@[] means = data(m);
        @real@[] squares = data(v);
        @real@ step = (@real@) (rate / (1 - StrictMath.pow(beta1, t)));
        @real@ root = (@real@) Math.sqrt(1 - StrictMath.pow(beta2, t));
        @real@ keep1 = (@real@) beta1;
        @real@ take1 = (@real@) (1 - beta1);
        @real@ keep2 = (@real@) beta2;
        @real@ take2 = (@real@) (1 - beta2);
        @real@ floor = (@real@) epsilon;
        int size = w.size();
        for (int i = 0; i < size; i++) {
            @real@ gradient = gradients[i];
            @real@ mean = Math.fma(take1, gradient, keep1 * means[i]);
            @real@ square = Math.fma(take2, gradient * gradient, keep2 * squares[i]);
            means[i] = mean;
            squares[i] = square;
            weights[i] -= step * mean / ((@real@) Math.sqrt(square) / root + floor);
        }
    }

    private static @real@[] data(Matrix matrix) {
        if (matrix instanceof @Real@Matrix same) {
            return same.data();
        }
        throw new IllegalArgumentException(
                "matrix " + matrix.shape() + " is " + matrix.precision() + ", these kernels compute @precision@");
    }

    private static void prepare(Matrix c, int rows, int columns, boolean accumulate, boolean clear) {
        if (!accumulate) {
            c.reshape(rows, columns);
            if (clear) {
                c.fill(0);
            }
        } else if (c.rows() != rows || c.columns() != columns) {
            throw new IllegalArgumentException("result is " + c.shape() + ", the product is [" + rows + ", " + columns + "]");
        }
    }

    private static void requireProduct(boolean fits, String product, Matrix a, Matrix b) {
        if (!fits) {
            throw new IllegalArgumentException("no " + product + " of a " + a.shape() + " and b " + b.shape());
        }
    }

    private static void requireSame(Matrix x, Matrix y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalArgumentException("shapes differ: " + x.shape() + " and " + y.shape());
        }
    }

    private static void requireRow(Matrix x, Matrix row) {
        if (row.rows() != 1 || row.columns() != x.columns()) {
            throw new IllegalArgumentException("row is " + row.shape() + ", the matrix is " + x.shape());
        }
    }

    private static @real@ max(@real@[] values, int start, int count) {
        @real@ max = @Real@.NEGATIVE_INFINITY;
        for (int j = 0; j < count; j++) {
            max = Math.max(max, values[start + j]);
        }
        return max;
    }

    /** Fold the lanes by halves and clear them. */
    private static @real@ fold(@real@[] lanes) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int l = 0; l < half; l++) {
                lanes[l] += lanes[l + half];
            }
        }
        @real@ sum = lanes[0];
        java.util.Arrays.fill(lanes, 0);
        return sum;
    }
}
