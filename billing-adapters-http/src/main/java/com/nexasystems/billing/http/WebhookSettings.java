package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.AddressGuard;
import java.time.Duration;

/**
 * What an operator may choose about webhooks.
 *
 * @param connectTimeout how long it may take to reach one address
 * @param timeLimit      how long a message may take in all, from looking up the name to the last byte of the answer
 * @param mostRead       how many bytes of an answer are read
 * @param allowLoopback  for development only: this machine itself is called as well, also without TLS
 */
public record WebhookSettings(Duration connectTimeout, Duration timeLimit, int mostRead, boolean allowLoopback) {

    /** Less than it takes until a delivery is taken for lost. */
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /** 5 seconds, 15 seconds, 16 KiB, public addresses only. */
    public static final WebhookSettings DEFAULT =
            new WebhookSettings(Duration.ofSeconds(5), Duration.ofSeconds(15), 16 << 10, false);

    public WebhookSettings {
        checkTime("connectTimeout", connectTimeout);
        checkTime("timeLimit", timeLimit);
        if (mostRead < 1) {
            throw new IllegalArgumentException("mostRead is below 1: " + mostRead);
        }
    }

    private static void checkTime(String name, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is not between 1 ms and " + LONGEST.toSeconds() + " s: " + time);
        }
    }

    public WebhookSettings within(Duration otherConnectTimeout, Duration otherTimeLimit) {
        return new WebhookSettings(otherConnectTimeout, otherTimeLimit, mostRead, allowLoopback);
    }

    public WebhookSettings reading(int otherMostRead) {
        return new WebhookSettings(connectTimeout, timeLimit, otherMostRead, allowLoopback);
    }

    public WebhookSettings allowingLoopback(boolean otherAllowLoopback) {
        return new WebhookSettings(connectTimeout, timeLimit, mostRead, otherAllowLoopback);
    }

    AddressGuard guard() {
        return new AddressGuard(allowLoopback);
    }
}
