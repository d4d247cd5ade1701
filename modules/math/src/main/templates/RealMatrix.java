package dev.chainrule.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import org.ejml.data.@R@MatrixRMaj;

/** Hold a {@link Matrix} of {@code @real@} over EJML's row-major storage. */
@SuppressWarnings("cast") // one source for two precisions: a cast that narrows in one is idle in the other
public final class @Real@Matrix extends Matrix {
    private final @R@MatrixRMaj storage;
    /** What reads bytes; null before there were any. */
    private @Real@Bytes reader;

    private long read;

    /**
     * Create a matrix of zeros.
     *
     * @param rows 0 or more
     * @param columns 0 or more
     */
    public @Real@Matrix(int rows, int columns) {
        checkShape(rows, columns);
        this.storage = new @R@MatrixRMaj(rows, columns);
    }

    /** {@return EJML's view of this matrix: the same storage, for factorisations and as an oracle in tests} */
    public @R@MatrixRMaj storage() {
        return storage;
    }

    /** Return the elements by rows; longer than the matrix after a {@link #reshape} to a smaller one. */
    @real@[] data() {
        return storage.data;
    }

    @Override
    public Precision precision() {
        return Precision.@precision@;
    }

    @Override
    public int rows() {
        return storage.numRows;
    }

    @Override
    public int columns() {
        return storage.numCols;
    }

    @Override
    public double get(int row, int column) {
        return storage.data[index(row, column)];
    }

    @Override
    public void set(int row, int column, double value) {
        storage.data[index(row, column)] = (@real@) value;
    }

    @Override
    public void reshape(int rows, int columns) {
        checkShape(rows, columns);
        storage.reshape(rows, columns);
    }

    @Override
    public void fill(double value) {
        Arrays.fill(storage.data, 0, size(), (@real@) value);
    }

    @Override
    public void copyFrom(Matrix other) {
        reshape(other.rows(), other.columns());
        @real@[] to = storage.data;
        int size = size();
        if (other instanceof FloatMatrix floats) {
            float[] from = floats.data();
            for (int i = 0; i < size; i++) {
                to[i] = (@real@) from[i];
            }
        } else if (other instanceof DoubleMatrix doubles) {
            double[] from = doubles.data();
            for (int i = 0; i < size; i++) {
                to[i] = (@real@) from[i];
            }
        }
    }

    @Override
    public void setRow(int row, byte[] bytes, int offset) {
        int columns = columns();
        int start = rowStart(row);
        Objects.checkFromIndexSize(offset, columns, bytes.length);
        if (reader == null) {
            reader = KernelParts.first().@real@Bytes();
        } else if (read < KernelParts.PLAIN_BYTES) {
            read += columns;
            if (read >= KernelParts.PLAIN_BYTES) {
                reader = KernelParts.then().@real@Bytes();
            }
        }
        reader.widen(bytes, offset, storage.data, start, columns);
    }

    @Override
    public void setRow(int row, double[] values) {
        int columns = columns();
        int start = rowStart(row);
        if (values.length != columns) {
            throw new IllegalArgumentException("row has " + values.length + " values, the matrix is " + shape());
        }
        @real@[] data = storage.data;
        for (int j = 0; j < columns; j++) {
            data[start + j] = (@real@) values[j];
        }
    }

    @Override
    public double sumRow(PairFunction function, Matrix y, double c, int row) {
        boolean classNumber = isClassNumbers(y);
        int start = rowStart(row);
        @real@[] partners = ((@Real@Matrix) y).storage.data;
        return @Real@PairLoops.INSTANCE
                .get(function.getClass())
                .sum(function, storage.data, start, partners, classNumber ? row : start, classNumber, c, columns());
    }

    @Override
    public int columnOfGreatest(int row) {
        int start = rowStart(row);
        int columns = columns();
        @real@[] data = storage.data;
        int best = start;
        for (int j = start + 1; j < start + columns; j++) {
            if (data[j] > data[best]) {
                best = j;
            }
        }
        return best - start;
    }

    /** Return whether y holds the number of a class for each row, and not a number for each element. */
    boolean isClassNumbers(Matrix y) {
        boolean classNumber = y.columns() == 1 && columns() != 1;
        if (y.rows() != rows() || y.columns() != columns() && !classNumber || y.precision() != precision()) {
            throw new IllegalArgumentException("no pairs of " + shape() + " " + precision() + " and " + y.shape() + " "
                    + y.precision());
        }
        return classNumber;
    }

    @Override
    public void write(ByteBuffer target) {
        ByteOrder order = target.order();
        target.order(ByteOrder.LITTLE_ENDIAN);
        int size = size();
        for (int i = 0; i < size; i++) {
            target.put@Real@(storage.data[i]);
        }
        target.order(order);
    }

    @Override
    public void read(ByteBuffer source) {
        ByteOrder order = source.order();
        source.order(ByteOrder.LITTLE_ENDIAN);
        int size = size();
        for (int i = 0; i < size; i++) {
            storage.data[i] = source.get@Real@();
        }
        source.order(order);
    }

    private int rowStart(int row) {
        return Objects.checkIndex(row, rows()) * columns();
    }

    private int index(int row, int column) {
        return rowStart(row) + Objects.checkIndex(column, columns());
    }

    private static void checkShape(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("no matrix of [" + rows + ", " + columns + "]: sides are 0 or more, "
                    + "and rows times columns stays under 2^31 - 8");
        }
    }
}
