package com.nexasystems.billing.payment;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a declined invoice is tried again, counted from when it was declined first.
 *
 * @param retries rising, each above zero; at most {@value #MOST}
 */
public record DunningPlan(List<Duration> retries) {

    private static final int MOST = 20;

    /** After 1, 3, 5 and 7 days. */
    public static final DunningPlan DEFAULT = new DunningPlan(List.of(Duration.ofDays(1), Duration.ofDays(3),
            Duration.ofDays(5), Duration.ofDays(7)));

    public DunningPlan {
        retries = List.copyOf(retries);
        if (retries.size() > MOST) {
            throw new InvalidValue("retries", "are at most " + MOST);
        }
        Duration before = Duration.ZERO;
        for (Duration retry : retries) {
            if (retry.compareTo(before) <= 0) {
                throw new InvalidValue("retries", "must rise, and be above zero: " + shown(retry) + " after " + shown(before));
            }
            before = retry;
        }
    }

    /**
     * As planned; if that has passed, because nobody was there to try, as long after the last attempt as the plan leaves
     * between the two: an outage does not use up the plan.
     *
     * @param declined      how many attempts were declined by now, at least 1
     * @param firstDeclined when the first of them was
     * @param now           when the last of them was
     * @return empty if that was the last one
     */
    Optional<Instant> retryAfter(int declined, Instant firstDeclined, Instant now) {
        if (declined > retries.size()) {
            return Optional.empty();
        }
        Duration retry = retries.get(declined - 1);
        Instant planned = firstDeclined.plus(retry);
        Duration before = declined == 1 ? Duration.ZERO : retries.get(declined - 2);
        return Optional.of(planned.isAfter(now) ? planned : now.plus(retry).minus(before));
    }

    private static String shown(Duration duration) {
        return duration.toSecondsPart() + duration.toMinutesPart() + duration.toHoursPart() == 0
                ? duration.toDays() + " days" : duration.toString();
    }
}
