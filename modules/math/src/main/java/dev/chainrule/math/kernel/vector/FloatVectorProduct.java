package dev.chainrule.math.kernel.vector;

import static dev.chainrule.math.kernel.vector.Blocks.KC;
import static dev.chainrule.math.kernel.vector.Blocks.KC_WITH_GAPS;
import static dev.chainrule.math.kernel.vector.Blocks.MC;
import static dev.chainrule.math.kernel.vector.Blocks.MR;
import static dev.chainrule.math.kernel.vector.Blocks.PANEL_ROWS;
import static dev.chainrule.math.kernel.vector.FloatSpecies.LANES;
import static dev.chainrule.math.kernel.vector.FloatSpecies.NR;

import dev.chainrule.math.ThreadTeam;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A matrix product by blocks and micro-kernels, on the Vector API.
 *
 * <p><b>The scheme</b> for out [m, n] = left [m, k] · right [k, n], in the literature C = A · B, is that of Goto and van de
 * Geijn [1], with the five loops and the names of BLIS [2, 3]. Read directly, an element of left is fetched n times and one
 * of right m times, mostly from memory. Instead, blocks are copied (<i>packed</i>) into the order in which they are read, and
 * each is used completely while it is in a cache:
 *
 * <pre>
 * for jc = 0 … n step nc
 *   for pc = 0 … k step kc          pack right[pc … pc + kc, jc … jc + nc] in panels of nr columns
 *     for ic = 0 … m step mc        pack left[ic … ic + mc, pc … pc + kc] in bands of mr rows
 *       for jr = 0 … nc step nr     macro-kernel: for each panel
 *         for ir = 0 … mc step mr       and each band
 *           micro-kernel: a tile of mr × nr chains, each kc steps further
 * </pre>
 *
 * <p>The <i>micro-kernel</i> keeps its tile of out in registers. At each step of k it reads mr numbers of a band and nr of a
 * panel, and computes mr·nr fma. A panel (kc × nr; in BLIS a micro-panel of B) stays in the first-level cache while all bands
 * of a block are multiplied by it. The packed blocks of right (kc × nc) and of left (mc × kc) stay in the second-level cache.
 *
 * <p><b>Sizes.</b> An fma takes 4 or 5 cycles on current x86 CPUs, and two begin in each, so 10 independent chains of vectors
 * keep the units busy [4]. With mr = 6 and nr = two vectors there are 12, which leaves of AVX2's 16 registers two for right
 * and one for left: the tile of BLIS's kernels for Haswell. {@link Blocks} has the other sizes, each with the cache that it
 * is chosen for; with 512-bit vectors, panels are larger than the first-level cache. They are limits: k and columns are split
 * evenly, so that no last block is thin. In BLIS nc is some thousand columns, and the packed block of right is in the
 * third-level cache; here it is a few panels.
 *
 * <p><b>The order of sums is part of the contract</b>, which sets this product apart from others. In BLIS a micro-kernel
 * starts at zero and adds its tile to out, so the bits depend on kc. Here it starts from the tile in out. A partial chain is
 * stored in out between two blocks of k, in its own precision: k ascends regardless of the blocks, and no sum is
 * re-associated. For the same reason the loop over pc is never shared among threads, and k is never padded with zeros.
 *
 * <p><b>Edges.</b> Rows that do not fill a band are computed by tiles of four, two and one. If columns do not fill a panel,
 * the last panel begins earlier and recomputes some columns, with the same bits; or, if partial chains are stored in out and
 * must not be computed twice, the tile is computed in a buffer and only its columns are copied.
 *
 * <p><b>Factors that are not packed.</b> A few rows, such as a batch of one, are computed from left and right in place, since
 * packing right costs more than reading it twice. If the columns do not fill two vectors, these overlap. Left by columns is read in place if it has few rows or there are few
 * panels. If several parts or several jc need the same blocks of left, these are packed once for all.
 *
 * <p><b>Zeros.</b> Steps of k at which a whole band is zero are skipped if that cannot change a bit, as explained in
 * {@link FloatLeftBlock}.
 *
 * <p><b>The classes.</b> This class has the three outer loops and shares them among threads; {@link FloatMacroKernel} has the
 * two inner ones; {@link FloatRowTiles}, {@link FloatColumnTiles} and {@link FloatLeftBlock} have the micro-kernels, and
 * {@link FloatPacking} packs. All are written for the JIT compiler C2, as explained in {@link SeparateLoop}. The same scheme
 * in plain Java is {@code FloatPlainProduct}.
 *
 * <ol>
 *   <li>K. Goto, R. A. van de Geijn, "Anatomy of High-Performance Matrix Multiplication", ACM TOMS 34(3), 2008
 *   <li>F. G. Van Zee, R. A. van de Geijn, "BLIS: A Framework for Rapidly Instantiating BLAS Functionality", ACM TOMS 41(3), 2015
 *   <li>T. M. Smith, R. A. van de Geijn, M. Smelyanskiy, J. R. Hammond, F. G. Van Zee, "Anatomy of High-Performance Many-Threaded
 *       Matrix Multiplication", IPDPS 2014
 *   <li>T. M. Low, F. D. Igual, T. M. Smith, E. S. Quintana-Ortí, "Analytical Modeling Is Enough for High-Performance BLIS", ACM
 *       TOMS 43(2), 2016
 * </ol>
 */
final class FloatVectorProduct extends FloatMacroKernel {
    /** Waking a parked thread costs the caller some 5 µs; this number of fma takes 10 µs or more. */
    private static final long SHARED_FROM = 300_000;
    /**
     * The maximum number of blocks of left packed for all parts: 4 MiB of float32 including their kept steps, 14 MiB if
     * vectors have 512 bits.
     */
    private static final int MOST_BLOCKS = 32;
    /** The number of shares of the columns per thread: if one thread is disturbed, another computes its shares. */
    private static final int SHARES = 2;
    /** With fewer rows than this, copying right costs more than reading it twice in place. */
    private static final int ROWS_TO_PACK_RIGHT = 2 * MR;
    /** With fewer rows of all panels than this, copying left by columns costs more than it saves. */
    private static final int PANEL_ROWS_TO_PACK = 32;
    /** With fewer panels than this, looking for zeros in left costs more than skipping them can save. */
    private static final int PANELS_TO_LEAVE_OUT = 4;

    private final float[][] packed;
    private final float[][] strips;
    /** One block of left per part, packed again for each use. */
    private final FloatLeftBlock[] own;
    /** All blocks of left in row-major order, packed once for all parts and columns; empty until that pays. */
    private FloatLeftBlock[] all = new FloatLeftBlock[0];

    private final ThreadTeam.Task packing = (part, parts) -> packAll();
    private final AtomicInteger nextBlock = new AtomicInteger();
    private final AtomicInteger nextShare = new AtomicInteger();
    /** The number of steps of k per block: at most {@link Blocks#KC}, split evenly. */
    private int kc;

    private boolean packsAll;
    /** Whether to look for zeros in left; written by several threads, as any of them may find that it does not pay. */
    private volatile boolean looksForZeros;

    FloatVectorProduct(ThreadTeam team) {
        super(team, SHARED_FROM);
        this.packed = new float[team.threads()][0];
        this.strips = new float[team.threads()][FloatPacking.STRIP];
        this.own = blocks(team.threads());
    }

    private static FloatLeftBlock[] blocks(int count) {
        FloatLeftBlock[] blocks = new FloatLeftBlock[count];
        Arrays.setAll(blocks, i -> new FloatLeftBlock());
        return blocks;
    }

    @Override
    protected void prepare(ThreadTeam team, int parts) {
        int panels = sharesColumns(parts) ? blocks(blocks(columns, NR), parts) : blocks(columns, NR);
        looksForZeros = looksForZeros(panels);
        kc = depth == 0 ? 0 : blocks(depth, blocksOfSteps(panels));
        packsAll = false;
        if (depth == 0 || rows < ROWS_TO_PACK_RIGHT || !packsLeft(rows, panels)) {
            return;
        }
        long count = (long) blocks(rows, MC) * blocks(depth, kc);
        boolean again = parts > 1 ? sharesColumns(parts) : panels > panelsPerBlock();
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

    private boolean looksForZeros(int panels) {
        return !accumulate && panels > PANELS_TO_LEAVE_OUT;
    }

    /** Return the number of blocks of k. */
    private int blocksOfSteps(int panels) {
        return blocks(depth, looksForZeros(panels) ? KC_WITH_GAPS : KC);
    }

    /** Return the maximum of nc in panels. */
    private int panelsPerBlock() {
        return PANEL_ROWS / kc;
    }

    private void packAll() {
        int across = blocks(depth, kc);
        int count = blocks(rows, MC) * across;
        for (int i = nextBlock.getAndIncrement(); i < count; i = nextBlock.getAndIncrement()) {
            packBlock(all[i], i / across * MC, rows, i % across * kc, i == 0);
        }
    }

    /**
     * Pack a block of left: its rows from {@code ic} to at most {@code rowTo}. The first block decides whether to look for
     * zeros in the others.
     */
    private void packBlock(FloatLeftBlock block, int ic, int rowTo, int pc, boolean first) {
        int from = ic * leftDown + pc * leftAcross;
        int height = Math.min(MC, rowTo - ic);
        int steps = Math.min(kc, depth - pc);
        boolean kept = block.pack(left, from, leftDown, leftAcross, height, steps, looksForZeros);
        if (first && !kept) {
            looksForZeros = false;
        }
    }

    /** Return whether copying left pays; the columns of few rows are close together in memory. */
    private boolean packsLeft(int height, int panels) {
        return leftAcross == 1 || height >= MC && (long) panels * depth >= PANEL_ROWS_TO_PACK;
    }

    /** Return whether parts split the columns, so that each packs only its own; otherwise every part packs all. */
    private boolean sharesColumns(int parts) {
        int panels = blocks(columns, NR);
        int bands = blocks(rows, MR);
        return (long) blocks(panels, parts) * bands <= (long) blocks(bands, parts) * panels;
    }

    @Override
    public void run(int part, int parts) {
        int panels = blocks(columns, NR);
        int bands = blocks(rows, MR);
        if (packsAll && parts > 1) {
            int shares = Math.min(panels, SHARES * parts);
            for (int i = nextShare.getAndIncrement(); i < shares; i = nextShare.getAndIncrement()) {
                decide(part, 0, rows, share(panels, i, shares, NR, columns), share(panels, i + 1, shares, NR, columns));
            }
        } else if (sharesColumns(parts)) {
            decide(part, 0, rows, share(panels, part, parts, NR, columns), share(panels, part + 1, parts, NR, columns));
        } else {
            decide(part, share(bands, part, parts, MR, rows), share(bands, part + 1, parts, MR, rows), 0, columns);
        }
    }

    /** Compute a part, then recompute the chains whose sign is in doubt. */
    private void decide(int part, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (compute(part, rowFrom, rowTo, columnFrom, columnTo)) {
            decideZeros(rowFrom, rowTo, columnFrom, columnTo);
        }
    }

    /** Return the beginning of a part, a multiple of {@code step}. */
    private static int share(int blocks, int part, int parts, int step, int count) {
        return (int) Math.min(count, (long) blocks * part / parts * step);
    }

    /** Return the number of blocks that cover a count. */
    private static int blocks(int count, int block) {
        return (count + block - 1) / block;
    }

    /** Compute a part; return whether steps of k were skipped. */
    private boolean compute(int part, int rowFrom, int rowTo, int columnFrom, int columnTo) {
        if (rowFrom == rowTo || columnFrom == columnTo || depth == 0) {
            return false;
        }
        int height = rowTo - rowFrom;
        if (height < ROWS_TO_PACK_RIGHT
                && columnTo - columnFrom >= LANES
                && rightAcross == 1
                && outAcross == 1
                && !accumulate) {
            computeInPlace(rowFrom, rowTo, columnFrom, columnTo);
            return false;
        }
        int panels = blocks(columnTo - columnFrom, NR);
        int nc = blocks(panels, blocks(panels, panelsPerBlock())) * NR;
        if (packed[part].length < nc * kc) {
            packed[part] = new float[nc * kc];
        }
        // chains computed in one go may be computed twice: then the last panel, moved back, is as wide as the others
        boolean whole = kc == depth && !accumulate;
        int lastPanel = whole ? Math.max(columnFrom, columnTo - NR) : columnTo;
        boolean packsLeft = packsLeft(height, panels);
        boolean skipped = false;
        for (int jc = columnFrom; jc < columnTo; jc += nc) {
            int end = Math.min(columnTo, jc + nc);
            for (int pc = 0; pc < depth; pc += kc) {
                int steps = Math.min(kc, depth - pc);
                for (int jr = jc; jr < end; jr += NR) {
                    int column = Math.min(jr, lastPanel);
                    packPanel(part, (jr - jc) * steps, pc, steps, column, Math.min(NR, end - column));
                }
                boolean looked = false;
                boolean finite = false;
                for (int ic = rowFrom; ic < rowTo; ic += MC) {
                    FloatLeftBlock block = packsLeft ? block(part, ic, rowTo, pc, ic == rowFrom && pc == 0) : null;
                    boolean skips = block != null && block.isKept();
                    if (skips && !looked) {
                        finite = FloatLeftBlock.isFinite(packed[part], blocks(end - jc, NR) * steps);
                        looked = true;
                    }
                    skips &= finite;
                    skipped |= skips;
                    int icEnd = Math.min(rowTo, ic + MC);
                    computeBlock(part, block, skips, packed[part], ic, icEnd, pc, steps, jc, end, lastPanel);
                }
            }
        }
        return skipped;
    }

    private FloatLeftBlock block(int part, int ic, int rowTo, int pc, boolean first) {
        if (packsAll) {
            return all[ic / MC * blocks(depth, kc) + pc / kc];
        }
        packBlock(own[part], ic, rowTo, pc, first);
        return own[part];
    }

    private void packPanel(int part, int at, int pc, int steps, int column, int width) {
        int from = pc * rightDown + column * rightAcross;
        if (rightAcross == 1) {
            FloatPacking.panel(right, from, rightDown, packed[part], at, steps, width);
        } else {
            FloatPacking.gather(right, from, rightAcross, strips[part], packed[part], at, steps, width);
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
     * Return the approximate number of cycles of a product: one per two fma, at least four per step of a tile since each
     * depends on the previous step. Packing left costs about the same for both orientations.
     */
    private long cost(int m, int n, int k, boolean gathers, boolean scatters) {
        int rest = m % MR;
        int panels = blocks(n, NR);
        long chains = (long) (m - rest + (rest == 0 ? 0 : rest % 2 == 0 || rest == 1 ? 4 : 8)) * panels * k;
        long packing = gathers ? 3L * k * n / 2 : 2L * k * panels;
        // all but the first block of k read the stored values
        long storing = scatters ? 3L * m * n * (2 * blocksOfSteps(panels) - 1) : 0;
        return chains + packing + storing;
    }
}
