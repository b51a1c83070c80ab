package com.nexasystems.billing.reconciliation;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/** What is tried when rules are looked for, the likelier first. */
final class RuleCandidates {

    /** One of each rule of midnights that billers are seen to use. */
    static final List<ZoneId> ZONES = Stream.of("UTC", "America/Toronto", "America/Vancouver", "America/Winnipeg",
            "America/Edmonton", "America/Halifax", "America/St_Johns", "Europe/London", "Europe/Paris", "Europe/Helsinki",
            "Asia/Kolkata", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney", "America/Sao_Paulo").map(ZoneId::of).toList();

    static final List<Duration> SHIFTS = List.of(Duration.ZERO, Duration.ofHours(1), Duration.ofHours(-1),
            Duration.ofDays(1), Duration.ofDays(-1));

    private RuleCandidates() {
    }
}
