package com.nexasystems.billing.period;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How the share of a period is measured. */
public enum ProrationPolicy {
    /** Calendar days in the customer's time zone, both ends included, over the days of the whole period: Lago's. */
    BY_DAY,
    /** Elapsed time over the length of the whole period, to the second: Stripe's. */
    BY_SECOND;

    /**
     * @param part  inside {@code whole}
     * @param whole the full period of the cycle, also when the subscription began or ended inside it
     */
    public Proration share(BillingPeriod part, BillingPeriod whole) {
        return share(part, CutDay.AFTER, CutDay.BEFORE, whole);
    }

    /**
     * The share of a stretch that is cut out of a period. Stretches that follow each other and agree on the day of the cut
     * between them have shares that add up.
     *
     * @param part     inside {@code whole}
     * @param startDay to whom the day on which it starts belongs, by day
     * @param endDay   to whom the day on which it ends belongs, by day
     */
    public Proration share(BillingPeriod part, CutDay startDay, CutDay endDay, BillingPeriod whole) {
        if (part.start().isBefore(whole.start()) || part.end().isAfter(whole.end())) {
            throw new IllegalArgumentException(part + " is not inside " + whole);
        }
        long units = before(part.end(), endDay, whole) - before(part.start(), startDay, whole);
        return this == BY_DAY ? new Proration(units, whole.days(), "day")
                : new Proration(units, before(whole.end(), CutDay.BEFORE, whole), "second");
    }

    /** How much of a period lies before a cut. */
    private long before(Instant cut, CutDay day, BillingPeriod whole) {
        if (this == BY_SECOND) {
            // Each cut is made at a second, and not each length: so the seconds of consecutive parts add up.
            return cut.getEpochSecond() - whole.start().getEpochSecond();
        }
        LocalDate first = day == CutDay.AFTER ? cut.atZone(whole.zone()).toLocalDate()
                : cut.minusNanos(1).atZone(whole.zone()).toLocalDate().plusDays(1);
        return Math.max(0, Math.min(whole.days(), ChronoUnit.DAYS.between(whole.firstDay(), first)));
    }

    /** To what the calendar day of a cut belongs; at midnight, where a day begins, that makes no difference. */
    public enum CutDay {
        /** To what comes before the cut: the day on which a subscription ends. */
        BEFORE,
        /** To what comes after it: the day on which a subscription starts, or changes its plan. */
        AFTER
    }
}
