package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Currency;

/** What options of several commands are written like. Who reads a bad one is told the option, and what it should be. */
final class OptionText {

    private OptionText() {
    }

    static LocalDate day(String option, String text) {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeException e) {
            throw new InvalidValue(option, "is no day: " + text);
        }
        throw new InvalidValue(option, "is written YYYY-MM-DD: " + text);
    }

    static YearMonth month(String option, String text) {
        try {
            if (text.matches("[0-9]{4}-[0-9]{2}")) {
                return YearMonth.parse(text);
            }
        } catch (DateTimeException e) {
            throw new InvalidValue(option, "is no month: " + text);
        }
        throw new InvalidValue(option, "is written YYYY-MM: " + text);
    }

    static ZoneId zone(String option, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new InvalidValue(option, "is no time zone such as America/Toronto or UTC: " + text);
        }
    }

    static Currency currency(String option, String text) {
        try {
            return Currency.getInstance(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue(option, "is no ISO 4217 code such as CAD: " + text);
        }
    }

    static <E extends Enum<E>> E oneOf(String option, Class<E> type, String text) {
        try {
            return Setting.oneOf(type, text.replace('-', '_'));
        } catch (InvalidValue e) {
            throw new InvalidValue(option, e.reason());
        }
    }

    /** Such as {@code 1h}, {@code -1d} and {@code 0h}. */
    static Duration shift(String option, String text) {
        if (!text.matches("[+-]?[0-9]{1,2}[hd]")) {
            throw new InvalidValue(option, "is hours or days such as 1h, -1h or 1d: " + text);
        }
        int count = Integer.parseInt(text.substring(0, text.length() - 1));
        return text.endsWith("h") ? Duration.ofHours(count) : Duration.ofDays(count);
    }
}
