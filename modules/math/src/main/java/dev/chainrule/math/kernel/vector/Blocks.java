package dev.chainrule.math.kernel.vector;

import jdk.incubator.vector.VectorShape;

/**
 * The sizes of a product's blocks, in elements, with the names used in the literature; {@link FloatVectorProduct} explains
 * their use.
 */
final class Blocks {
    /** The maximum number of rows of a micro-kernel's tile. */
    static final int MR = 6;
    /** The maximum number of rows of a block of left: 54 KiB of float32, packed by rows; 102 KiB if vectors have 512 bits. */
    static final int MC = 16 * MR;

    /**
     * A step of a tile of 512-bit vectors takes as many cycles as one of 256-bit vectors, for twice the columns: so what is
     * done once per tile, to load and store its chains and to fill the pipelines, weighs twice as much unless tiles have
     * more steps. CPUs with such vectors have larger caches, too: 32 or 48 KiB and 1 MiB or more per core.
     */
    private static final boolean WIDE = Widths.SHAPE == VectorShape.S_512_BIT;
    /**
     * The maximum number of rows of a panel of right: 8 KiB of 256-bit vectors, a quarter of a usual first-level cache; 32
     * KiB of 512-bit vectors, which are read in order and so may also come from the second level.
     */
    static final int KC = WIDE ? 256 : 128;
    /**
     * The maximum of nc in panels of nr columns: 128 KiB of 256-bit vectors and 256 KiB of 512-bit vectors, a quarter of a
     * usual second-level cache.
     */
    static final int NC_PANELS = WIDE ? 8 : 16;
    /**
     * The distance between rows of left packed by rows: the maximum length of a row plus a cache line of float32, so that
     * rows are in different sets of a cache. If left is packed by columns, this leaves room for whole vectors that write
     * beyond the end.
     */
    static final int ROW_DOWN = KC + 16;

    private Blocks() {}
}
