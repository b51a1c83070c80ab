package com.nexasystems.billing.subscription;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What one invoice of a subscription bills.
 *
 * @param due        the invoice's date
 * @param usage      the stretch whose usage is billed; empty on the first invoice in advance, and when only late usage
 *                   is left
 * @param flats      the stretches whose flat price is billed or given back
 * @param fixedOver  the stretch for which fixed charges in arrears are billed, if there is one
 * @param fixedAhead the stretches for which fixed charges in advance are billed or given back
 */
public record BillingWindow(Instant due, Optional<UsageStretch> usage, List<FlatStretch> flats, List<FlatStretch> fixedOver,
                            List<FlatStretch> fixedAhead) {

    public BillingWindow {
        flats = List.copyOf(flats);
        fixedOver = List.copyOf(fixedOver);
        fixedAhead = List.copyOf(fixedAhead);
    }

    /** The flat price that is billed and begins last; no two windows of a subscription have one that begins together. */
    public Optional<FlatStretch> lastFlat() {
        return flats.stream().filter(flat -> !flat.isCredit()).reduce((first, second) -> second);
    }

    /** Where what is billed begins: of the flat price that begins last, or else of the usage; its date if nothing is. */
    public Instant begin() {
        return lastFlat().map(FlatStretch::period).or(() -> usage.map(UsageStretch::period)).map(BillingPeriod::start)
                .orElse(due);
    }

    /**
     * Usage that is billed together.
     *
     * @param whole       the whole period around it
     * @param untilChange whether it ends because another phase begins; by day, the day of that is not in it
     */
    public record UsageStretch(PlanCode plan, BillingPeriod period, BillingPeriod whole, boolean untilChange) {

        /** Its share of the whole period. */
        public Proration share(ProrationPolicy policy) {
            return policy.share(period, CutDay.AFTER, untilChange ? CutDay.AFTER : CutDay.BEFORE, whole);
        }
    }

    /**
     * A stretch of a price that does not depend on usage.
     *
     * @param period  inside {@code whole}
     * @param whole   the whole period, which the price is for
     * @param since   where its phase, or its trial, lets the billed part of {@code whole} begin: the price then is the price
     * @param earlier what other phases have had of the same whole period of the same plan, before others came between; and
     *                where fixed charges are given back, what was used; by rising start
     */
    public record FlatStretch(Kind kind, PlanCode plan, BillingPeriod period, BillingPeriod whole, Instant since,
                              List<BillingPeriod> earlier) {

        public FlatStretch {
            earlier = List.copyOf(earlier);
        }

        /** Why it is on the invoice. */
        public enum Kind {
            /** A period, or what there is of it from the start or to the end of the subscription. */
            PERIOD,
            /** Time on a plan until another phase takes over; by day, the day of the change belongs to that one. */
            UNTIL_CHANGE,
            /** What is left of a period for the phase that begins in it. */
            REMAINING,
            /** Billed in advance up to an end that has been moved since: from the day after that on. */
            CONTINUED,
            /** Billed in advance, and then another phase took over: given back from the day of the change on. */
            UNUSED_AFTER_CHANGE,
            /** Billed in advance, and then the subscription ended: given back from the day after the last one on. */
            UNUSED_AFTER_END
        }

        /** Whether it is given back. */
        public boolean isCredit() {
            return kind == Kind.UNUSED_AFTER_CHANGE || kind == Kind.UNUSED_AFTER_END;
        }

        /** Its share of the whole period. */
        public Proration share(ProrationPolicy policy) {
            boolean afterAnEnd = kind == Kind.UNUSED_AFTER_END || kind == Kind.CONTINUED;
            return policy.share(period, afterAnEnd ? CutDay.BEFORE : CutDay.AFTER,
                    kind == Kind.UNTIL_CHANGE ? CutDay.AFTER : CutDay.BEFORE, whole);
        }

        /** The share of what was billed before of the whole period, in those parts that are asked for. */
        public Proration earlierShare(Predicate<BillingPeriod> wanted, ProrationPolicy policy) {
            return earlier.stream().filter(wanted).map(part -> policy.share(part, CutDay.AFTER, CutDay.AFTER, whole))
                    .reduce(share(policy).none(), Proration::plus);
        }
    }
}
