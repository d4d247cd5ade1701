package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.function.FloatConstants.BITS_TYPE;

import dev.chainrule.math.function.Bits;
import jdk.incubator.vector.VectorSpecies;

/** The vector species of {@code float}: constants, so that C2 compiles every operation to an instruction. */
final class FloatSpecies {
    static final VectorSpecies<Float> S = VectorSpecies.of(float.class, Widths.SHAPE);
    /** Vectors of the same width, of the integers that contain the bits. */
    static final VectorSpecies<@Bits Integer> BITS = VectorSpecies.of(BITS_TYPE, Widths.SHAPE);

    static final int LANES = S.length();
    /** The number of columns of a tile and of a packed panel: two vectors. */
    static final int NR = 2 * LANES;
    /** The number of elements that whole vectors read and write to copy a column of a tile. */
    static final int COLUMN = (Blocks.MR + LANES - 1) / LANES * LANES;

    private FloatSpecies() {}

    /** Return the part of a count that whole vectors cover. */
    static int whole(int count) {
        return count & -LANES;
    }
}
