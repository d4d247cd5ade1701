package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.Blocks.MC;
import static dev.chainrule.math.kernel.vector.Blocks.MR;
import static dev.chainrule.math.kernel.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.kernel.FloatProduct;

/**
 * The two inner loops of a {@link FloatVectorProduct}, which multiply a block of left by the panels of right, and the choice
 * of a micro-kernel for each tile: by the storage order of left and the number of rows.
 */
abstract class FloatMacroKernel extends FloatProduct {
    /** The initial values of chains that begin at +0. */
    private static final float[] ZEROS = new float[NR];

    /** Buffers for tiles that are computed outside out, one per part. */
    private final float[][] tiles;

    FloatMacroKernel(ThreadTeam team, long sharedFrom) {
        super(team, sharedFrom);
        this.tiles = new float[team.threads()][MC * NR];
    }

    /**
     * Continue the chains of the rows from {@code ic} to {@code icEnd} and the columns from {@code jc} to {@code end} by
     * {@code steps} of k.
     *
     * @param block the block of left; null if left is read in place
     * @param skips whether steps of k are skipped at which a band of the block is zero
     * @param panels the packed block of right
     * @param lastPanel the first column of the last panel, or a greater one
     */
    final void computeBlock(
            int part,
            FloatLeftBlock block,
            boolean skips,
            float[] panels,
            int ic,
            int icEnd,
            int pc,
            int steps,
            int jc,
            int end,
            int lastPanel) {
        for (int jr = jc; jr < end; jr += NR) {
            int column = Math.min(jr, lastPanel);
            int width = Math.min(NR, end - column);
            tiles(part, block, skips, panels, (jr - jc) * steps, ic, icEnd, pc, steps, column, width);
        }
    }

    /** Multiply the rows by one panel: the loop over ir, which for whole bands is in the micro-kernel. */
    private void tiles(
            int part,
            FloatLeftBlock block,
            boolean skips,
            float[] panels,
            int panelAt,
            int ic,
            int icEnd,
            int pc,
            int steps,
            int column,
            int width) {
        int bands = (icEnd - ic) / MR;
        if (bands > 0) {
            tile(part, block, skips, panels, panelAt, ic, ic, MR, bands, pc, steps, column, width);
        }
        for (int ir = ic + bands * MR; ir < icEnd; ) {
            int height = height(icEnd - ir);
            tile(part, block, false, panels, panelAt, ic, ir, height, 1, pc, steps, column, width);
            ir += height;
        }
    }

    /** Return the number of rows of the largest tile that fits. */
    private static int height(int rows) {
        return rows >= MR ? MR : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
    }

    /** Compute bands of rows of one height. */
    private void tile(
            int part,
            FloatLeftBlock block,
            boolean skips,
            float[] panels,
            int panelAt,
            int ic,
            int ir,
            int height,
            int bands,
            int pc,
            int steps,
            int column,
            int width) {
        boolean stored = accumulate || pc > 0;
        boolean direct = outAcross == 1 && width == NR;
        float[] tile = tiles[part];
        int outAt = ir * outDown + column * outAcross;
        float[] start = !stored ? ZEROS : direct ? out : tile;
        int startAt = stored && direct ? outAt : 0;
        int startDown = !stored ? 0 : direct ? outDown : NR;
        float[] to = direct ? out : tile;
        int toAt = direct ? outAt : 0;
        int toDown = direct ? outDown : NR;
        if (stored && !direct) {
            load(outAt, bands * height, width, tile);
        }
        int i = ir - ic;
        int band = FloatPacking.band(steps);
        if (skips) {
            block.tiles(panels, panelAt, start, startAt, startDown, to, toAt, toDown, bands);
        } else if (block == null) {
            columnTile(
                    height,
                    bands,
                    left,
                    ir * leftDown + pc * leftAcross,
                    leftAcross,
                    MR * leftDown,
                    panels,
                    panelAt,
                    steps,
                    start,
                    startAt,
                    startDown,
                    to,
                    toAt,
                    toDown);
        } else if (leftAcross != 1) {
            columnTile(
                    height,
                    bands,
                    block.packed(),
                    i / MR * band + i % MR,
                    MR,
                    band,
                    panels,
                    panelAt,
                    steps,
                    start,
                    startAt,
                    startDown,
                    to,
                    toAt,
                    toDown);
        } else if (height == MR) {
            FloatRowTiles.packedSix(
                    block.packed(),
                    i * ROW_DOWN,
                    panels,
                    panelAt,
                    steps,
                    start,
                    startAt,
                    startDown,
                    to,
                    toAt,
                    toDown,
                    bands);
        } else {
            rowTile(
                    height,
                    block.packed(),
                    i * ROW_DOWN,
                    ROW_DOWN,
                    panels,
                    panelAt,
                    NR,
                    LANES,
                    steps,
                    start,
                    startAt,
                    startDown,
                    to,
                    toAt,
                    toDown);
        }
        if (!direct) {
            store(outAt, bands * height, width, tile);
        }
    }

    /** Compute a few rows, with all of k at once, from right in place. */
    final void computeInPlace(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        int width = Math.min(NR, columnTo - columnFrom);
        for (int j = columnFrom; j < columnTo; j += NR) {
            int column = Math.min(j, columnTo - width);
            for (int row = rowFrom; row < rowTo; ) {
                int height = height(rowTo - row);
                rowTile(
                        height,
                        left,
                        row * leftDown,
                        leftDown,
                        right,
                        column,
                        rightDown,
                        width - LANES,
                        depth,
                        ZEROS,
                        0,
                        0,
                        out,
                        row * outDown + column,
                        outDown);
                row += height;
            }
        }
    }

    /**
     * Recompute the chains whose result is −0: a skipped step may make it +0. A line of out is a row, or a column of its
     * transpose.
     */
    final void decideZeros(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        boolean byRows = outAcross == 1;
        int from = byRows ? rowFrom : columnFrom;
        int to = byRows ? rowTo : columnTo;
        int begin = byRows ? columnFrom : rowFrom;
        int end = byRows ? columnTo : rowTo;
        for (int line = from; line < to; line++) {
            int at = line * (byRows ? outDown : outAcross);
            for (int i = begin; (i = FloatLeftBlock.negativeZero(out, at + i, at + end) - at) < end; i++) {
                out[at + i] = byRows ? chain(line, i) : chain(i, line);
            }
        }
    }

    private float chain(int row, int column) {
        float sum = 0;
        for (int k = 0; k < depth; k++) {
            sum = Math.fma(left[row * leftDown + k * leftAcross], right[k * rightDown + column * rightAcross], sum);
        }
        return sum;
    }

    private void rowTile(
            int height,
            float[] from,
            int at,
            int down,
            float[] panel,
            int panelAt,
            int panelDown,
            int second,
            int steps,
            float[] start,
            int startAt,
            int startDown,
            float[] to,
            int toAt,
            int toDown) {
        int step = leftAcross;
        switch (height) {
            case MR ->
                FloatRowTiles.six(
                        from, at, down, step, panel, panelAt, panelDown, second, steps, start, startAt, startDown, to,
                        toAt, toDown);
            case 4 ->
                FloatRowTiles.four(
                        from, at, down, step, panel, panelAt, panelDown, second, steps, start, startAt, startDown, to,
                        toAt, toDown);
            default ->
                FloatRowTiles.few(
                        height, from, at, down, step, panel, panelAt, panelDown, second, steps, start, startAt,
                        startDown, to, toAt, toDown);
        }
    }

    private static void columnTile(
            int height,
            int bands,
            float[] from,
            int at,
            int across,
            int band,
            float[] panel,
            int panelAt,
            int steps,
            float[] start,
            int startAt,
            int startDown,
            float[] to,
            int toAt,
            int toDown) {
        switch (height) {
            case MR ->
                FloatColumnTiles.six(
                        from, at, across, panel, panelAt, steps, start, startAt, startDown, to, toAt, toDown, bands,
                        band);
            case 4 ->
                FloatColumnTiles.four(
                        from, at, across, panel, panelAt, steps, start, startAt, startDown, to, toAt, toDown);
            default ->
                FloatColumnTiles.few(
                        height, from, at, across, panel, panelAt, steps, start, startAt, startDown, to, toAt, toDown);
        }
    }

    private void load(int outAt, int height, int width, float[] tile) {
        if (outAcross == 1 && width >= LANES) {
            FloatPacking.pairs(out, outAt, outDown, tile, 0, NR, height, width - LANES);
            return;
        }
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                tile[i * NR + j] = out[outAt + i * outDown + j * outAcross];
            }
        }
    }

    private void store(int outAt, int height, int width, float[] tile) {
        if (outAcross == 1 && width >= LANES) {
            FloatPacking.pairs(tile, 0, NR, out, outAt, outDown, height, width - LANES);
            return;
        }
        // the rows of a tile are adjacent in out
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < height; i++) {
                out[outAt + i * outDown + j * outAcross] = tile[i * NR + j];
            }
        }
    }
}
