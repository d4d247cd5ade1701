package dev.chainrule.builtin.data.table;

import static dev.chainrule.builtin.data.Read.input;
import static dev.chainrule.builtin.data.Read.target;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.picture.Fit;
import dev.chainrule.builtin.data.picture.ImagesSource;
import dev.chainrule.builtin.data.picture.PictureColumn;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PicturedTableTests {
    @TempDir
    Path folder;

    private Context context;

    @BeforeEach
    void createPictures() throws IOException {
        context = Context.in(folder)
                .with(Map.of("CHAINRULE_CACHE", folder.resolve("cache").toString()));
        for (int level = 1; level <= 4; level++) {
            grey("p/" + level + ".png", level);
        }
        Files.writeString(folder.resolve("p/text.png"), "text");
    }

    @Test
    void open_picturesBesideColumns_areLastInARow() throws IOException {
        write("t.csv", "photo,kind,size,price\np/1.png,a,5,10\np/3.png,b,6,20\np/2.png,a,7,30\n");
        DataSource source = pictured("t.csv").build().open(context);
        Encoding encoding = source.encoding();
        assertEquals(Shape.of(5), encoding.shape());
        assertEquals(
                List.of(new Encoding.Input("columns", Shape.of(3)), new Encoding.Input("photo", Shape.of(1, 2, 1))),
                encoding.inputs());
        assertEquals(
                List.of("kind", "size"),
                encoding.columns().stream().map(Encoding.Column::name).toList());
        assertEquals(List.of(), encoding.columns(encoding.inputs().get(1)));
        assertArrayEquals(new double[] {1, 0, 5, 1, 101}, input(source, 0));
        assertArrayEquals(new double[] {0, 1, 6, 3, 103}, input(source, 1));
        assertArrayEquals(new double[] {30}, target(source, 2));
        assertEquals(Optional.of(folder.resolve("t.csv") + ":3"), source.location(1));
        assertEquals("CSV t.csv, pictures photo, [1, 2, 1]", source.provenance().origin());
        assertEquals("column 'size'", encoding.inputName(2));
        assertEquals("number 2 of input 'photo'", encoding.inputName(4));
        assertEquals("number 1 of input 'photo'", encoding.columnName(3));
    }

    @Test
    void open_severalPicturesAndInputs_areInOrder() throws IOException {
        write("t.csv", "a,before,after,size,price\n1,p/1.png,p/2.png,5,10\n2,p/4.png,p/1.png,6,20\n");
        Map<String, PictureColumn> pictures = new LinkedHashMap<>();
        pictures.put("late", column(Optional.of("after"), ImagesSource.Broken.ERROR));
        pictures.put("before", column(Optional.empty(), ImagesSource.Broken.ERROR));
        CsvBuilder builder = new CsvBuilder("t.csv").target("price").pictures(pictures);
        DataSource source =
                builder.inputs(Map.of("deep", List.of("size"))).build().open(context);
        assertEquals(
                List.of("deep", "late", "before"),
                source.encoding().inputs().stream().map(Encoding.Input::name).toList());
        assertArrayEquals(new double[] {5, 2, 102, 1, 101}, input(source, 0));
        write("other.csv", "price,size,before,after\n7,8,p/2.png,p/3.png\n");
        Map<String, PictureColumn> turned = new LinkedHashMap<>();
        turned.put("before", pictures.get("before"));
        turned.put("late", pictures.get("late"));
        DataSource test = new CsvBuilder("other.csv")
                .target("price")
                .pictures(turned)
                .build()
                .open(context.after(source.encoding()));
        assertArrayEquals(new double[] {8, 3, 103, 2, 102}, input(test, 0));
        assertEquals(source.encoding(), test.encoding());
    }

    @Test
    void open_brokenPicturesAndMissingCells_leaveRowsOut() throws IOException {
        write(
                "t.csv",
                "photo,size,price\np/1.png,5,10\np/text.png,6,20\n,7,30\np/gone.png,8,40\np/2.png,,50\np/3.png,9,60\n");
        CsvBuilder builder = new CsvBuilder("t.csv")
                .target("price")
                .pictures(Map.of("photo", column(Optional.empty(), ImagesSource.Broken.SKIP)));
        DataSource source = builder.missing(Missing.DROP).build().open(context);
        assertEquals(2, source.size());
        assertArrayEquals(new double[] {9, 3, 103}, input(source, 1));
        assertEquals(
                "CSV t.csv, 2 rows without a value left out, 2 rows without a picture left out, pictures photo, [1, 2, 1]",
                source.provenance().origin());
        assertEquals(
                List.of("2 of 4 pictures cannot be read and are skipped: p/text.png: not a picture: it begins with"
                        + " 74 65 78 74; and 1 more"),
                source.warnings());
        source = builder.missing(Missing.KEEP).build().open(context);
        assertEquals(3, source.size());
        assertArrayEquals(new double[] {Double.NaN, 2, 102}, input(source, 1));
        write("broken.csv", "photo,size,price\np/text.png,6,20\n");
        InputException e = assertThrows(
                InputException.class,
                () -> new CsvBuilder("broken.csv")
                        .target("price")
                        .pictures(Map.of("photo", column(Optional.empty(), ImagesSource.Broken.SKIP)))
                        .build()
                        .open(context));
        assertEquals("not a picture: it begins with 74 65 78 74", e.getMessage());
    }

    @Test
    void open_rowsToPredict_namesThoseThatCannotBe() throws IOException {
        write("t.csv", "photo,kind,size,price\np/1.png,a,5,10\np/3.png,b,6,20\n");
        DataSource trained = pictured("t.csv").build().open(context);
        write(
                "new.csv",
                "size,kind,photo\n7,a,p/2.png\n8,c,p/1.png\nx,a,p/text.png\n9,b,p/gone.png\n1,b,\n2,b,p/4.png\n");
        DataSource source = pictured("new.csv")
                .build()
                .open(context.after(trained.encoding()).unlabelled());
        assertEquals(2, source.size());
        assertArrayEquals(new double[] {1, 0, 7, 2, 102}, input(source, 0));
        assertArrayEquals(new double[] {0, 1, 2, 4, 104}, input(source, 1));
        assertEquals(
                Map.of(
                        1, "column 'kind' has 'c', which no training example has",
                        2,
                                "column 'size' has 'x', which is not a number; photo: not a picture: it begins with 74 65"
                                        + " 78 74",
                        3, "photo: there is no file 'p/gone.png'",
                        4, "photo: column 'photo' has no path"),
                source.unusable());
    }

    @Test
    void provenance_ofOtherPixelsOrRows_differs() throws IOException {
        write("t.csv", "photo,size,price\np/1.png,5,10\np/3.png,6,20\n");
        String first = pictured("t.csv").build().open(context).provenance().sha256();
        String files =
                pictured("t.csv").build().open(context).provenance().files().orElseThrow();
        assertEquals(first, pictured("t.csv").build().open(context).provenance().sha256());
        grey("p/3.png", 9);
        assertNotEquals(
                first, pictured("t.csv").build().open(context).provenance().sha256());
        grey("p/3.png", 3);
        write("t.csv", "photo,size,price\np/1.png,5,10\np/3.png,7,20\n");
        DataSource other = pictured("t.csv").build().open(context);
        assertNotEquals(first, other.provenance().sha256());
        assertNotEquals(files, other.provenance().files().orElseThrow());
    }

    private CsvBuilder pictured(String file) {
        return new CsvBuilder(file)
                .target("price")
                .pictures(Map.of("photo", column(Optional.empty(), ImagesSource.Broken.ERROR)));
    }

    private static PictureColumn column(Optional<String> column, ImagesSource.Broken broken) {
        return new PictureColumn(column, Optional.empty(), Optional.empty(), Optional.of(1), Fit.COVER, false, broken);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    /** Write a picture of two pixels. */
    private void grey(String name, int level) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, level);
        image.getRaster().setSample(1, 0, 0, level + 100);
        Files.createDirectories(folder.resolve(name).getParent());
        ImageIO.write(image, "png", folder.resolve(name).toFile());
    }
}
