package dev.chainrule.builtin.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.chainrule.api.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Hold a CSV file's cells: every row as wide as the header, spaces around cells removed.
 *
 * @param place the file's name, for messages
 * @param names the columns' names, all different
 * @param rows at least one
 */
record CsvTable(String place, List<String> names, List<Row> rows) {
    private static final Pattern WHERE = Pattern.compile(" \\(record starting at line ([0-9]+)\\)");

    /**
     * Hold one row.
     *
     * @param line the line of the file where it begins, from 1
     */
    record Row(long line, List<String> cells) {
        boolean isBlank() {
            return cells.size() == 1 && cells.get(0).isEmpty();
        }
    }

    /**
     * Read and check a file.
     *
     * @param header whether the first row names the columns; else they are column_1, column_2, …
     * @throws InputException if it is no table of UTF-8 text
     */
    static CsvTable read(Path path, boolean header, char delimiter, char quote) {
        String place = path.toString();
        List<Row> rows = records(place, CsvText.read(path), delimiter, quote);
        while (!rows.isEmpty() && rows.get(rows.size() - 1).isBlank()) {
            rows.remove(rows.size() - 1);
        }
        if (rows.isEmpty()) {
            throw new InputException("the file has no rows").inFile(place);
        }
        Row first = rows.get(0);
        if (header && rows.size() == 1) {
            throw new InputException(
                            "the file has a header and no rows",
                            "Where the first line is no header, write header: false.")
                    .inFile(place);
        }
        List<String> names = header
                ? first.cells
                : IntStream.rangeClosed(1, first.cells.size())
                        .mapToObj(i -> "column_" + i)
                        .toList();
        CsvTable table = new CsvTable(place, names, header ? rows.subList(1, rows.size()) : rows);
        table.checkNames(first);
        table.rows.forEach(row -> table.checkWidth(row, header ? "the header" : "the first row"));
        return table;
    }

    /**
     * Return a column.
     *
     * @param purpose what it shall do, for the message
     * @throws InputException if there is none of that name
     */
    CsvColumn column(String name, String purpose) {
        int index = names.indexOf(name);
        if (index < 0) {
            boolean whole = names.size() == 1 && names.get(0).matches(".*[,;|\t].*");
            throw new InputException(
                            "there is no column '" + name + "' that could " + purpose,
                            "Columns: " + Names.list(names) + "."
                                    + (whole
                                            ? " If these are several, name the character between them by delimiter:."
                                            : ""))
                    .inFile(place);
        }
        return new CsvColumn(this, index);
    }

    /**
     * Return the table without the rows that lack a value in some columns.
     *
     * @throws InputException if that leaves none
     */
    CsvTable complete(List<String> columns) {
        int[] places =
                columns.stream().mapToInt(names::indexOf).filter(i -> i >= 0).toArray();
        List<Row> left = rows.stream()
                .filter(row -> Arrays.stream(places)
                        .noneMatch(i -> Missing.isIn(row.cells().get(i))))
                .toList();
        if (left.isEmpty()) {
            throw new InputException(
                            "every row lacks a value in some column", "Name the columns that have values by columns:.")
                    .inFile(place);
        }
        return new CsvTable(place, names, left);
    }

    /** Return the problem of a row. */
    InputException problem(Row row, String message, String... notes) {
        return new InputException(message, notes).inFile(place + ":" + row.line);
    }

    private void checkNames(Row header) {
        Set<String> seen = new LinkedHashSet<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).isEmpty()) {
                throw problem(header, "column " + (i + 1) + " has no name", "The header names every column.");
            }
            if (!seen.add(names.get(i))) {
                throw problem(header, "two columns are named '" + names.get(i) + "'", "Names must differ.");
            }
        }
    }

    private void checkWidth(Row row, String model) {
        int cells = row.cells.size();
        if (cells != names.size()) {
            String received =
                    row.isBlank() ? "the line is empty" : "the row has " + cells + (cells == 1 ? " cell" : " cells");
            throw problem(
                    row,
                    received + ", " + model + " has " + names.size() + (row.isBlank() ? " cells" : ""),
                    "Every row has one cell for each column. A delimiter within a cell needs quotes around the cell.");
        }
    }

    private static List<Row> records(String place, String text, char delimiter, char quote) {
        List<Row> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .skipEmptyLines(false)
                .allowUnclosedQuote(false)
                // Widths are checked here, where the header is known.
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                rows.add(new Row(
                        row.getStartingLineNumber(),
                        row.getFields().stream().map(String::strip).toList()));
            }
        } catch (CsvParseException e) {
            throw broken(place, e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return rows;
    }

    /** Turn the parser's words into ours: its text begins in upper case and ends with the line. */
    private static InputException broken(String place, String text) {
        Matcher where = WHERE.matcher(text);
        String at = where.find() ? place + ":" + where.group(1) : place;
        String what = where.reset().replaceAll("");
        return new InputException(
                        what.substring(0, 1).toLowerCase(Locale.ROOT) + what.substring(1),
                        "A cell that begins with a quote ends with one; a quote within it is doubled.")
                .inFile(at);
    }
}
