package com.nexasystems.billing.wallet;

import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Tops a wallet up by itself.
 *
 * @param expiresAt first instant at which it does nothing any more, to the microsecond; empty = never
 */
public record TopUpRule(Trigger trigger, Method method, Optional<Instant> expiresAt) {

    public TopUpRule {
        expiresAt = expiresAt.map(instant -> InvalidValue.checkInstant("expiration_at", instant));
    }

    public static TopUpRule of(Trigger trigger, Method method) {
        return new TopUpRule(trigger, method, Optional.empty());
    }

    /** When. */
    public sealed interface Trigger {

        /**
         * At the start of each period of a cycle.
         *
         * @param next the start that comes next, to the microsecond; each start has its turn once, also one that was missed
         */
        record Every(BillingCycle cycle, Instant next) implements Trigger {

            public Every {
                next = next.truncatedTo(ChronoUnit.MICROS);
            }

            /** For the first time when the period that contains this instant ends: never on the day it is set up. */
            public static Every from(BillingCycle cycle, Instant now) {
                return new Every(cycle, cycle.periodContaining(now).end());
            }
        }

        /** While the wallet has that many credits or fewer, and no purchase of it waits to be paid. */
        record AtMost(BigDecimal credits) implements Trigger {

            public AtMost {
                credits = Decimals.nonNegative("threshold_credits", credits);
            }
        }
    }

    /** How much. */
    public sealed interface Method {

        /** So many credits each time; what has to be paid comes in when it is. */
        record Fixed(BigDecimal paid, BigDecimal granted) implements Method {

            public Fixed {
                paid = Decimals.nonNegative("paid_credits", paid);
                granted = Decimals.nonNegative("granted_credits", granted);
                if (paid.signum() == 0 && granted.signum() == 0) {
                    throw new InvalidValue("paid_credits", "paid or granted credits must be above zero");
                }
            }
        }

        /** As many credits as are missing to that balance; they have to be paid. */
        record Target(BigDecimal credits) implements Method {

            public Target {
                credits = Decimals.positive("target_ongoing_balance", credits);
            }
        }
    }

    /** How many credits a rule brings: to be paid, and for nothing. */
    record TopUp(BigDecimal paid, BigDecimal granted) { }

    boolean isDue(Instant now, BigDecimal balance, boolean purchaseWaits) {
        if (expiresAt.isPresent() && !expiresAt.get().isAfter(now)) {
            return false;
        }
        return trigger instanceof Trigger.Every every ? !every.next.isAfter(now)
                : !purchaseWaits && trigger instanceof Trigger.AtMost atMost && balance.compareTo(atMost.credits) <= 0;
    }

    /** @param expected the balance, with the purchases that wait to be paid */
    TopUp topUp(BigDecimal expected) {
        if (method instanceof Method.Fixed fixed) {
            return new TopUp(fixed.paid, fixed.granted);
        }
        BigDecimal missing = ((Method.Target) method).credits.subtract(expected);
        return new TopUp(missing.max(BigDecimal.ZERO), BigDecimal.ZERO);
    }

    /** After it has had its turn. */
    TopUpRule fired() {
        return trigger instanceof Trigger.Every every
                ? new TopUpRule(Trigger.Every.from(every.cycle, every.next), method, expiresAt) : this;
    }
}
