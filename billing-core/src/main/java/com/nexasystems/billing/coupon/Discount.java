package com.nexasystems.billing.coupon;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** How much a coupon takes off. */
public sealed interface Discount {

    /** Whether it means anything for amounts in that currency. */
    boolean fits(Currency currency);

    /** What it takes off an amount that is above zero, in its currency; not capped, and never rounded but half up. */
    Money off(Money base);

    /** A fixed amount. */
    record Fixed(Money amount) implements Discount {

        public Fixed {
            if (amount.amount().signum() <= 0) {
                throw new InvalidValue("amount", "must be above zero: " + amount);
            }
        }

        @Override
        public boolean fits(Currency currency) {
            return amount.currency().equals(currency);
        }

        @Override
        public Money off(Money base) {
            return amount;
        }
    }

    /** @param percent above 0, at most 100; "12.5" is an eighth */
    record Percentage(BigDecimal percent) implements Discount {

        private static final BigDecimal ALL = new BigDecimal(100);

        public Percentage {
            percent = Decimals.positive("percentage", percent);
            if (percent.compareTo(ALL) > 0) {
                throw new InvalidValue("percentage", "must not be above 100: " + percent.toPlainString());
            }
        }

        public static Percentage of(String percent) {
            return new Percentage(Decimals.parse("percentage", percent));
        }

        @Override
        public boolean fits(Currency currency) {
            return true;
        }

        @Override
        public Money off(Money base) {
            int decimals = base.amount().scale();
            return new Money(base.currency(),
                    base.amount().multiply(percent).movePointLeft(2).setScale(decimals, RoundingMode.HALF_UP));
        }
    }
}
