package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;

import dev.chainrule.math.@Real@Lanes;
import dev.chainrule.math.Kernels;
import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sum along a row on the Vector API: a vector holds neighbouring lanes of the fixed tree, and passes as many as there are such
 * vectors. What is left at the end is added in plain Java, which folds the lanes too.
 */
final class @Real@VectorLanes extends @Real@Lanes {
    private static int whole(int count) {
        return count & -Kernels.LANES;
    }

    @Override
    protected @real@ sum(@real@[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            for (int l = 0; l < Kernels.LANES; l += LANES) {
                @Real@Vector sum = @Real@Vector.zero(S);
                for (int j = start + l; j < end; j += Kernels.LANES) {
                    sum = sum.add(@Real@Vector.fromArray(S, x, j));
                }
                sum.intoArray(lanes, l);
            }
        }
        return super.sum(x, end, start + count - end);
    }

    @Override
    protected @real@ magnitudes(@real@[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            for (int l = 0; l < Kernels.LANES; l += LANES) {
                @Real@Vector sum = @Real@Vector.zero(S);
                for (int j = start + l; j < end; j += Kernels.LANES) {
                    sum = sum.add(@Real@Vector.fromArray(S, x, j).lanewise(VectorOperators.ABS));
                }
                sum.intoArray(lanes, l);
            }
        }
        return super.magnitudes(x, end, start + count - end);
    }

    /** Two vectors at a time where the tree has as many: the gradients' norm waits for nothing but the chains of fma. */
    @Override
    protected @real@ dot(@real@[] x, @real@[] y, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
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
        return super.dot(x, y, end, start + count - end);
    }
}
