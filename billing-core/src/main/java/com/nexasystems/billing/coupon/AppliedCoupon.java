package com.nexasystems.billing.coupon;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * A coupon that a customer has: a copy of its terms, and what is left of them. Instants are kept to the microsecond.
 *
 * @param amountLeft   of a fixed amount that counts once: what is left of it. Empty for all others
 * @param invoicesLeft of a recurring coupon: on how many invoices it still counts. Empty for all others
 * @param endedAt      when it was used up or ended; empty while it is active
 */
public record AppliedCoupon(AppliedCouponId id, ServiceCustomer holder, CouponCode coupon, CouponTerms terms,
                            CouponScope scope, Optional<Money> amountLeft, Optional<Integer> invoicesLeft, State state,
                            Instant appliedAt, Optional<Instant> endedAt) {

    /** The order in which coupons are redeemed: metric-limited, plan-limited, others; in each the oldest first. */
    public static final Comparator<AppliedCoupon> ORDER = Comparator
            .comparing((AppliedCoupon applied) -> applied.scope.rank()).thenComparing(AppliedCoupon::appliedAt)
            .thenComparing(applied -> applied.id.toString());

    /** Whether it still counts. */
    public enum State {
        ACTIVE,
        /** Nothing is left of it. It is active again when an invoice that used it is voided. */
        USED_UP,
        /** Somebody ended it, for good. */
        ENDED;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public AppliedCoupon {
        appliedAt = appliedAt.truncatedTo(ChronoUnit.MICROS);
        endedAt = endedAt.map(instant -> instant.truncatedTo(ChronoUnit.MICROS));
        if (endedAt.isPresent() == (state == State.ACTIVE)) {
            throw new InvalidValue("ended_at", "is known of a coupon that is no longer active, and of no other");
        }
    }

    /** Untouched. */
    static AppliedCoupon of(AppliedCouponId id, ServiceCustomer holder, Coupon coupon, CouponTerms terms, Instant at) {
        boolean keepsRest = terms.frequency().kind() == CouponFrequency.Kind.ONCE;
        Optional<Money> rest = terms.discount() instanceof Discount.Fixed fixed && keepsRest
                ? Optional.of(fixed.amount()) : Optional.empty();
        return new AppliedCoupon(id, holder, coupon.code(), terms, coupon.scope(), rest, terms.frequency().invoices(),
                State.ACTIVE, at, Optional.empty());
    }

    /** What it takes off an amount above zero, never more than that; zero if it is not active or of another currency. */
    Money off(Money base) {
        if (state != State.ACTIVE || !terms.discount().fits(base.currency())) {
            return Money.zero(base.currency());
        }
        Money off = amountLeft.orElseGet(() -> terms.discount().off(base));
        return off.compareTo(base) < 0 ? off : base;
    }

    /** After an invoice that it took this amount off. */
    AppliedCoupon redeemed(Money off, Instant at) {
        Optional<Money> newAmount = amountLeft.map(left -> left.minus(off));
        Optional<Integer> newInvoices = invoicesLeft.map(left -> left - 1);
        boolean usedUp = switch (terms.frequency().kind()) {
            case ONCE -> newAmount.map(Money::isZero).orElse(true);
            case RECURRING -> newInvoices.orElseThrow() == 0;
            case FOREVER -> false;
        };
        return usedUp ? with(newAmount, newInvoices, State.USED_UP, Optional.of(at))
                : with(newAmount, newInvoices, state, endedAt);
    }

    /** After the invoice that it took this amount off was voided. One that somebody ended stays ended. */
    AppliedCoupon restored(Money off) {
        Optional<Money> newAmount = amountLeft.map(left -> left.plus(off));
        Optional<Integer> newInvoices = invoicesLeft.map(left -> left + 1);
        return state == State.USED_UP ? with(newAmount, newInvoices, State.ACTIVE, Optional.empty())
                : with(newAmount, newInvoices, state, endedAt);
    }

    /** No longer counts. One that is used up is ended as well: it does not come back when an invoice is voided. */
    AppliedCoupon ended(Instant at) {
        return state == State.ENDED ? this : with(amountLeft, invoicesLeft, State.ENDED, Optional.of(at));
    }

    private AppliedCoupon with(Optional<Money> newAmount, Optional<Integer> newInvoices, State newState,
                               Optional<Instant> newEnd) {
        return new AppliedCoupon(id, holder, coupon, terms, scope, newAmount, newInvoices, newState, appliedAt, newEnd);
    }
}
