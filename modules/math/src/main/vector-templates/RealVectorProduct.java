package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.Blocks.DEPTH;
import static dev.chainrule.math.vector.Blocks.ROW_DOWN;
import static dev.chainrule.math.vector.Blocks.TILE;
import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.WIDTH;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.@Real@Product;
import java.util.Arrays;
import jdk.incubator.vector.@Real@Vector;

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
final class @Real@VectorProduct extends @Real@Product {
    /** Waking a parked thread costs the caller some 5 µs; this many fma take 10 µs or more. */
    private static final long SHARED_FROM = 300_000;
    /** Panels of a packed block: 128 KiB of 256-bit vectors, a quarter of a usual second-level cache. */
    private static final int PANELS = 16;
    /** Rows of left that pass a panel before the next comes: 54 KiB of float32. */
    private static final int ROWS = 96;
    /** With fewer rows than this, copying right costs more than reading it twice where it lies. */
    private static final int ROWS_TO_PACK_RIGHT = 2 * TILE;
    /** With fewer rows of all panels than this, copying left by columns costs more than it saves. */
    private static final int PANEL_ROWS_TO_PACK = 32;
    /** With fewer panels than this, to look for zeros in left costs more than leaving them out can save. */
    private static final int PANELS_TO_LEAVE_OUT = 4;

    /** What chains that begin at +0 are read from. */
    private static final @real@[] ZEROS = new @real@[WIDTH];

    private final @real@[][] packed;
    private final @real@[][] lefts;
    private final @real@[][] strips;
    private final @real@[][] tiles;
    private final @Real@Kept[] kept;

    /** How a tile reads left: where it lies, packed, or packed and without the steps of k at which it is zero. */
    private enum Left {
        IN_PLACE,
        PACKED,
        KEPT
    }

    @Real@VectorProduct(ThreadTeam team) {
        super(team, SHARED_FROM);
        this.packed = new @real@[team.threads()][0];
        this.lefts = new @real@[team.threads()][0];
        this.strips = new @real@[team.threads()][@Real@Packing.STRIP];
        this.tiles = new @real@[team.threads()][ROWS * WIDTH];
        this.kept = new @Real@Kept[team.threads()];
        Arrays.setAll(kept, part -> new @Real@Kept(ROWS / TILE));
    }

    @Override
    public void run(int part, int parts) {
        int panels = blocks(columns, WIDTH);
        int bands = blocks(rows, TILE);
        // who shares columns packs only their own and all of left, who shares rows only theirs and all of right; to pack left, and
        // to look through it, takes about a cycle an element, right a quarter of one
        long byColumns = 6L * bands * blocks(panels, parts) + rows + columns / parts / 4;
        long byRows = 6L * panels * blocks(bands, parts) + rows / parts + columns / 4;
        if (byColumns <= byRows) {
            compute(part, 0, rows, share(panels, part, parts, WIDTH, columns), share(panels, part + 1, parts, WIDTH, columns));
        } else {
            compute(part, share(bands, part, parts, TILE, rows), share(bands, part + 1, parts, TILE, rows), 0, columns);
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

    private void compute(int part, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (rowFrom == rowTo || columnFrom == columnTo || depth == 0) {
            return;
        }
        int height = rowTo - rowFrom;
        if (height < ROWS_TO_PACK_RIGHT
                && columnTo - columnFrom >= WIDTH
                && leftAcross == 1
                && rightAcross == 1
                && outAcross == 1
                && !accumulate) {
            computeInPlace(rowFrom, rowTo, columnFrom, columnTo);
            return;
        }
        int panels = blocks(columnTo - columnFrom, WIDTH);
        int most = blocks(panels, blocks(panels, PANELS));
        int deepest = blocks(depth, blocks(depth, DEPTH));
        reserve(part, most * deepest * WIDTH, Math.min(height, ROWS));
        // chains computed in one go may be computed twice: then a last panel moved back is as wide as the others
        boolean whole = deepest == depth && !accumulate;
        int lastPanel = whole ? Math.max(columnFrom, columnTo - WIDTH) : columnTo;
        // the columns of few rows lie near one another
        boolean packsColumns = leftAcross != 1 && height >= ROWS && (long) panels * depth >= PANEL_ROWS_TO_PACK;
        for (int column = columnFrom; column < columnTo; column += most * WIDTH) {
            int end = Math.min(columnTo, column + most * WIDTH);
            boolean leavesOut = !accumulate && height >= TILE && end - column > PANELS_TO_LEAVE_OUT * WIDTH;
            boolean leftOut = false;
            for (int k = 0; k < depth; k += deepest) {
                int count = Math.min(deepest, depth - k);
                for (int j = column; j < end; j += WIDTH) {
                    int first = Math.min(j, lastPanel);
                    pack(part, (j - column) * count, k, count, first, Math.min(WIDTH, end - first));
                }
                boolean keeps = leavesOut;
                for (int row = rowFrom; row < rowTo; row += ROWS) {
                    int rowEnd = Math.min(rowTo, row + ROWS);
                    Left form = packLeft(part, packsColumns, row, rowEnd, k, count);
                    boolean pays = keeps && form == Left.PACKED && takeKept(part, row, rowEnd, count);
                    if (row == rowFrom) { // as the first block is, most are
                        keeps = pays && @Real@Kept.isFinite(packed[part], blocks(end - column, WIDTH) * WIDTH * count);
                    }
                    if (pays && keeps) {
                        form = Left.KEPT;
                        leftOut = true;
                    }
                    for (int j = column; j < end; j += WIDTH) {
                        int first = Math.min(j, lastPanel);
                        int width = Math.min(WIDTH, end - first);
                        tiles(part, form, (j - column) * count, row, rowEnd, k, count, first, width);
                    }
                    if (leftOut && k + count == depth) {
                        decideZeros(row, rowEnd, column, end);
                    }
                }
            }
        }
    }

    /** Compute few rows, all of k at once, from right as it lies. */
    private void computeInPlace(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        for (int j = columnFrom; j < columnTo; j += WIDTH) {
            int column = Math.min(j, columnTo - WIDTH);
            for (int row = rowFrom; row < rowTo; ) {
                int height = height(rowTo - row);
                rowTile(
                        height, left, row * leftDown, leftDown, right, column, rightDown, depth,
                        ZEROS, 0, 0, out, row * outDown + column, outDown);
                row += height;
            }
        }
    }

    private void reserve(int part, int right, int rows) {
        if (packed[part].length < right) {
            packed[part] = new @real@[right];
        }
        int left = blocks(rows, TILE) * TILE * ROW_DOWN;
        if (lefts[part].length < left) {
            lefts[part] = new @real@[left];
        }
    }

    /** Return the rows of the largest tile that fits. */
    private static int height(int rows) {
        return rows >= TILE ? TILE : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
    }

    private void pack(int part, int at, int k, int count, int column, int width) {
        int from = k * rightDown + column * rightAcross;
        if (rightAcross == 1) {
            @Real@Packing.panel(right, from, rightDown, packed[part], at, count, width);
        } else {
            @Real@Packing.gather(right, from, rightAcross, strips[part], packed[part], at, count, width);
        }
    }

    private Left packLeft(int part, boolean packsColumns, int row, int rowEnd, int k, int count) {
        if (leftAcross == 1) {
            @Real@Packing.rows(left, row * leftDown + k, leftDown, rowEnd - row, count, lefts[part]);
            return Left.PACKED;
        }
        if (packsColumns) {
            @Real@Packing.columns(left, row + k * leftAcross, leftAcross, rowEnd - row, count, lefts[part]);
            return Left.PACKED;
        }
        return Left.IN_PLACE;
    }

    /** Look for steps that can be left out of a packed block; return whether that pays. */
    private boolean takeKept(int part, int row, int rowEnd, int count) {
        int bands = (rowEnd - row) / TILE;
        return leftAcross == 1
                ? kept[part].takeRows(lefts[part], bands, count)
                : kept[part].takeColumns(lefts[part], @Real@Packing.band(count), bands, count);
    }

    /** Compute the rows given by one panel. */
    private void tiles(int part, Left form, int panelAt, int rowFrom, int rowTo, int k, int count, int column, int width) {
        int bands = (rowTo - rowFrom) / TILE;
        if (bands > 0) {
            tile(part, form, panelAt, rowFrom, rowFrom, TILE, bands, k, count, column, width);
        }
        for (int row = rowFrom + bands * TILE; row < rowTo; ) {
            int height = height(rowTo - row);
            tile(part, form, panelAt, rowFrom, row, height, 1, k, count, column, width);
            row += height;
        }
    }

    /** Compute bands of rows of one height. */
    private void tile(
            int part, Left form, int panelAt, int rowFrom, int row, int height, int bands, int k, int count, int column, int width) {
        boolean stored = accumulate || k > 0;
        boolean direct = outAcross == 1 && width == WIDTH;
        @real@[] panel = packed[part];
        @real@[] tile = tiles[part];
        int outAt = row * outDown + column * outAcross;
        @real@[] start = !stored ? ZEROS : direct ? out : tile;
        int startAt = stored && direct ? outAt : 0;
        int startDown = !stored ? 0 : direct ? outDown : WIDTH;
        @real@[] to = direct ? out : tile;
        int toAt = direct ? outAt : 0;
        int toDown = direct ? outDown : WIDTH;
        if (stored && !direct) {
            load(outAt, bands * height, width, tile);
        }
        int i = row - rowFrom;
        int band = @Real@Packing.band(count);
        if (form == Left.KEPT && height == TILE) {
            kept[part].tiles(panel, panelAt, start, startAt, startDown, to, toAt, toDown, bands);
        } else if (leftAcross == 1 && height == TILE) {
            @Real@RowTiles.packedSix(
                    lefts[part], i * ROW_DOWN, panel, panelAt, count,
                    start, startAt, startDown, to, toAt, toDown, bands);
        } else if (leftAcross == 1) {
            rowTile(
                    height, lefts[part], i * ROW_DOWN, ROW_DOWN, panel, panelAt, WIDTH, count,
                    start, startAt, startDown, to, toAt, toDown);
        } else if (form == Left.IN_PLACE) {
            columnTile(
                    height, bands, left, row * leftDown + k * leftAcross, leftAcross, TILE * leftDown, panel, panelAt, count,
                    start, startAt, startDown, to, toAt, toDown);
        } else {
            columnTile(
                    height, bands, lefts[part], i / TILE * band + i % TILE, TILE, band, panel, panelAt, count,
                    start, startAt, startDown, to, toAt, toDown);
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
            for (int i = begin; i < end; i += WIDTH) {
                if (i + WIDTH > end || @Real@Kept.hasNegativeZero(out, at + i)) {
                    for (int j = i; j < Math.min(end, i + WIDTH); j++) {
                        if (@Real@.@real@ToRaw@Bits@Bits(out[at + j]) == @BitsBox@.MIN_VALUE) {
                            out[at + j] = byRows ? chain(line, j) : chain(j, line);
                        }
                    }
                }
            }
        }
    }

    private @real@ chain(int row, int column) {
        @real@ sum = 0;
        for (int k = 0; k < depth; k++) {
            sum = Math.fma(left[row * leftDown + k * leftAcross], right[k * rightDown + column * rightAcross], sum);
        }
        return sum;
    }

    private void rowTile(
            int height, @real@[] from, int at, int down, @real@[] panel, int panelAt, int panelDown, int count,
            @real@[] start, int startAt, int startDown, @real@[] to, int toAt, int toDown) {
        int step = leftAcross;
        switch (height) {
            case TILE -> @Real@RowTiles.six(
                    from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
            case 4 -> @Real@RowTiles.four(
                    from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
            case 2 -> @Real@RowTiles.two(
                    from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
            default -> @Real@RowTiles.one(
                    from, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
        }
    }

    private static void columnTile(
            int height, int bands, @real@[] from, int at, int across, int band, @real@[] panel, int panelAt, int count,
            @real@[] start, int startAt, int startDown, @real@[] to, int toAt, int toDown) {
        switch (height) {
            case TILE -> @Real@ColumnTiles.six(
                    from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown, bands, band);
            case 4 -> @Real@ColumnTiles.four(
                    from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
            case 2 -> @Real@ColumnTiles.two(
                    from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
            default -> @Real@ColumnTiles.one(
                    from, at, across, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
        }
    }

    private void load(int outAt, int height, int width, @real@[] tile) {
        if (outAcross == 1 && width >= LANES) {
            move(out, outAt, outDown, tile, 0, WIDTH, height, width - LANES);
            return;
        }
        for (int i = 0; i < height; i++) {
            for (int j = 0; j < width; j++) {
                tile[i * WIDTH + j] = out[outAt + i * outDown + j * outAcross];
            }
        }
    }

    private void store(int outAt, int height, int width, @real@[] tile) {
        if (outAcross == 1 && width >= LANES) {
            move(tile, 0, WIDTH, out, outAt, outDown, height, width - LANES);
            return;
        }
        // the rows of a tile are neighbours in out
        for (int j = 0; j < width; j++) {
            for (int i = 0; i < height; i++) {
                out[outAt + i * outDown + j * outAcross] = tile[i * WIDTH + j];
            }
        }
    }

    /** Copy rows as two vectors that overlap, the second at column {@code second}: much quicker than so short an arraycopy. */
    private static void move(
            @real@[] from, int fromAt, int fromDown, @real@[] to, int toAt, int toDown, int height, int second) {
        for (int i = 0; i < height; i++) {
            int source = fromAt + i * fromDown;
            int target = toAt + i * toDown;
            @Real@Vector x = @Real@Vector.fromArray(S, from, source);
            @Real@Vector y = @Real@Vector.fromArray(S, from, source + second);
            x.intoArray(to, target);
            y.intoArray(to, target + second);
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
