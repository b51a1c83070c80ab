package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/** A month of {@code --period}, wherever the customer lives: it ends when it has ended everywhere. */
record Month(YearMonth month) {

    private static final ZoneOffset LAST_ON_EARTH = ZoneOffset.ofHours(-12);

    static Month parse(String text) {
        if (!text.matches("[0-9]{4}-[0-9]{2}")) {
            throw new InvalidValue("--period", "is written YYYY-MM: " + text);
        }
        try {
            return new Month(YearMonth.parse(text));
        } catch (DateTimeParseException e) {
            throw new InvalidValue("--period", "is no month: " + text);
        }
    }

    /** When the last place on earth has left the month before. What was due until then is the month before's. */
    Instant start() {
        return endOf(month.minusMonths(1));
    }

    /** When the last place on earth has left it. What is due until then, and after {@link #start}, is this month's. */
    Instant end() {
        return endOf(month);
    }

    private static Instant endOf(YearMonth any) {
        return any.plusMonths(1).atDay(1).atStartOfDay().toInstant(LAST_ON_EARTH);
    }
}
