package dev.chainrule.math;

/**
 * A window that slides along an axis. At each position it covers {@code size} places, {@code dilation} apart; the next position is
 * {@code stride} places further. Some of its places may lie outside the axis.
 *
 * @param length the places of the axis, at least 1
 * @param size the places that the window covers, at least 1
 * @param stride the places between two positions, at least 1
 * @param dilation the places between two neighbours in the window, at least 1
 * @param before the places by which the first position begins before the axis, 0 or more
 * @param positions the number of positions, at least 1
 */
public record Window(int length, int size, int stride, int dilation, int before, int positions) {
    /**
     * Check the numbers.
     *
     * @param length the places of the axis, at least 1
     * @param size the places that the window covers, at least 1
     * @param stride the places between two positions, at least 1
     * @param dilation the places between two neighbours in the window, at least 1
     * @param before the places by which the first position begins before the axis, 0 or more
     * @param positions the number of positions, at least 1
     * @throws IllegalArgumentException if a number is smaller, or a place does not fit into an int
     */
    public Window {
        long last = (positions - 1L) * stride + (size - 1L) * dilation;
        if (length < 1
                || size < 1
                || stride < 1
                || dilation < 1
                || before < 0
                || positions < 1
                || last > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no window of size " + size + " along " + length + " places: stride "
                    + stride + ", dilation " + dilation + ", " + before + " before, " + positions + " positions");
        }
    }

    /**
     * {@return the place on the axis, from 0, that the window covers; below 0, or the length or more, if it is outside}
     *
     * @param position of the window, from 0
     * @param element of the window, from 0
     */
    public int place(int position, int element) {
        return position * stride + element * dilation - before;
    }

    /**
     * {@return whether the window covers a place on the axis}
     *
     * @param position of the window, from 0
     * @param element of the window, from 0
     */
    public boolean covers(int position, int element) {
        int place = place(position, element);
        return place >= 0 && place < length;
    }
}
