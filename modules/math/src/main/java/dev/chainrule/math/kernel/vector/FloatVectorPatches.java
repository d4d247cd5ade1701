package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.S;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatPatches;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;

/**
 * Patches on the Vector API. The last vector of a block overlaps the one before it. A block shorter than a vector is copied with the
 * numbers after it, which the next block overwrites, except near the end of an array or of a thread's rows.
 */
final class FloatVectorPatches extends FloatPatches {
    private static final SeparateLoop GATHER = new SeparateLoop(MethodHandles.lookup(), "gatherLoop");
    private static final SeparateLoop ADD = new SeparateLoop(MethodHandles.lookup(), "addLoop");

    FloatVectorPatches(ThreadTeam team) {
        super(team);
    }

    @Override
    protected void gather(
            float[] x, int from, float[] y, int to, int positions, int lines, int blocks, int columns, int limit) {
        int whole = positions;
        if (columns < LANES) {
            int read = from + (lines - 1) * down + (blocks - 1) * across + LANES; // by the first position
            int written = to + (lines - 1) * width + (blocks - 1) * columns + LANES;
            whole = Math.min(fitting(x.length - read, step), fitting(limit - written, size));
            whole = Math.min(whole, positions);
        }
        if (whole > 0) {
            try {
                GATHER.method()
                        .invokeExact(x, from, step, down, across, y, to, size, width, whole, lines, blocks, columns);
            } catch (Throwable e) {
                throw SeparateLoop.failure(e);
            }
        }
        super.gather(x, from + whole * step, y, to + whole * size, positions - whole, lines, blocks, columns, limit);
    }

    /** Return the number of positions that fit if there is room for one and {@code rest} numbers more. */
    private static int fitting(int rest, int distance) {
        return rest < 0 ? 0 : rest / distance + 1;
    }

    @Override
    protected void add(float[] x, int from, float[] y, int to, int positions, int lines, int blocks, int columns) {
        if (columns < LANES) {
            super.add(x, from, y, to, positions, lines, blocks, columns);
            return;
        }
        try {
            ADD.method()
                    .invokeExact(x, from, step, down, across, y, to, size, width, positions, lines, blocks, columns);
        } catch (Throwable e) {
            throw SeparateLoop.failure(e);
        }
    }

    private static void gatherLoop(
            float[] x,
            int from,
            int step,
            int down,
            int across,
            float[] y,
            int to,
            int size,
            int width,
            int positions,
            int lines,
            int blocks,
            int columns) {
        int last = Math.max(0, columns - LANES);
        for (int p = 0; p < positions; p++) {
            for (int a = 0; a < lines; a++) {
                int source = from + p * step + a * down;
                int target = to + p * size + a * width;
                for (int b = 0; b < blocks; b++, source += across, target += columns) {
                    for (int j = 0; j < last; j += LANES) {
                        FloatVector.fromArray(S, x, source + j).intoArray(y, target + j);
                    }
                    FloatVector.fromArray(S, x, source + last).intoArray(y, target + last);
                }
            }
        }
    }

    private static void addLoop(
            float[] x,
            int from,
            int step,
            int down,
            int across,
            float[] y,
            int to,
            int size,
            int width,
            int positions,
            int lines,
            int blocks,
            int columns) {
        int last = columns - LANES;
        for (int p = 0; p < positions; p++) {
            for (int a = 0; a < lines; a++) {
                int target = from + p * step + a * down;
                int source = to + p * size + a * width;
                for (int b = 0; b < blocks; b++, target += across, source += columns) {
                    // computed before the vectors that it overlaps are stored
                    FloatVector end =
                            FloatVector.fromArray(S, x, target + last).add(FloatVector.fromArray(S, y, source + last));
                    for (int j = 0; j < last; j += LANES) {
                        FloatVector.fromArray(S, x, target + j)
                                .add(FloatVector.fromArray(S, y, source + j))
                                .intoArray(x, target + j);
                    }
                    end.intoArray(x, target + last);
                }
            }
        }
    }
}
