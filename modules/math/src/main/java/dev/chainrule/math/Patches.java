package dev.chainrule.math;

/**
 * The patches of images [height, width, channels]: the numbers that a window covers, at each of its positions. Positions are counted
 * from the top, within a row from the left; those of a batch example by example. In a patch the last of window row, window column and
 * channel varies fastest.
 *
 * <p>Places outside the image contain +0.
 *
 * @param vertical the window along the height
 * @param horizontal the window along the width
 * @param channels of the images, at least 1
 * @param first the first channel that patches contain, from 0
 * @param count the number of neighbouring channels that patches contain, at least 1
 */
public record Patches(Window vertical, Window horizontal, int channels, int first, int count) {
    /** The numbers in a block of patches: half a megabyte of float32. */
    private static final int BLOCK = 1 << 17;
    /** The patches of a block are a multiple of this, as the rows of a product's blocks are, and more of large patches. */
    private static final int ROWS = 96;
    /** The most numbers in a block of large patches. */
    private static final int MOST = 1 << 22;
    /** The most patches of several images that are computed together. */
    private static final int GROUP = 240;

    /**
     * Check the channels.
     *
     * @param vertical the window along the height
     * @param horizontal the window along the width
     * @param channels of the images, at least 1
     * @param first the first channel that patches contain, from 0
     * @param count the number of neighbouring channels that patches contain, at least 1
     * @throws IllegalArgumentException if there are no such channels, or if a patch is larger than an array
     */
    public Patches {
        if (first < 0 || count < 1 || first > channels - count) {
            throw new IllegalArgumentException("no " + count + " channels from " + first + " of " + channels);
        }
        Math.toIntExact(Math.multiplyExact((long) vertical.size() * horizontal.size(), count));
    }

    /** {@return the numbers of an image} */
    public int pixels() {
        return vertical.length() * horizontal.length() * channels;
    }

    /** {@return the numbers of a patch} */
    public int size() {
        return vertical.size() * horizontal.size() * count;
    }

    /** {@return the patches of an image} */
    public int positions() {
        return vertical.positions() * horizontal.positions();
    }

    /**
     * {@return the patches that a thread of the kernels has in memory at once, at most}
     *
     * @param size the numbers of a patch, or of the channels of it that the thread computes
     */
    public static int block(int size) {
        int rows = BLOCK / size;
        return rows >= ROWS ? rows / ROWS * ROWS : Math.max(1, Math.min(ROWS, MOST / size));
    }

    /** {@return the images, at least 1, that a thread of the kernels computes together without blocks of patches} */
    public int group() {
        return Math.max(1, GROUP / positions());
    }

    /** {@return the pixels of an image and of the margins that the window covers} */
    public int covered() {
        return vertical.extent() * horizontal.extent();
    }
}
