package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Booking.Held;
import com.nexasystems.billing.ledger.Booking.Skipped;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.TaxDerivation.Underivable;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes entries of the facts of an invoice. Pure: the same facts, rates and policy give the same entries, whatever was booked
 * before, so that invoices can be taken in any order, and as often as one likes.
 *
 * <p>Drafts, void and zero invoices are not booked. What does not add up, or whose tax no configured rate comes to, is held.
 */
final class Bookkeeping {

    private final LedgerPolicy policy;
    private final LedgerRates rates;

    Bookkeeping(LedgerPolicy policy, LedgerRates rates) {
        this.policy = policy;
        this.rates = rates;
    }

    Booking book(InvoiceFacts facts) {
        return heldAtOnce(facts).or(() -> withdrawn(facts)).or(() -> wrong(facts)).or(() -> nothing(facts))
                .or(() -> undated(facts)).orElseGet(() -> booked(facts));
    }

    private static Optional<Booking> wrong(InvoiceFacts facts) {
        return Addition.error(facts).map(error -> held("sums", error));
    }

    private static Optional<Booking> nothing(InvoiceFacts facts) {
        return isZero(facts) ? Optional.of(skipped("zero", "it comes to nothing", facts.state() == State.PAID))
                : Optional.empty();
    }

    private static Optional<Booking> undated(InvoiceFacts facts) {
        if (facts.issuedAt().isEmpty()) {
            return Optional.of(held("date", "it is " + facts.state().code() + ", and has no date of issue"));
        }
        return facts.state() == State.UNCOLLECTIBLE && facts.writtenOffAt().isEmpty()
                ? Optional.of(held("date", "it is uncollectible, and its source does not say since when"))
                : Optional.empty();
    }

    private Booking booked(InvoiceFacts facts) {
        try {
            var taxes = new DerivedTaxes(new TaxDerivation(policy.taxPolicies()), facts,
                    rates.candidates(facts.jurisdiction(), day(facts.issuedAt().get())));
            return entries(facts, taxes);
        } catch (Underivable e) {
            return held("tax", e.getMessage());
        } catch (InvalidValue e) {
            return held("unreadable", e.getMessage());
        }
    }

    private Booking entries(InvoiceFacts facts, DerivedTaxes taxes) {
        var lines = new LineFamilies(policy.families(), facts);
        var entries = new InvoiceEntries(facts, policy.zone(), lines, taxes);
        List<JournalEntry> all = entries.all();
        Optional<Booking> twice = IntStream.range(1, all.size()).mapToObj(i -> all.get(i).key())
                .filter(key -> all.stream().filter(entry -> entry.key().equals(key)).count() > 1).findFirst()
                .map(key -> held("twice", "its source names one thing twice: " + key));
        boolean settled = facts.state() == State.PAID && entries.open().isZero();
        return twice.orElseGet(() -> new Booked(all, lines.unmatched(), settled));
    }

    private static Optional<Booking> heldAtOnce(InvoiceFacts facts) {
        if (!facts.unexplained().isEmpty()) {
            return Optional.of(held("unexplained", String.join("; ", facts.unexplained())));
        }
        boolean moved = !facts.payments().isEmpty() || !facts.totals().paid().isZero();
        boolean isNothing = facts.state() == State.DRAFT || facts.state() == State.VOID || isZero(facts);
        return Optional.of(held("paid-though-nothing", "money was paid for it, although it is "
                + (isZero(facts) ? "an invoice of nothing" : facts.state().code()))).filter(reason -> moved && isNothing);
    }

    private static Optional<Booking> withdrawn(InvoiceFacts facts) {
        return switch (facts.state()) {
            case DRAFT -> Optional.of(skipped("draft", "it is not issued yet", false));
            case VOID -> Optional.of(skipped("void",
                    facts.revisedBy().map(by -> "it was replaced by " + by).orElse("it was withdrawn"), true));
            default -> Optional.empty();
        };
    }

    /** Lines that make up for each other are nothing together. */
    private static boolean isZero(InvoiceFacts facts) {
        return facts.totals().total().isZero() && facts.totals().excludingTax().isZero()
                && facts.totals().toBalance().isZero() && facts.creditNotes().isEmpty();
    }

    private static Booking skipped(String code, String text, boolean settled) {
        return new Skipped(new Reason(code, text), settled);
    }

    private static Booking held(String code, String text) {
        return new Held(new Reason(code, text));
    }

    private LocalDate day(Instant instant) {
        return instant.atZone(policy.zone()).toLocalDate();
    }
}
