package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.Kernels;
import dev.chainrule.math.kernel.FloatLanes;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Sums along a row on the Vector API: a vector contains adjacent lanes of the fixed tree, and there is one pass per such
 * vector. The remaining elements are added in plain Java, which also folds the lanes.
 */
final class FloatVectorLanes extends FloatLanes {
    private static final FloatLoop SUM = loop("sumLoop");
    private static final FloatLoop MAGNITUDES = loop("magnitudesLoop");
    private static final FloatLoop DOT = loop("dotLoop");

    private static FloatLoop loop(String name) {
        return new FloatLoop(MethodHandles.lookup(), name);
    }

    private static int whole(int count) {
        return count & -Kernels.LANES;
    }

    @Override
    protected float sum(float[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            SUM.run(x, lanes, start, end);
        }
        return super.sum(x, end, start + count - end);
    }

    @Override
    protected float magnitudes(float[] x, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            MAGNITUDES.run(x, lanes, start, end);
        }
        return super.magnitudes(x, end, start + count - end);
    }

    @Override
    protected float dot(float[] x, float[] y, int start, int count) {
        int end = start + whole(count);
        if (end > start) {
            DOT.run(x, y, lanes, start, end);
        }
        return super.dot(x, y, end, start + count - end);
    }

    private static void sumLoop(float[] x, float[] lanes, int start, int end) {
        for (int l = 0; l < Kernels.LANES; l += LANES) {
            FloatVector sum = FloatVector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = FloatVector.fromArray(S, x, j).add(sum);
            }
            sum.intoArray(lanes, l);
        }
    }

    private static void magnitudesLoop(float[] x, float[] lanes, int start, int end) {
        for (int l = 0; l < Kernels.LANES; l += LANES) {
            FloatVector sum = FloatVector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = FloatVector.fromArray(S, x, j)
                        .lanewise(VectorOperators.ABS)
                        .add(sum);
            }
            sum.intoArray(lanes, l);
        }
    }

    /**
     * Compute two vectors at a time if the tree has so many: the gradients' norm is bound by the latency of the chains of
     * fma.
     */
    private static void dotLoop(float[] x, float[] y, float[] lanes, int start, int end) {
        int l = 0;
        for (; l + 2 * LANES <= Kernels.LANES; l += 2 * LANES) {
            FloatVector sum = FloatVector.zero(S);
            FloatVector next = FloatVector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = FloatVector.fromArray(S, x, j).fma(FloatVector.fromArray(S, y, j), sum);
                next = FloatVector.fromArray(S, x, j + LANES).fma(FloatVector.fromArray(S, y, j + LANES), next);
            }
            sum.intoArray(lanes, l);
            next.intoArray(lanes, l + LANES);
        }
        for (; l < Kernels.LANES; l += LANES) {
            FloatVector sum = FloatVector.zero(S);
            for (int j = start + l; j < end; j += Kernels.LANES) {
                sum = FloatVector.fromArray(S, x, j).fma(FloatVector.fromArray(S, y, j), sum);
            }
            sum.intoArray(lanes, l);
        }
    }
}
