package dev.chainrule.builtin.data.table;

import java.time.LocalDateTime;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A number of a date or a time of day. */
public enum DatePart {
    /** The year, such as 2024. */
    YEAR(LocalDateTime::getYear, 1, 0),
    /** The month, from 1. */
    MONTH(LocalDateTime::getMonthValue, 1, 12),
    /** The day of the month, from 1. */
    DAY(LocalDateTime::getDayOfMonth, 1, 31),
    /** The day of the week; Monday is 1. */
    WEEKDAY(date -> date.getDayOfWeek().getValue(), 1, 7),
    /** The day of the year, from 1. */
    DAY_OF_YEAR(LocalDateTime::getDayOfYear, 1, 366),
    /** The days since 1 January 1970. */
    DAYS(date -> date.toLocalDate().toEpochDay(), 1, 0),
    /** The hour, from 0. */
    HOUR(LocalDateTime::getHour, 0, 24),
    /** The minute, from 0. */
    MINUTE(LocalDateTime::getMinute, 0, 60);

    static final List<DatePart> USUAL = List.of(YEAR, MONTH, DAY, WEEKDAY);

    private final ToDoubleFunction<LocalDateTime> number;
    private final int first;
    private final int turn;

    DatePart(ToDoubleFunction<LocalDateTime> number, int first, int turn) {
        this.number = number;
        this.first = first;
        this.turn = turn;
    }

    double of(LocalDateTime date) {
        return number.applyAsDouble(date);
    }

    /** Return the number of values after which the part recurs; 0 if it does not. */
    int turn() {
        return turn;
    }

    /** Return the least value of a part that recurs. */
    int first() {
        return first;
    }
}
