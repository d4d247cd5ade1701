package dev.chainrule.builtin.data.picture;

import static dev.chainrule.builtin.data.picture.PictureBytes.bytes;
import static dev.chainrule.builtin.data.picture.PictureBytes.chunk;
import static dev.chainrule.builtin.data.picture.PictureBytes.deflated;
import static dev.chainrule.builtin.data.picture.PictureBytes.exif;
import static dev.chainrule.builtin.data.picture.PictureBytes.file;
import static dev.chainrule.builtin.data.picture.PictureBytes.join;
import static dev.chainrule.builtin.data.picture.PictureBytes.png;
import static dev.chainrule.builtin.data.picture.PictureBytes.withChunk;
import static dev.chainrule.builtin.data.picture.PictureBytes.withSegment;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.builtin.data.Misuse;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture's statements on itself are respected, or it is refused with the reason. */
final class PictureTests {
    /** Levels 1 to 6 in two rows of three, each a row's filter byte first. */
    private static final byte[] SIX = png(8, 0, 3, 2, new int[] {0, 1, 2, 3, 0, 4, 5, 6});

    private static final int BLOCK = 8;
    private static final int STEP = 40;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 3, 123456",
        "2, 3, 321654",
        "3, 3, 654321",
        "4, 3, 456123",
        "5, 2, 142536",
        "6, 2, 415263",
        "7, 2, 635241",
        "8, 2, 362514",
        "0, 3, 123456"
    })
    void luminance_exifInPng_isTurned(int orientation, int width, String expected) {
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Picture picture = open(withChunk(SIX, chunk("eXIf", exif(order, orientation))));
            assertEquals(width, picture.width());
            assertEquals(6 / width, picture.height());
            assertArrayEquals(expected.chars().map(c -> c - '0').toArray(), levels(picture));
            assertEquals(List.of(), picture.warnings());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 3, 123456",
        "2, 3, 321654",
        "3, 3, 654321",
        "4, 3, 456123",
        "5, 2, 142536",
        "6, 2, 415263",
        "7, 2, 635241",
        "8, 2, 362514",
        "0, 3, 123456"
    })
    void luminance_exifInJpeg_isTurned(int orientation, int width, String expected) {
        byte[] jpeg = file(blocks(), "jpeg");
        byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            Picture picture = open(withSegment(jpeg, 0xe1, name, exif(order, orientation)));
            assertEquals(width * BLOCK, picture.width());
            int[] all = levels(picture);
            int[] centres = new int[6];
            for (int i = 0; i < 6; i++) {
                int y = i / width * BLOCK + BLOCK / 2;
                centres[i] = (all[y * picture.width() + i % width * BLOCK + BLOCK / 2] + STEP / 2) / STEP;
            }
            assertArrayEquals(expected.chars().map(c -> c - '0').toArray(), centres);
        }
    }

    @Test
    void luminance_illegibleStatements_areReadAsStoredWithAWarning() {
        Picture exif = open(withChunk(SIX, chunk("eXIf", 'M', 'M', 0, 42, 0, 0)));
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, levels(exif));
        assertEquals(
                List.of("picture: its EXIF block is damaged; the picture is read as it is stored"), exif.warnings());
        Picture profile = open(withChunk(SIX, chunk("iCCP", 'x', 0, 0, 1, 2, 3)));
        assertArrayEquals(new int[] {1, 2, 3, 4, 5, 6}, levels(profile));
        assertEquals(
                List.of("picture: its colour profile does not fit its pixels; they are read as sRGB"),
                profile.warnings());
    }

    @Test
    void luminance_transparentLevelOrColour_showsWhitePaper() {
        assertLevels(png(8, 0, 2, 1, new int[] {0, 10, 100}, chunk("tRNS", 0, 100)), 10, 255);
        assertLevels(png(16, 0, 2, 1, new int[] {0, 1, 1, 100, 101}, chunk("tRNS", 100, 101)), 1, 255);
        // 3 · 17 and 6 · 17
        assertLevels(png(4, 0, 2, 1, new int[] {0, 0x36}, chunk("tRNS", 0, 6)), 51, 255);
        assertLevels(png(2, 0, 2, 1, new int[] {0, 0x10}, chunk("tRNS", 0, 1)), 0, 255);
        assertLevels(png(1, 0, 2, 1, new int[] {0, 0x40}, chunk("tRNS", 0, 1)), 0, 255);
        assertLevels(png(8, 2, 2, 1, new int[] {0, 9, 9, 9, 1, 2, 3}, chunk("tRNS", 0, 1, 0, 2, 0, 3)), 9, 255);
    }

    @Test
    void luminance_alphaOfAnyDepth_isComposedWithWhite() {
        // 100 · 128/255 + 255 · 127/255 = 177.2; of 16 bits Java gives the alpha's upper 8.
        assertLevels(png(8, 4, 2, 1, new int[] {0, 7, 255, 100, 128}), 7, 177);
        assertLevels(png(16, 4, 2, 1, new int[] {0, 7, 7, 255, 255, 100, 100, 128, 128}), 7, 177);
        assertLevels(
                png(16, 6, 2, 1, new int[] {0, 7, 7, 7, 7, 7, 7, 255, 255, 100, 100, 100, 100, 100, 100, 128, 128}),
                7,
                177);
    }

    @Test
    void luminance_gamma_isThatOfAScreen() {
        int[] row = {0, 0, 64, 255};
        // 255 · (64/255)^(1/2.2) = 136.1; 0.45455 is a screen's own; sRGB outweighs gAMA.
        assertLevels(png(8, 0, 3, 1, row, chunk("gAMA", 0, 1, 0x86, 0xa0)), 0, 136, 255);
        assertLevels(png(8, 0, 3, 1, row, chunk("gAMA", 0, 0, 0xb1, 0x8f)), 0, 64, 255);
        assertLevels(png(8, 0, 3, 1, row, chunk("sRGB", 0), chunk("gAMA", 0, 1, 0x86, 0xa0)), 0, 64, 255);
    }

    @Test
    void luminance_profile_isConvertedToSrgb() {
        byte[] linearGrey = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
        byte[] linear = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
        byte[] standard = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
        // Of light 64/255 = 0.251: 255 · (1.055 · 0.251^(1/2.4) − 0.055) = 137.2
        assertNear(137, levels(open(png(8, 0, 1, 1, new int[] {0, 64}, profile(linearGrey))))[0]);
        assertNear(137, levels(open(png(8, 2, 1, 1, new int[] {0, 64, 64, 64}, profile(linear))))[0]);
        assertLevels(png(8, 2, 1, 1, new int[] {0, 64, 64, 64}, profile(standard)), 64);
        byte[] jpeg = file(tone(BufferedImage.TYPE_BYTE_GRAY, 64), "jpeg");
        byte[] name = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
        assertNear(137, levels(open(withSegment(jpeg, 0xe2, name, linearGrey)))[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "png"})
    void luminance_formatsWithoutLoss_areReadByContent(String format) {
        for (int type : List.of(BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB)) {
            int[] all = levels(open(file(tone(type, 0, 255), format)));
            assertEquals(0, all[0]);
            assertEquals(255, all[1]);
        }
    }

    @Test
    void luminance_bmpOf32Bits_hasNoAlpha() {
        byte[] bmp = bytes(
                'B', 'M', 62, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 32, 0, 0, 0,
                0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 0, 200, 200, 200, 0);
        assertLevels(bmp, 9, 200);
    }

    @Test
    void pixels_inColour_areThoseOfTheFile() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, 0x0a141e);
        image.setRGB(1, 0, 0xff8001);
        int[] expected = {10, 20, 30, 255, 128, 1};
        for (String format : List.of("png", "bmp", "tiff")) {
            assertArrayEquals(expected, colours(file(image, format)), format);
        }
        // grey has three equal channels, 16 bits are rounded to 8
        assertArrayEquals(new int[] {9, 9, 9}, colours(png(8, 0, 1, 1, new int[] {0, 9})));
        assertArrayEquals(new int[] {1, 128, 255}, colours(png(16, 2, 1, 1, new int[] {0, 1, 2, 128, 128, 255, 255})));
        // 100 · 128/255 + 255 · 127/255 = 177.2
        assertArrayEquals(new int[] {127, 177, 255}, colours(png(8, 6, 1, 1, new int[] {0, 0, 100, 255, 128})));
        byte[] turned = withChunk(
                png(8, 2, 2, 1, new int[] {0, 1, 2, 3, 4, 5, 6}), chunk("eXIf", exif(ByteOrder.BIG_ENDIAN, 3)));
        assertArrayEquals(new int[] {4, 5, 6, 1, 2, 3}, colours(turned));
    }

    @Test
    void luminance_tiff_isThatOfItsKind() {
        assertLevels(file(tone(BufferedImage.TYPE_BYTE_GRAY, 7, 200), "tiff"), 7, 200);
        assertLevels(file(tone(BufferedImage.TYPE_USHORT_GRAY, 257, 65_535), "tiff"), 1, 255);
        assertLevels(file(tone(BufferedImage.TYPE_BYTE_BINARY, 0, 1), "tiff"), 0, 255);
        assertLevels(tiff(1, 1, 1), 7, 200);
        assertLevels(tiff(0, 1, 1), 248, 55);
        assertLevels(tiff(1, 2, 1), 200, 7);
    }

    /** Return a TIFF file of two grey pixels, 7 and 200. */
    private static byte[] tiff(int photometric, int orientation, int format) {
        return bytes(
                'M',
                'M',
                0,
                42,
                0,
                0,
                0,
                10,
                7,
                200,
                0,
                11, //
                1,
                0,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                2,
                0,
                0, //
                1,
                1,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                1,
                0,
                0, //
                1,
                2,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                8,
                0,
                0, //
                1,
                3,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                1,
                0,
                0, //
                1,
                6,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                photometric,
                0,
                0, //
                1,
                17,
                0,
                4,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                8, //
                1,
                18,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                orientation,
                0,
                0, //
                1,
                21,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                1,
                0,
                0, //
                1,
                22,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                1,
                0,
                0, //
                1,
                23,
                0,
                4,
                0,
                0,
                0,
                1,
                0,
                0,
                0,
                2, //
                1,
                83,
                0,
                3,
                0,
                0,
                0,
                1,
                0,
                format,
                0,
                0, //
                0,
                0,
                0,
                0);
    }

    private int[] colours(byte[] file) {
        byte[] pixels = open(file).pixels(3, false);
        int[] levels = new int[pixels.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = pixels[i] & 0xff;
        }
        return levels;
    }

    @Test
    void open_refused_saysWhyAndWhatToDo() throws IOException {
        String resave = "\nThe file is damaged or truncated: copy or save it again.";
        String asPng = "\nPNG, JPEG, GIF, BMP and TIFF are supported: save it as PNG.";
        byte[] jpeg = file(blocks(), "jpeg");
        byte[] gif = file(tone(BufferedImage.TYPE_BYTE_GRAY, 0, 255), "gif");
        byte[] bmp = file(blocks(), "bmp");
        List<Misuse> all = new ArrayList<>();
        all.add(misuse("bigtiff", text("II+\0"), "this is a BigTIFF picture" + asPng));
        all.add(misuse("cmyk tiff", tiff(5, 1, 1), """
                its colours are CMYK, for print, which cannot be converted without knowing the inks
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("lab tiff", tiff(8, 1, 1), """
                its pixels are of kind 8; grey, RGB, a palette and YCbCr are supported
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("tiff of floats", tiff(1, 1, 3), """
                its levels are not unsigned integers
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("tiff of pages", changed(tiff(1, 1, 1), 147, 10), """
                it has several pages
                Save the intended one as PNG."""));
        all.add(misuse("webp", text("RIFF\1\2\3\4WEBPVP8 "), "this is a WebP picture" + asPng));
        all.add(misuse("heic", text("\0\0\0\30ftypheic\0\0\0\0"), "this is a HEIC picture" + asPng));
        all.add(misuse("avif", text("\0\0\0\34ftypavif\0\0\0\0"), "this is an AVIF picture" + asPng));
        all.add(misuse("pdf", text("%PDF-1.7\n"), "this is a PDF document" + asPng));
        all.add(misuse("svg", text("<svg xmlns='…'>"), "this is an SVG or another XML file" + asPng));
        all.add(misuse("pgm", text("P5\n28 28\n255\n"), "this is a PGM picture" + asPng));
        all.add(misuse("text", text("not a picture"), """
                not a picture: it begins with 6e 6f 74 20
                PNG, JPEG, GIF, BMP and TIFF are supported."""));
        all.add(misuse("cmyk", changed(jpeg, frame(jpeg) + 9, 4), """
                its colours are CMYK, for print, which cannot be converted without knowing the inks
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("two components", changed(jpeg, frame(jpeg) + 9, 2), """
                it has 2 components; 1 (grey) or 3 (colours) are supported
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("12 bits", changed(jpeg, frame(jpeg) + 4, 12), """
                it has 12 bits per component; only 8 are supported
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("lossless", changed(jpeg, frame(jpeg) + 1, 0xc3), """
                lossless, hierarchical and arithmetically coded JPEGs are not supported
                Save it as PNG, in RGB or grey."""));
        all.add(misuse("orientation", withChunk(SIX, chunk("eXIf", exif(ByteOrder.BIG_ENDIAN, 9))), """
                its EXIF orientation is 9; 1 to 8 are allowed
                Save the picture again, as PNG."""));
        all.add(misuse("animated png", withChunk(SIX, chunk("acTL", 0, 0, 0, 2, 0, 0, 0, 0)), """
                it is an animation of 2 pictures
                Save the intended one as PNG."""));
        all.add(misuse("animated gif", twice(gif), """
                it is an animation of 2 pictures
                Save the intended one as PNG."""));
        all.add(misuse("part of a canvas", changed(gif, 6, 30), """
                its canvas has 30 x 1 pixels, but its image only 2 x 1
                Save it as PNG."""));
        all.add(misuse("blank", png(8, 4, 2, 1, new int[] {0, 255, 255, 255, 0}), """
                the picture is blank: its transparent parts are read as white paper, and all others are white
                Save it without transparency, on its intended background."""));
        all.add(misuse("no gamma", png(8, 0, 1, 1, new int[] {0, 1}, chunk("gAMA", 0, 0, 0, 0)), """
                its gamma is 0
                Save it as PNG again, for the screen (sRGB)."""));
        byte[] cut = Arrays.copyOf(tiff(1, 1, 1), 148);
        cut[8 + 2 + 2 + 5 * 12 + 11] = (byte) 147; // the strip of two pixels begins at the last byte
        all.add(misuse("truncated tiff", cut, "the picture cannot be decoded" + resave));
        for (byte[] file : List.of(jpeg, SIX, gif, bmp)) {
            String cannot = "the picture cannot be decoded" + resave;
            all.add(misuse("without its last byte", Arrays.copyOf(file, file.length - 1), cannot));
            all.add(misuse("half", Arrays.copyOf(file, file.length / 2), cannot));
        }
        all.add(misuse("damaged chunk", changed(SIX, SIX.length - 20, 77), "the picture cannot be decoded" + resave));
        Misuse.assertTexts(32, folder, all);
    }

    private Misuse misuse(String name, byte[] file, String expected) {
        return new Misuse(name, () -> levels(open(file)), "DIR/picture: " + expected);
    }

    private Picture open(byte[] content) {
        Path path = folder.resolve("picture");
        try {
            Files.write(path, content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return Picture.open(path);
    }

    private static int[] levels(Picture picture) {
        byte[] bytes = picture.pixels(1, false);
        int[] levels = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            levels[i] = bytes[i] & 0xff;
        }
        return levels;
    }

    private void assertLevels(byte[] content, int... expected) {
        assertArrayEquals(expected, levels(open(content)));
    }

    private static void assertNear(int expected, int received) {
        assertTrue(Math.abs(expected - received) <= 1, received + " instead of " + expected);
    }

    /** Six blocks of one level each: 40, 80, … 240. */
    private static BufferedImage blocks() {
        BufferedImage image = new BufferedImage(3 * BLOCK, 2 * BLOCK, BufferedImage.TYPE_BYTE_GRAY);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.getRaster().setSample(x, y, 0, STEP * (y / BLOCK * 3 + x / BLOCK + 1));
            }
        }
        return image;
    }

    private static BufferedImage tone(int type, int... levels) {
        BufferedImage image = new BufferedImage(levels.length, 1, type);
        for (int x = 0; x < levels.length; x++) {
            for (int band = 0; band < image.getRaster().getNumBands(); band++) {
                image.getRaster().setSample(x, 0, band, levels[x]);
            }
        }
        return image;
    }

    private static byte[] profile(byte[] icc) {
        return chunk("iCCP", join(bytes('p', 0, 0), deflated(icc)));
    }

    /** Return the place of a JPEG's start of frame. */
    private static int frame(byte[] jpeg) {
        int place = 0;
        while ((jpeg[place] & 0xff) != 0xff || (jpeg[place + 1] & 0xff) != 0xc0) {
            place++;
        }
        return place;
    }

    /** Repeat a GIF's blocks, from the first after the table of colours to the trailer. */
    private static byte[] twice(byte[] gif) {
        int start = 13 + 3 * (2 << (gif[10] & 7));
        byte[] blocks = Arrays.copyOfRange(gif, start, gif.length - 1);
        return PictureBytes.inserted(gif, start, blocks);
    }

    private static byte[] changed(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
