package dev.chainrule.builtin.data.picture;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** The conversion of a file's colours, 0xRRGGBB, to those of a screen (sRGB). */
final class Colours {
    private static final int LEVELS = 256;
    private static final double WHITE = 255;
    /** The exponent of a screen; pictures made for one are not changed. */
    private static final double SCREEN = 2.2;

    private static final double NEARLY = 0.05;
    /** Greys and strong colours that reveal the effect of a conversion. */
    private static final int[] PROBES = {0x202020, 0x808080, 0xd0d0d0, 0xc02020, 0x20c020, 0x2020c0};

    private Colours() {}

    /**
     * Return a conversion of levels v that are light to the power of gamma: 255 · (v / 255)^(1 / (2.2 · gamma)),
     * rounded (PNG specification, second edition, section 13.13).
     */
    static IntUnaryOperator ofGamma(double gamma) {
        double exponent = 1 / (SCREEN * gamma);
        if (Math.abs(exponent - 1) < NEARLY) {
            return IntUnaryOperator.identity();
        }
        int[] levels = new int[LEVELS];
        for (int v = 0; v < LEVELS; v++) {
            levels[v] = (int) StrictMath.rint(WHITE * StrictMath.pow(v / WHITE, exponent));
        }
        return rgb -> levels[rgb >> 16 & 0xff] << 16 | levels[rgb >> 8 & 0xff] << 8 | levels[rgb & 0xff];
    }

    /**
     * Return a conversion by Java's colour management; the identity if the profile is a form of sRGB.
     *
     * @param grey whether the picture has one component; the profile must have as many
     * @throws IllegalArgumentException if the profile is damaged or of other components
     */
    static IntUnaryOperator ofProfile(byte[] bytes, boolean grey) {
        ICC_Profile profile = ICC_Profile.getInstance(bytes);
        if (profile.getColorSpaceType() != (grey ? ColorSpace.TYPE_GRAY : ColorSpace.TYPE_RGB)) {
            throw new IllegalArgumentException("the number of components differs");
        }
        ICC_ColorSpace space = new ICC_ColorSpace(profile);
        if (!grey) {
            IntUnaryOperator converted =
                    rgb -> packed(space.toRGB(new float[] {part(rgb >> 16), part(rgb >> 8), part(rgb)}));
            return isStandard(converted) ? IntUnaryOperator.identity() : converted;
        }
        int[] levels = new int[LEVELS];
        for (int v = 0; v < LEVELS; v++) {
            levels[v] = packed(space.toRGB(new float[] {part(v)}));
        }
        return rgb -> levels[rgb & 0xff];
    }

    /** Return whether a conversion leaves colours unchanged up to rounding: then the profile is a form of sRGB. */
    private static boolean isStandard(IntUnaryOperator conversion) {
        return IntStream.of(PROBES).allMatch(rgb -> {
            int converted = conversion.applyAsInt(rgb);
            return IntStream.of(16, 8, 0)
                    .allMatch(shift -> Math.abs((converted >> shift & 0xff) - (rgb >> shift & 0xff)) <= 1);
        });
    }

    private static float part(int level) {
        return (level & 0xff) / (float) WHITE;
    }

    private static int packed(float... rgb) {
        int packed = 0;
        for (float part : rgb) {
            packed = packed << 8 | (int) StrictMath.rint(part * WHITE);
        }
        return packed;
    }
}
