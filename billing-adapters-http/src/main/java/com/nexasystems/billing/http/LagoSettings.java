package com.nexasystems.billing.http;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;

/**
 * How invoices are read from Lago.
 *
 * @param base           where Lago's API is, such as {@code https://api.getlago.com}; the operator's own choice, so it may
 *                       be an address of the internal network
 * @param key            an API key that may read invoices, payments and credit notes; is never printed
 * @param zone           in which Lago's dates begin: the books' calendar
 * @param connectTimeout how long it may take to reach it
 * @param timeLimit      how long a request may take in all
 * @param mostRead       how many bytes an answer may have
 * @param perSecond      how many requests are made in a second, at most
 * @param concurrency    how many invoices are asked for at the same time
 */
public record LagoSettings(URI base, String key, ZoneId zone, Duration connectTimeout, Duration timeLimit, int mostRead,
                           int perSecond, int concurrency) {

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_AT_ONCE = 64;
    private static final String API = "/api/v1";

    public LagoSettings {
        if (!base.isAbsolute() || base.getHost() == null || !base.getScheme().matches("(?i)https?")
                || base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("base is not a URL such as https://api.getlago.com: " + base.getHost());
        }
        if (!key.matches("[\\x21-\\x7e]{1,512}")) {
            throw new IllegalArgumentException("key is empty, or cannot be sent");
        }
        checkTime("connectTimeout", connectTimeout);
        checkTime("timeLimit", timeLimit);
        checkNumber("mostRead", mostRead, Integer.MAX_VALUE);
        checkNumber("perSecond", perSecond, Integer.MAX_VALUE);
        checkNumber("concurrency", concurrency, MOST_AT_ONCE);
    }

    /** 5 seconds to connect and 30 in all, 16 MiB, 10 requests a second, 4 invoices at the same time. */
    public static LagoSettings of(URI base, String key, ZoneId zone) {
        return new LagoSettings(base, key, zone, Duration.ofSeconds(5), Duration.ofSeconds(30), 16 << 20, 10, 4);
    }

    private static void checkTime(String name, Duration time) {
        if (time.toMillis() < 1 || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " is not between 1 ms and " + LONGEST.toSeconds() + " s: " + time);
        }
    }

    private static void checkNumber(String name, int number, int most) {
        if (number < 1 || number > most) {
            throw new IllegalArgumentException(name + " is not between 1 and " + most + ": " + number);
        }
    }

    public LagoSettings within(Duration otherConnectTimeout, Duration otherTimeLimit) {
        return new LagoSettings(base, key, zone, otherConnectTimeout, otherTimeLimit, mostRead, perSecond, concurrency);
    }

    public LagoSettings reading(int otherMostRead) {
        return new LagoSettings(base, key, zone, connectTimeout, timeLimit, otherMostRead, perSecond, concurrency);
    }

    public LagoSettings asking(int otherPerSecond, int otherConcurrency) {
        return new LagoSettings(base, key, zone, connectTimeout, timeLimit, mostRead, otherPerSecond, otherConcurrency);
    }

    /** The path that the API is at, without a slash at its end. */
    String root() {
        String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
        return path.endsWith(API) ? path : path + API;
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LagoSettings[" + base + ", " + zone + ", " + perSecond + "/s, " + concurrency + " at a time]";
    }
}
