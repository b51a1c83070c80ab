package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.TaxDerivation.Candidates;
import com.nexasystems.billing.ledger.TaxDerivation.Share;
import com.nexasystems.billing.ledger.TaxDerivation.Underivable;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The rates of an invoice's taxes. What a credit note gives back of a tax is of the same rate as on the invoice. */
final class DerivedTaxes {

    private final TaxDerivation derivation;
    private final InvoiceFacts facts;
    private final Candidates candidates;

    DerivedTaxes(TaxDerivation derivation, InvoiceFacts facts, Candidates candidates) {
        this.derivation = derivation;
        this.facts = facts;
        this.candidates = candidates;
    }

    /** @throws Underivable if it is of no rate */
    List<Share> of(Tax tax) {
        return tax.amount().isZero() ? List.of() : derivation.derive(tax, candidates);
    }

    /**
     * @param tax of the note: a part of the invoice's, whose rounding need not be that of the whole
     * @throws Underivable if the invoice has no such tax, and it is of no rate
     */
    List<Share> ofNote(Tax tax) {
        List<Share> whole = facts.taxes().stream().filter(other -> isSame(other, tax)).map(this::of).findFirst()
                .orElse(List.of());
        return whole.isEmpty() ? of(tax) : split(tax, whole);
    }

    /** What the source sums up on the invoice it sums up on the note. */
    private static List<Share> split(Tax tax, List<Share> whole) {
        List<Money> amounts = MoneySplit.byWeights(tax.amount(), whole.stream()
                .map(share -> share.amount().amount().abs()).toList());
        return IntStream.range(0, whole.size()).mapToObj(i -> new Share(whole.get(i).rate(), amounts.get(i))).toList();
    }

    private static boolean isSame(Tax one, Tax other) {
        return one.name().equals(other.name()) && one.inclusive() == other.inclusive()
                && plain(one.percent()).equals(plain(other.percent()));
    }

    private static Optional<BigDecimal> plain(Optional<BigDecimal> percent) {
        return percent.map(BigDecimal::stripTrailingZeros);
    }
}
