package dev.chainrule.builtin.data.picture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Misuse;
import dev.chainrule.builtin.data.Read;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageSourceTests {
    private static final Target DIGITS = new Target(Target.Form.CLASS_INDEX, List.of("0", "1"));
    private static final Encoding THREE_BY_TWO = new Encoding(Shape.of(2, 3, 1), List.of(), DIGITS);

    @TempDir
    Path folder;

    /** Row 0: black, white, red; row 1: green, blue, (10, 20, 30). */
    @BeforeEach
    void writeColours() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        int[] colours = {0, 0xffffff, 0xff0000, 0x00ff00, 0x0000ff, 0x0a141e};
        image.setRGB(0, 0, 3, 2, colours, 0, 3);
        write(image, "a.png");
    }

    @Test
    void open_colours_givesLuminance() {
        DataSource source = open("a.png", false);
        assertEquals(1, source.size());
        assertEquals(THREE_BY_TWO, source.encoding());
        // (299·255 + 500) / 1000 = 76, (587·255 + 500) / 1000 = 150, (114·255 + 500) / 1000 = 29,
        // (299·10 + 587·20 + 114·30 + 500) / 1000 = 18
        assertArrayEquals(new double[] {0, 255, 76, 150, 29, 18}, Read.input(source, 0));
    }

    @Test
    void open_inverted_exchangesDarkAndLight() {
        assertArrayEquals(new double[] {255, 0, 179, 105, 226, 237}, Read.input(open("a.png", true), 0));
    }

    @Test
    void open_grey_isTakenAsStored() throws IOException {
        assertArrayEquals(
                new double[] {0, 1, 64, 128, 200, 255}, grey(BufferedImage.TYPE_BYTE_GRAY, 0, 1, 64, 128, 200, 255));
    }

    @Test
    void open_greyOf16Bits_isBroughtToBytes() throws IOException {
        assertArrayEquals(
                new double[] {0, 1, 64, 128, 200, 255},
                grey(BufferedImage.TYPE_USHORT_GRAY, 0, 257, 64 * 257 + 100, 128 * 257, 200 * 257 - 100, 65_535));
    }

    @Test
    void open_transparent_showsWhitePaper() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, new Color(0, 0, 0, 255).getRGB());
        image.setRGB(1, 0, new Color(0, 0, 0, 51).getRGB());
        write(image, "b.png");
        assertArrayEquals(new double[] {0, 204, 255, 255, 255, 255}, Read.input(open("b.png", false), 0));
    }

    @Test
    void open_palette_isLookedUp() throws IOException {
        byte[] reds = {0, (byte) 255, 100, 0};
        byte[] others = {0, (byte) 255, 100, 0};
        IndexColorModel palette = new IndexColorModel(2, 4, reds, others, others, 3);
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_BINARY, palette);
        image.getRaster().setSamples(0, 0, 3, 2, 0, new int[] {0, 1, 2, 3, 1, 2});
        write(image, "c.png");
        // The fourth colour of the palette is transparent.
        assertArrayEquals(new double[] {0, 255, 100, 255, 255, 100}, Read.input(open("c.png", false), 0));
    }

    @Test
    void open_jpeg_isRead() throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 6; i++) {
            image.getRaster().setSample(i % 3, i / 3, 0, 130);
        }
        ImageIO.write(image, "jpeg", folder.resolve("d.jpg").toFile());
        // One tone survives JPEG: its only coefficient is 8·(130 − 128) = 16, a multiple of the quantizer or one tone
        // off.
        double[] pixels = Read.input(open("d.jpg", false), 0);
        assertTrue(Arrays.stream(pixels).allMatch(p -> Math.abs(p - 130) <= 1), Arrays.toString(pixels));
    }

    @Test
    void open_misuse_saysWhatToDo() throws IOException {
        byte[] whole = Files.readAllBytes(folder.resolve("a.png"));
        Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length - 30));
        Files.write(folder.resolve("head.png"), Arrays.copyOf(whole, 20));
        byte[] huge = whole.clone();
        Arrays.fill(huge, 17, 20, (byte) 0xff); // the width
        checkHeader(huge);
        Files.write(folder.resolve("huge.png"), huge);
        Files.writeString(folder.resolve("text.png"), "not a picture", StandardCharsets.UTF_8);
        Context context = Context.in(folder).after(THREE_BY_TWO).unlabelled();
        Encoding square = new Encoding(Shape.of(28, 28, 1), List.of(), DIGITS);
        Encoding table = new Encoding(Shape.of(6), List.of(), DIGITS);
        List<Misuse> all = new ArrayList<>();
        all.add(misuse("missing", "none.png", context, """
                DIR/none.png: there is no such file"""));
        all.add(misuse("text", "text.png", context, """
                DIR/text.png: not a picture: it begins with 6e 6f 74 20
                PNG, JPEG, GIF, BMP and TIFF are supported."""));
        all.add(misuse("cut off", "cut.png", context, """
                DIR/cut.png: the picture cannot be decoded
                The file is damaged or truncated: copy or save it again."""));
        all.add(misuse("cut header", "head.png", context, """
                DIR/head.png: the picture cannot be decoded
                The file is damaged or truncated: copy or save it again."""));
        all.add(misuse("huge", "huge.png", context, """
                DIR/huge.png: the picture has 16777215 x 2 pixels, but the training images have 3 x 2
                predict --fit drawing cuts out a drawing on paper, such as a digit, and centres it as MNIST's digits are; \
                --fit contain, cover and stretch scale the whole picture."""));
        Arrays.fill(huge, 21, 24, (byte) 0xff); // the height
        checkHeader(huge);
        Files.write(folder.resolve("larger.png"), huge);
        all.add(misuse("larger than memory", "larger.png", Context.in(folder).unlabelled(), """
                DIR/larger.png: the picture claims 16777215 x 16777215 pixels
                At most 67108864 are supported."""));
        all.add(misuse("other size", "a.png", context.after(square), """
                DIR/a.png: the picture has 3 x 2 pixels, but the training images have 28 x 28
                predict --fit drawing cuts out a drawing on paper, such as a digit, and centres it as MNIST's digits are; \
                --fit contain, cover and stretch scale the whole picture."""));
        all.add(misuse("table", "a.png", context.after(table), """
                DIR/a.png: a picture is a grey or colour image, but the training examples are [features 6]"""));
        all.add(misuse("labelled", "a.png", Context.in(folder), """
                DIR/a.png: a picture has no label: it can only be used for predictions"""));
        Misuse.assertTexts(9, folder, all);
    }

    /** Write the checksum that fits the header. */
    private static void checkHeader(byte[] png) {
        CRC32 crc = new CRC32();
        crc.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    }

    private Misuse misuse(String name, String file, Context context, String expected) {
        return new Misuse(name, () -> new ImageSource(file, false, Optional.empty()).open(context), expected);
    }

    private DataSource open(String file, boolean invert) {
        return new ImageSource(file, invert, Optional.empty())
                .open(Context.in(folder).after(THREE_BY_TWO).unlabelled());
    }

    private double[] grey(int type, int... samples) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, type);
        WritableRaster raster = image.getRaster();
        raster.setSamples(0, 0, 3, 2, 0, samples);
        write(image, "grey.png");
        return Read.input(open("grey.png", false), 0);
    }

    private void write(BufferedImage image, String name) throws IOException {
        assertTrue(ImageIO.write(image, "png", folder.resolve(name).toFile()));
    }
}
