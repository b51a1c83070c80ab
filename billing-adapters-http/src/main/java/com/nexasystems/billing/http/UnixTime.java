package com.nexasystems.billing.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unix seconds as text, with up to nine decimals: 1774000000, 1774000000.123. */
final class UnixTime {

    private static final Pattern SECONDS = Pattern.compile("([0-9]{1,12})(?:\\.([0-9]{1,9}))?");

    private UnixTime() {
    }

    /** @throws DateTimeException for anything else */
    static Instant parse(String text) {
        Matcher matcher = SECONDS.matcher(text);
        if (!matcher.matches()) {
            throw new DateTimeException("not unix seconds");
        }
        String decimals = matcher.group(2) == null ? "" : matcher.group(2);
        long nanos = Long.parseLong((decimals + "000000000").substring(0, 9));
        return Instant.ofEpochSecond(Long.parseLong(matcher.group(1)), nanos);
    }
}
