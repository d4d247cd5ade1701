package dev.chainrule.builtin.data.picture;

import dev.chainrule.api.error.InputException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The format of a picture, determined by its first bytes: a file's ending is only a name. */
enum PictureFormat {
    PNG("\u0089PNG\r\n"),
    JPEG("\u00ff\u00d8\u00ff"),
    GIF("GIF8"),
    BMP("BM"),
    TIFF("II*\0", "MM\0*");

    private static final int SHOWN = 4;
    private static final String SUPPORTED = "PNG, JPEG, GIF, BMP and TIFF are supported";

    /** Formats that are recognised only for a specific refusal. */
    private static final List<Refused> REFUSED = List.of(
            new Refused("a BigTIFF picture", "II+\0"),
            new Refused("a BigTIFF picture", "MM\0+"),
            new Refused("a WebP picture", "RIFF????WEBP"),
            new Refused("an AVIF picture", "????ftypavi"),
            new Refused("a HEIC picture", "????ftyphe"),
            new Refused("a HEIC picture", "????ftypm"),
            new Refused("a JPEG 2000 picture", "\0\0\0\fjP  "),
            new Refused("a JPEG 2000 picture", "\u00ffO\u00ffQ"),
            new Refused("a JPEG XL picture", "\0\0\0\fJXL "),
            new Refused("a JPEG XL picture", "\u00ff\n"),
            new Refused("a Photoshop file", "8BPS"),
            new Refused("an icon file", "\0\0\1\0"),
            new Refused("a PDF document", "%PDF"),
            new Refused("a PostScript document", "%!PS"),
            new Refused("an SVG or another XML file", "<svg"),
            new Refused("an SVG or another XML file", "<?xml"),
            new Refused("an SVG or another XML file", "\u00ef\u00bb\u00bf<"),
            new Refused("an HTML page", "<!DOCTYPE"),
            new Refused("an HTML page", "<!doctype"),
            new Refused("an HTML page", "<html"),
            new Refused("a PBM picture", "P1\n"),
            new Refused("a PGM picture", "P2\n"),
            new Refused("a PPM picture", "P3\n"),
            new Refused("a PBM picture", "P4\n"),
            new Refused("a PGM picture", "P5\n"),
            new Refused("a PPM picture", "P6\n"));

    private final List<String> magic;

    PictureFormat(String... magic) {
        this.magic = List.of(magic);
    }

    /**
     * Return a file's format.
     *
     * @param file at least its first bytes
     * @throws InputException if it is not supported, with the format's name if it is known
     */
    static PictureFormat of(byte[] file) {
        for (PictureFormat format : values()) {
            if (format.magic.stream().anyMatch(magic -> begins(file, magic))) {
                return format;
            }
        }
        for (Refused refused : REFUSED) {
            if (begins(file, refused.magic)) {
                throw new InputException("this is " + refused.label, SUPPORTED + ": save it as PNG.");
            }
        }
        String bytes = file.length == 0
                ? "the file is empty"
                : "it begins with "
                        + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(file, Math.min(SHOWN, file.length)));
        throw new InputException("not a picture: " + bytes, SUPPORTED + ".");
    }

    private static boolean begins(byte[] file, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        if (file.length < wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i] != '?' && wanted[i] != file[i]) {
                return false;
            }
        }
        return true;
    }

    /** A format that is not read; in its magic number, ? is any byte. */
    private record Refused(String label, String magic) {}
}
