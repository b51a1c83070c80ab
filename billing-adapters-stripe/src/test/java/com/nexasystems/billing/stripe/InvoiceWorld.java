package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax.Part;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.stripe.StripeInvoices.Pace;
import com.nexasystems.billing.testkit.TestClock;
import io.github.bucket4j.BlockingStrategy;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A fake of Stripe with invoices, and our source of them, whose waiting takes no time. */
final class InvoiceWorld implements AutoCloseable {

    static final String SECRET_KEY = "sk_test_donotlogme";
    static final Instant ISSUED = Instant.parse("2026-03-01T08:00:00Z");
    static final Instant PAID = Instant.parse("2026-03-02T09:30:00Z");
    static final Currency CAD = Currency.getInstance("CAD");
    static final StripeInvoice.Rate HST = new StripeInvoice.Rate("txr_hst", "HST", "13", false);
    static final StripeInvoice.Rate GST = new StripeInvoice.Rate("txr_gst", "GST", "5", false);
    static final StripeInvoice.Rate QST = new StripeInvoice.Rate("txr_qst", "QST", "9.975", false);
    static final StripeInvoice.Rate VAT = new StripeInvoice.Rate("txr_vat", "VAT", "20", true);

    final TestClock clock = TestClock.startingAt("2026-11-01T12:00:00Z");
    final FakeStripe stripe = FakeStripe.started(SECRET_KEY, clock);
    final NoTime time = new NoTime();
    final StripeSettings settings = StripeSettings.of(SECRET_KEY).withApiBase(stripe.base())
            .withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(20));
    final StripeInvoices source = source(settings);

    /** Waiting moves this clock, and nothing else does. */
    static final class NoTime implements TimeMeter, BlockingStrategy {

        final AtomicLong nanos = new AtomicLong();

        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }

        @Override
        public void park(long wait) {
            nanos.addAndGet(wait);
        }
    }

    StripeInvoices source(StripeSettings other) {
        return new StripeInvoices(new StripeCalls(other, clock, new PacedTransport(new StripeTransport(other), Pace.DEFAULT,
                time, time)), clock, Pace.DEFAULT);
    }

    static StripeInvoice invoice(String id) {
        return StripeInvoice.of(id, "cad", ISSUED);
    }

    Evidence evidence(StripeInvoice invoice) {
        stripe.put(invoice);
        List<Fetched> answers = source.fetch(List.of(invoice.id()));
        assertThat(answers).hasOnlyElementsOfType(Found.class);
        return ((Found) answers.get(0)).evidence();
    }

    InvoiceFacts read(StripeInvoice invoice) {
        return source.read(evidence(invoice));
    }

    /** What is booked: its sums have to hold. */
    InvoiceFacts booked(StripeInvoice invoice) {
        InvoiceFacts facts = read(invoice);
        assertThat(facts.unexplained()).isEmpty();
        assertAddsUp(facts);
        return facts;
    }

    static void assertAddsUp(InvoiceFacts facts) {
        Totals totals = facts.totals();
        Money paid = sum(facts, facts.payments(), Payment::amount);
        assertThat(sum(facts, facts.lines(), Line::net)).as("lines").isEqualTo(totals.excludingTax());
        assertThat(totals.excludingTax().plus(sum(facts, facts.taxes(), Tax::amount))).as("taxes").isEqualTo(totals.total());
        assertThat(totals.total().minus(totals.toBalance()).minus(totals.prepaid()).minus(totals.offset())).as("due")
                .isEqualTo(totals.due());
        assertThat(List.of(totals.paid(), totals.paid().plus(totals.overpaid()))).as("payments").contains(paid);
        assertThat(totals.due().minus(paid).plus(totals.overpaid())).as("remaining").isEqualTo(totals.remaining());
        assertThat(sum(facts, facts.creditNotes(), CreditNote::offset)).as("offset").isEqualTo(totals.offset());
        facts.creditNotes().forEach(note -> {
            assertThat(sum(facts, note.lines(), CreditedLine::net).plus(sum(facts, note.taxes(), Tax::amount))).as("note")
                    .isEqualTo(note.total());
            assertThat(note.offset().plus(note.toBalance()).plus(note.refunded()).plus(note.outside())).as("note's uses")
                    .isEqualTo(note.total());
        });
        facts.taxes().forEach(tax -> assertThat(sum(facts, tax.parts(), Part::amount)).as("parts").isEqualTo(tax.amount()));
    }

    static <T> Money sum(InvoiceFacts facts, List<T> parts, Function<T, Money> amount) {
        return parts.stream().map(amount).reduce(Money.zero(facts.currency()), Money::plus);
    }

    static Money cad(String amount) {
        return Money.of(CAD, amount);
    }

    @Override
    public void close() {
        stripe.close();
    }
}
