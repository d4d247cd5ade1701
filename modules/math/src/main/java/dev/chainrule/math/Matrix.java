package dev.chainrule.math;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A matrix [rows, columns] of one {@link Precision}, stored by rows.
 *
 * <p>Rows are examples, columns are features. A matrix can be reshaped without losing its storage ({@link #reshape}), so that
 * a warm training step allocates nothing.
 *
 * <p>Access to single elements is intended for set-up, tests, data sources and small loops; work on whole matrices belongs to
 * {@link Kernels}.
 */
public abstract sealed class Matrix permits FloatMatrix, DoubleMatrix {
    Matrix() {}

    /** {@return the number format of the elements} */
    public abstract Precision precision();

    /** {@return the number of rows} */
    public abstract int rows();

    /** {@return the number of columns} */
    public abstract int columns();

    /** {@return rows × columns} */
    public final int size() {
        return rows() * columns();
    }

    /**
     * {@return one element, widened exactly}
     *
     * @param row from 0
     * @param column from 0
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public abstract double get(int row, int column);

    /**
     * Store one element, rounded to the matrix's precision.
     *
     * @param row from 0
     * @param column from 0
     * @param value any number, including infinities and NaN
     * @throws IndexOutOfBoundsException if there is no such element
     */
    public abstract void set(int row, int column, double value);

    /**
     * Change the shape. Storage is kept if it is large enough; the elements are unspecified afterwards.
     *
     * @param rows 0 or more
     * @param columns 0 or more
     * @throws IllegalArgumentException if a side is negative or the size exceeds an array
     */
    public abstract void reshape(int rows, int columns);

    /**
     * Replace the elements by those of another matrix, in another shape: both matrices share them until one is reshaped to more
     * elements than it has storage for.
     *
     * @param other of this precision
     * @param rows 0 or more
     * @param columns 0 or more
     * @return this matrix
     * @throws IllegalArgumentException if the other has another number of elements, or another precision
     */
    public abstract Matrix view(Matrix other, int rows, int columns);

    /**
     * Store one value everywhere, rounded to the matrix's precision.
     *
     * @param value any number, including infinities and NaN
     */
    public abstract void fill(double value);

    /**
     * Copy the shape and elements of {@code other}, converted to this precision.
     *
     * @param other [rows, columns]. Not modified.
     */
    public final void copyFrom(Matrix other) {
        reshape(other.rows(), other.columns());
        if (other instanceof FloatMatrix from) {
            if (this instanceof FloatMatrix to) {
                System.arraycopy(from.data(), 0, to.data(), 0, size());
            } else if (this instanceof DoubleMatrix to) {
                widen(from.data(), to.data(), size());
            }
        } else if (other instanceof DoubleMatrix from) {
            if (this instanceof DoubleMatrix to) {
                System.arraycopy(from.data(), 0, to.data(), 0, size());
            } else if (this instanceof FloatMatrix to) {
                round(from.data(), to.data(), size());
            }
        }
    }

    /**
     * Copy neighbouring columns of all rows from another matrix.
     *
     * @param from of the same precision and rows. Not modified.
     * @param first the first column to copy
     * @param column its place in this matrix
     * @param count the number of columns
     * @throws IndexOutOfBoundsException if one of the matrices has no such columns
     */
    public final void copyColumns(Matrix from, int first, int column, int count) {
        Objects.checkFromIndexSize(first, count, from.columns());
        Objects.checkFromIndexSize(column, count, columns());
        Object source = array(from);
        Object target = array(this);
        for (int i = 0; i < rows(); i++) {
            System.arraycopy(source, i * from.columns() + first, target, i * columns() + column, count);
        }
    }

    /**
     * Copy neighbouring rows from another matrix.
     *
     * @param from of the same precision and columns. Not modified.
     * @param first the first row to copy
     * @param row its place in this matrix
     * @param count the number of rows
     * @throws IndexOutOfBoundsException if one of the matrices has no such rows
     */
    public final void copyRows(Matrix from, int first, int row, int count) {
        Objects.checkFromIndexSize(first, count, from.rows());
        Objects.checkFromIndexSize(row, count, rows());
        if (from.columns() != columns()) {
            throw new IllegalArgumentException("rows of " + from.shape() + " do not fit into " + shape());
        }
        System.arraycopy(array(from), first * columns(), array(this), row * columns(), count * columns());
    }

    private static Object array(Matrix matrix) {
        return matrix instanceof FloatMatrix same ? same.data() : ((DoubleMatrix) matrix).data();
    }

    private static void widen(float[] from, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[i];
        }
    }

    private static void round(double[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = (float) from[i];
        }
    }

    /**
     * Store unsigned bytes (0 … 255) as one row.
     *
     * @param bytes at least {@code offset + columns()} long. Not modified.
     * @param row from 0
     * @param offset the index in the array at which the row begins
     */
    public final void setRow(int row, byte[] bytes, int offset) {
        setRow(row, 0, bytes, offset, columns());
    }

    /**
     * Store unsigned bytes (0 … 255) as a part of a row.
     *
     * @param bytes at least {@code offset + count} long. Not modified.
     * @param row from 0
     * @param column the first column that is modified
     * @param offset the index in the array at which the part begins
     * @param count the number of columns that are modified
     * @throws IndexOutOfBoundsException if the row or the array is shorter
     */
    public abstract void setRow(int row, int column, byte[] bytes, int offset, int count);

    /**
     * Store numbers as one row, rounded to the matrix's precision.
     *
     * @param values [columns]. Not modified.
     * @param row from 0
     */
    public abstract void setRow(int row, double[] values);

    /**
     * {@return Σⱼ f(this[row, j], y[row, j], c) over the columns, in float64, j ascending from +0}
     *
     * @param y of the same rows and columns, or one column with the number of a class: then y[row, j] is 1 for that class and
     *     0 for others. Of this precision. Not modified.
     * @param function the function to sum
     * @param c passed to the function
     * @param row from 0
     */
    public abstract double sumRow(PairFunction function, Matrix y, double c, int row);

    /**
     * {@return the column of the row's greatest element, the lowest one among equals; no NaN is greater than the first column's}
     *
     * @param row from 0
     */
    public abstract int columnOfGreatest(int row);

    /**
     * Write all elements by rows, little-endian: the form that is hashed and saved.
     *
     * @param target written from its position on. Modified.
     */
    public final void write(ByteBuffer target) {
        write(target, 0, size());
    }

    /**
     * Write some elements in the order and form of {@link #write(ByteBuffer)}.
     *
     * @param target written from its position on. Modified.
     * @param from the first element, counted by rows from 0
     * @param count the number of elements
     * @throws IndexOutOfBoundsException if there are no such elements
     */
    public abstract void write(ByteBuffer target, int from, int count);

    /**
     * Read all elements by rows, little-endian.
     *
     * @param source read from its position on. Modified.
     */
    public abstract void read(ByteBuffer source);

    /** {@return a new matrix with the same precision, shape and elements} */
    public final Matrix copy() {
        Matrix copy = precision() == Precision.FLOAT32
                ? new FloatMatrix(rows(), columns())
                : new DoubleMatrix(rows(), columns());
        copy.copyFrom(this);
        return copy;
    }

    /** {@return the size of {@link #write}'s output in bytes} */
    public final long bytes() {
        return (long) size() * precision().bytes();
    }

    /** {@return {@code [rows, columns]}, the form used in messages} */
    public final String shape() {
        return "[" + rows() + ", " + columns() + "]";
    }

    /** Reject a shape that does not fit into an array. */
    static void checkShape(int rows, int columns) {
        if (rows < 0 || columns < 0 || (long) rows * columns > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("no matrix of [" + rows + ", " + columns + "]: sides are 0 or more, "
                    + "and rows times columns stays under 2^31 - 8");
        }
    }
}
