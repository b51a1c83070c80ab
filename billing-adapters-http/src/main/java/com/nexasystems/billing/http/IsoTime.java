package com.nexasystems.billing.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/** Times such as {@code 2026-01-31T10:00:00Z}, of which a stream of usage has two in each record. */
final class IsoTime {

    private static final String SHAPE = "0000-00-00T00:00:00Z";
    private static final int SECONDS_A_DAY = 86_400;

    private IsoTime() {
    }

    /** @throws DateTimeException if it is no time, or has no offset */
    static Instant parse(String text) {
        return isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant();
    }

    private static boolean isUsual(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < SHAPE.length(); i++) {
            char c = text.charAt(i);
            if (SHAPE.charAt(i) == '0' ? c < '0' || c > '9' : c != SHAPE.charAt(i)) {
                return false;
            }
        }
        return number(text, 11) < 24 && number(text, 14) < 60 && number(text, 17) < 60;
    }

    private static Instant usual(String text) {
        LocalDate day = LocalDate.of(100 * number(text, 0) + number(text, 2), number(text, 5), number(text, 8));
        return Instant.ofEpochSecond(day.toEpochDay() * SECONDS_A_DAY
                + 3600L * number(text, 11) + 60L * number(text, 14) + number(text, 17));
    }

    /** Of two digits. */
    private static int number(String text, int at) {
        return 10 * (text.charAt(at) - '0') + text.charAt(at + 1) - '0';
    }
}
