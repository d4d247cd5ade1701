package dev.chainrule.math.kernel.vector;

/** The sizes of a product's blocks, in elements, by their names in the field; {@link FloatVectorProduct} says what each is for. */
final class Blocks {
    /** Rows of a micro-kernel's tile at most. */
    static final int MR = 6;
    /** Rows of a block of left at most: 54 KiB of float32, packed by rows. */
    static final int MC = 16 * MR;
    /** Rows of a panel of right at most: 8 KiB of 256-bit vectors, a quarter of a usual first-level cache. */
    static final int KC = 128;
    /** nc in panels of nr columns: 128 KiB of 256-bit vectors, a quarter of a usual second-level cache. */
    static final int NC_PANELS = 16;
    /**
     * From a row of left to the next where it is packed by rows: a cache line of float32 more than a row is long at most, so that
     * rows lie in different sets of a cache; and room for what whole vectors write beyond where it is packed by columns.
     */
    static final int ROW_DOWN = KC + 16;

    private Blocks() {}
}
