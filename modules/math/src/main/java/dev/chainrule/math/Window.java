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

    /** {@return the first position, from 0, at which no place of the window is before the axis} */
    public int inside() {
        return (before + stride - 1) / stride;
    }

    /** {@return the position after the last at which no place of the window is after the axis; 0 if there is none} */
    public int insideEnd() {
        int first = length
                - 1
                - (size - 1) * dilation
                + before; // the greatest first place, from the beginning of the first position
        return first < 0 ? 0 : Math.min(positions, first / stride + 1);
    }

    /** {@return the places of the axis with those before and after it that the window covers} */
    public int extent() {
        return Math.max(before + length, (positions - 1) * stride + (size - 1) * dilation + 1);
    }

    /**
     * {@return the first place of the window, from 0, that is not before the axis, at a position}
     *
     * @param position of the window, from 0
     */
    public int begin(int position) {
        int place = place(position, 0);
        return place >= 0 ? 0 : Math.min(size, (dilation - 1 - place) / dilation);
    }

    /**
     * {@return the place of the window after the last that is not after the axis, at a position; at least that of begin}
     *
     * @param position of the window, from 0
     */
    public int end(int position) {
        int rest = length - 1 - place(position, 0);
        return rest < 0 ? begin(position) : Math.max(begin(position), Math.min(size, rest / dilation + 1));
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
