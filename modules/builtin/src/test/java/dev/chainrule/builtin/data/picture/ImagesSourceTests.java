package dev.chainrule.builtin.data.picture;

import static dev.chainrule.builtin.data.picture.PictureBytes.png;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.ImageBytes;
import dev.chainrule.builtin.data.LazyBytes;
import dev.chainrule.builtin.data.Range;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.table.cache.DataCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagesSourceTests {
    @TempDir
    Path folder;

    private Context context;

    @BeforeEach
    void createCache() {
        context = Context.in(folder)
                .with(Map.of("CHAINRULE_CACHE", folder.resolve("cache").toString()));
    }

    @Test
    void open_folderPerClass_isInOrderOfNames() throws IOException {
        grey("p/b/10.png", 1).grey("p/b/9.png", 2).grey("p/b/deep/1.png", 3).grey("p/a/z.PNG", 4);
        // code points: upper case first; é composed or not is one name
        grey("p/B/1.png", 5)
                .grey("p/e\u0301/1.png", 6)
                .grey("p/\u00e9t/1.png", 7)
                .grey("p/z/1.png", 8);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr-TR"));
            DataSource source = grey("p").open(context);
            assertEquals(
                    List.of("B", "a", "b", "z", "\u00e9", "\u00e9t"),
                    source.encoding().target().names());
            assertEquals(Shape.of(1, 1, 1), source.encoding().shape());
            assertEquals(List.of(5, 4, 1, 2, 3, 8, 6, 7), levels(source));
            assertEquals(List.of(0, 1, 2, 2, 2, 3, 4, 5), labels(source));
            assertEquals(Optional.of(folder.resolve("p/b/9.png").toString()), source.location(3));
            assertEquals("pictures p, [1, 1, 1]", source.provenance().origin());
            assertEquals(List.of(), source.warnings());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void open_hiddenOtherAndLinkedFiles_areDecided() throws IOException {
        grey("p/a/1.png", 1)
                .grey("p/a/.hidden.png", 2)
                .grey("p/a/.thumbs/3.png", 3)
                .grey("p/.git/4.png", 4);
        grey("p/b/5.png", 5).grey("elsewhere/6.png", 6).grey("more/7.png", 7);
        Files.writeString(folder.resolve("p/a/Thumbs.db"), "ignored");
        Files.writeString(folder.resolve("p/a/notes.txt"), "named in a warning");
        Files.createSymbolicLink(folder.resolve("p/b/6.png"), folder.resolve("elsewhere/6.png"));
        Files.createSymbolicLink(folder.resolve("p/c"), folder.resolve("more"));
        DataSource source = grey("p").open(context);
        assertEquals(List.of(1, 5, 6, 7), levels(source));
        assertEquals(List.of("files that do not end like pictures are ignored: a/notes.txt"), source.warnings());
        Files.createSymbolicLink(folder.resolve("p/a/loop"), folder.resolve("p/a"));
        InputException loop = assertThrows(InputException.class, () -> grey("p").open(context));
        assertEquals("a symbolic link leads to a folder that contains it", loop.getMessage());
    }

    @Test
    void open_tableOfPaths_isInItsOrder() throws IOException {
        grey("pictures/1.png", 1).grey("pictures/2.png", 2).grey("elsewhere/3.png", 3);
        Files.writeString(
                folder.resolve("list.csv"),
                "kind;file\n1;pictures/1.png\n0;" + folder.resolve("elsewhere/3.png") + "\n");
        DataSource source = new ImagesSource(
                        Optional.of("."),
                        Optional.of("list.csv"),
                        "file",
                        "kind",
                        ";",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(1),
                        Fit.COVER,
                        ImagesSource.Broken.ERROR,
                        false)
                .open(context);
        assertEquals(List.of(1, 3), levels(source));
        assertEquals(List.of("0", "1"), source.encoding().target().names());
        assertEquals(List.of(1, 0), labels(source));
        Encoding training = source.encoding().with(new Target(Target.Form.CLASS_INDEX, List.of("z", "b", "a")));
        Files.writeString(folder.resolve("pictures/list.csv"), "label,path\nb,2.png\na,1.png\nb,2.png\n");
        DataSource test = table("pictures/list.csv").open(context.after(training));
        assertEquals(List.of(2, 1, 2), levels(test));
        assertEquals(List.of(1, 2, 1), labels(test));
        assertEquals(List.of("z", "b", "a"), test.encoding().target().names());
        Files.writeString(folder.resolve("pictures/list.csv"), "path\n1.png\n");
        assertEquals(
                List.of(1),
                levels(table("pictures/list.csv").open(context.after(training).unlabelled())));
    }

    @Test
    void provenance_samePixels_isThatOfOtherSources() throws IOException {
        grey("p/a/1.png", 7).grey("p/b/1.png", 8);
        DataSource source = grey("p").open(context);
        DataSource bytes = new ImageBytes(
                LazyBytes.of(new byte[] {7, 8}),
                Optional.of(new byte[] {0, 1}),
                new Range(0, 2),
                source.encoding(),
                "bytes",
                List.of());
        assertEquals(bytes.provenance().sha256(), source.provenance().sha256());
    }

    @Test
    void open_again_decodesNothing() throws IOException {
        grey("p/a/1.png", 7).grey("p/b/1.png", 8);
        levels(grey("p").open(context));
        Path entry;
        try (Stream<Path> files = Files.list(folder.resolve("cache/data"))) {
            entry = files.findFirst().orElseThrow();
        }
        byte[] cached = Files.readAllBytes(entry);
        cached[4096] = 99; // the first level
        Files.write(entry, cached);
        DataSource source = grey("p").open(context);
        assertEquals(List.of(99, 8), levels(source));
        assertThrows(InputException.class, source::provenance);
        grey("p/a/1.png", 6);
        assertEquals(List.of(6, 8), levels(grey("p").open(context)));
    }

    @Test
    void open_brokenSkip_countsThem() throws IOException {
        grey("p/a/1.png", 1).grey("p/a/3.png", 3).grey("p/b/1.png", 4);
        Files.writeString(folder.resolve("p/a/2.png"), "text");
        Files.write(folder.resolve("p/b/2.png"), Arrays.copyOf(png(8, 0, 1, 1, new int[] {0, 9}), 50));
        ImagesSource skipping = new ImagesSource(
                Optional.of("p"),
                Optional.empty(),
                "path",
                "label",
                ",",
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                Fit.COVER,
                ImagesSource.Broken.SKIP,
                false);
        for (int i = 0; i < 2; i++) {
            DataSource source = skipping.open(context);
            assertEquals(List.of(1, 3, 4), levels(source));
            assertEquals(List.of(0, 0, 1), labels(source));
            assertEquals(
                    List.of(
                            "2 of 5 pictures cannot be read and are skipped: a/2.png: not a picture: it begins with 74 65 78 74;"
                                    + " and 1 more"),
                    source.warnings());
        }
    }

    @Test
    void readInput_largeAndColoured_isScaled() throws IOException {
        write("p/a/1.png", png(8, 2, 2, 2, new int[] {0, 10, 20, 30, 30, 40, 50, 0, 10, 20, 30, 30, 40, 50}));
        write("p/b/1.png", png(8, 0, 4, 2, new int[] {0, 9, 1, 1, 9, 0, 9, 1, 1, 9}));
        ImagesSource small = new ImagesSource(
                Optional.of("p"),
                Optional.empty(),
                "path",
                "label",
                ",",
                Optional.of(1),
                Optional.of(1),
                Optional.empty(),
                Fit.COVER,
                ImagesSource.Broken.ERROR,
                false);
        DataSource source = small.open(context);
        assertEquals(Shape.of(1, 1, 3), source.encoding().shape());
        assertArrayEquals(new double[] {20, 30, 40}, Read.input(source, 0));
        // t = 2, c = 2: weights ¼, ¾, ¾, ¼ of 9, 1, 1, 9
        assertArrayEquals(new double[] {3, 3, 3}, Read.input(source, 1));
        assertEquals("pictures p, [1, 1, 3], cover", source.provenance().origin());
    }

    @Test
    void in_manyPictures_tellsHowManyAreDecoded() throws IOException {
        for (int i = 0; i < 600; i++) {
            grey("p/" + i % 2 + "/" + i + ".png", i % 256);
        }
        PictureSet set = PictureFolder.read(folder.resolve("p"), true, Optional.empty());
        PictureForm form = new PictureForm(Shape.of(1, 1, 1), Optional.empty(), true, PictureForm.Model.FIRST);
        PreparedPictures pictures = new PreparedPictures(set, form, false, false);
        List<String> progress = new ArrayList<>();
        DataCache cache = DataCache.of(context::environment);
        pictures.in(cache, progress::add);
        assertEquals(List.of("decoding pictures: 256 of 600", "decoding pictures: 512 of 600", ""), progress);
        progress.clear();
        pictures.in(cache, progress::add);
        assertEquals(List.of(""), progress);
    }

    private ImagesSourceTests grey(String name, int level) throws IOException {
        return write(name, png(8, 0, 1, 1, new int[] {0, level}));
    }

    private ImagesSourceTests write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return this;
    }

    private static ImagesSource grey(String name) {
        return source(Optional.of(name), Optional.empty());
    }

    private static ImagesSource table(String name) {
        return source(Optional.empty(), Optional.of(name));
    }

    private static ImagesSource source(Optional<String> folder, Optional<String> table) {
        return new ImagesSource(
                folder,
                table,
                "path",
                "label",
                ",",
                Optional.empty(),
                Optional.empty(),
                Optional.of(1),
                Fit.COVER,
                ImagesSource.Broken.ERROR,
                false);
    }

    private static List<Integer> levels(DataSource source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> (int) Read.input(source, i)[0])
                .toList();
    }

    private static List<Integer> labels(DataSource source) {
        return IntStream.range(0, source.size())
                .mapToObj(i -> (int) Read.target(source, i)[0])
                .toList();
    }
}
