package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** Whole days, the first and the last included: {@code FROM..TO}, each a month or a day; or one of them alone. */
record DayRange(LocalDate first, LocalDate last) {

    static DayRange parse(String text) {
        int dots = text.indexOf("..");
        String from = dots < 0 ? text : text.substring(0, dots);
        String to = dots < 0 ? text : text.substring(dots + 2);
        var range = new DayRange(day(from, text, false), day(to, text, true));
        if (range.last.isBefore(range.first)) {
            throw new InvalidValue("--period", "ends before it begins: " + text);
        }
        return range;
    }

    /** Whether some of it has not been yet, wherever the customer lives. */
    boolean endsAfter(Instant now) {
        return last.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).isAfter(now);
    }

    @Override
    public String toString() {
        return first + " to " + last;
    }

    private static LocalDate day(String part, String whole, boolean isLast) {
        try {
            if (part.matches("[0-9]{4}-[0-9]{2}")) {
                YearMonth month = YearMonth.parse(part);
                return isLast ? month.atEndOfMonth() : month.atDay(1);
            }
            if (part.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(part);
            }
        } catch (DateTimeException e) {
            throw new InvalidValue("--period", "is no month or day: " + part);
        }
        throw new InvalidValue("--period", "is written FROM..TO with YYYY-MM or YYYY-MM-DD, the last one included: "
                + whole);
    }
}
