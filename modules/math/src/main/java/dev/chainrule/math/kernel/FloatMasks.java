package dev.chainrule.math.kernel;

import dev.chainrule.math.Draws;
import dev.chainrule.math.Philox;
import dev.chainrule.math.RandomStream;
import dev.chainrule.math.ThreadTeam;
import dev.chainrule.math.function.Bits;

/**
 * Random masks of {@code float} from {@link Philox}, rows shared by threads: the bits of {@link Draws#uniform24}, without its
 * state and without a branch per element.
 *
 * <p>A draw is n·2⁻²⁴ with an integer n, so it is below the rate if and only if n is below ⌈rate·2²⁴⌉.
 */
@SuppressWarnings("cast") // a cast that narrows here does nothing in the source for double
public class FloatMasks implements ThreadTeam.Task {
    /** The number of words in a block of Philox. */
    private static final int WORDS = 4;

    private static final int SHARED_FROM =
            4_096; // a word takes ten times as long as an element in the cheapest operations
    private static final int DROPPED_BITS = 8;

    private final ThreadTeam team;
    private final @Bits int[][] words;
    private final int[][] blocks;
    private RandomStream stream;
    private int epoch;
    private long first;
    private int threshold;
    private float kept;
    private float[] mask;
    private int rows;
    private int columns;

    /** Create the masks of one caller. */
    public FloatMasks(ThreadTeam team) {
        this.team = team;
        this.words = new @Bits int[team.threads()][0];
        this.blocks = new int[team.threads()][];
        for (int part = 0; part < blocks.length; part++) {
            blocks[part] = new int[WORDS];
        }
    }

    /** Compute mask[i·columns + j] = 0 if draw j at the place (epoch, first + i) is below the rate, else kept. */
    void draw(
            RandomStream stream, int epoch, long first, double rate, float kept, float[] mask, int rows, int columns) {
        this.stream = stream;
        this.epoch = epoch;
        this.first = first;
        this.threshold = (int) Math.ceil(rate * 0x1p24);
        this.kept = kept;
        this.mask = mask;
        this.rows = rows;
        this.columns = columns;
        if (words[0].length < columns + WORDS) {
            for (int part = 0; part < words.length; part++) {
                words[part] = new @Bits int[columns + WORDS];
            }
        }
        if (team.threads() > 1 && (long) rows * columns >= SHARED_FROM) {
            team.run(this);
        } else {
            run(0, 1);
        }
        this.mask = null; // release the array
    }

    @Override
    public final void run(int part, int parts) {
        int from = (int) ((long) rows * part / parts);
        int to = (int) ((long) rows * (part + 1) / parts);
        int blocksOfARow = (columns + WORDS - 1) / WORDS;
        for (int i = from; i < to; i++) {
            words(stream, epoch, first + i, 0, blocksOfARow, blocks[part], words[part]);
            choose(words[part], threshold, kept, mask, i * columns, 0, columns);
        }
    }

    /** Compute words[4·b + w] = word w of block b, for b = from … to − 1, as an unsigned integer. */
    private static void words(
            RandomStream stream, int epoch, long index, int from, int to, int[] scratch, @Bits int[] words) {
        for (int b = from; b < to; b++) {
            Philox.block(stream, epoch, index, b, scratch);
            for (int w = 0; w < WORDS; w++) {
                words[WORDS * b + w] = scratch[w] & (@Bits int) 0xffffffffL;
            }
        }
    }

    /** Compute mask[start + j] = 0 if word j, without its lowest bits, is below the threshold, else kept; j = from … to − 1. */
    protected void choose(@Bits int[] words, int threshold, float kept, float[] mask, int start, int from, int to) {
        @Bits int bits = Float.floatToRawIntBits(kept);
        for (int j = from; j < to; j++) {
            @Bits int below = ((words[j] >>> DROPPED_BITS) - threshold) >> (Float.SIZE - 1);
            mask[start + j] = Float.intBitsToFloat(bits & ~below);
        }
    }
}
