package com.nexasystems.billing.coupon;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Locale;
import java.util.Optional;

/**
 * How often a coupon counts.
 *
 * @param invoices on how many invoices, at least 1; given exactly when it is recurring
 */
public record CouponFrequency(Kind kind, Optional<Integer> invoices) {

    /** The three ways to count. */
    public enum Kind {
        /** A percentage on one invoice; a fixed amount on as many as it takes to use it up. */
        ONCE,
        /** On a number of invoices; of a fixed amount that one of them leaves, nothing is carried to the next. */
        RECURRING,
        /** On every invoice. */
        FOREVER;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CouponFrequency {
        if (invoices.isPresent() != (kind == Kind.RECURRING)) {
            throw new InvalidValue("frequency_duration", "is given for a recurring coupon, and for no other");
        }
        if (invoices.filter(number -> number < 1).isPresent()) {
            throw new InvalidValue("frequency_duration", "must be at least 1: " + invoices.get());
        }
    }

    public static CouponFrequency once() {
        return new CouponFrequency(Kind.ONCE, Optional.empty());
    }

    public static CouponFrequency recurring(int invoices) {
        return new CouponFrequency(Kind.RECURRING, Optional.of(invoices));
    }

    public static CouponFrequency forever() {
        return new CouponFrequency(Kind.FOREVER, Optional.empty());
    }
}
