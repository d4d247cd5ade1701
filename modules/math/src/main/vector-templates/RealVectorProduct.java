package dev.chainrule.math.vector;

import static dev.chainrule.math.vector.@Real@Species.LANES;
import static dev.chainrule.math.vector.@Real@Species.S;
import static dev.chainrule.math.vector.@Real@Species.WIDTH;

import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.@Real@Product;
import java.util.Arrays;
import jdk.incubator.vector.@Real@Vector;

/**
 * Compute a product on the Vector API: blocks of right are packed into panels of two vectors' width, left too where
 * that pays, and tiles of up to six rows by one panel are computed in registers.
 *
 * <p>A panel of {@link #DEPTH} rows stays in the first-level cache while all rows of a block of left pass it; the packed
 * block stays in the second-level one. Between two blocks of k a chain rests in out: every k comes in ascending order, and no
 * sum is re-associated. Where columns are no multiple of a panel's width, the last panel begins earlier and computes some
 * columns again; or, where chains rest in out, its rest holds whatever numbers were near, the tile is computed whole beside
 * out, and only its columns are copied. A product of few rows reads right where it lies.
 *
 * <p>Source of the scheme: K. Goto, R. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3),
 * 2008.
 */
final class @Real@VectorProduct extends @Real@Product {
    /** Waking a parked thread costs the caller some 5 µs; this many fma take 10 µs or more. */
    private static final long SHARED_FROM = 300_000;
    /** Rows of a packed panel: 16 KiB of 256-bit vectors. */
    private static final int DEPTH = 256;
    /** Panels of a packed block: 256 KiB of 256-bit vectors. */
    private static final int PANELS = 16;
    /** Rows of left that pass a panel before the next comes: as much again of left. */
    private static final int ROWS = 96;
    /** Rows of the largest tile. */
    private static final int TILE = 6;
    /** With fewer rows than this, copying right costs more than reading it twice where it lies. */
    private static final int ROWS_TO_PACK_RIGHT = 2 * TILE;
    /** With fewer panels than this, copying left against its storage order costs more than it saves. */
    private static final int PANELS_TO_PACK_LEFT = 3;
    /** Columns gathered at once when right is read against its storage order. */
    private static final int GATHER = 8;

    /** What chains that begin at +0 are read from. */
    private static final @real@[] ZEROS = new @real@[WIDTH];

    private final @real@[][] packed;
    private final @real@[][] lefts;
    private final @real@[][] tiles;

    @Real@VectorProduct(ThreadTeam team) {
        super(team, SHARED_FROM);
        this.packed = new @real@[team.threads()][0];
        this.lefts = new @real@[team.threads()][0];
        this.tiles = new @real@[team.threads()][ROWS * WIDTH];
    }

    @Override
    public void run(int part, int parts) {
        int panels = blocks(columns, WIDTH);
        int bands = blocks(rows, TILE);
        // whoever shares columns packs only their own; else every part packs all
        if ((long) blocks(panels, parts) * bands <= (long) blocks(bands, parts) * panels) {
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
        if (rowTo - rowFrom < ROWS_TO_PACK_RIGHT
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
        if (packed[part].length < most * deepest * WIDTH) {
            packed[part] = new @real@[most * deepest * WIDTH];
        }
        boolean packsLeft = leftAcross == 1 && panels >= PANELS_TO_PACK_LEFT;
        if (packsLeft && lefts[part].length < ROWS * deepest) {
            lefts[part] = new @real@[ROWS * deepest];
        }
        // chains computed in one go may be computed twice: then a last panel moved back is as wide as the others
        boolean whole = deepest == depth && !accumulate;
        int lastPanel = whole ? Math.max(columnFrom, columnTo - WIDTH) : columnTo;
        for (int column = columnFrom; column < columnTo; column += most * WIDTH) {
            int end = Math.min(columnTo, column + most * WIDTH);
            for (int k = 0; k < depth; k += deepest) {
                int count = Math.min(deepest, depth - k);
                for (int j = column; j < end; j += WIDTH) {
                    int first = Math.min(j, lastPanel);
                    pack(packed[part], (j - column) * count, k, count, first, Math.min(WIDTH, end - first));
                }
                for (int row = rowFrom; row < rowTo; row += ROWS) {
                    int rowEnd = Math.min(rowTo, row + ROWS);
                    if (packsLeft) {
                        packLeft(lefts[part], row, rowEnd, k, count);
                    }
                    for (int j = column; j < end; j += WIDTH) {
                        int first = Math.min(j, lastPanel);
                        int width = Math.min(WIDTH, end - first);
                        tiles(part, packsLeft, (j - column) * count, row, rowEnd, k, count, first, width);
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
                        height, 1, row * leftDown, right, column, rightDown, depth,
                        ZEROS, 0, 0, out, row * outDown + column, outDown);
                row += height;
            }
        }
    }

    /** Return the rows of the largest tile that fits. */
    private static int height(int rows) {
        return rows >= TILE ? TILE : rows >= 4 ? 4 : rows >= 2 ? 2 : 1;
    }

    private void pack(@real@[] to, int at, int k, int count, int column, int width) {
        int from = k * rightDown + column * rightAcross;
        if (rightAcross != 1) {
            gather(right, from, rightAcross, to, at, count, width);
            return;
        }
        // whole vectors, even beyond the last column: what they find there is not used
        int safe = rightDown == 0 || right.length < from + WIDTH ? 0 : Math.min(count, (right.length - from - WIDTH) / rightDown + 1);
        copy(right, from, rightDown, to, at, safe);
        for (int i = safe; i < count; i++) {
            System.arraycopy(right, from + i * rightDown, to, at + i * WIDTH, width);
            Arrays.fill(to, at + i * WIDTH + width, at + (i + 1) * WIDTH, 0);
        }
    }

    private static void copy(@real@[] right, int from, int down, @real@[] to, int at, int count) {
        for (int i = 0; i < count; i++) {
            int place = from + i * down;
            @Real@Vector x = @Real@Vector.fromArray(S, right, place);
            @Real@Vector y = @Real@Vector.fromArray(S, right, place + LANES);
            x.intoArray(to, at + i * WIDTH);
            y.intoArray(to, at + i * WIDTH + LANES);
        }
    }

    private static void gather(@real@[] right, int from, int across, @real@[] to, int at, int count, int width) {
        int j = 0;
        for (; j + GATHER <= width; j += GATHER) {
            int from0 = from + j * across;
            int from1 = from0 + across;
            int from2 = from1 + across;
            int from3 = from2 + across;
            int from4 = from3 + across;
            int from5 = from4 + across;
            int from6 = from5 + across;
            int from7 = from6 + across;
            int to0 = at + j;
            for (int i = 0; i < count; i++) {
                to[to0 + i * WIDTH] = right[from0 + i];
                to[to0 + i * WIDTH + 1] = right[from1 + i];
                to[to0 + i * WIDTH + 2] = right[from2 + i];
                to[to0 + i * WIDTH + 3] = right[from3 + i];
                to[to0 + i * WIDTH + 4] = right[from4 + i];
                to[to0 + i * WIDTH + 5] = right[from5 + i];
                to[to0 + i * WIDTH + 6] = right[from6 + i];
                to[to0 + i * WIDTH + 7] = right[from7 + i];
            }
        }
        for (; j < width; j++) {
            int place = from + j * across;
            for (int i = 0; i < count; i++) {
                to[at + j + i * WIDTH] = right[place + i];
            }
        }
    }

    /** Copy rows of left, six at a time, the elements of one k together. */
    private void packLeft(@real@[] to, int rowFrom, int rowTo, int k, int count) {
        int row = rowFrom;
        for (; row + TILE <= rowTo; row += TILE) {
            copySix(left, row * leftDown + k, leftDown, to, (row - rowFrom) * count, count);
        }
        int at = (row - rowFrom) * count;
        for (int i = 0; row + i < rowTo; i++) {
            int from = (row + i) * leftDown + k;
            for (int p = 0; p < count; p++) {
                to[at + p * TILE + i] = left[from + p];
            }
        }
    }

    private static void copySix(@real@[] left, int from, int down, @real@[] to, int at, int count) {
        int from1 = from + down;
        int from2 = from + 2 * down;
        int from3 = from + 3 * down;
        int from4 = from + 4 * down;
        int from5 = from + 5 * down;
        for (int p = 0; p < count; p++) {
            to[at + p * TILE] = left[from + p];
            to[at + p * TILE + 1] = left[from1 + p];
            to[at + p * TILE + 2] = left[from2 + p];
            to[at + p * TILE + 3] = left[from3 + p];
            to[at + p * TILE + 4] = left[from4 + p];
            to[at + p * TILE + 5] = left[from5 + p];
        }
    }

    /** Compute the rows given by one panel. */
    private void tiles(
            int part, boolean packsLeft, int panelAt, int rowFrom, int rowTo, int k, int count, int column, int width) {
        int bands = (rowTo - rowFrom) / TILE;
        if (bands > 0) {
            tile(part, packsLeft, panelAt, rowFrom, rowFrom, TILE, bands, k, count, column, width);
        }
        for (int row = rowFrom + bands * TILE; row < rowTo; ) {
            int height = height(rowTo - row);
            tile(part, packsLeft, panelAt, rowFrom, row, height, 1, k, count, column, width);
            row += height;
        }
    }

    /** Compute bands of rows of one height. */
    private void tile(
            int part, boolean packsLeft, int panelAt, int rowFrom, int row, int height, int bands, int k, int count, int column, int width) {
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
        if (packsLeft) {
            int done = (row - rowFrom) / TILE * TILE;
            int at = done * count + (row - rowFrom - done);
            columnTile(
                    height, bands, lefts[part], at, TILE, TILE * count, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
        } else if (leftAcross == 1) {
            rowTile(height, bands, row * leftDown + k, panel, panelAt, WIDTH, count, start, startAt, startDown, to, toAt, toDown);
        } else {
            int at = row * leftDown + k * leftAcross;
            columnTile(
                    height, bands, left, at, leftAcross, TILE * leftDown, panel, panelAt, count, start, startAt, startDown, to, toAt, toDown);
        }
        if (!direct) {
            store(outAt, bands * height, width, tile);
        }
    }

    private void rowTile(
            int height, int bands, int at, @real@[] panel, int panelAt, int panelDown, int count,
            @real@[] start, int startAt, int startDown, @real@[] to, int toAt, int toDown) {
        int down = leftDown;
        int step = leftAcross;
        switch (height) {
            case TILE -> @Real@RowTiles.six(
                    left, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown, bands);
            case 4 -> @Real@RowTiles.four(
                    left, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
            case 2 -> @Real@RowTiles.two(
                    left, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
            default -> @Real@RowTiles.one(
                    left, at, down, step, panel, panelAt, panelDown, count, start, startAt, startDown, to, toAt, toDown);
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

    /** Return about how many cycles a product takes: two fma each, four at least for a tile since they depend on the last. */
    private static long cost(int m, int n, int k, boolean gathers, boolean scatters) {
        int rest = m % TILE;
        long chains = (long) (m - rest + (rest == 0 ? 0 : rest % 2 == 0 || rest == 1 ? 4 : 8)) * blocks(n, WIDTH) * k;
        long packing = gathers ? 3L * k * n / 2 : 2L * k * blocks(n, WIDTH);
        long storing = scatters ? 3L * m * n : 0;
        return chains + packing + storing;
    }
}
