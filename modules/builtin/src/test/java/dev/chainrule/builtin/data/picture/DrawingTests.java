package dev.chainrule.builtin.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

final class DrawingTests {
    private static final int SIDE = 14;

    /** Ten of fourteen pixels are the drawing's: the bar of 4 x 10 keeps its size, and its mass is in the middle. */
    @Test
    void centred_barOnPaper_isAsLargeAsMnistsDigits() {
        Drawing drawing = new Drawing(picture((y, x) -> bar(y, x) ? 40 : 200), SIDE, SIDE);
        byte[] expected = new byte[SIDE * SIDE];
        for (int y = 2; y < 12; y++) {
            Arrays.fill(expected, y * SIDE + 5, y * SIDE + 9, (byte) 255);
        }
        assertArrayEquals(expected, drawing.centred(SIDE, SIDE));
        assertEquals(
                "the picture has 14 x 14 pixels: the drawing of 4 x 10, darker than its paper, was scaled to 4 x 10 and"
                        + " centred, bright on black, in 14 x 14 (fit: drawing)",
                drawing.words(SIDE, SIDE));
    }

    @Test
    void centred_shadowOrChalk_isTheSame() {
        byte[] plain = new Drawing(picture((y, x) -> bar(y, x) ? 40 : 200), SIDE, SIDE).centred(SIDE, SIDE);
        byte[] shadow = picture((y, x) -> (bar(y, x) ? 40 : 200) + 3 * y - 2 * x);
        assertArrayEquals(plain, new Drawing(shadow, SIDE, SIDE).centred(SIDE, SIDE));
        Drawing chalk = new Drawing(picture((y, x) -> bar(y, x) ? 220 : 30), SIDE, SIDE);
        assertArrayEquals(plain, chalk.centred(SIDE, SIDE));
        assertEquals(true, chalk.words(SIDE, SIDE).contains("brighter than its paper"));
    }

    @Test
    void centred_largePicture_isLookedForInASmallerOne() {
        int side = 1400;
        byte[] large = new byte[side * side];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (bar(i / side / 100, i % side / 100) ? 40 : 200);
        }
        Drawing drawing = new Drawing(large, side, side);
        assertEquals(
                true, drawing.words(28, 28).contains("1400 x 1400 pixels: the drawing of 40"), drawing.words(28, 28));
    }

    @Test
    void create_nothingOnPaper_isRefused() {
        for (IntBinaryOperator paper : new IntBinaryOperator[] {(y, x) -> 200, (y, x) -> 100 + 5 * y + 3 * x}) {
            InputException e = assertThrows(InputException.class, () -> new Drawing(picture(paper), SIDE, SIDE));
            assertEquals("there is no drawing in the picture: nothing differs clearly from the paper", e.getMessage());
        }
        assertThrows(InputException.class, () -> new Drawing(new byte[] {1, 2}, 1, 2));
    }

    private static boolean bar(int y, int x) {
        return y >= 3 && y < 13 && x >= 2 && x < 6;
    }

    private static byte[] picture(IntBinaryOperator level) {
        byte[] picture = new byte[SIDE * SIDE];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) level.applyAsInt(i / SIDE, i % SIDE);
        }
        return picture;
    }
}
