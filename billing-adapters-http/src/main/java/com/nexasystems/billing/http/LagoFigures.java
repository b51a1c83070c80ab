package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.money.Money;
import java.util.Currency;
import java.util.List;
import java.util.Set;

/** Lago's amounts, in the smallest unit of a currency. */
record LagoFigures(Currency currency) {

    /** Their smallest unit is a fifth for Lago, and a hundredth for everybody else. */
    private static final Set<String> FIFTHS = Set.of("MGA", "MRO", "MRU");

    /** The currency that an invoice names. */
    static LagoFigures of(LagoObject invoice) {
        String code = invoice.mandatory("currency");
        if (FIFTHS.contains(code)) {
            throw invoice.invalid("currency", code + " is counted in fifths by Lago, which is not exact here");
        }
        try {
            Currency currency = Currency.getInstance(code);
            Money.zero(currency);
            return new LagoFigures(currency);
        } catch (IllegalArgumentException e) {
            throw invoice.invalid("currency", "is not known: " + code);
        }
    }

    Money zero() {
        return Money.zero(currency);
    }

    Money money(LagoObject owner, String field) {
        return Money.ofMinor(currency, owner.cents(field));
    }

    Money moneyOrZero(LagoObject owner, String field) {
        return Money.ofMinor(currency, owner.centsOrZero(field));
    }

    /** Refuses what is in another currency, if it says in which it is. */
    void check(LagoObject owner, String field) {
        owner.text(field).filter(code -> !code.equalsIgnoreCase(currency.getCurrencyCode())).ifPresent(code -> {
            throw owner.invalid(field, "is " + code + ", not the invoice's " + currency);
        });
    }

    /**
     * Taxes without parts: Lago rounds a tax once, for all fees together. What comes to nothing is left out.
     *
     * @param base the field with what a tax is on
     */
    List<Tax> taxes(List<LagoObject> applied, String base) {
        return applied.stream().filter(tax -> tax.cents("amount_cents").signum() != 0).map(tax -> {
            check(tax, "amount_currency");
            return new Tax(taxName(tax), tax.decimal("tax_rate"), false, money(tax, base), List.of(),
                    money(tax, "amount_cents"));
        }).toList();
    }

    static String taxName(LagoObject tax) {
        return tax.text("tax_code").or(() -> tax.text("tax_name"))
                .orElseThrow(() -> tax.invalid("tax_code", "is missing"));
    }
}
