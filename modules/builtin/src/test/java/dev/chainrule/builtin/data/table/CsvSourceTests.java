package dev.chainrule.builtin.data.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.api.data.DataSource;
import dev.chainrule.api.data.Encoding;
import dev.chainrule.api.data.Encoding.Column;
import dev.chainrule.api.data.Target;
import dev.chainrule.api.error.InputException;
import dev.chainrule.api.value.Shape;
import dev.chainrule.builtin.data.Context;
import dev.chainrule.builtin.data.Idx;
import dev.chainrule.builtin.data.Read;
import dev.chainrule.builtin.data.Unknown;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvSourceTests {
    private static final String HOUSES = """
            size,place,price
            100,town,1.5
            80,hill,-2e1
            60,town,.25
            """;

    @TempDir
    Path folder;

    @Test
    void open_numbersAndNames_givesOneHotInputsAndValues() {
        DataSource source = open(HOUSES, csv().target("price"));
        assertEquals(3, source.size());
        Encoding encoding = source.encoding();
        assertEquals(Shape.of(3), encoding.shape());
        assertEquals(
                List.of(new Column("size", List.of()), new Column("place", List.of("hill", "town"))),
                encoding.columns());
        assertEquals(new Target(Target.Form.VALUES, List.of("price")), encoding.target());
        assertArrayEquals(new double[] {100, 0, 1}, Read.input(source, 0));
        assertArrayEquals(new double[] {80, 1, 0}, Read.input(source, 1));
        assertArrayEquals(new double[] {-20}, Read.target(source, 1));
    }

    @Test
    void open_targetOfNames_givesClassesByCodePoint() {
        // U+10000 comes after U+FF5E; in UTF-16, the order of String, it would come before.
        DataSource source = open("x,kind\n1,\ud800\udc00\n2,b\n3,\uff5e\n4,B\n5,b\n", csv().target("kind"));
        assertEquals(
                new Target(Target.Form.CLASS_INDEX, List.of("B", "b", "\uff5e", "\ud800\udc00")),
                source.encoding().target());
        assertArrayEquals(new double[] {3}, Read.target(source, 0));
        assertArrayEquals(new double[] {1}, Read.target(source, 4));
    }

    @Test
    void open_numbersForcedToNames_areCategories() {
        DataSource source = open("zip,y\n10,0\n9,1\n", csv().target("y").categorical("zip", "y"));
        assertEquals(
                List.of(new Column("zip", List.of("10", "9"))),
                source.encoding().columns());
        assertEquals(
                new Target(Target.Form.CLASS_INDEX, List.of("0", "1")),
                source.encoding().target());
        assertArrayEquals(new double[] {0, 1}, Read.input(source, 1));
    }

    @Test
    void open_classNumbersInSeveralSpellings_areOneClass() {
        DataSource source = open("zip,y\n01,0\n1,1.0\n1,1\n", csv().target("y").categorical("zip", "y"));
        assertEquals(
                new Target(Target.Form.CLASS_INDEX, List.of("0", "1")),
                source.encoding().target());
        assertArrayEquals(new double[] {1}, Read.target(source, 1));
        assertArrayEquals(new double[] {1}, Read.target(source, 2));
        // A code of digits is no number.
        assertEquals(
                List.of(new Column("zip", List.of("01", "1"))),
                source.encoding().columns());
    }

    @Test
    void open_severalTargets_areValues() {
        DataSource source = open("a,b,c\n1,2,3\n", csv().targets("c", "a"));
        assertEquals(
                new Target(Target.Form.VALUES, List.of("c", "a")),
                source.encoding().target());
        assertArrayEquals(new double[] {2}, Read.input(source, 0));
        assertArrayEquals(new double[] {3, 1}, Read.target(source, 0));
    }

    @Test
    void open_rowsWithoutValue_areLeftOutWhereThatIsAskedFor() {
        String table = "a,b,note,y\n1,x,,1\n,x,n,2\n3,,n,3\n4,z,n,?\n5,z,n,5\n";
        DataSource source = open(table, csv().columns("a", "b").target("y").missing(Missing.DROP));
        assertEquals(2, source.size());
        assertArrayEquals(new double[] {5}, Read.target(source, 1));
        assertEquals(
                List.of(new Column("a", List.of()), new Column("b", List.of("x", "z"))),
                source.encoding().columns());
        assertTrue(source.provenance().origin().endsWith(", 3 rows without a value left out"));
    }

    @Test
    void open_everyRowWithoutValue_isRefused() {
        InputException thrown = assertThrows(
                InputException.class,
                () -> open("a,y\n,1\n2,nan\n", csv().target("y").missing(Missing.DROP)));
        assertEquals("every row lacks a value in some column", thrown.getMessage());
    }

    @Test
    void open_chosenColumns_keepTheOrderWritten() {
        DataSource source =
                open("a,b,c,d\n1,2,3,oops\n", csv().columns("c", "a").target("b"));
        assertArrayEquals(new double[] {3, 1}, Read.input(source, 0));
    }

    @Test
    void open_noHeader_namesColumnsByNumber() {
        DataSource source = open(
                "1;'2;5';x\n3;'4';y\n",
                csv().header(false)
                        .delimiter(";")
                        .quote("'")
                        .columns("column_1")
                        .target("column_3"));
        assertEquals(2, source.size());
        assertArrayEquals(new double[] {3}, Read.input(source, 1));
        assertEquals(List.of("x", "y"), source.encoding().target().names());
    }

    @Test
    void open_marksLineEndsQuotesAndSpaces_changeNothing() {
        String hash = open(HOUSES, csv().target("price")).provenance().sha256();
        String windows = "\ufeff" + HOUSES.replace("\n", "\r\n") + "\r\n\r\n";
        assertEquals(hash, open(windows, csv().target("price")).provenance().sha256());
        String spaced = "size, place ,\"price\"\n100, town,1.50\n\"80\",hill,-20\n60,town,0.25";
        assertEquals(hash, open(spaced, csv().target("price")).provenance().sha256());
        assertNotEquals(
                hash,
                open(HOUSES.replace("60", "61"), csv().target("price"))
                        .provenance()
                        .sha256());
    }

    @Test
    void open_gzip_isUnpacked() {
        Idx.write(folder.resolve("a.csv"), Idx.gzip(HOUSES.getBytes(StandardCharsets.UTF_8)));
        assertEquals(3, csv().target("price").build().open(Context.in(folder)).size());
    }

    @Test
    void open_afterTraining_takesItsEncodingInAnyOrder() {
        Encoding training = open(HOUSES, csv().target("price")).encoding();
        DataSource test = open(
                "extra,price,place,size\n?,7,town,50\n",
                csv().target("price"),
                Context.in(folder).after(training));
        assertEquals(training, test.encoding());
        assertArrayEquals(new double[] {50, 0, 1}, Read.input(test, 0));
        assertArrayEquals(new double[] {7}, Read.target(test, 0));
    }

    @Test
    void open_unlabelled_needsNoTarget() {
        Encoding training = open(HOUSES, csv().target("price")).encoding();
        Context context = Context.in(folder).after(training).unlabelled();
        DataSource test = open("place,size\nhill,50\n", csv().target("price"), context);
        assertEquals(training, test.encoding());
        assertArrayEquals(new double[] {50, 1, 0}, Read.input(test, 0));
    }

    @Test
    void open_afterTrainingWithoutColumns_takesNumbersInOrder() {
        Target classes = new Target(Target.Form.CLASS_INDEX, List.of("no", "yes"));
        Context context = Context.in(folder).after(new Encoding(Shape.of(2), List.of(), classes));
        DataSource test = open("b,a,y\n1,0,yes\n", csv().target("y"), context);
        assertArrayEquals(new double[] {1, 0}, Read.input(test, 0));
        assertArrayEquals(new double[] {1}, Read.target(test, 0));
    }

    @Test
    void open_unknownNamesAsZeros_areNoneOfTheColumnsNames() {
        Encoding training = open(HOUSES, csv().target("price")).encoding();
        Context context = Context.in(folder).after(training);
        DataSource test = open(
                "size,place,price\n-1,sea,7\n-1,,8\n-1,moon,9\n-1,hill,9\n",
                csv().target("price").unknown(Unknown.ZEROS).missing(Missing.KEEP),
                context);
        assertEquals(training, test.encoding());
        assertArrayEquals(new double[] {-1, 0, 0}, Read.input(test, 0));
        assertArrayEquals(new double[] {-1, Double.NaN, Double.NaN}, Read.input(test, 1));
        assertArrayEquals(new double[] {-1, 0, 0}, Read.input(test, 2));
        assertArrayEquals(new double[] {-1, 1, 0}, Read.input(test, 3));
        assertEquals(
                "CSV a.csv, 2 unknown names written as zeros", test.provenance().origin());
        assertEquals(List.of(), test.warnings());
    }

    @Test
    void open_unknownNamesAsMostCommon_areTheFirstOfTheMostFrequent() {
        Encoding training = open(
                        "a,b,y\nx,q,1\nw,p,2\nx,p,3\n,q,4\n",
                        csv().target("y").unknown(Unknown.MOST_COMMON).missing(Missing.KEEP))
                .encoding();
        assertEquals(
                List.of(
                        new Column("a", List.of("w", "x"), Optional.of("x")),
                        new Column("b", List.of("p", "q"), Optional.of("p"))),
                training.columns());
        Context context = Context.in(folder).after(training).unlabelled();
        DataSource test = open("a,b\nw,z\nz,q\n", csv().unknown(Unknown.MOST_COMMON), context);
        assertArrayEquals(new double[] {1, 0, 1, 0}, Read.input(test, 0));
        assertArrayEquals(new double[] {0, 1, 0, 1}, Read.input(test, 1));
        assertEquals(List.of("2 unknown names taken for the most common"), test.warnings());
        assertTrue(test.unusable().isEmpty());
    }

    @Test
    void open_trainingWithAnyFateOfUnknownNames_hasTheSameHash() {
        String hash = open(HOUSES, csv().target("price")).provenance().sha256();
        for (Unknown fate : List.of(Unknown.ZEROS, Unknown.MOST_COMMON)) {
            DataSource source = open(HOUSES, csv().target("price").unknown(fate));
            assertEquals(hash, source.provenance().sha256());
            assertEquals("CSV a.csv", source.provenance().origin());
        }
    }

    private DataSource open(String text, CsvBuilder builder) {
        return open(text, builder, Context.in(folder));
    }

    private DataSource open(String text, CsvBuilder builder, Context context) {
        Idx.write(folder.resolve("a.csv"), text.getBytes(StandardCharsets.UTF_8));
        return builder.build().open(context);
    }

    private static CsvBuilder csv() {
        return new CsvBuilder();
    }
}
