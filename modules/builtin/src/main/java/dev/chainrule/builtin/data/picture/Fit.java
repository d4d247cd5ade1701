package dev.chainrule.builtin.data.picture;

/** The way in which a picture of another shape is brought to a size. */
public enum Fit {
    /** Scaled until it covers the size; the rest, equal at both sides, is cut off. */
    COVER,
    /** Scaled until it is contained in the size; the rest, at both sides, is black. */
    CONTAIN,
    /** Scaled along each axis by a factor of its own. */
    STRETCH,
    /** A drawing, cut out of its paper and centred; see {@link Drawing}. */
    DRAWING,
    /** Refused. */
    NONE;

    /**
     * Bring a picture to a size; see {@link Scaling}. Lengths that are not whole are rounded for {@code contain}, and cut within
     * pixels for {@code cover}. Not called for {@link #DRAWING} and {@link #NONE}.
     *
     * @param pixels [height, width, channels]. Not modified.
     * @return [toHeight, toWidth, channels]
     */
    byte[] apply(byte[] pixels, int height, int width, int channels, int toHeight, int toWidth) {
        Scaling.Part whole = new Scaling.Part(0, 0, height, width);
        return switch (this) {
            case STRETCH, DRAWING, NONE -> Scaling.scale(pixels, height, width, channels, whole, toHeight, toWidth);
            case COVER ->
                Scaling.scale(
                        pixels, height, width, channels, covered(height, width, toHeight, toWidth), toHeight, toWidth);
            case CONTAIN -> {
                int[] inner = contained(height, width, toHeight, toWidth);
                byte[] scaled = Scaling.scale(pixels, height, width, channels, whole, inner[0], inner[1]);
                yield framed(scaled, inner, channels, toHeight, toWidth);
            }
        };
    }

    /** Return in words what {@link #apply} does to a picture. */
    String words(int height, int width, int toHeight, int toWidth) {
        String size = toWidth + " x " + toHeight;
        String picture = "the picture has " + width + " x " + height + " pixels: ";
        if ((long) width * toHeight == (long) height * toWidth) {
            return picture + "it was scaled to " + size;
        }
        return picture
                + switch (this) {
                    case STRETCH, DRAWING, NONE -> "it was stretched to " + size + " (fit: stretch)";
                    case COVER -> {
                        Scaling.Part part = covered(height, width, toHeight, toWidth);
                        yield "the " + rounded(part.width()) + " x " + rounded(part.height())
                                + " in the middle were scaled to " + size + ", the rest was cut off (fit: cover)";
                    }
                    case CONTAIN -> {
                        int[] inner = contained(height, width, toHeight, toWidth);
                        yield "it was scaled to " + inner[1] + " x " + inner[0] + ", with black "
                                + (inner[0] < toHeight ? "above and below" : "at both sides") + " up to " + size
                                + " (fit: contain)";
                    }
                };
    }

    /** Return the part of a picture that has the proportions of the size, in the middle. */
    private static Scaling.Part covered(int height, int width, int toHeight, int toWidth) {
        if ((long) width * toHeight > (long) height * toWidth) {
            double part = (double) height * toWidth / toHeight;
            return new Scaling.Part(0, (width - part) / 2, height, part);
        }
        double part = (double) width * toHeight / toWidth;
        return new Scaling.Part((height - part) / 2, 0, part, width);
    }

    /** Return height and width of the whole picture within the size. */
    static int[] contained(int height, int width, int toHeight, int toWidth) {
        return (long) width * toHeight > (long) height * toWidth
                ? new int[] {rounded((double) height * toWidth / width), toWidth}
                : new int[] {toHeight, rounded((double) width * toHeight / height)};
    }

    private static int rounded(double length) {
        return Math.max(1, (int) (length + 0.5));
    }

    private static byte[] framed(byte[] scaled, int[] inner, int channels, int toHeight, int toWidth) {
        if (inner[0] == toHeight && inner[1] == toWidth) {
            return scaled;
        }
        byte[] framed = new byte[toHeight * toWidth * channels];
        int top = (toHeight - inner[0]) / 2;
        int left = (toWidth - inner[1]) / 2;
        for (int y = 0; y < inner[0]; y++) {
            System.arraycopy(
                    scaled,
                    y * inner[1] * channels,
                    framed,
                    ((top + y) * toWidth + left) * channels,
                    inner[1] * channels);
        }
        return framed;
    }
}
