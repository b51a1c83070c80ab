package com.nexasystems.billing.money;

import java.util.Currency;

/** Two amounts of different currencies met. It is an error of the caller: no rate could make it right. */
public final class CurrencyMismatchException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient Currency expected;
    private final transient Currency found;

    public CurrencyMismatchException(Currency expected, Currency found) {
        super("expected an amount in " + expected + ", found one in " + found);
        this.expected = expected;
        this.found = found;
    }

    public Currency expected() {
        return expected;
    }

    public Currency found() {
        return found;
    }

    static void check(Currency expected, Currency found) {
        if (!expected.equals(found)) {
            throw new CurrencyMismatchException(expected, found);
        }
    }
}
