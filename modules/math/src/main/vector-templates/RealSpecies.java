package dev.chainrule.math.vector;

import jdk.incubator.vector.@Real@Vector;
import jdk.incubator.vector.VectorSpecies;

/** Hold the vectors of {@code @real@}: constants, so that C2 compiles every operation to an instruction. */
final class @Real@Species {
    static final VectorSpecies<@Real@> S = VectorSpecies.of(@real@.class, Widths.SHAPE);
    /** Vectors as wide of the integers that hold the bits. */
    static final VectorSpecies<@BitsBox@> BITS = VectorSpecies.of(@bits@.class, Widths.SHAPE);

    static final int LANES = S.length();
    /** Columns of a tile and of a packed panel: two vectors. */
    static final int WIDTH = 2 * LANES;
    /** What whole vectors read and write to copy a column of a tile. */
    static final int COLUMN = (Blocks.TILE + LANES - 1) / LANES * LANES;

    private @Real@Species() {}

    /** Return what of a count whole vectors cover. */
    static int whole(int count) {
        return count & -LANES;
    }
}
