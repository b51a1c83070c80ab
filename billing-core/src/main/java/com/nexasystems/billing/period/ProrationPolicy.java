package com.nexasystems.billing.period;

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
        if (part.start().isBefore(whole.start()) || part.end().isAfter(whole.end())) {
            throw new IllegalArgumentException(part + " is not inside " + whole);
        }
        return switch (this) {
            case BY_DAY -> new Proration(part.days(), whole.days(), "day");
            case BY_SECOND -> new Proration(seconds(part), seconds(whole), "second");
        };
    }

    /** Both ends are cut to the second, not the length: so the seconds of consecutive parts add up to those of the whole. */
    private static long seconds(BillingPeriod period) {
        return period.end().getEpochSecond() - period.start().getEpochSecond();
    }
}
