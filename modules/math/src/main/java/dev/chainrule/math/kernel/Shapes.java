package dev.chainrule.math.kernel;

import dev.chainrule.math.Matrix;
import dev.chainrule.math.Patches;
import java.util.Objects;

/** The checks of the shapes of a kernel's operands. */
final class Shapes {
    private Shapes() {}

    /** Throw unless a product fits and its result is neither factor. */
    static void requireProduct(boolean fits, String product, Matrix a, Matrix b, Matrix c) {
        if (!fits) {
            throw new IllegalArgumentException("no " + product + " of a " + a.shape() + " and b " + b.shape());
        }
        if (c == a || c == b) {
            throw new IllegalArgumentException("result " + c.shape() + " is one of the factors of " + product);
        }
    }

    /** Throw if a result is the matrix that it is computed from. */
    static void requireOther(Matrix x, Matrix result) {
        if (result == x) {
            throw new IllegalArgumentException("result " + result.shape() + " is the matrix that it is computed from");
        }
    }

    /** Throw unless images have as many numbers as those of the patches, and so many patches. */
    static void requirePatches(Matrix x, Patches patches, int first, int count) {
        if (x.columns() != patches.pixels()) {
            throw new IllegalArgumentException(
                    "images are " + x.shape() + ", the patches' have " + patches.pixels() + " numbers");
        }
        Objects.checkFromIndexSize(first, count, Math.multiplyExact(x.rows(), patches.positions()));
    }

    /** Throw unless an output has a number for each channel of each position. */
    static void requirePooled(Matrix out, Patches patches) {
        if (out.columns() != patches.positions() * patches.count()) {
            throw new IllegalArgumentException("the output is " + out.shape() + ", there are " + patches.positions()
                    + " positions with " + patches.count() + " channels");
        }
    }

    /** Throw unless shapes are equal. */
    static void requireSame(Matrix x, Matrix y) {
        if (x.rows() != y.rows() || x.columns() != y.columns()) {
            throw new IllegalArgumentException("shapes differ: " + x.shape() + " and " + y.shape());
        }
    }

    /** Throw unless a row has as many columns as a matrix. */
    static void requireRow(Matrix x, Matrix row) {
        if (row.rows() != 1 || row.columns() != x.columns()) {
            throw new IllegalArgumentException("row is " + row.shape() + ", the matrix is " + x.shape());
        }
    }

    /** Throw unless a column has as many rows as a matrix. */
    static void requireColumn(Matrix x, Matrix column) {
        if (column.rows() != x.rows() || column.columns() != 1) {
            throw new IllegalArgumentException("column is " + column.shape() + ", the matrix is " + x.shape());
        }
    }
}
