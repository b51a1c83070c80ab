package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.charge.Priced;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.rating.Explanation;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What somebody decided that lines of a draft should come to. Each decision is a line of its own, the difference to the line
 * it is about: so that one still says what was used and what that costs, and usage that comes late is still billed as the
 * difference to it.
 */
public final class Corrections {

    private static final String MODEL = "correction";

    private final LineTaxes taxes;

    @Inject
    public Corrections(LineTaxes taxes) {
        this.taxes = taxes;
    }

    /** The draft with a line that makes another one come to that amount; in place of an earlier one about the same line. */
    Invoice correct(Invoice draft, InvoiceLine line, Money amount, String reason) {
        return with(draft, Stream.concat(draft.lines().stream().filter(other -> !isAbout(other, line)),
                correction(line, line.amount(), amount, reason).stream()).toList());
    }

    /** The draft without a correction of that line. */
    Invoice reset(Invoice draft, InvoiceLine line) {
        return with(draft, draft.lines().stream().filter(other -> !isAbout(other, line)).toList());
    }

    /** A draft that was rated again, with the corrections that it had before: each comes to the amount that was decided. */
    Invoice keep(Invoice before, Invoice rated) {
        List<InvoiceLine> corrections = before.lines().stream().filter(line -> line.kind() == InvoiceLine.Kind.CORRECTION)
                .toList();
        if (corrections.isEmpty()) {
            return rated;
        }
        return with(rated, Stream.concat(rated.lines().stream(), corrections.stream().flatMap(correction -> {
            Money computed = rated.lines().stream().filter(line -> isAbout(correction, line)).map(InvoiceLine::amount)
                    .reduce(Money.zero(rated.currency()), Money::plus);
            Priced.Step decided = correction.explanation().priced().steps().get(0);
            return correction(correction, computed, new Money(rated.currency(), decided.unitPrice()), decided.rule()).stream();
        })).toList());
    }

    private static boolean isAbout(InvoiceLine correction, InvoiceLine line) {
        Explanation one = correction.explanation();
        Explanation other = line.explanation();
        return correction.kind() == InvoiceLine.Kind.CORRECTION && line.kind() != InvoiceLine.Kind.CORRECTION
                && one.charge().equals(other.charge()) && one.part().equals(other.part())
                && one.period().equals(other.period()) && one.plan().equals(other.plan());
    }

    /** Empty if there is no difference. */
    private static Optional<InvoiceLine> correction(InvoiceLine about, Money computed, Money amount, String reason) {
        Explanation why = about.explanation();
        var steps = List.of(step(reason, amount), step("instead of", computed.negated()));
        var explanation = new Explanation(why.plan(), why.charge(), MODEL, why.part(), why.currency(), why.period(),
                Optional.empty(), new Priced(BigDecimal.ONE, steps));
        return Optional.of(InvoiceLine.of(InvoiceLine.Kind.CORRECTION, about.description(), explanation, about.rounding()))
                .filter(line -> !line.amount().isZero());
    }

    private static Priced.Step step(String rule, Money amount) {
        return new Priced.Step(rule, BigDecimal.ONE, amount.amount(), BigDecimal.ONE);
    }

    private Invoice with(Invoice draft, List<InvoiceLine> lines) {
        return taxes.on(draft.withLines(lines));
    }
}
