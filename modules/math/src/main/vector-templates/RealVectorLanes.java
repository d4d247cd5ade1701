package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Lanes;
import dev.chainrule.math.Kernels;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sum along a row on the Vector API: a vector holds neighbouring lanes of the fixed tree, and passes as many as there are such
 * vectors. What is left at the end is added in plain Java, which folds the lanes too.
 */
final class @Real@VectorLanes extends @Real@Lanes {
    private static final @Real@Loop SUM = loop("sumLoop");
    private static final @Real@Loop MAGNITUDES = loop("magnitudesLoop");
    private static final @Real@Loop DOT = loop("dotLoop");

    private static @Real@Loop loop(String name) {
        return new @Real@Loop(MethodHandles.lookup(), name);
    }

    private static int whole(int count) {
        return count & -Kernels.LANES;
    }

    @Override
    protected @real@ sum(@real@[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            SUM.run(x, lanes, start, end);
        }
        return super.sum(x, end, start + count - end);
    }

    @Override
    protected @real@ magnitudes(@real@[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            MAGNITUDES.run(x, lanes, start, end);
        }
        return super.magnitudes(x, end, start + count - end);
    }

    @Override
    protected @real@ dot(@real@[] x, @real@[] y, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            DOT.run(x, y, lanes, start, end);
        }
        return super.dot(x, y, end, start + count - end);
    }

    private static void sumLoop(@real@[] x, @real@[] lanes, int start, int end) {
        for (int l = 0; l < Kernels.LANES; l += LANES) {
            @Real@Vector sum = @Real@Vector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = @Real@Vector.fromArray(S, x, j).add(sum);
            }
            sum.intoArray(lanes, l);
        }
    }

    private static void magnitudesLoop(@real@[] x, @real@[] lanes, int start, int end) {
        for (int l = 0; l < Kernels.LANES; l += LANES) {
            @Real@Vector sum = @Real@Vector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = @Real@Vector.fromArray(S, x, j).lanewise(VectorOperators.ABS).add(sum);
            }
            sum.intoArray(lanes, l);
        }
    }

    /** Two vectors at a time where the tree has as many: the gradients' norm waits for nothing but the chains of fma. */
    private static void dotLoop(@real@[] x, @real@[] y, @real@[] lanes, int start, int end) {
        int l = 0;
        for (; l + 2 * LANES <= Kernels.LANES; l += 2 * LANES) {
            @Real@Vector sum = @Real@Vector.zero(S);
            @Real@Vector next = @Real@Vector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = @Real@Vector.fromArray(S, x, j).fma(@Real@Vector.fromArray(S, y, j), sum);
                next = @Real@Vector.fromArray(S, x, j + LANES).fma(@Real@Vector.fromArray(S, y, j + LANES), next);
            }
            sum.intoArray(lanes, l);
            next.intoArray(lanes, l + LANES);
        }
        for (; l < Kernels.LANES; l += LANES) {
            @Real@Vector sum = @Real@Vector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = @Real@Vector.fromArray(S, x, j).fma(@Real@Vector.fromArray(S, y, j), sum);
            }
            sum.intoArray(lanes, l);
        }
    }
}
