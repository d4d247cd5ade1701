package dev.chainrule.builtin.data.table;

import dev.chainrule.api.error.InputException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * An input of a column of dates: a part, or the sine or cosine of its share of a turn, 2π·(part − first)/turn.
 *
 * @param name of the input: {@code joined_month}, {@code joined_month_sin}
 * @param function of the part
 * @param format of the cells
 */
record DateInput(String name, DatePart part, Function function, DateTimeFormatter format) {
    private static final DateTimeFormatter ISO = strict(new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd[[' ']['T']HH:mm[:ss]]")
            .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
            .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0));

    /** The functions of a part. */
    enum Function {
        PART,
        SINE,
        COSINE
    }

    private static DateTimeFormatter strict(DateTimeFormatterBuilder builder) {
        return builder.toFormatter(Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }

    static List<DateInput> of(String column, List<DatePart> parts, boolean cyclic, Optional<String> written) {
        DateTimeFormatter format = written.map(DateInput::format).orElse(ISO);
        List<DateInput> inputs = new ArrayList<>();
        for (DatePart part : parts) {
            String name = column + "_" + part.name().toLowerCase(Locale.ROOT);
            if (cyclic && part.turn() > 0) {
                inputs.add(new DateInput(name + "_sin", part, Function.SINE, format));
                inputs.add(new DateInput(name + "_cos", part, Function.COSINE, format));
            } else {
                inputs.add(new DateInput(name, part, Function.PART, format));
            }
        }
        return inputs;
    }

    private static DateTimeFormatter format(String pattern) {
        DateTimeFormatterBuilder builder = new DateTimeFormatterBuilder().appendPattern(pattern);
        String letters = pattern.replaceAll("'[^']*'", "");
        if (letters.contains("y") && !letters.contains("G")) {
            builder.parseDefaulting(ChronoField.ERA, 1); // y is the year of an era, which people leave out
        }
        if (letters.matches("[^HhKkA]*")) {
            builder.parseDefaulting(ChronoField.HOUR_OF_DAY, 0);
        }
        if (letters.matches("[^mA]*")) {
            builder.parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0);
        }
        return strict(builder);
    }

    /** Return whether a pattern is a format that writes dates and reads them again. */
    static boolean isReadable(String pattern) {
        LocalDateTime date = LocalDateTime.of(2021, 11, 23, 13, 45);
        try {
            DateTimeFormatter format = format(pattern);
            return LocalDateTime.parse(date.format(format), format)
                    .toLocalDate()
                    .equals(date.toLocalDate());
        } catch (DateTimeException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Return the numbers of a column's cells; NaN for a gap, if gaps are allowed.
     *
     * @param refused receives a row whose cell is not a date, and the reason; its number is NaN
     */
    double[] numbers(CsvColumn column, BiConsumer<Integer, InputException> refused) {
        double[] values = new double[column.cells().table().size()];
        for (int row = 0; row < values.length; row++) {
            String cell = column.cells().cell(row);
            boolean missing = column.cells().isMissing(row, true);
            Optional<Double> number = missing ? Optional.empty() : of(cell);
            values[row] = number.orElse(Double.NaN);
            if (missing && !column.gaps()) {
                refused.accept(row, column.missing(row));
            } else if (!missing && number.isEmpty()) {
                String advice = column.form()
                        .flatMap(ColumnForm::format)
                        .map(format -> "The format of its dates is " + format + ".")
                        .orElse("Write dates such as 2024-01-31 or 2024-01-31 12:30, or give their format.");
                refused.accept(row, column.problem(row, "has '" + cell + "', which is not a date", advice));
            }
        }
        return values;
    }

    /** Return the number of a cell; empty if it is not a date. */
    private Optional<Double> of(String cell) {
        LocalDateTime date;
        try {
            date = LocalDateTime.parse(cell, format);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
        double number = part.of(date);
        double turned = 2 * Math.PI * (number - part.first()) / Math.max(1, part.turn());
        return Optional.of(
                switch (function) {
                    case PART -> number;
                    case SINE -> StrictMath.sin(turned);
                    case COSINE -> StrictMath.cos(turned);
                });
    }
}
