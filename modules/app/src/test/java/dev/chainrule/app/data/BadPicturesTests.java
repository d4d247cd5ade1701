package dev.chainrule.app.data;

import static dev.chainrule.app.shell.ExitCode.INPUT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chainrule.app.testing.BadInput;
import dev.chainrule.app.testing.Samples;
import dev.chainrule.app.testing.Shell;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The messages about folders and tables of pictures, about each kind of broken picture, and about the cache. */
final class BadPicturesTests {
    private static final int CASES = 41;
    private static final String CONFIG = """
            data:
              train: { type: images, folder: shots, height: 3, width: 3, channels: 1 }
              batch_size: 2
            model: [ { type: dense, units: 2, activation: softmax } ]
            loss: cross_entropy
            optimizer: { type: sgd, learning_rate: 0.1 }
            training: { epochs: 1 }
            """;

    private static final String FOLDER = "folder: shots, ";
    private static final String SIZE = ", height: 3, width: 3";
    private static final String TABLE = "table: list.csv, folder: shots, ";
    private static final String PICTURE = "shots/left/1.png";

    private static final BadInput MISTAKES = new Mistakes()
            .add("folder-missing", config(FOLDER, "folder: shoots, "))
            .add("folder-is-a-file", config(FOLDER, "folder: shots.yaml, "))
            .add("folder-without-pictures", config(FOLDER, "folder: none, "))
            .add("folder-without-classes", config(FOLDER, "folder: shots/left, "))
            .add("picture-without-class", picture("shots/3.png", Samples.png(3, 3, 1)))
            .add("class-without-pictures", shell -> shell.file("shots/up/notes.txt", "none"))
            .add("one-class", shell -> shell.delete("shots/right"))
            .add("link-to-itself", shell -> shell.link("shots/left/loop", "shots/left"))
            .add("neither-folder-nor-table", config(FOLDER, ""))
            .add("channels-two", config("channels: 1", "channels: 2"))
            .add("height-without-width", config(", width: 3", ""))
            .add("height-zero", config("height: 3", "height: 0"))
            .add("fit-unknown", config("channels: 1", "channels: 1, fit: crop"))
            .add(
                    "fit-none-of-another-size",
                    picture(PICTURE, Samples.png(4, 2, 0)).andThen(config("channels: 1", "channels: 1, fit: none")))
            .add("fit-drawing-of-colours", config("channels: 1", "channels: 3, fit: drawing"))
            .add("invert-in-words", config("channels: 1", "channels: 1, invert: dark"))
            .add("broken-unknown", config("channels: 1", "channels: 1, broken: drop"))
            .add("delimiter-long", config(FOLDER, TABLE + "delimiter: tab, "))
            .add("picture-is-text", picture(PICTURE, text("a picture")))
            .add("picture-empty", picture(PICTURE, text("")))
            .add("picture-cut-off", picture(PICTURE, cut(Samples.png(3, 3, 0))))
            .add("picture-webp", picture("shots/left/0.webp", text("RIFF1234WEBPVP8 ")))
            .add("picture-cmyk", picture(PICTURE, cmyk()))
            .add("picture-huge", picture(PICTURE, wide(1 << 24)))
            .add("picture-large-without-size", picture(PICTURE, wide(5000)).andThen(config(SIZE, "")))
            .add(
                    "pictures-of-two-sizes",
                    picture("shots/right/1.png", Samples.png(4, 2, 0)).andThen(config(SIZE, "")))
            .add(
                    "pictures-all-broken",
                    picture(PICTURE, text("a picture"))
                            .andThen(picture("shots/right/1.png", text("another")))
                            .andThen(config("channels: 1", "channels: 1, broken: skip")))
            .add("table-missing", config(FOLDER, TABLE))
            .add("table-without-paths", table("file,label\nleft/1.png,left\n"))
            .add("table-without-classes", table("path,kind\nleft/1.png,left\n"))
            .add("table-blank-path", table("path,label\nleft/1.png,left\n,right\n"))
            .add("table-blank-class", table("path,label\nleft/1.png,left\nright/1.png,\n"))
            .add("table-path-outside", table("path,label\n../none/1.png,left\n"))
            .add("table-file-missing", table("path,label\nleft/2.png,left\n"))
            .add("table-absolute-file-missing", table("path,label\n/gone/1.png,left\n"))
            .add("table-of-a-folder", table("path,label\nleft,left\nright,right\n"))
            .add(
                    "test-of-another-class",
                    picture("more/up/1.png", Samples.png(3, 3, 0))
                            .andThen(config("  batch_size", "  test: { type: images, folder: more }\n  batch_size")))
            .add(
                    "test-of-other-channels",
                    config("  batch_size", "  test: { type: images, folder: shots, channels: 3 }\n  batch_size"))
            .add("cache-is-a-file", cache("/demo/shots.yaml", "1"))
            .add("cache-too-small", cache("/demo/other", "1e-9"))
            .add("cache-limit-in-words", cache("/demo/cache", "16 GB"))
            .all;

    /** The mistakes, each made after the pictures were written as they should be. */
    private static final class Mistakes {
        private final BadInput all = new BadInput("pictures");

        private Mistakes add(String name, Consumer<Shell> change) {
            all.add(
                    name,
                    INPUT,
                    shell -> {
                        write(shell);
                        change.accept(shell);
                    },
                    "/demo/shots.yaml");
            return this;
        }
    }

    @TempDir
    private static Path folder;

    private static Shell shell;

    @BeforeAll
    static void createShell() {
        shell = new Shell(folder);
    }

    @TestFactory
    Stream<DynamicTest> execute_brokenPictures_saysWhatGoldenFileSays() {
        return MISTAKES.tests(shell);
    }

    @Test
    void goldenFiles_all_haveBeenSeen() {
        assertEquals(CASES, MISTAKES.size());
        MISTAKES.checkFiles();
    }

    /** Write the pictures as they should be. */
    private static void write(Shell shell) {
        shell.with("CHAINRULE_CACHE", "/demo/cache").with("CHAINRULE_CACHE_LIMIT", "1");
        shell.delete("shots");
        shell.delete("more");
        shell.delete("list.csv");
        shell.file("shots.yaml", CONFIG)
                .file("none/notes.txt", "no picture")
                .file(PICTURE, Samples.png(3, 3, 0))
                .file("shots/right/1.png", Samples.png(3, 3, 2));
    }

    private static Consumer<Shell> picture(String name, byte[] bytes) {
        return shell -> shell.file(name, bytes);
    }

    private static Consumer<Shell> config(String from, String to) {
        return shell -> shell.edit("shots.yaml", from, to);
    }

    private static Consumer<Shell> cache(String place, String limit) {
        return shell -> shell.with("CHAINRULE_CACHE", place).with("CHAINRULE_CACHE_LIMIT", limit);
    }

    private static Consumer<Shell> table(String text) {
        return shell -> shell.edit("shots.yaml", FOLDER, TABLE).file("list.csv", text);
    }

    private static byte[] cut(byte[] file) {
        return Arrays.copyOf(file, file.length - 20);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Return a JPEG file whose header claims four components. */
    private static byte[] cmyk() {
        byte[] jpeg = Samples.picture("jpeg", 3, 3, 0);
        int frame = 0;
        while ((jpeg[frame] & 0xff) != 0xff || (jpeg[frame + 1] & 0xff) != 0xc0) {
            frame++;
        }
        jpeg[frame + 9] = 4;
        return jpeg;
    }

    /** Return a PNG file whose header claims a width. */
    private static byte[] wide(int width) {
        byte[] png = Samples.png(3, 16, 0);
        ByteBuffer.wrap(png).putInt(16, width);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
        return png;
    }
}
