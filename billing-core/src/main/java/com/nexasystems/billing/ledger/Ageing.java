package com.nexasystems.billing.ledger;

import com.nexasystems.billing.money.Money;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Currency;
import java.util.EnumMap;
import java.util.Map;

/**
 * What a customer owes in one currency, by how long it has been due.
 *
 * @param open by bucket; what he is owed himself is below zero
 */
public record Ageing(String party, String name, Currency currency, Map<Bucket, Money> open) {

    /** How long it has been due. */
    public enum Bucket {
        NOT_DUE("not due", 0), DAYS_30("1-30 days", 30), DAYS_60("31-60 days", 60), DAYS_90("61-90 days", 90),
        OLDER("over 90 days", Long.MAX_VALUE);

        private final String title;
        private final long last;

        Bucket(String title, long last) {
            this.title = title;
            this.last = last;
        }

        public String title() {
            return title;
        }

        /** What is due on the day itself is not overdue yet. */
        static Bucket of(LocalDate due, LocalDate on) {
            long days = ChronoUnit.DAYS.between(due, on);
            for (Bucket bucket : values()) {
                if (days <= bucket.last) {
                    return bucket;
                }
            }
            throw new IllegalStateException("the last bucket has no end");
        }
    }

    public Ageing {
        open = Map.copyOf(open);
    }

    static Ageing nothing(String party, String name, Currency currency) {
        return new Ageing(party, name, currency, Map.of());
    }

    Ageing plus(Bucket bucket, Money amount) {
        var sums = new EnumMap<Bucket, Money>(Bucket.class);
        sums.putAll(open);
        sums.merge(bucket, amount, Money::plus);
        return new Ageing(party, name, currency, sums);
    }

    public Money in(Bucket bucket) {
        return open.getOrDefault(bucket, Money.zero(currency));
    }

    public Money total() {
        return open.values().stream().reduce(Money.zero(currency), Money::plus);
    }
}
