package dev.chainrule.app.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TableFormatTests {
    private static final List<List<String>> ROWS = List.of(List.of("a_b", "x"), List.of("one", "1"), List.of("", "12"));

    @Test
    void markdown_table_isAligned() {
        assertEquals(
                List.of("| a\\_b |   x |", "| ---- | --: |", "| one  |   1 |", "|      |  12 |"),
                TableFormat.MARKDOWN.lines(ROWS, false, true));
    }

    @Test
    void latex_table_isATabular() {
        assertEquals(
                List.of(
                        "\\begin{tabular}{lr}",
                        "\\hline",
                        "a\\_b & x \\\\",
                        "\\hline",
                        "one & 1 \\\\",
                        " & 12 \\\\",
                        "\\hline",
                        "\\end{tabular}"),
                TableFormat.LATEX.lines(ROWS, false, true));
    }

    @Test
    void csv_cells_areQuotedWhereNeeded() {
        List<List<String>> rows = List.of(List.of("a,b", "say \"x\"", "two\nlines", " led", "plain", ""));
        assertEquals(
                List.of("\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\" led\",plain,"),
                TableFormat.CSV.lines(rows, new boolean[6]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a|b a\\|b",
                "*bold* \\*bold\\*",
                "<b> \\<b\\>",
                "model[0].units model\\[0\\].units",
                "back\\slash back\\\\slash",
                "`code` \\`code\\`",
                "&lt; \\&lt;",
                "1.5e-7 1.5e-7"
            })
    void markdown_special_isEscaped(String text, String escaped) {
        String line = TableFormat.MARKDOWN.lines(List.of(List.of(text)), false).get(0);
        assertEquals("| " + escaped + " |", line);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a&b a\\&b",
                "100% 100\\%",
                "learning_rate learning\\_rate",
                "$x$ \\$x\\$",
                "#1 \\#1",
                "{a} \\{a\\}",
                "a~b^c a\\textasciitilde{}b\\textasciicircum{}c",
                "\\x \\textbackslash{}x",
                "[0] {[}0{]}",
                "a<b a\\textless{}b",
                "– --"
            })
    void latex_special_isEscaped(String text, String escaped) {
        assertEquals(
                escaped + " \\\\",
                TableFormat.LATEX.lines(List.of(List.of(text)), false).get(2));
    }
}
