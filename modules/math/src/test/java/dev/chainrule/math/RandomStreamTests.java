package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomStreamTests {
    @Test
    void at_samePlace_givesSameDrawsWhateverWasDrawnBefore() {
        RandomStream stream = RandomStream.of(42, "dropout_1");
        int[] expected = bits(stream.at(3, 17), 9);
        stream.at(3, 16).normal();
        stream.permutation(100, 3);
        assertArrayEquals(expected, bits(RandomStream.of(42, "dropout_1").at(3, 17), 9));
    }

    @Test
    void at_firstWords_arePhiloxOfTheDocumentedKeyAndCounter() throws Exception {
        byte[] text = "-5\ndense_1.weights".getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
        int key0 = key.getInt();
        int key1 = key.getInt();
        int[] first = new int[4];
        int[] second = new int[4];
        Philox.block(0, 0x89abcdef, 0x01234567, 7, key0, key1, first);
        Philox.block(1, 0x89abcdef, 0x01234567, 7, key0, key1, second);
        int[] drawn = bits(RandomStream.of(-5, "dense_1.weights").at(7, 0x0123456789abcdefL), 8);
        assertArrayEquals(first, Arrays.copyOf(drawn, 4));
        assertArrayEquals(second, Arrays.copyOfRange(drawn, 4, 8));
    }

    @Test
    void seek_inAnotherStream_givesItsDraws() {
        int[] expected = bits(RandomStream.of(42, "dropout_1").at(3, 17), 9);
        Draws draws = RandomStream.of(1, "noise").at(0, 0);
        draws.normal();
        assertArrayEquals(expected, bits(draws.seek(RandomStream.of(42, "dropout_1"), 3, 17), 9));
    }

    @Test
    void at_golden_neverChanges() {
        int[] expected = {0x009447d8, 0xc3a4cf94, 0x6ae76804, 0x4be845aa};
        assertArrayEquals(expected, bits(RandomStream.of(42, "shuffle").at(0, 0), 4));
    }

    @Test
    void at_otherSeedNameEpochOrIndex_givesOtherDraws() {
        Set<Integer> words = new HashSet<>();
        for (RandomStream stream : new RandomStream[] {
            RandomStream.of(1, "a"), RandomStream.of(2, "a"), RandomStream.of(1, "b"), RandomStream.of(12, ""),
        }) {
            for (int epoch : new int[] {0, 1, -1}) {
                for (long index : new long[] {0, 1, 1L << 32, -1}) {
                    words.add(stream.at(epoch, index).bits());
                }
            }
        }
        // 48 words of 32 bits: two equal ones have a probability of 48²/2³³ < 10⁻⁶, and the draws are fixed
        assertEquals(48, words.size());
    }

    @Test
    void at_twoStreams_areUncorrelated() {
        Draws x = RandomStream.of(9, "x").at(0, 0);
        Draws y = RandomStream.of(9, "y").at(0, 0);
        int n = 100_000;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (x.uniform() - 0.5) * (y.uniform() - 0.5);
        }
        // a product of two has the variance 1/144; four standard deviations of the mean
        assertEquals(0, sum / n, 4 / 12.0 / Math.sqrt(n));
    }

    @Test
    void permutation_anySize_holdsEveryIndexOnce() {
        RandomStream stream = RandomStream.of(1, "shuffle");
        for (int n : new int[] {0, 1, 2, 3, 10, 1000}) {
            int[] sorted = stream.permutation(n, 5).clone();
            Arrays.sort(sorted);
            assertArrayEquals(IntStream.range(0, n).toArray(), sorted);
        }
    }

    @Test
    void permutation_golden_neverChanges() {
        assertArrayEquals(
                new int[] {5, 4, 7, 1, 6, 9, 2, 8, 3, 0},
                RandomStream.of(42, "shuffle").permutation(10, 1));
    }

    @Test
    void permutation_otherEpoch_isAnotherOrder() {
        RandomStream stream = RandomStream.of(1, "shuffle");
        assertFalse(Arrays.equals(stream.permutation(100, 0), stream.permutation(100, 1)));
        assertArrayEquals(stream.permutation(100, 1), stream.permutation(100, 1));
    }

    @Test
    void permutation_ofFour_isUniform() {
        RandomStream stream = RandomStream.of(7, "order");
        int[] counts = new int[256];
        int n = 24_000;
        for (int epoch = 0; epoch < n; epoch++) {
            int[] p = stream.permutation(4, epoch);
            counts[p[0] << 6 | p[1] << 4 | p[2] << 2 | p[3]]++;
        }
        double chiSquare = Arrays.stream(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> (count - 1000.0) * (count - 1000.0) / 1000)
                .sum();
        assertEquals(24, Arrays.stream(counts).filter(count -> count > 0).count());
        // 23 degrees of freedom: a uniform order exceeds 49.7 once in a thousand seeds; this seed is fixed
        assertTrue(chiSquare < 49.7, "chi-square is " + chiSquare);
    }

    private static int[] bits(Draws draws, int count) {
        return IntStream.range(0, count).map(i -> draws.bits()).toArray();
    }
}
