package dev.chainrule.app.init;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chainrule.app.shell.ExitCode;
import dev.chainrule.app.testing.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Layouts of tables, and rows that cannot be used: {@code init} reads each correctly, or reports its mistake at the
 * table.
 */
final class InitLayoutsTests extends InitTables {
    /** Rows that cannot be used. */
    @Nested
    class LostRows {
        @Test
        void init_fewMissingValues_areFilled() {
            Shell.Result result = answer(
                    "a,b,kind",
                    40,
                    i -> (i == 7 ? "?" : i % 5) + "," + (i == 7 || i == 8 ? "?" : i % 3) + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains("40 rows, 2 columns"), result.out());
            assertTrue(result.out().contains("2 rows lack a value and are kept"), result.out());
            String config = shell.text("config.yaml");
            assertTrue(config.contains("missing: keep   # 2 rows lack a value, for fill: a 1, b 2"), config);
            assertTrue(config.contains("{ type: fill, with: median }"), config);
            runs();
        }

        @Test
        void init_manyMissingValues_keepsTheRowsAndFills() {
            Shell.Result result = answer(
                    "a,b,kind",
                    40,
                    i -> (i % 4 == 0 ? "?" : i % 5) + "," + (i % 4 == 0 ? "" : i % 3 > 0 ? "red" : "blue")
                            + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains("40 rows, 2 columns"), result.out());
            String answer = result.out().replaceAll("\\s+", " ");
            assertTrue(
                    answer.contains("10 rows lack a value and are kept; gaps become the median in columns of numbers, "
                            + "and a separate name in columns of names: a 10, b 10"),
                    answer);
            String config = shell.text("config.yaml");
            assertTrue(config.contains("missing: keep   # 10 rows lack a value, for fill: a 10, b 10"), config);
            assertTrue(config.contains("    - { type: fill, with: median, indicator: true }"), config);
            assertTrue(config.contains("    - { type: fill, with: own, columns: [ b ] }"), config);
            assertEquals("", result.err());
            runs();
        }

        @Test
        void init_rowsWithoutTarget_areLeftOutThoughGapsAreKept() {
            Shell.Result result = answer(
                    "a,b,kind",
                    60,
                    i -> (i % 4 == 0 ? "?" : i % 5) + "," + i % 3 + (i % 20 == 1 ? "," : i % 5 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains("57 of 60 rows"), result.out());
            assertTrue(result.out().contains("3 rows are left out for missing values: kind 3"), result.out());
            assertTrue(result.out().contains("15 rows lack a value and are kept"), result.out());
            runs();
        }

        @Test
        void init_rowsThatCostAClass_areKept() {
            Shell.Result result = answer(
                    "a,b,kind",
                    63,
                    i -> (i < 60 ? i % 5 : "?") + "," + i % 7 + (i >= 60 ? ",rare" : i % 7 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains("63 rows, 2 columns to learn from, 3 classes to learn"), result.out());
            assertTrue(result.out().contains("3 rows lack a value and are kept"), result.out());
            runs();
        }

        @Test
        void init_classWhoseRowsAllLackAValue_isLearned() {
            Shell.Result result = answer("a,kind", 42, i -> i < 40 ? i % 5 + (i % 5 > 2 ? ",x" : ",y") : "?,rare");
            assertTrue(result.out().contains("42 rows, 1 column to learn from, 3 classes to learn"), result.out());
            runs();
        }

        private void runs() {
            Shell.Result run = shell.execute("run", "/demo/config.yaml", "--dry-run");
            assertEquals(ExitCode.DONE, run.code(), run.err());
        }

        @Test
        void init_mostRowsWithoutTarget_isRefused() {
            shell.file("t.csv", table("a,kind", 40, i -> i % 5 + (i % 4 > 0 ? "," : i % 5 > 2 ? ",x" : ",y")));
            String err = execute("kind").failed(ExitCode.INPUT);
            assertTrue(err.contains("/demo/t.csv: error: 30 of 40 rows lack a value in 'kind'"), err);
        }

        @Test
        void init_sparseColumn_isLeftOutBeforeItCostsRows() {
            Shell.Result result =
                    answer("a,b,kind", 40, i -> i % 5 + "," + (i % 2 == 0 ? "" : i) + (i % 5 > 2 ? ",x" : ",y"));
            assertTrue(result.out().contains("40 rows, 1 column"), result.out());
            assertTrue(result.out().contains("column b is left out: 20 of 40 values are missing"), result.out());
        }
    }

    /** Layouts of files. */
    @Nested
    class Layouts {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "a,kind|%s,|",
                    "a,kind,|%s,|",
                    ",a,kind|%d,%s|",
                    "# by a logger\na,kind|%s|",
                    "sep=,\na,kind|%s|",
                    "log of May\non a farm\na,kind|%s|",
                    "\n\na,kind|%s\n|",
                    "\"a\", \"kind\"|%s|",
                    "a,kind|%s|\r"
                })
        void init_usualLayout_isRead(String layout) {
            String[] parts = layout.split("\\|", -1);
            String row = parts[1];
            StringBuilder text = new StringBuilder(parts[0] + parts[2] + "\n");
            for (int i = 0; i < 40; i++) {
                String cells = i % 5 + (i % 5 > 2 ? ",x" : ",y");
                text.append(row.contains("%d") ? String.format(row, i, cells) : String.format(row, cells))
                        .append(parts[2])
                        .append('\n');
            }
            shell.file("t.csv", text.toString());
            Shell.Result result = execute("kind");
            assertEquals(ExitCode.DONE, result.code(), result.err());
            assertTrue(result.out().contains("40 rows, 1 column to learn from, 2 classes to learn"), result.out());
            assertEquals(
                    ExitCode.DONE,
                    shell.execute("validate", "--strict", "/demo/config.yaml").code());
        }

        @ParameterizedTest
        @ValueSource(strings = {" ", "    ", "\t", ";", "|"})
        void init_delimiter_isFound(String delimiter) {
            shell.file(
                    "t.txt",
                    table("a,kind", 40, i -> i % 5 + (i % 5 > 2 ? ",x" : ",y")).replace(",", delimiter));
            shell.done("init", "--csv", "/demo/t.txt", "--target", "kind", "-o", "/demo/config.yaml");
            assertEquals(
                    ExitCode.DONE,
                    shell.execute("validate", "--strict", "/demo/config.yaml").code());
        }

        @ParameterizedTest
        @CsvSource({
            "a;a;kind, 1;2;x, 1: error: 2 columns are named 'a'",
            "a;kind, 1;x;2;3, 2: error: the row has 4 cells",
            "size;kind, \"12\" inch;x, 2: error: unexpected character after closing quote",
            "size;kind, \"12;x, 2: error: unexpected character"
        })
        void init_brokenTable_isAnErrorAtItsLine(String header, String row, String message) {
            shell.file("t.csv", (header + "\n" + (row + "\n").repeat(30)).replace(';', ','));
            String err = execute("kind").failed(ExitCode.INPUT);
            assertTrue(err.contains("/demo/t.csv:" + message), err);
            assertFalse(Files.exists(shell.at("config.yaml")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16LE", "UTF-16BE", "UTF-16", "UTF-8"})
        void init_encoding_isFoundAndWrittenOut(String charset) throws IOException {
            String text = table("a,kind", 40, i -> i % 5 + (i % 5 > 2 ? ",caf\u00e9" : ",bar"));
            Files.write(shell.at("t.csv"), text.getBytes(Charset.forName(charset)));
            shell.done("init", "--csv", "/demo/t.csv", "--target", "kind", "-o", "/demo/config.yaml");
            assertTrue(shell.text("config.yaml").contains("2 names: bar 24, caf\u00e9 16"), shell.text("config.yaml"));
        }

        @Test
        void init_gzip_isUnpacked() throws IOException {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
                out.write(table("a,kind", 40, i -> i % 5 + (i % 5 > 2 ? ",x" : ",y"))
                        .getBytes(StandardCharsets.UTF_8));
            }
            Files.write(shell.at("t.csv"), packed.toByteArray());
            assertTrue(execute("kind").out().contains("40 rows"));
        }

        @ParameterizedTest
        @CsvSource({
            "'@relation r\n@attribute a numeric\n@data\n1', ARFF",
            "'[ {\"a\": 1} ]', JSON",
            "'{\"a\": 1}\n', JSON",
            "'<html><table>', HTML"
        })
        void init_otherFormat_isNamed(String text, String name) {
            shell.file("t.csv", text);
            String err = execute("kind").failed(ExitCode.INPUT);
            assertTrue(err.contains(name) && err.contains("Save or convert it as CSV."), err);
        }
    }
}
