package dev.chainrule.math.kernel.vector;

/**
 * The sizes of a product's blocks, in elements, with the names used in the literature; {@link FloatVectorProduct} explains
 * their use.
 */
final class Blocks {
    /** The maximum number of rows of a micro-kernel's tile. */
    static final int MR = 6;
    /** The maximum number of rows of a block of left: 54 KiB of float32, packed by rows. */
    static final int MC = 16 * MR;
    /** The maximum number of rows of a panel of right: 8 KiB of 256-bit vectors, a quarter of a usual first-level cache. */
    static final int KC = 128;
    /** The maximum of nc in panels of nr columns: 128 KiB of 256-bit vectors, a quarter of a usual second-level cache. */
    static final int NC_PANELS = 16;
    /**
     * The distance between rows of left packed by rows: the maximum length of a row plus a cache line of float32, so that
     * rows are in different sets of a cache. If left is packed by columns, this leaves room for whole vectors that write
     * beyond the end.
     */
    static final int ROW_DOWN = KC + 16;

    private Blocks() {}
}
