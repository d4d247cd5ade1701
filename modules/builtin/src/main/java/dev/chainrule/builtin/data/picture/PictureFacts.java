package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.nio.BufferUnderflowException;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;

/**
 * A picture's metadata.
 *
 * @param orientation the way in which it must be turned
 * @param colours a colour 0xRRGGBB of the file → the same colour in sRGB
 * @param clear the grey level, 0 … 255, that is transparent, if the decoder does not know it
 * @param warning the illegible part; empty if there is none
 */
record PictureFacts(Orientation orientation, IntUnaryOperator colours, OptionalInt clear, String warning) {
    static final PictureFacts NONE =
            new PictureFacts(Orientation.UPRIGHT, IntUnaryOperator.identity(), OptionalInt.empty(), "");

    /**
     * Read a file's metadata.
     *
     * @throws InputException if a part of it cannot be respected, with the reason
     * @throws BufferUnderflowException if the file is truncated
     */
    static PictureFacts of(PictureFormat format, byte[] file) {
        return switch (format) {
            case PNG -> PngFacts.read(file);
            case JPEG -> JpegFacts.read(file);
            case GIF -> {
                GifFacts.requireOneWholeFrame(file);
                yield NONE;
            }
            case BMP -> NONE;
            case TIFF -> TiffFacts.read(file);
        };
    }

    /** Return these facts with the orientation of an EXIF block, or with a warning that it is illegible. */
    PictureFacts withExif(byte[] block) {
        try {
            return new PictureFacts(Exif.orientation(block), colours, clear, warning);
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return new PictureFacts(
                    orientation, colours, clear, "its EXIF block is damaged; the picture is read as it is stored");
        }
    }

    /** Return these facts with colours of another kind. */
    PictureFacts withColours(IntUnaryOperator others) {
        return new PictureFacts(orientation, others, clear, warning);
    }

    /** Return these facts with the colours of an ICC profile, or with a warning that it is illegible. */
    PictureFacts withProfile(byte[] profile, boolean grey) {
        try {
            return withColours(Colours.ofProfile(profile, grey));
        } catch (IllegalArgumentException e) {
            return new PictureFacts(
                    orientation, colours, clear, "its colour profile does not fit its pixels; they are read as sRGB");
        }
    }

    /** Return these facts with a transparent level of grey. */
    PictureFacts withClear(int level) {
        return new PictureFacts(orientation, colours, OptionalInt.of(level), warning);
    }
}
