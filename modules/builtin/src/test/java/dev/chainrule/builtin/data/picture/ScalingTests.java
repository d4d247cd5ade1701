package dev.chainrule.builtin.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ScalingTests {
    @Test
    void scale_whole_isThePicture() {
        byte[] pixels = {1, 2, 3, 4, 5, 6};
        assertSame(pixels, Fit.STRETCH.apply(pixels, 2, 3, 1, 2, 3));
    }

    @Test
    void scale_rowToHalf_weighsNeighbours() {
        // t = 2, c = 1 and 3: weights of |i + ½ − c| = ½, ½, 1½ are ¾, ¾, ¼, of sum 1¾.
        // (0·¾ + 70·¾ + 140·¼) / 1¾ = 50; (70·¼ + 140·¾ + 210·¾) / 1¾ = 160
        assertArrayEquals(levels(50, 160), Fit.STRETCH.apply(levels(0, 70, 140, 210), 1, 4, 1, 1, 2));
        assertArrayEquals(levels(50, 160), Fit.STRETCH.apply(levels(0, 70, 140, 210), 4, 1, 1, 2, 1));
    }

    @Test
    void scale_rowToTwice_isLinear() {
        // t = ½, c = ¼, ¾, 1¼, 1¾: ¾ of the nearer pixel and ¼ of the other; at the edge the only one.
        assertArrayEquals(levels(0, 25, 75, 100), Fit.STRETCH.apply(levels(0, 100), 1, 2, 1, 1, 4));
    }

    @Test
    void scale_colours_apart() {
        assertArrayEquals(
                levels(0, 200, 25, 150, 75, 50, 100, 0), Fit.STRETCH.apply(levels(0, 200, 100, 0), 1, 2, 2, 1, 4));
    }

    @Test
    void scale_oneTone_staysThatTone() {
        for (int level : new int[] {0, 1, 127, 254, 255}) {
            byte[] pixels = new byte[37 * 23];
            Arrays.fill(pixels, (byte) level);
            for (byte scaled : Fit.COVER.apply(pixels, 37, 23, 1, 11, 29)) {
                assertEquals(level, scaled & 0xff);
            }
        }
    }

    @Test
    void apply_cover_cutsBothSidesAlike() {
        byte[] wide = levels(9, 9, 1, 2, 8, 8, 9, 9, 3, 4, 8, 8);
        assertArrayEquals(levels(1, 2, 3, 4), Fit.COVER.apply(wide, 2, 6, 1, 2, 2));
        byte[] tall = levels(9, 9, 9, 9, 1, 2, 3, 4, 8, 8, 8, 8);
        assertArrayEquals(levels(1, 2, 3, 4), Fit.COVER.apply(tall, 6, 2, 1, 2, 2));
    }

    @Test
    void apply_contain_addsBlackAtBothSides() {
        assertArrayEquals(levels(0, 0, 1, 2, 0, 0, 0, 0), Fit.CONTAIN.apply(levels(1, 2), 1, 2, 1, 4, 2));
        // one pixel of two channels between two black ones
        assertArrayEquals(levels(0, 0, 1, 2, 0, 0), Fit.CONTAIN.apply(levels(1, 2), 1, 1, 2, 1, 3));
    }

    @Test
    void words_ofEach_sayWhatWasDone() {
        assertEquals(
                "the picture has 64 x 48 pixels: the 48 x 48 in the middle were scaled to 32 x 32, the rest was cut off (fit: cover)",
                Fit.COVER.words(48, 64, 32, 32));
        assertEquals(
                "the picture has 64 x 48 pixels: it was scaled to 32 x 24, with black above and below up to 32 x 32 (fit: contain)",
                Fit.CONTAIN.words(48, 64, 32, 32));
        assertEquals(
                "the picture has 64 x 48 pixels: it was stretched to 32 x 32 (fit: stretch)",
                Fit.STRETCH.words(48, 64, 32, 32));
        assertEquals("the picture has 64 x 64 pixels: it was scaled to 32 x 32", Fit.COVER.words(64, 64, 32, 32));
    }

    private static byte[] levels(int... levels) {
        return PictureBytes.bytes(levels);
    }
}
