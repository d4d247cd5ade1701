package dev.chainrule.math.kernel;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Kernels;
import dev.chainrule.math.Matrix;
import dev.chainrule.math.Precision;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Compare the products of the vector kernels with those of the plain ones, bit for bit, shape by shape: a·b, aᵀ·b and a·bᵀ,
 * accumulating and not. Operands are windows of one pool of numbers, plain ones for half of the products and special ones among
 * them for the other half, since drawing them anew would take longer than computing.
 */
final class ProductShapes implements AutoCloseable {
    /** The cube of small shapes has this many a side. */
    static final int SMALL = 70;

    /** Primes above, beyond the blocks of rows, columns and k, and what MNIST has. */
    static final int[] LARGE = {71, 73, 79, 83, 89, 97, 101, 103, 107, 109, 113, 127, 131, 257, 509, 784, 1021};

    /** Three products, accumulating and not. */
    static final int PER_SHAPE = 6;

    private static final int POOL = 1 << 17;
    private static final int LONGEST = 1021 * 1021;
    /** The sides of products with zeros: around those from which zeros of left are looked for, and over a block of any. */
    static final int[] WITH_ZEROS = {6, 20, 97, 100, 130, 200};

    /** Shapes whose zeros all widths of vectors leave out: two sides, each with each, and over two blocks of k. */
    static final int[][] LARGE_WITH_ZEROS = {
        {97, 97, 97}, {97, 130, 130}, {130, 97, 130}, {130, 130, 97}, {97, 130, 260}
    };

    /** Three products, accumulating and not, by three kinds of numbers. */
    static final int PER_SHAPE_WITH_ZEROS = 18;

    private static final double[] SPECIAL = {
        0.0,
        -0.0,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY,
        // subnormal in double, in float
        1e-310,
        -4e-40,
        // overflow when multiplied, or added, in float and in double
        3e38,
        -2e19,
        1.7e308,
        -1.5e154
    };

    private final Precision precision;
    private final ThreadTeam team;
    private final Kernels plain;
    private final Kernels vector;
    private final Kernels reference;
    private final ByteBuffer usual;
    private final ByteBuffer special;
    private final ByteBuffer zeros;
    private final ByteBuffer faintZeros;
    private final ByteBuffer faint;
    private final Matrix a;
    private final Matrix b;
    private final Matrix expected;
    private final Matrix got;
    private final ByteBuffer expectedBytes = buffer(LONGEST);
    private final ByteBuffer gotBytes = buffer(LONGEST);

    /**
     * Create what compares.
     *
     * @param threads of the vector kernels; the plain ones have one
     */
    ProductShapes(Precision precision, int threads) {
        this.precision = precision;
        this.team = new ThreadTeam(threads);
        this.plain = PlainParts.INSTANCE.kernels(precision, new ThreadTeam(1));
        this.vector = VectorParts.INSTANCE.kernels(precision, team);
        this.reference = new ReferenceKernels(precision);
        double small = precision == Precision.FLOAT32 ? 1e-25 : 1e-170;
        this.usual = pool(0, false, 1);
        this.special = pool(0, true, 1);
        this.zeros = pool(0.9, false, 1);
        this.faintZeros = pool(0.9, false, small);
        this.faint = pool(0, false, small);
        this.a = plain.matrix(1, LONGEST);
        this.b = plain.matrix(1, LONGEST);
        this.expected = plain.matrix(1, LONGEST);
        this.got = plain.matrix(1, LONGEST);
    }

    /**
     * Compare a seeded sample of the shapes with sides of 1 to {@value #SMALL}, and products with zeros, in a JVM whose options name
     * a width of vectors.
     *
     * @param args the number of shapes, or {@code all}
     */
    public static void main(String[] args) {
        long products = 0;
        for (Precision precision : Precision.values()) {
            try (ProductShapes shapes = new ProductShapes(precision, 1)) {
                products += args[0].equals("all") ? shapes.cube() : shapes.sample(Integer.parseInt(args[0]));
                for (int[] shape : LARGE_WITH_ZEROS) {
                    products += shapes.compareZeros(shape[0], shape[1], shape[2]);
                }
            }
        }
        System.out.println(products);
    }

    /** Compare all shapes of the cube; return the number of products. */
    long cube() {
        long products = 0;
        for (int m = 1; m <= SMALL; m++) {
            for (int n = 1; n <= SMALL; n++) {
                for (int k = 1; k <= SMALL; k++) {
                    products += compare(m, n, k, false);
                }
            }
        }
        return products;
    }

    /** Compare some shapes of the cube, each with the reference too; return the number of products. */
    long sample(int count) {
        Draws draws = RandomStream.of(1, "shapes").at(0, 0);
        long products = 0;
        for (int i = 0; i < count; i++) {
            products += compare(1 + draws.below(SMALL), 1 + draws.below(SMALL), 1 + draws.below(SMALL), i % 10 == 0);
        }
        return products;
    }

    /** Compare all combinations of large sides that take at most so many fma; return the number of products. */
    long large(long most) {
        long products = 0;
        for (int m : LARGE) {
            for (int n : LARGE) {
                for (int k : LARGE) {
                    products += (long) m * n * k <= most ? compare(m, n, k, false) : 0;
                }
            }
        }
        return products;
    }

    /**
     * Compare products whose left is mostly zeros of either sign: by numbers that are usual, special, and so small that all products
     * of two are zeros of either sign again; return the number of products.
     */
    long withZeros(int[] sides) {
        long products = 0;
        for (int m : sides) {
            for (int n : sides) {
                for (int k : sides) {
                    products += compareZeros(m, n, k);
                }
            }
        }
        return products;
    }

    private int compareZeros(int m, int n, int k) {
        for (boolean accumulate : new boolean[] {false, true}) {
            compare(m, n, k, accumulate, zeros, usual, false);
            compare(m, n, k, accumulate, zeros, special, false);
            compare(m, n, k, accumulate, faintZeros, faint, false);
        }
        return PER_SHAPE_WITH_ZEROS;
    }

    /** Compare the products of one shape; return their number. */
    int compare(int m, int n, int k, boolean withReference) {
        boolean even = (m + n + k) % 2 == 0;
        compare(m, n, k, false, even ? usual : special, even ? usual : special, withReference);
        compare(m, n, k, true, even ? special : usual, even ? special : usual, withReference);
        return PER_SHAPE;
    }

    private void compare(
            int m, int n, int k, boolean accumulate, ByteBuffer left, ByteBuffer right, boolean withReference) {
        fill(a, m, k, left, 3 * m + 5 * k);
        fill(b, k, n, right, 7 * k + 11 * n + 1);
        for (String name : new String[] {"a·b", "aᵀ·b", "a·bᵀ"}) {
            String what = precision + " " + name + ", m " + m + ", n " + n + ", k " + k + ", accumulate " + accumulate;
            product(name, plain, m, n, k, accumulate, expected);
            product(name, vector, m, n, k, accumulate, got);
            requireEqual(what + ", vector");
            if (withReference) {
                product(name, reference, m, n, k, accumulate, got);
                requireEqual(what + ", reference");
            }
        }
    }

    private void product(String name, Kernels kernels, int m, int n, int k, boolean accumulate, Matrix c) {
        fill(c, m, n, usual, m + n + k);
        switch (name) {
            case "a·b" -> kernels.multiply(shaped(a, m, k), shaped(b, k, n), c, accumulate);
            case "aᵀ·b" -> kernels.multiplyTransA(shaped(a, k, m), shaped(b, k, n), c, accumulate);
            default -> kernels.multiplyTransB(shaped(a, m, k), shaped(b, n, k), c, accumulate);
        }
    }

    /** Read the same numbers as a matrix of another shape, of as many elements. */
    private static Matrix shaped(Matrix matrix, int rows, int columns) {
        matrix.reshape(rows, columns);
        return matrix;
    }

    private void fill(Matrix matrix, int rows, int columns, ByteBuffer numbers, int seed) {
        matrix.reshape(rows, columns);
        int size = matrix.size();
        int at = (int) (seed * 0x9E3779B1L & Integer.MAX_VALUE) % (POOL - Math.min(size, POOL - 1));
        if (size < POOL) {
            matrix.read(numbers.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(at * precision.bytes()));
            return;
        }
        gotBytes.clear();
        while (gotBytes.position() < size * precision.bytes()) {
            int length = Math.min(numbers.capacity(), size * precision.bytes() - gotBytes.position());
            gotBytes.put(numbers.duplicate().limit(length));
        }
        matrix.read(gotBytes.flip());
    }

    private void requireEqual(String what) {
        expected.write(expectedBytes.clear());
        got.write(gotBytes.clear());
        if (expectedBytes.flip().equals(gotBytes.flip())) {
            return;
        }
        // NaNs are equal whatever their payload
        for (int i = 0; i < expected.rows(); i++) {
            for (int j = 0; j < expected.columns(); j++) {
                double one = expected.get(i, j);
                double other = got.get(i, j);
                if (Double.doubleToLongBits(one) != Double.doubleToLongBits(other)) {
                    throw new AssertionError(
                            what + ": [" + i + ", " + j + "] is " + other + ", plain kernels give " + one);
                }
            }
        }
    }

    private ByteBuffer pool(double zeros, boolean special, double scale) {
        Draws draws = RandomStream.of(1, "pool").at(0, 0);
        double[] numbers = new double[POOL];
        for (int i = 0; i < POOL; i++) {
            // rarely, so that not every chain of some length is NaN
            boolean rare = special && draws.below(64) == 0;
            double usual = scale * (4 * draws.uniform() - 2);
            numbers[i] = rare ? SPECIAL[draws.below(SPECIAL.length)] : draws.uniform() < zeros ? 0 * usual : usual;
        }
        Matrix matrix =
                PlainParts.INSTANCE.kernels(precision, new ThreadTeam(1)).matrix(1, POOL);
        matrix.setRow(0, numbers);
        ByteBuffer bytes = buffer(POOL);
        matrix.write(bytes);
        return bytes.flip();
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() {
        team.close();
    }
}
