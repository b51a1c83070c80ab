package com.nexasystems.billing.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;

/** The header of that name: seconds, or a date as HTTP writes it (RFC 9110, 10.2.3). */
final class RetryAfter {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST = 64;

    private RetryAfter() {
    }

    /** Empty for whatever else it may be, and for what is over. */
    static Optional<Duration> parse(String header, Instant now) {
        String text = header.strip();
        if (SECONDS.matcher(text).matches()) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        return text.length() > LONGEST ? Optional.empty() : Optional.ofNullable(DateUtils.parseStandardDate(text))
                .map(date -> Duration.between(now, date)).filter(wait -> !wait.isNegative());
    }
}
