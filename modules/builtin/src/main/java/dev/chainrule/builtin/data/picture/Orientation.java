package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;

/**
 * The way in which a picture must be turned or mirrored for viewing (Exif 2.32, section 4.6.4, tag 0x0112).
 *
 * <p>The eight values specify the sides of the picture where the first row and the first column of the file belong:
 *
 * <pre>
 *   1 top, left      2 top, right      3 bottom, right     4 bottom, left
 *   5 left, top      6 right, top      7 right, bottom     8 left, bottom
 * </pre>
 *
 * @param value 1 … 8
 */
record Orientation(int value) {
    static final Orientation UPRIGHT = new Orientation(1);

    private static final int LARGEST = 8;
    private static final int FIRST_ON_ITS_SIDE = 5;

    Orientation {
        if (value < 1 || value > LARGEST) {
            throw new InputException(
                    "its EXIF orientation is " + value + "; 1 to 8 are allowed", "Save the picture again, as PNG.");
        }
    }

    /** Return whether rows of the file are columns of the picture. */
    boolean isOnItsSide() {
        return value >= FIRST_ON_ITS_SIDE;
    }

    /**
     * Return the pixels as they must be viewed.
     *
     * @param stored [height, width, channels], as in the file. Not modified.
     */
    byte[] upright(byte[] stored, int width, int height, int channels) {
        if (value == 1) {
            return stored;
        }
        boolean fromRight = value == 2 || value == 3 || value == 7 || value == 8;
        boolean fromBottom = value == 3 || value == 4 || value == 6 || value == 7;
        int columns = isOnItsSide() ? height : width;
        byte[] upright = new byte[stored.length];
        for (int i = 0; i < width * height; i++) {
            int row = i / columns;
            int column = i % columns;
            int x = isOnItsSide() ? row : column;
            int y = isOnItsSide() ? column : row;
            int from = (fromBottom ? height - 1 - y : y) * width + (fromRight ? width - 1 - x : x);
            System.arraycopy(stored, from * channels, upright, i * channels, channels);
        }
        return upright;
    }
}
