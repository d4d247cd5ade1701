package dev.chainrule.math.kernel.vector;

import java.lang.invoke.MethodHandles;

/**
 * A loop over vectors of {@code float} that is called as a {@link SeparateLoop}. Each method passes its arguments to a loop
 * with the same parameters, in the same order.
 */
final class FloatLoop {
    private final SeparateLoop loop;

    /** Find the only method with this name in the class that looks it up. */
    FloatLoop(MethodHandles.Lookup owner, String name) {
        loop = new SeparateLoop(owner, name);
    }

    /** Loop over two arrays. */
    void run(float[] x, float[] y, int from, int to) {
        try {
            loop.method().invokeExact(x, y, from, to);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over three arrays. */
    void run(float[] x, float[] y, float[] z, int from, int to) {
        try {
            loop.method().invokeExact(x, y, z, from, to);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over two arrays and a number. */
    void run(float[] x, float number, float[] y, int from, int to) {
        try {
            loop.method().invokeExact(x, number, y, from, to);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over three arrays and a number. */
    void run(float[] x, float[] y, float number, float[] z, int from, int to) {
        try {
            loop.method().invokeExact(x, y, number, z, from, to);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over the rows, {@code columns} elements long, of an array, and two others. */
    void run(float[] x, float[] y, float[] z, int from, int to, int columns) {
        try {
            loop.method().invokeExact(x, y, z, from, to, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over the rows, {@code columns} elements long, of an array, and three others. */
    void run(float[] w, float[] x, float[] y, float[] z, int from, int to, int columns) {
        try {
            loop.method().invokeExact(w, x, y, z, from, to, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over some columns of the rows of an array, and another. */
    void run(float[] x, float[] y, int from, int to, int rows, int columns) {
        try {
            loop.method().invokeExact(x, y, from, to, rows, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over some columns of the rows of an array, and two others. */
    void run(float[] x, float[] y, float[] z, int from, int to, int rows, int columns) {
        try {
            loop.method().invokeExact(x, y, z, from, to, rows, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    /** Loop over the rows of a block, {@code down} elements apart, in two arrays. */
    void run(float[] x, int xAt, int xDown, float[] y, int yAt, int yDown, int rows, int columns) {
        try {
            loop.method().invokeExact(x, xAt, xDown, y, yAt, yDown, rows, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }
}
