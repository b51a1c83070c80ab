package com.nexasystems.billing.quantity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A value that was handed in and cannot be accepted. Names the field and the reason, so that an adapter can answer in
 * its own error shape. Nothing has been stored when it is thrown.
 */
public final class InvalidValue extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant AFTER_LAST = Instant.parse("+10000-01-01T00:00:00Z");

    private final String field;
    private final String reason;

    /**
     * @param field  as the caller knows it, such as {@code quantity} or {@code tiers[1].up_to}
     * @param reason a sentence part that follows the field, such as {@code "must not be negative"}
     */
    public InvalidValue(String field, String reason) {
        super(field + ": " + reason);
        this.field = field;
        this.reason = reason;
    }

    public String field() {
        return field;
    }

    public String reason() {
        return reason;
    }

    /** Text that names something: not blank, at most {@code longest} characters, no control characters. */
    public static String checkText(String field, String text, int longest) {
        if (text == null || text.isBlank()) {
            throw new InvalidValue(field, "is mandatory");
        }
        if (text.length() > longest) {
            throw new InvalidValue(field, "is longer than " + longest + " characters");
        }
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (cannotBeStored(text.codePointAt(i))) {
                throw new InvalidValue(field, "contains characters that cannot be stored");
            }
        }
        return text;
    }

    /** An instant of the years 1 to 9999, which every calendar and every database can write; cut off to the microsecond. */
    public static Instant checkInstant(String field, Instant instant) {
        if (instant == null) {
            throw new InvalidValue(field, "is mandatory");
        }
        if (instant.isBefore(FIRST) || !instant.isBefore(AFTER_LAST)) {
            throw new InvalidValue(field, "is not in the years 1 to 9999: " + instant);
        }
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static boolean cannotBeStored(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
