package com.nexasystems.billing.jpa;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cells of the row that a result stands on, as the hosting platform's queries give them: texts and numbers as text,
 * times with their zone. What cannot be read is {@link Unreadable}.
 */
final class HostingCells {

    /** Of a number's text, so that a number of thousands of digits is not even fetched. */
    static final int LONGEST_NUMBER = 50;
    static final int LONGEST_TEXT = 10_000;

    private static final int DIGITS = 40;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    /** Which column is wrong, and how. Costs no stack trace: there may be as many as rows. */
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String column, String problem) {
            super(column + ": " + problem, null, false, false);
        }
    }

    private final ResultSet row;
    private final String prefix;

    /** @param prefix what a problem's column begins with */
    HostingCells(ResultSet row, String prefix) {
        this.row = row;
        this.prefix = prefix;
    }

    /** @return null for null */
    String id(String column) throws SQLException {
        return row.getString(column);
    }

    boolean truth(String column) throws SQLException {
        return row.getBoolean(column);
    }

    /** Empty also if nothing but blanks is there. */
    Optional<String> text(String column) throws SQLException, Unreadable {
        String text = row.getString(column);
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (text.length() > LONGEST_TEXT) {
            throw wrong(column, "is longer than " + LONGEST_TEXT + " characters");
        }
        if (text.chars().anyMatch(HostingCells::isOdd)) {
            throw wrong(column, "contains control characters");
        }
        return Optional.of(text);
    }

    String neededText(String column) throws SQLException, Unreadable {
        return needed(column, text(column));
    }

    Optional<BigDecimal> number(String column) throws SQLException, Unreadable {
        String text = row.getString(column);
        if (text == null) {
            return Optional.empty();
        }
        if (text.length() >= LONGEST_NUMBER) {
            throw wrong(column, "has more than " + DIGITS + " digits");
        }
        if (!NUMBER.matcher(text).matches()) {
            throw wrong(column, "is not a number: " + text);
        }
        var number = new BigDecimal(text);
        if (Math.max(number.precision(), Math.max(number.scale(), number.precision() - number.scale())) > DIGITS) {
            throw wrong(column, "has more than " + DIGITS + " digits");
        }
        return Optional.of(number);
    }

    BigDecimal neededNumber(String column) throws SQLException, Unreadable {
        return needed(column, number(column));
    }

    Optional<Instant> time(String column) throws SQLException, Unreadable {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        if (time == null) {
            return Optional.empty();
        }
        if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
            throw wrong(column, "is infinite");
        }
        Instant instant = time.toInstant();
        if (instant.isBefore(FIRST) || !instant.isBefore(AFTER_LAST)) {
            throw wrong(column, "is not in the years 1 to 9999: " + instant);
        }
        return Optional.of(instant);
    }

    Instant neededTime(String column) throws SQLException, Unreadable {
        return needed(column, time(column));
    }

    private <T> T needed(String column, Optional<T> value) throws Unreadable {
        if (value.isEmpty()) {
            throw wrong(column, "is missing");
        }
        return value.get();
    }

    private Unreadable wrong(String column, String problem) {
        return new Unreadable(prefix + column, problem);
    }

    /** Addresses and descriptions have line ends and tabs. */
    private static boolean isOdd(int character) {
        return Character.isISOControl(character) && character != '\n' && character != '\r' && character != '\t';
    }
}
