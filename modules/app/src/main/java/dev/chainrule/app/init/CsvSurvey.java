package dev.chainrule.app.init;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.chainrule.api.InputException;
import dev.chainrule.engine.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Look through a table before anything is known of it: how it is written, and what its columns hold. What is wrong with it is
 * left to the data source, which says so when the config that comes of this is checked.
 *
 * @param header whether the first row names the columns
 * @param rows as wide as the header
 */
public record CsvSurvey(char delimiter, boolean header, List<SurveyedColumn> columns, int rows) {
    private static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');
    private static final int LOOKED_AT = 50;

    /**
     * Look through a file.
     *
     * @param target a column that is sure to be there
     */
    public static CsvSurvey of(Path file, String target) {
        String text = read(file);
        char delimiter = DELIMITERS.get(0);
        int widest = 1;
        for (char candidate : DELIMITERS) {
            int width = width(text, candidate);
            if (width > widest) {
                delimiter = candidate;
                widest = width;
            }
        }
        List<List<String>> records = records(text, delimiter, Integer.MAX_VALUE)
                .orElseThrow(() -> new InputException("a quote is never closed").inFile(file.toString()));
        if (records.isEmpty()) {
            throw new InputException("the file has no rows").inFile(file.toString());
        }
        List<String> first = records.get(0);
        boolean header = first.contains(target) || first.stream().noneMatch(SurveyedColumn::isNumber);
        List<List<String>> rows = records.subList(header ? 1 : 0, records.size()).stream()
                .filter(row -> row.size() == first.size())
                .toList();
        List<SurveyedColumn> columns = IntStream.range(0, first.size())
                .mapToObj(i -> SurveyedColumn.of(
                        header ? first.get(i) : "column_" + (i + 1),
                        rows.stream().map(row -> row.get(i)).toList()))
                .toList();
        return new CsvSurvey(delimiter, header, columns, rows.size());
    }

    /** Return how many cells rows have if they are written so; 0 if they differ. */
    private static int width(String text, char delimiter) {
        return records(text, delimiter, LOOKED_AT)
                .filter(rows -> rows.stream().mapToInt(List::size).distinct().count() == 1)
                .map(rows -> rows.get(0).size())
                .orElse(0);
    }

    private static Optional<List<List<String>>> records(String text, char delimiter, int most) {
        List<List<String>> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(delimiter)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)) {
            for (CsvRecord row : reader) {
                if (records.size() == most) {
                    break;
                }
                records.add(row.getFields().stream().map(String::strip).toList());
            }
        } catch (CsvParseException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory cannot fail", e);
        }
        return Optional.of(records);
    }

    private static String read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(Files.exists(file) ? "this is no file" : "there is no such file")
                    .inFile(file.toString());
        }
        try {
            String text = Files.readString(file);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (MalformedInputException e) {
            throw new InputException("the file is not UTF-8", "Save it as UTF-8, the only encoding that is read.")
                    .inFile(file.toString());
        } catch (IOException e) {
            throw new InputException("cannot be read: " + AtomicFiles.reason(e)).inFile(file.toString());
        }
    }
}
