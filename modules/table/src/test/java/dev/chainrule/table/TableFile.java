package dev.chainrule.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Small files for tests of tables. */
final class TableFile {
    private TableFile() {}

    static Path write(Path folder, String text) {
        return write(folder, text, StandardCharsets.UTF_8);
    }

    static Path write(Path folder, String text, Charset charset) {
        try {
            return Files.write(folder.resolve("a.csv"), text.getBytes(charset));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return the cells of a table, row by row, the names first. */
    static String shown(Table table) {
        List<Column> columns = table.columns();
        StringBuilder text = new StringBuilder(String.join("|", table.names()));
        IntStream.range(0, table.size())
                .forEach(row -> text.append('\n')
                        .append(String.join(
                                "|",
                                columns.stream().map(column -> column.cell(row)).toList())));
        return text.toString();
    }
}
