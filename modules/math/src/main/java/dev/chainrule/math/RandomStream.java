package dev.chainrule.math;

import java.nio.charset.StandardCharsets;

/**
 * A family of random draws that are pure functions of (seed, stream name, epoch, index).
 *
 * <p>There is no generator state: nothing has to be saved, adding a layer or a hook does not affect other streams, and the
 * order of the draws does not matter. The key is the first 64 bits of SHA-256 over the seed in decimal, a line feed and the
 * name in UTF-8; the counter is (block, index low, index high, epoch).
 */
public final class RandomStream {
    private final int key0;
    private final int key1;

    private RandomStream(int key0, int key1) {
        this.key0 = key0;
        this.key1 = key1;
    }

    /**
     * {@return the stream with a name under a seed}
     *
     * @param seed the run's seed
     * @param name the stream's name: {@code dense_1.weights}
     */
    public static RandomStream of(long seed, String name) {
        int[] hash = Sha256.hash((seed + "\n" + name).getBytes(StandardCharsets.UTF_8));
        return new RandomStream(hash[0], hash[1]);
    }

    /**
     * {@return the draws at a place} Loops that must not allocate use {@link Draws#seek}.
     *
     * @param epoch from 0
     * @param index from 0
     */
    public Draws at(int epoch, long index) {
        return new Draws(key0, key1).seek(epoch, index);
    }

    /** Return the low word of the key. */
    int key0() {
        return key0;
    }

    /** Return the high word of the key. */
    int key1() {
        return key1;
    }

    /**
     * {@return a random order of 0 … n − 1 for an epoch (Fisher–Yates, from the end)}
     *
     * @param n 0 or more
     * @param epoch from 0
     */
    public int[] permutation(int n, int epoch) {
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        Draws draws = at(epoch, 0);
        for (int i = n - 1; i > 0; i--) {
            int j = draws.below(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
