package dev.chainrule.math.kernel.vector;

import jdk.incubator.vector.VectorShape;

/**
 * The sizes of a product's blocks, in elements, with the names used in the literature; {@link FloatVectorProduct} explains
 * their use.
 */
final class Blocks {
    /** The maximum number of rows of a micro-kernel's tile. */
    static final int MR = 6;
    /** The maximum number of rows of a block of left. */
    static final int MC = 16 * MR;

    /**
     * Whether vectors have 512 bits. Then a step of a tile takes as many cycles as with 256 bits, for twice the columns, so the
     * work per tile (to load and store its chains, and to fill the pipelines) weighs twice as much unless tiles have more
     * steps. CPUs with such vectors have a second-level cache of 1 MiB or more.
     */
    private static final boolean WIDE = Widths.SHAPE == VectorShape.S_512_BIT;
    /**
     * The maximum number of rows of a panel of right: 8 KiB of 256-bit vectors, a quarter of a usual first-level cache, or 128
     * KiB of 512-bit vectors, which come from the second level, no more slowly as they are read in order. So most products
     * never store partial chains, and those that would have to transpose right can transpose out instead.
     */
    static final int KC = WIDE ? 1024 : 128;
    /** The same if steps may be skipped: panels with gaps are read fast only from the first-level cache. */
    static final int KC_WITH_GAPS = WIDE ? 256 : 128;
    /**
     * The maximum number of rows of all panels of a block of right: 128 KiB of 256-bit vectors, a quarter of a usual
     * second-level cache, or 256 KiB of 512-bit vectors.
     */
    static final int PANEL_ROWS = 2048;
    /**
     * The distance between rows of left packed by rows: the maximum length of a row plus a cache line of float32, so that
     * rows are in different sets of a cache. If left is packed by columns, this leaves room for whole vectors that write
     * beyond the end.
     */
    static final int ROW_DOWN = KC + 16;

    private Blocks() {}
}
