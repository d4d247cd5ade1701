package dev.chainrule.math;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.ejml.data.FMatrixRMaj;

/** A {@link Matrix} of {@code float} over EJML's row-major storage. */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public final class FloatMatrix extends Matrix {
    /** The number of bytes read in plain Java before another reader pays, for the same reason as in the kernels. */
    private static final long PLAIN_BYTES = 1L << 27;

    private final FMatrixRMaj storage;
    /** The reader of bytes; null before the first use. */
    private FloatBytes reader;

    private long read;
    /** Computes the initial values of a {@link Declared} matrix; null once there is storage. */
    private Consumer<? super FloatMatrix> first;

    /**
     * Create a matrix of zeros.
     *
     * @param rows 0 or more
     * @param columns 0 or more
     */
    public FloatMatrix(int rows, int columns) {
        checkShape(rows, columns);
        this.storage = new FMatrixRMaj(rows, columns);
    }

    /** Declare a matrix. */
    FloatMatrix(int rows, int columns, Consumer<? super FloatMatrix> first) {
        checkShape(rows, columns);
        this.storage = new FMatrixRMaj(0, 0);
        this.storage.numRows = rows;
        this.storage.numCols = columns;
        this.first = first;
    }

    boolean isUntouched() {
        return first != null;
    }

    boolean fillLater(Consumer<? super FloatMatrix> values) {
        if (first == null) {
            return false;
        }
        first = values;
        return true;
    }

    private void allocate() {
        Consumer<? super FloatMatrix> values = first;
        reshape(rows(), columns());
        values.accept(this);
    }

    /** {@return EJML's view of this matrix: the same storage, for factorisations and as an oracle in tests} */
    public FMatrixRMaj storage() {
        data();
        return storage;
    }

    /** Return the elements by rows; longer than the matrix after a {@link #reshape} to a smaller one. */
    float[] data() {
        if (first != null) {
            allocate();
        }
        return storage.data;
    }

    @Override
    public Precision precision() {
        return Precision.FLOAT32;
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
        return data()[index(row, column)];
    }

    @Override
    public void set(int row, int column, double value) {
        data()[index(row, column)] = (float) value;
    }

    @Override
    public void reshape(int rows, int columns) {
        checkShape(rows, columns);
        if (first == Declared.NONE) {
            Declared.NONE.accept(this);
        }
        storage.reshape(rows, columns);
        first = null;
    }

    @Override
    public Matrix view(Matrix other, int rows, int columns) {
        if (!(other instanceof FloatMatrix same) || (long) rows * columns != other.size()) {
            throw new IllegalArgumentException("no view [" + rows + ", " + columns + "] in " + precision()
                    + " of a matrix " + other.shape() + " in " + other.precision());
        }
        storage.data = same.data();
        storage.numRows = rows;
        storage.numCols = columns;
        first = null;
        return this;
    }

    @Override
    public void fill(double value) {
        if (first != null) {
            first = first == Declared.NONE ? first : w -> w.fill(value);
            return;
        }
        Arrays.fill(data(), 0, size(), (float) value);
    }

    @Override
    public void setRow(int row, int column, byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(column, count, columns());
        Objects.checkFromIndexSize(offset, count, bytes.length);
        int start = rowStart(row) + column;
        if (reader == null) {
            reader = KernelProvider.INSTANCE.floatBytes(false);
        } else if (read < PLAIN_BYTES) {
            read += count;
            if (read >= PLAIN_BYTES) {
                reader = KernelProvider.INSTANCE.floatBytes(true);
            }
        }
        reader.widen(bytes, offset, data(), start, count);
    }

    @Override
    public void setRow(int row, double[] values) {
        int columns = columns();
        int start = rowStart(row);
        if (values.length != columns) {
            throw new IllegalArgumentException("row has " + values.length + " values, the matrix is " + shape());
        }
        float[] data = data();
        for (int j = 0; j < columns; j++) {
            data[start + j] = (float) values[j];
        }
    }

    @Override
    public double sumRow(PairFunction function, Matrix y, double c, int row) {
        boolean classNumber = FloatPairLoop.isClassNumbers(this, y);
        int start = rowStart(row);
        float[] partners = ((FloatMatrix) y).data();
        return FloatPairLoop.LOOPS
                .get(function.getClass())
                .sum(function, data(), start, partners, classNumber ? row : start, classNumber, c, columns());
    }

    @Override
    public int columnOfGreatest(int row) {
        int start = rowStart(row);
        int columns = columns();
        float[] data = data();
        int best = start;
        for (int j = start + 1; j < start + columns; j++) {
            if (data[j] > data[best]) {
                best = j;
            }
        }
        return best - start;
    }

    @Override
    public void write(ByteBuffer target, int from, int count) {
        Objects.checkFromIndexSize(from, count, size());
        ByteOrder order = target.order();
        target.order(ByteOrder.LITTLE_ENDIAN);
        target.asFloatBuffer().put(data(), from, count);
        target.position(target.position() + count * precision().bytes());
        target.order(order);
    }

    @Override
    public void read(ByteBuffer source) {
        ByteOrder order = source.order();
        source.order(ByteOrder.LITTLE_ENDIAN);
        source.asFloatBuffer().get(data(), 0, size());
        source.position(source.position() + (int) bytes());
        source.order(order);
    }

    private int rowStart(int row) {
        return Objects.checkIndex(row, rows()) * columns();
    }

    private int index(int row, int column) {
        return rowStart(row) + Objects.checkIndex(column, columns());
    }
}
