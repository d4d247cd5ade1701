package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.Blocks.DEPTH;
import static dev.chainrule.math.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.vector.Blocks.TILE;
import static dev.chainrule.math.vector.FloatLeftBlock.ROWS;
import static dev.chainrule.math.vector.FloatSpecies.LANES;
import static dev.chainrule.math.vector.FloatSpecies.WIDTH;

import dev.chainrule.math.FloatProduct;
import dev.chainrule.math.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compute a product on the Vector API: blocks of right are packed into panels of two vectors' width, blocks of left by rows or
 * by columns, as they lie, and tiles of up to six rows by one panel are computed in registers.
 *
 * <p>A panel of {@link Blocks#DEPTH} rows stays in the first-level cache while all rows of a block of left pass it; the packed
 * block stays in the second-level one. Between two blocks of k a chain rests in out: every k comes in ascending order, and no
 * sum is re-associated. Where columns are no multiple of a panel's width, the last panel begins earlier and computes some
 * columns again; or, where chains rest in out, its rest holds whatever numbers were near, the tile is computed whole beside
 * out, and only its columns are copied. Few rows are computed from both as they lie; left by columns is read where it
 * lies if it has few rows, or passes few panels.
 *
 * <p>Source of the scheme: K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3),
 * 2008.
 */
final class FloatVectorProduct extends FloatProduct {
    /** Waking a parked thread costs the caller some 5 µs; this many fma take 10 µs or more. */
    private static final long SHARED_FROM = 300_000;
    /** Panels of a packed block: 128 KiB of 256-bit vectors, a quarter of a usual second-level cache. */
    private static final int PANELS = 16;
    /** Blocks of left that are packed for all at most: 4 MiB of float32, with what is kept of them. */
    private static final int MOST_BLOCKS = 32;
    /** Shares of the columns that a thread computes one after another, if the other does not: one may be disturbed. */
    private static final int SHARES = 2;
    /** With fewer rows than this, copying right costs more than reading it twice where it lies. */
    private static final int ROWS_TO_PACK_RIGHT = 2 * TILE;
    /** With fewer rows of all panels than this, copying left by columns costs more than it saves. */
    private static final int PANEL_ROWS_TO_PACK = 32;
    /** With fewer panels than this, to look for zeros in left costs more than leaving them out can save. */
    private static final int PANELS_TO_LEAVE_OUT = 4;

    /** What chains that begin at +0 are read from. */
    private static final float[] ZEROS = new float[WIDTH];

    private final float[][] packed;
    private final float[][] strips;
    private final float[][] tiles;
    /** A block of left for each part, packed anew for each use. */
    private final FloatLeftBlock[] own;
    /** All blocks of left, row by row of them, packed once for all parts and columns; empty where that does not pay. */
    private FloatLeftBlock[] all = new FloatLeftBlock[0];

    private final ThreadTeam.Task packing = (part, parts) -> packAll();
    private final AtomicInteger nextBlock = new AtomicInteger();
    private final AtomicInteger nextShare = new AtomicInteger();
    private int deepest;
    private boolean packsAll;
    /** Whether to look for zeros in left; written by several threads, as any may find that it is of no use. */
    private volatile boolean looks;

    FloatVectorProduct(ThreadTeam team) {
        super(team, SHARED_FROM);
        this.packed = new float[team.threads()][0];
        this.strips = new float[team.threads()][FloatPacking.STRIP];
        this.tiles = new float[team.threads()][ROWS * WIDTH];
        this.own = blocks(team.threads());
    }

    private static FloatLeftBlock[] blocks(int count) {
        FloatLeftBlock[] blocks = new FloatLeftBlock[count];
        Arrays.setAll(blocks, i -> new FloatLeftBlock());
        return blocks;
    }

    @Override
    protected void prepare(ThreadTeam team, int parts) {
        int panels = sharesColumns(parts) ? blocks(blocks(columns, WIDTH), parts) : blocks(columns, WIDTH);
        deepest = depth == 0 ? 0 : blocks(depth, blocks(depth, DEPTH));
        looks = !accumulate && panels > PANELS_TO_LEAVE_OUT;
        packsAll = false;
        if (depth == 0 || rows < ROWS_TO_PACK_RIGHT || !packsLeft(rows, panels)) {
            return;
        }
        long count = (long) blocks(rows, ROWS) * blocks(depth, deepest);
        boolean again = parts > 1 ? sharesColumns(parts) : panels > PANELS;
        packsAll = again && count > 1 && count <= MOST_BLOCKS;
        if (!packsAll) {
            return;
        }
        if (all.length < count) {
            all = blocks((int) count);
        }
        nextBlock.set(0);
        nextShare.set(0);
        if (parts > 1) {
            team.run(packing);
        } else {
            packAll();
        }
    }

    private void packAll() {
        int across = blocks(depth, deepest);
        int count = blocks(rows, ROWS) * across;
        for (int i = nextBlock.getAndIncrement(); i < count; i = nextBlock.getAndIncrement()) {
            pack(all[i], i / across * ROWS, rows, i % across * deepest, i == 0);
        }
    }

    /** Pack a block of left: its rows from {@code row} on, as far as {@code rowTo}. As the first block is, most are. */
    private void pack(FloatLeftBlock block, int row, int rowTo, int k, boolean first) {
        int height = Math.min(ROWS, rowTo - row);
        int count = Math.min(deepest, depth - k);
        boolean kept = block.pack(left, row * leftDown + k * leftAcross, leftDown, leftAcross, height, count, looks);
        if (first && !kept) {
            looks = false;
        }
    }

    /** Return whether copying left pays; the columns of few rows lie near one another. */
    private boolean packsLeft(int height, int panels) {
        return leftAcross == 1 || height >= ROWS && (long) panels * depth >= PANEL_ROWS_TO_PACK;
    }

    /** Return whether parts share columns; they pack only their own then, else every part packs all. */
    private boolean sharesColumns(int parts) {
        int panels = blocks(columns, WIDTH);
        int bands = blocks(rows, TILE);
        return (long) blocks(panels, parts) * bands <= (long) blocks(bands, parts) * panels;
    }

    @Override
    public void run(int part, int parts) {
        int panels = blocks(columns, WIDTH);
        int bands = blocks(rows, TILE);
        if (packsAll && parts > 1) {
            int shares = Math.min(panels, SHARES * parts);
            for (int i = nextShare.getAndIncrement(); i < shares; i = nextShare.getAndIncrement()) {
                decide(
                        part,
                        0,
                        rows,
                        share(panels, i, shares, WIDTH, columns),
                        share(panels, i + 1, shares, WIDTH, columns));
            }
        } else if (sharesColumns(parts)) {
            decide(
                    part,
                    0,
                    rows,
                    share(panels, part, parts, WIDTH, columns),
                    share(panels, part + 1, parts, WIDTH, columns));
        } else {
            decide(part, share(bands, part, parts, TILE, rows), share(bands, part + 1, parts, TILE, rows), 0, columns);
        }
    }

    /** Compute a part, and anew what is in doubt of it. */
    private void decide(int part, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (compute(part, rowFrom, rowTo, columnFrom, columnTo)) {
            decideZeros(rowFrom, rowTo, columnFrom, columnTo);
        }
    }

    /** Return where a part begins, at a multiple of {@code step}. */
    private static int share(int blocks, int part, int parts, int step, int count) {
        return (int) Math.min(count, (long) blocks * part / parts * step);
    }

    /** Return how many blocks cover a count. */
    private static int blocks(int count, int block) {
        return (count + block - 1) / block;
    }

    /** Compute a part; return whether steps of k were left out of it. */
    private boolean compute(int part, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (rowFrom == rowTo || columnFrom == columnTo || depth == 0) {
            return false;
        }
        int height = rowTo - rowFrom;
        if (height < ROWS_TO_PACK_RIGHT
                && columnTo - columnFrom >= WIDTH
                && leftAcross == 1
                && rightAcross == 1
                && outAcross == 1
                && !accumulate) {
            computeInPlace(rowFrom, rowTo, columnFrom, columnTo);
            return false;
        }
        int panels = blocks(columnTo - columnFrom, WIDTH);
        int most = blocks(panels, blocks(panels, PANELS));
        if (packed[part].length < most * deepest * WIDTH) {
            packed[part] = new float[most * deepest * WIDTH];
        }
        // chains computed in one go may be computed twice: then a last panel moved back is as wide as the others
        boolean whole = deepest == depth && !accumulate;
        int lastPanel = whole ? Math.max(columnFrom, columnTo - WIDTH) : columnTo;
        boolean packsLeft = packsLeft(height, panels);
        boolean leavesOut = false;
        for (int column = columnFrom; column < columnTo; column += most * WIDTH) {
            int end = Math.min(columnTo, column + most * WIDTH);
            for (int k = 0; k < depth; k += deepest) {
                int count = Math.min(deepest, depth - k);
                for (int j = column; j < end; j += WIDTH) {
                    int first = Math.min(j, lastPanel);
                    pack(part, (j - column) * count, k, count, first, Math.min(WIDTH, end - first));
                }
                boolean looked = false;
                boolean finite = false;
                for (int row = rowFrom; row < rowTo; row += ROWS) {
                    int rowEnd = Math.min(rowTo, row + ROWS);
                    FloatLeftBlock block = packsLeft ? block(part, row, rowTo, k, row == rowFrom && k == 0) : null;
                    boolean keeps = block != null && block.isKept();
                    if (keeps && !looked) {
                        finite = FloatLeftBlock.isFinite(packed[part], blocks(end - column, WIDTH) * count);
                        looked = true;
                    }
                    keeps &= finite;
                    leavesOut |= keeps;
                    for (int j = column; j < end; j += WIDTH) {
                        int first = Math.min(j, lastPanel);
                        int width = Math.min(WIDTH, end - first);
                        tiles(part, block, keeps, (j - column) * count, row, rowEnd, k, count, first, width);
                    }
                }
            }
        }
        return leavesOut;
    }

    private FloatLeftBlock block(int part, int row, int rowTo, int k, boolean first) {
        if (packsAll) {
            return all[row / ROWS * blocks(depth, deepest) + k / deepest];
        }
        pack(own[part], row, rowTo, k, first);
        return own[part];
    }

    /** Compute few rows, all of k at once, from right as it lies. */
    private void computeInPlace(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        for (int j = columnFrom; j < columnTo; j += WIDTH) {
            int column = Math.min(j, columnTo - WIDTH);
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

    /** Return the rows of the largest tile that fits. */
    private static int height(int rows) {
        return rows >= TILE ? TILE : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
    }

    private void pack(int part, int at, int k, int count, int column, int width) {
        int from = k * rightDown + column * rightAcross;
        if (rightAcross == 1) {
            FloatPacking.panel(right, from, rightDown, packed[part], at, count, width);
        } else {
            FloatPacking.gather(right, from, rightAcross, strips[part], packed[part], at, count, width);
        }
    }

    /** Compute the rows given by one panel. The block is null where left is read where it lies. */
    private void tiles(
            int part,
            FloatLeftBlock block,
            boolean keeps,
            int panelAt,
            int rowFrom,
            int rowTo,
            int k,
            int count,
            int column,
            int width) {
        int bands = (rowTo - rowFrom) / TILE;
        if (bands > 0) {
            tile(part, block, keeps, panelAt, rowFrom, rowFrom, TILE, bands, k, count, column, width);
        }
        for (int row = rowFrom + bands * TILE; row < rowTo; ) {
            int height = height(rowTo - row);
            tile(part, block, false, panelAt, rowFrom, row, height, 1, k, count, column, width);
            row += height;
        }
    }

    /** Compute bands of rows of one height. */
    private void tile(
            int part,
            FloatLeftBlock block,
            boolean keeps,
            int panelAt,
            int rowFrom,
            int row,
            int height,
            int bands,
            int k,
            int count,
            int column,
            int width) {
        boolean stored = accumulate || k > 0;
        boolean direct = outAcross == 1 && width == WIDTH;
        float[] panel = packed[part];
        float[] tile = tiles[part];
        int outAt = row * outDown + column * outAcross;
        float[] start = !stored ? ZEROS : direct ? out : tile;
        int startAt = stored && direct ? outAt : 0;
        int startDown = !stored ? 0 : direct ? outDown : WIDTH;
        float[] to = direct ? out : tile;
        int toAt = direct ? outAt : 0;
        int toDown = direct ? outDown : WIDTH;
        if (stored && !direct) {
            load(outAt, bands * height, width, tile);
        }
        int i = row - rowFrom;
        int band = FloatPacking.band(count);
        if (keeps) {
            block.tiles(panel, panelAt, start, startAt, startDown, to, toAt, toDown, bands);
        } else if (block == null) {
            columnTile(
                    height,
                    bands,
                    left,
                    row * leftDown + k * leftAcross,
                    leftAcross,
                    TILE * leftDown,
                    panel,
                    panelAt,
                    count,
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
                    i / TILE * band + i % TILE,
                    TILE,
                    band,
                    panel,
                    panelAt,
                    count,
                    start,
                    startAt,
                    startDown,
                    to,
                    toAt,
                    toDown);
        } else if (height == TILE) {
            FloatRowTiles.packedSix(
                    block.packed(),
                    i * ROW_DOWN,
                    panel,
                    panelAt,
                    count,
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
                    panel,
                    panelAt,
                    WIDTH,
                    count,
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

    /**
     * Compute the chains anew whose result is −0: there a step that was left out may make it +0. A line of out is a row, or a column
     * of its transpose.
     */
    private void decideZeros(int rowFrom, int rowTo, int columnFrom, int columnTo) {
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
            int count,
            float[] start,
            int startAt,
            int startDown,
            float[] to,
            int toAt,
            int toDown) {
        int step = leftAcross;
        switch (height) {
            case TILE ->
                FloatRowTiles.six(
                        from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt,
                        toDown);
            case 4 ->
                FloatRowTiles.four(
                        from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt,
                        toDown);
            default ->
                FloatRowTiles.few(
                        height, from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to,
                        toAt, toDown);
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
            int count,
            float[] start,
            int startAt,
            int startDown,
            float[] to,
            int toAt,
            int toDown) {
        switch (height) {
            case TILE ->
                FloatColumnTiles.six(
                        from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown, bands,
                        band);
            case 4 ->
                FloatColumnTiles.four(
                        from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
            default ->
                FloatColumnTiles.few(
                        height, from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
        }
    }

    private void load(int outAt, int height, int width, float[] tile) {
        if (outAcross == 1 && width >= LANES) {
            FloatPacking.pairs(out, outAt, outDown, tile, 0, WIDTH, height, width - LANES);
            return;
        }
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                tile[i * WIDTH + j] = out[outAt + i * outDown + j * outAcross];
            }
        }
    }

    private void store(int outAt, int height, int width, float[] tile) {
        if (outAcross == 1 && width >= LANES) {
            FloatPacking.pairs(tile, 0, WIDTH, out, outAt, outDown, height, width - LANES);
            return;
        }
        // the rows of a tile are neighbours in out
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < height; i++) {
                out[outAt + i * outDown + j * outAcross] = tile[i * WIDTH + j];
            }
        }
    }

    @Override
    protected long cost() {
        return cost(rows, columns, depth, rightAcross != 1, false);
    }

    @Override
    protected long transposedCost() {
        return cost(columns, rows, depth, leftDown != 1, true);
    }

    /**
     * Return about how many cycles a product takes: two fma each, four at least for a tile since they depend on the last. To pack
     * left costs about the same for both orders.
     */
    private static long cost(int m, int n, int k, boolean gathers, boolean scatters) {
        int rest = m % TILE;
        long chains = (long) (m - rest + (rest == 0 ? 0 : rest % 2 == 0 || rest == 1 ? 4 : 8)) * blocks(n, WIDTH) * k;
        long packing = gathers ? 3L * k * n / 2 : 2L * k * blocks(n, WIDTH);
        // all but the first block of k read what they add to
        long storing = scatters ? 3L * m * n * (2 * blocks(k, DEPTH) - 1) : 0;
        return chains + packing + storing;
    }
}
