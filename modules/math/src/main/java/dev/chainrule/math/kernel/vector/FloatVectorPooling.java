package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatPooling;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Maxima and means on the Vector API. The last vector of the channels overlaps the one before it; if there are fewer channels than lanes,
 * it extends over those of the next pixel, except near the end of a thread's images. The numbers that it computes too many are
 * overwritten, or, where numbers are added up, they are +0: a sum that begins at +0 is never −0, so that they change no bit.
 */
final class FloatVectorPooling extends FloatPooling {
    private static final SeparateLoop MAX = new SeparateLoop(MethodHandles.lookup(), "maxLoop");
    private static final SeparateLoop MAX_BACKWARD = new SeparateLoop(MethodHandles.lookup(), "maxBackwardLoop");
    private static final SeparateLoop MAX_BACKWARD_APART =
            new SeparateLoop(MethodHandles.lookup(), "maxBackwardApartLoop");
    private static final SeparateLoop MEAN = new SeparateLoop(MethodHandles.lookup(), "meanLoop");
    private static final SeparateLoop MEAN_BACKWARD = new SeparateLoop(MethodHandles.lookup(), "meanBackwardLoop");

    /** C2 allocates an object for a mask of two lanes. */
    private static final int LEAST_FOR_MASKS = 4;

    /** As many ones as a vector has lanes, with as many zeros before and after them: every mask of neighbouring lanes. */
    private static final float[] ONES = new float[3 * LANES];

    static {
        Arrays.fill(ONES, LANES, 2 * LANES, 1);
    }

    FloatVectorPooling(ThreadTeam team) {
        super(team);
    }

    /** Return the number of positions whose vectors end before the numbers of other parts do. */
    private int whole(int at, int pooled, int positions, int lines, int blocks, int end) {
        if (count >= LANES) {
            return positions;
        }
        int read = imageNumbers(end) - (at + (lines - 1) * down + (blocks - 1) * across + LANES);
        int written = pooledNumbers(end) - (pooled + LANES);
        return read < 0 || written < 0 ? 0 : Math.min(positions, Math.min(read / step, written / count) + 1);
    }

    @Override
    protected void max(int at, int pooled, int positions, int lines, int blocks, int end) {
        int whole = whole(at, pooled, positions, lines, blocks, end);
        if (whole > 0) {
            try {
                MAX.method().invokeExact(x, at, step, down, across, out, pooled, count, whole, lines, blocks);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        super.max(at + whole * step, pooled + whole * count, positions - whole, lines, blocks, end);
    }

    @Override
    protected void maxBackward(int at, int pooled, int positions, int lines, int blocks, int end) {
        int whole = LANES < LEAST_FOR_MASKS ? 0 : whole(at, pooled, positions, lines, blocks, end);
        if (whole > 0 && apart && count >= LANES) {
            try {
                MAX_BACKWARD_APART
                        .method()
                        .invokeExact(x, at, step, down, across, out, g, pooled, count, whole, lines, blocks, dx);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        } else if (whole > 0) {
            try {
                MAX_BACKWARD
                        .method()
                        .invokeExact(x, at, step, down, across, out, g, pooled, count, whole, lines, blocks, dx, ONES);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        super.maxBackward(at + whole * step, pooled + whole * count, positions - whole, lines, blocks, end);
    }

    @Override
    protected void mean(int at, int pooled, int positions, int lines, int blocks, int end) {
        int whole = whole(at, pooled, positions, lines, blocks, end);
        if (whole > 0) {
            try {
                MEAN.method().invokeExact(x, at, step, down, across, out, pooled, count, whole, lines, blocks);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        super.mean(at + whole * step, pooled + whole * count, positions - whole, lines, blocks, end);
    }

    @Override
    protected void meanBackward(int at, int pooled, int positions, int lines, int blocks, int end) {
        int whole = LANES < LEAST_FOR_MASKS ? 0 : whole(at, pooled, positions, lines, blocks, end);
        if (whole > 0) {
            try {
                MEAN_BACKWARD
                        .method()
                        .invokeExact(g, at, step, down, across, dx, pooled, count, whole, lines, blocks, ONES);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        super.meanBackward(at + whole * step, pooled + whole * count, positions - whole, lines, blocks, end);
    }

    /** Return the index in {@link #ONES} of the lanes from a channel on, of the vector that begins at {@code start}. */
    private static int mask(int channel, int start, int count) {
        return count < LANES ? 2 * LANES - count : LANES - (channel - start);
    }

    private static void maxLoop(
            float[] x,
            int at,
            int step,
            int down,
            int across,
            float[] out,
            int pooled,
            int count,
            int positions,
            int lines,
            int blocks) {
        int places = lines * blocks;
        int line = down - (blocks - 1) * across;
        int last = Math.max(0, count - LANES);
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c += LANES) {
                int start = Math.min(c, last);
                FloatVector max = FloatVector.broadcast(S, Float.NEGATIVE_INFINITY);
                for (int q = 0, b = blocks, place = i + start; q < places; q++) {
                    max = FloatVector.fromArray(S, x, place).max(max);
                    b = b == 1 ? blocks : b - 1;
                    place += b == blocks ? line : across;
                }
                max.intoArray(out, o + start);
            }
        }
    }

    /** Each lane adds its number at the first place whose x is its maximum, and +0 at all others. */
    private static void maxBackwardLoop(
            float[] x,
            int at,
            int step,
            int down,
            int across,
            float[] out,
            float[] g,
            int pooled,
            int count,
            int positions,
            int lines,
            int blocks,
            float[] dx,
            float[] ones) {
        FloatVector zero = FloatVector.zero(S);
        int places = lines * blocks;
        int line = down - (blocks - 1) * across;
        int last = Math.max(0, count - LANES);
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c += LANES) {
                int start = Math.min(c, last);
                VectorMask<Float> own =
                        FloatVector.fromArray(S, ones, mask(c, start, count)).compare(VectorOperators.NE, zero);
                FloatVector greatest = FloatVector.fromArray(S, out, o + start);
                FloatVector rest = zero.blend(FloatVector.fromArray(S, g, o + start), own);
                for (int q = 0, b = blocks, place = i + start; q < places; q++) {
                    FloatVector numbers = FloatVector.fromArray(S, x, place);
                    FloatVector added = zero.blend(rest, numbers.compare(VectorOperators.EQ, greatest));
                    FloatVector.fromArray(S, dx, place).add(added).intoArray(dx, place);
                    rest = zero.blend(rest, numbers.compare(VectorOperators.NE, greatest));
                    b = b == 1 ? blocks : b - 1;
                    place += b == blocks ? line : across;
                }
            }
        }
    }

    /** Each lane stores its number at the first place whose x is its maximum, and +0 at all others: every sum has one term. */
    private static void maxBackwardApartLoop(
            float[] x,
            int at,
            int step,
            int down,
            int across,
            float[] out,
            float[] g,
            int pooled,
            int count,
            int positions,
            int lines,
            int blocks,
            float[] dx) {
        FloatVector zero = FloatVector.zero(S);
        int places = lines * blocks;
        int line = down - (blocks - 1) * across;
        int last = count - LANES;
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c += LANES) {
                int start = Math.min(c, last);
                FloatVector greatest = FloatVector.fromArray(S, out, o + start);
                FloatVector rest = FloatVector.fromArray(S, g, o + start);
                for (int q = 0, b = blocks, place = i + start; q < places; q++) {
                    FloatVector numbers = FloatVector.fromArray(S, x, place);
                    FloatVector added = zero.blend(rest, numbers.compare(VectorOperators.EQ, greatest));
                    zero.add(added).intoArray(dx, place);
                    rest = zero.blend(rest, numbers.compare(VectorOperators.NE, greatest));
                    b = b == 1 ? blocks : b - 1;
                    place += b == blocks ? line : across;
                }
            }
        }
    }

    private static void meanLoop(
            float[] x,
            int at,
            int step,
            int down,
            int across,
            float[] out,
            int pooled,
            int count,
            int positions,
            int lines,
            int blocks) {
        int places = lines * blocks;
        FloatVector divisor = FloatVector.broadcast(S, (float) places);
        int line = down - (blocks - 1) * across;
        int last = Math.max(0, count - LANES);
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c += LANES) {
                int start = Math.min(c, last);
                FloatVector sum = FloatVector.zero(S);
                for (int q = 0, b = blocks, place = i + start; q < places; q++) {
                    sum = FloatVector.fromArray(S, x, place).add(sum);
                    b = b == 1 ? blocks : b - 1;
                    place += b == blocks ? line : across;
                }
                sum.div(divisor).intoArray(out, o + start);
            }
        }
    }

    private static void meanBackwardLoop(
            float[] g,
            int at,
            int step,
            int down,
            int across,
            float[] dx,
            int pooled,
            int count,
            int positions,
            int lines,
            int blocks,
            float[] ones) {
        FloatVector zero = FloatVector.zero(S);
        int places = lines * blocks;
        FloatVector divisor = FloatVector.broadcast(S, (float) places);
        int last = Math.max(0, count - LANES);
        for (int p = 0, i = at, o = pooled; p < positions; p++, i += step, o += count) {
            for (int c = 0; c < count; c += LANES) {
                int start = Math.min(c, last);
                VectorMask<Float> own =
                        FloatVector.fromArray(S, ones, mask(c, start, count)).compare(VectorOperators.NE, zero);
                FloatVector added =
                        zero.blend(FloatVector.fromArray(S, g, o + start).div(divisor), own);
                for (int a = 0; a < lines; a++) {
                    for (int b = 0, place = i + start + a * down; b < blocks; b++, place += across) {
                        FloatVector.fromArray(S, dx, place).add(added).intoArray(dx, place);
                    }
                }
            }
        }
    }
}
