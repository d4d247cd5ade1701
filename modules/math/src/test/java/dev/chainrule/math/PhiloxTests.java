package dev.chainrule.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** The vectors are those of Random123 1.14, tests/kat_vectors, philox4x32 with 10 rounds. */
final class PhiloxTests {
    @Test
    void block_zeros_givesPublishedVector() {
        assertArrayEquals(
                new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(new int[] {0, 0, 0, 0}, 0, 0));
    }

    @Test
    void block_ones_givesPublishedVector() {
        assertArrayEquals(
                new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd},
                block(new int[] {-1, -1, -1, -1}, 0xffffffff, 0xffffffff));
    }

    @Test
    void block_digitsOfPi_givesPublishedVector() {
        assertArrayEquals(
                new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
                block(new int[] {0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, 0xa4093822, 0x299f31d0));
    }

    private static int[] block(int[] counter, int key0, int key1) {
        int[] out = new int[4];
        Philox.block(counter[0], counter[1], counter[2], counter[3], key0, key1, out);
        return out;
    }
}
