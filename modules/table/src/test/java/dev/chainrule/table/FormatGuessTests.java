package dev.chainrule.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chainrule.api.error.InputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FormatGuessTests {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        // text, byte that is added, the encoding that is found: empty for UTF-8
        "\u00e9\u00e8\u00fc, e9, ''",
        "\u00e9, 80, ''",
        "\u4e2d\u6587, ff, ''",
        "\u20ac 5, 80, ''",
        "cafe, e9, latin-1",
        "cafe, 80, windows-1252",
    })
    void of_strayByte_leavesTheEncodingOfTheOthers(String text, String stray, String expected) throws IOException {
        byte[] before = ("a,kind\n1," + text + "\n2,").getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(before, before.length + 2);
        all[before.length] = (byte) Integer.parseInt(stray, 16);
        all[before.length + 1] = '\n';
        Path file = Files.write(folder.resolve("stray.csv"), all);
        if (expected.isEmpty()) {
            InputException e = assertThrows(InputException.class, () -> FormatGuess.of(file, "kind"));
            assertEquals("byte " + stray + " is not UTF-8", e.getMessage());
            assertEquals(file + ":3", e.file().orElseThrow());
        } else {
            assertEquals(
                    expected,
                    Encodings.name(FormatGuess.of(file, "kind").encoding().orElseThrow()));
        }
    }

    @ParameterizedTest
    @CsvSource({"',',','", "';',';'", "'\t','\t'", "'|','|'", "' ','\0'", "'    ','\0'"})
    void of_delimiter_isFound(String written, char delimiter) {
        String text = "a,kind\n1,x\n2,y\n3,x\n".replace(",", written);
        assertEquals(delimiter, guess(text).delimiter());
    }

    @Test
    void of_tabsBesideSpacesInCells_areTabs() {
        assertEquals('\t', guess("body mass\tkind\n1\tbig one\n2\tx y\n").delimiter());
    }

    @Test
    void of_commasWithinSemicolons_areSemicolons() {
        assertEquals(';', guess("a,b;kind\n1,5;x\n2,5;y\n").delimiter());
    }

    @Test
    void of_preamble_isSkippedOrAComment() {
        assertEquals(2, guess("Exported\non Monday, at 5\na,kind\n1,x\n").skip());
        assertEquals('#', guess("# exported\n# on Monday, at 5\na,kind\n1,x\n").comment());
        assertEquals(0, guess("# exported\na,kind\n1,x\n").skip());
        assertEquals(0, guess("\n\na,kind\n1,x\n").skip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a, kind\n1, x,\n2, y,\n",
                "a, kind\nr1, 1, x\nr2, 2, y\n",
                "a, kind\n1, x\n# off\n2, y\n",
                "a, kind\n1, x\n2\n3, y\n"
            })
    void of_commasBesideSpaces_areCommas(String text) {
        assertEquals(',', guess(text).delimiter());
    }

    @Test
    void of_commentAmongRows_isAComment() {
        assertEquals('#', guess("a,kind\n1,x\n#off\n2,y\n").comment());
        assertEquals(0, guess("a,kind\n#1,x\n#2,y\n").comment());
        assertEquals(2, guess("% title\n# title\na,kind\n1,x\n").skip());
    }

    @Test
    void of_quoteThatIsOddUnderAnotherDelimiter_doesNotMatter() {
        Path file = TableFile.write(folder, "1;\"x, y\"\n2;\"z\"\n");
        assertEquals(';', FormatGuess.of(file, "column_2").delimiter());
    }

    @Test
    void of_singleQuotes_areFound() {
        assertEquals('\'', guess("a,kind\n1,'x, y'\n2,'z'\n").quote());
        assertEquals('"', guess("a,kind\n1,it's\n2,\"z\"\n").quote());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a','kind'\n1,2\n3,4\n",
                "'a','kind'\n1,NA\n3,red\n",
                "'it''s','kind'\n1,red\n3,green\n",
                "log, of May\n'a','kind'\n1,2\n"
            })
    void of_singleQuotesOfTheHeaderAlone_areFound(String text) {
        assertEquals('\'', guess(text).quote());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"# log\na,kind\n#1,x\n2,y\n", "# log\n\na,kind\n1,x\n#2,y\n", "# log\na,kind\n#1,x\n# off\n2,y\n"
            })
    void of_rowsThatBeginLikeComments_areNotLeftOut(String text) {
        TableFormat format = guess(text);
        assertEquals(0, format.comment());
        assertEquals(text.substring(0, text.indexOf("a,kind")).lines().count(), format.skip());
    }

    @Test
    void of_commentOfAsManyWordsAsColumns_isRefused() {
        InputException thrown =
                assertThrows(InputException.class, () -> guess("a b kind\n1 2 x\n# sensor changed\n2 3 y\n"));
        assertEquals("the line may be a comment or a row", thrown.getMessage());
        assertEquals(folder.resolve("a.csv") + ":3", thrown.file().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Source: the office", "as of May", "3 rows total"})
    void of_footerOfAsManyWordsAsColumns_doesNotHideTheDelimiter(String footer) {
        assertEquals(
                '\t',
                guess("\"a\"\t\"b\"\t\"kind\"\n\"1\"\t\"2\"\t\"x\"\n" + footer + "\n")
                        .delimiter());
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,5;2,5;x", "3,5|2,5|x", "3,5\t2,5\tx", "3;2,5;x"})
    void of_decimalCommasWithoutHeader_areNotDelimiters(String row) {
        Path file = TableFile.write(folder, (row + "\n").repeat(5));
        assertEquals(
                row.charAt(row.length() - 2), FormatGuess.of(file, "column_2").delimiter());
    }

    @Test
    void of_rowWithTheNameOfTheColumnBelowTheHeader_isNotTheHeader() {
        Path file = TableFile.write(folder, "1\tit's\n3,7339\t,34\n1,7002\t,53\n");
        TableFormat format = FormatGuess.of(file, "1");
        assertEquals('\t', format.delimiter());
        assertEquals(0, format.skip());
    }

    @Test
    void of_singleQuotesAroundOneColumn_areFound() {
        assertEquals(
                '\'',
                guess("a,b,kind\nx,red,'1,5'\ny,blue,'2,5'\nz,red,'3,5'\n").quote());
        assertEquals('\'', guess("a\tb\tkind\nx\tred\t'it''s'\ny\tblue\t'z'\n").quote());
        assertEquals('"', guess("a,b,kind\nx,red,'90s\ny,blue,'80s\n").quote());
        assertEquals('"', guess("a,b,kind\nx,red,5'\ny,blue,6'\n").quote());
        assertEquals('\'', guess("a,b,kind\nx,red,'it''s'\ny,blue,z\n").quote());
    }

    @Test
    void of_rowFarBelowThatBeginsLikeAComment_isNotLeftOut() {
        assertEquals(
                0, guess("# log\na,kind\n" + "1,x\n".repeat(1000) + "#2,y\n").comment());
        assertEquals(
                '#', guess("# log\na,kind\n" + "1,x\n".repeat(1000) + "# end\n").comment());
    }

    @Test
    void of_quotesAfterTabsAndSpaces_areReadBySpaces() {
        assertEquals(
                TableFormat.WHITESPACE,
                guess("\"a\"\t \"kind\"\n\"1\"\t \"x\"\n").delimiter());
    }

    @Test
    void of_fileWithoutHeader_hasNone() {
        assertEquals(
                false,
                FormatGuess.of(TableFile.write(folder, "1,x\n2,y\n"), "column_2")
                        .header());
        assertEquals(
                false,
                FormatGuess.of(TableFile.write(folder, "u,x\nv,y\n"), "column_2")
                        .header());
        assertEquals(true, guess("a,kind\n1,x\n").header());
    }

    @ParameterizedTest
    @CsvSource({
        "ISO-8859-1, caf\u00e9, latin-1",
        "windows-1252, \u201ccaf\u00e9\u201d, windows-1252",
        "UTF-8, caf\u00e9,",
        "UTF-16LE, cafe, utf-16le",
        "UTF-16BE, cafe, utf-16be"
    })
    void of_encoding_isFound(String charset, String name, String expected) {
        Path file = TableFile.write(folder, "a,kind\n1,x\n2," + name + "\n", Charset.forName(charset));
        assertEquals(
                Optional.ofNullable(expected),
                FormatGuess.of(file, "kind").encoding().map(Encodings::name));
    }

    @Test
    void of_characterAcrossTwoBlocks_isStillUtf8() {
        String text = "a,kind\n" + "1,x\n".repeat(16_382) + "1,\u00e9\n";
        assertEquals(true, text.getBytes(StandardCharsets.UTF_8).length > 1 << 16);
        for (String padding : new String[] {"", "1", "11", "111"}) {
            Path file = TableFile.write(folder, text.replaceFirst("1,x", padding + "1,x"));
            assertEquals(Optional.empty(), FormatGuess.of(file, "kind").encoding());
        }
    }

    private TableFormat guess(String text) {
        return FormatGuess.of(TableFile.write(folder, text), "kind");
    }
}
