package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.function.FloatConstants.BITS_TYPE;

import dev.chainrule.math.function.Bits;
import jdk.incubator.vector.VectorSpecies;

/** Hold the vectors of {@code float}: constants, so that C2 compiles every operation to an instruction. */
final class FloatSpecies {
    static final VectorSpecies<Float> S = VectorSpecies.of(float.class, Widths.SHAPE);
    /** Vectors as wide of the integers that hold the bits. */
    static final VectorSpecies<@Bits Integer> BITS = VectorSpecies.of(BITS_TYPE, Widths.SHAPE);

    static final int LANES = S.length();
    /** Columns of a tile and of a packed panel: two vectors. */
    static final int NR = 2 * LANES;
    /** What whole vectors read and write to copy a column of a tile. */
    static final int COLUMN = (Blocks.MR + LANES - 1) / LANES * LANES;

    private FloatSpecies() {}

    /** Return what of a count whole vectors cover. */
    static int whole(int count) {
        return count & -LANES;
    }
}
