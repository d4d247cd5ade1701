package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layouts of files as programs and people write them. */
final class TableReaderTests {
    @TempDir
    private Path folder;

    @Test
    void read_blankLines_areNotRows() {
        assertRead("a|b\n1|2\n3|4", "\n a,b\n\n1,2\n   \n3,4\n\n\n", TableFormat.USUAL);
    }

    @Test
    void read_blankLineInOneColumn_isAMissingValue() {
        assertRead("a\n1\n\n2", "a\n1\n\n2\n\n", TableFormat.USUAL);
    }

    @Test
    void read_unnamedColumn_isNumbered() {
        assertRead("column_1|a\n0|x\n1|y", ",a\n0,x\n1,y\n", TableFormat.USUAL);
    }

    @Test
    void read_emptyLastCellOfEveryRow_isNoColumn() {
        assertRead("a|b\n1|2\n3|4", "a,b\n1,2,\n3,4,\n", TableFormat.USUAL);
        assertRead("a|b\n1|2\n3|4", "a,b,\n1,2,\n3,4,\n", TableFormat.USUAL);
    }

    @Test
    void read_rowNamesWithoutHeader_areTheFirstColumn() {
        assertRead(
                "column_1|a|b\nr1|1|2\nr2|3|4",
                "\"a\" \"b\"\n\"r1\" 1 2\n\"r2\" 3 4\n",
                TableFormat.USUAL.withDelimiter(' '));
    }

    @Test
    void read_separatorLine_overrulesTheDelimiter() {
        assertRead("a|b\n1|2", "sep=;\na;b\n1;2\n", TableFormat.USUAL);
        assertRead("a|b\n1|2", "\"sep=\t\"\r\na\tb\r\n1\t2\r\n", TableFormat.USUAL);
    }

    @Test
    void read_quotesAfterSpaces_areQuotes() {
        assertRead("a|b\n1|x,y\n2|z", "a, b\n1, \"x,y\"\n2, z \n", TableFormat.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\tb\n1\t \"x\"\n", "a\t \"b\"\n1\tx\n", "a\tb\n1\t\u00a0\"x\"\n"})
    void read_quoteAfterTabAndSpace_isAnError(String text) {
        Path file = TableFile.write(folder, text);
        TableFormat tabs = TableFormat.USUAL.withDelimiter('\t');
        InputException thrown = assertThrows(InputException.class, () -> TableReader.read(file, tabs));
        assertEquals("a quote follows a space", thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b\n\"1\"2 3\n", "\"a\",\"b\"\n1 2\n", "a b\n1 \"x\"\"\"y\n"})
    void read_textAfterAClosingQuoteBetweenSpaces_isAnError(String text) {
        Path file = TableFile.write(folder, text);
        TableFormat spaces = TableFormat.USUAL.withDelimiter(TableFormat.WHITESPACE);
        InputException thrown = assertThrows(InputException.class, () -> TableReader.read(file, spaces));
        assertEquals("unexpected character after closing quote", thrown.getMessage());
    }

    @Test
    void read_quoteWithinACellAfterATab_isText() {
        assertRead("a|b\n1|12\" pipe", "a\tb\n1\t12\" pipe\n", TableFormat.USUAL.withDelimiter('\t'));
    }

    @Test
    void read_runsOfSpaces_partCells() {
        TableFormat spaced = TableFormat.USUAL.withDelimiter(TableFormat.WHITESPACE);
        assertRead("a|b c\n1|x y\n2|z", "a    \"b c\"\n 1\t \"x y\"\n2    z\n", spaced);
    }

    @Test
    void read_skipAndComment_leaveLinesOut() {
        assertRead(
                "a|b\n1|2\n3|4", "exported\nby a logger\na,b\n1,2\n#off\n3,4\n", TableFormat.USUAL.leavingOut(2, '#'));
    }

    @Test
    void read_noBreakSpacesAroundCells_areLeftOut() {
        assertRead("a|b\n1|x", "a,b\n\u00a01\u2009, x\u202f\n", TableFormat.USUAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void read_byteOrderMark_tellsTheEncoding(String encoding) throws IOException {
        TableFile.write(folder, "\ufeffa,b\n1,\u00e9\n", Charset.forName(encoding));
        assertEquals("a|b\n1|\u00e9", TableFile.shown(TableReader.read(folder.resolve("a.csv"), TableFormat.USUAL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latin-1", "windows-1252", "utf-16le", "utf-16be"})
    void read_encodingOfTheFormat_isUsed(String name) {
        Charset charset = Encodings.of(name).orElseThrow();
        Path file = TableFile.write(folder, "a,b\n1,\u00e9\n", charset);
        assertEquals(
                "a|b\n1|\u00e9",
                TableFile.shown(TableReader.read(file, TableFormat.USUAL.withEncoding(Optional.of(charset)))));
    }

    @Test
    void read_gzip_isUnpackedByContent() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write("a,b\n1,2\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("a.txt"), packed.toByteArray());
        assertEquals("a|b\n1|2", TableFile.shown(TableReader.read(file, TableFormat.USUAL)));
    }

    @Test
    void read_manyColumns_areRead() {
        int columns = 40_000;
        StringBuilder text = new StringBuilder();
        for (int row = 0; row < 2; row++) {
            for (int i = 0; i < columns; i++) {
                text.append(i == 0 ? "" : ",").append(row == 0 ? "g" + i : String.valueOf(i));
            }
            text.append('\n');
        }
        Table table = TableReader.read(TableFile.write(folder, text.toString()), TableFormat.USUAL);
        assertEquals(columns, table.columns().size());
        assertEquals("39999", table.columns().get(columns - 1).cell(0));
    }

    @Test
    void read_otherFormats_areNamed() {
        String[] files = {
            "PK\u0003\u0004\u0014",
            "@relation r\n@attribute a numeric\n",
            "% 1. Title\n%\n@RELATION iris\n",
            "[\n  {\"a\": 1}\n]",
            "{\"a\": 1}\n{\"a\": 2}\n",
            "PAR1\u0015",
            "<html><table>",
            "SQLite format 3\u0000",
            "%PDF-1.4\n"
        };
        String[] names = {
            "spreadsheet", "ARFF", "ARFF", "JSON", "JSON", "Parquet", "HTML", "SQLite", "PDF",
        };
        int checked = 0;
        for (int i = 0; i < files.length; i++) {
            Path file = TableFile.write(folder, files[i], StandardCharsets.ISO_8859_1);
            String message = assertThrows(InputException.class, () -> TableReader.read(file, TableFormat.USUAL))
                    .getMessage();
            assertEquals(true, message.contains(names[i]), message);
            checked++;
        }
        assertEquals(9, checked);
    }

    @Test
    void read_preamble_saysWhereTheHeaderMayBe() {
        InputException thrown = assertThrows(
                InputException.class,
                () -> TableReader.read(TableFile.write(folder, "log of May\na,b\n1,2\n3,4\n"), TableFormat.USUAL));
        assertEquals("the row has 2 cells, but the header has 1", thrown.getMessage());
        assertEquals(
                "Most rows have 2. Line 2 looks like the header: if it is, write skip: 1.",
                thrown.notes().get(1));
    }

    @Test
    void read_footer_isAnErrorAtItsLine() {
        StringBuilder text = new StringBuilder("a,b\n");
        IntStream.range(0, 12).forEach(i -> text.append(i).append(",2\n"));
        InputException thrown = assertThrows(
                InputException.class,
                () -> TableReader.read(TableFile.write(folder, text + "12 rows\n"), TableFormat.USUAL));
        assertEquals(folder.resolve("a.csv") + ":14", thrown.file().orElseThrow());
        assertEquals(
                "If the last lines are a footer, remove them.", thrown.notes().get(1));
    }

    @Test
    void column_name_thatTwoHave_isAnErrorOnlyWhereItIsUsed() {
        Table table = TableReader.read(TableFile.write(folder, "a,a,b\n1,2,3\n"), TableFormat.USUAL);
        assertEquals("3", table.column("b", "be used").cell(0));
        InputException thrown = assertThrows(InputException.class, () -> table.column("a", "be used"));
        assertEquals("2 columns are named 'a'", thrown.getMessage());
        assertEquals(folder.resolve("a.csv") + ":1", thrown.file().orElseThrow());
    }

    private void assertRead(String expected, String text, TableFormat format) {
        assertEquals(expected, TableFile.shown(TableReader.read(TableFile.write(folder, text), format)));
    }
}
