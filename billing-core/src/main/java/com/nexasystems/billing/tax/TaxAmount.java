package com.nexasystems.billing.tax;

import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.util.List;

/**
 * One tax on an invoice.
 *
 * @param code    of the rate, such as {@code HST-ON}
 * @param percent 13 means 13 %
 * @param base    the sum of the lines it was computed on
 * @param amount  rounded by the policy; has the sign of the base
 * @param lines   which lines those are, counted from 0; empty if they are all
 */
public record TaxAmount(String code, BigDecimal percent, Money base, Money amount, List<Integer> lines) {

    public TaxAmount {
        lines = List.copyOf(lines);
    }

    /** A tax on all lines. */
    public TaxAmount(String code, BigDecimal percent, Money base, Money amount) {
        this(code, percent, base, amount, List.of());
    }

    /** @param line counted from 0 */
    public boolean isOn(int line) {
        return lines.isEmpty() || lines.contains(line);
    }
}
