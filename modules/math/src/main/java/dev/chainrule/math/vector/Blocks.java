package dev.chainrule.math.vector;

/** Name the sizes of a product's blocks, in elements, that those who pack and those who compute must agree on. */
final class Blocks {
    /** Rows of the largest tile. */
    static final int TILE = 6;
    /** Rows of a packed panel at most: 8 KiB of 256-bit vectors, a quarter of a usual first-level cache. */
    static final int DEPTH = 128;
    /**
     * From a row of left to the next where it is packed by rows: a cache line of float32 more than a row is long at most, so that
     * rows lie in different sets of a cache; and room for what whole vectors write beyond where it is packed by columns.
     */
    static final int ROW_DOWN = DEPTH + 16;

    private Blocks() {}
}
