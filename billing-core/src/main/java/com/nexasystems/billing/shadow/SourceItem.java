package com.nexasystems.billing.shadow;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line of an invoice of the application.
 *
 * @param amount before tax
 * @param start  of what it is for; empty if the application does not say
 * @param end    first instant after it
 */
public record SourceItem(String id, String description, Optional<BigDecimal> quantity, Optional<BigDecimal> unitPrice,
                         BigDecimal amount, Optional<Instant> start, Optional<Instant> end) {

    /** What a line is for, as far as its words tell. */
    public enum Kind {
        /** A share of a plan's price, after a change. */
        PRORATION,
        /** What was used beyond the quota. */
        USAGE,
        TAX,
        /** Something that is paid once, such as a set-up. */
        ONE_OFF,
        /** The words do not tell; a plan's price has the plan's name, which can be any words. */
        OTHER
    }

    private static final Pattern PRORATION = words("remaining time|unused time|proration|prorated|pro rata|partial");
    private static final Pattern USAGE = words("overage|usage|cpu|core[- ]?hours?|compute|metered|excess|consumption");
    private static final Pattern TAX = words("tax|taxes|hst|gst|pst|qst|tvh|tps|tvq|vat");
    private static final Pattern ONE_OFF = words("set[- ]?up|one[- ]?(off|time)|migration|onboarding|consult\\w*|domain|"
            + "certificate|ssl|support|credit|refund|adjustment|discount|installation|transfer|training|fee|add-?on");

    /** Words of English; those of another language say {@link Kind#OTHER}, and figures decide. */
    public Kind kind() {
        return kind(description);
    }

    /** As {@link #kind()}, of a part of the words. */
    public static Kind kind(String description) {
        String words = description.toLowerCase(Locale.ROOT);
        if (PRORATION.matcher(words).find()) {
            return Kind.PRORATION;
        }
        if (USAGE.matcher(words).find()) {
            return Kind.USAGE;
        }
        if (TAX.matcher(words).find()) {
            return Kind.TAX;
        }
        return ONE_OFF.matcher(words).find() ? Kind.ONE_OFF : Kind.OTHER;
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(" + alternatives + ")\\b");
    }
}
