package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/** A Lago of its own, and what reads it. */
final class LagoFixture implements AutoCloseable {

    static final ZoneId TORONTO = ZoneId.of("America/Toronto");
    static final Currency CAD = Currency.getInstance("CAD");
    static final LocalDate MARCH = LocalDate.of(2026, 3, 1);
    static final String UNKNOWN = "lago:00000000-0000-4000-8000-0000000000ff";

    private static final String KEY = "lago-key-1";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-01T10:00:00Z"), ZoneOffset.UTC);

    final FakeLago lago = FakeLago.started(KEY);
    final LagoInvoices source;

    private LagoFixture(Duration timeLimit, int mostRead) {
        source = LagoInvoices.open(settings(lago, KEY).within(Duration.ofSeconds(5), timeLimit).reading(mostRead), CLOCK);
    }

    static LagoFixture opened() {
        return new LagoFixture(Duration.ofSeconds(30), 16 << 20);
    }

    static LagoFixture reading(int mostRead) {
        return new LagoFixture(Duration.ofSeconds(30), mostRead);
    }

    static LagoFixture waiting(Duration timeLimit) {
        return new LagoFixture(timeLimit, 16 << 20);
    }

    static LagoSettings settings(FakeLago lago, String key) {
        return LagoSettings.of(lago.base(), key, TORONTO).asking(10_000, 2);
    }

    static LagoInvoices open(FakeLago lago, String key) {
        return LagoInvoices.open(settings(lago, key), CLOCK);
    }

    /** A subscription of 100.00 with 13 % on it. */
    String sample() {
        return lago.issue(taxed().fee("subscription", "growth", "Growth", 10_000, "HST-ON"));
    }

    static NewInvoice taxed() {
        return NewInvoice.of("acme", "CAD", MARCH).tax("HST-ON", "13");
    }

    Fetched fetch(String id) {
        return source.fetch(List.of("lago:" + id)).get(0);
    }

    Evidence evidence(String id) {
        Fetched fetched = fetch(id);
        assertThat(fetched).isInstanceOf(Fetched.Found.class);
        return ((Fetched.Found) fetched).evidence();
    }

    InvoiceFacts facts(String id) {
        return source.read(evidence(id));
    }

    /** Of what is not held: everything adds up. */
    InvoiceFacts wholeFacts(String id) {
        InvoiceFacts facts = facts(id);
        assertThat(facts.unexplained()).isEmpty();
        assertAddsUp(facts);
        return facts;
    }

    static void assertAddsUp(InvoiceFacts facts) {
        Totals totals = facts.totals();
        Money zero = Money.zero(facts.currency());
        assertThat(sum(zero, facts.lines().stream().map(Line::net))).isEqualTo(totals.excludingTax());
        assertThat(totals.excludingTax().plus(sum(zero, facts.taxes().stream().map(Tax::amount)))).isEqualTo(totals.total());
        assertThat(totals.total().minus(totals.toBalance()).minus(totals.prepaid()).minus(totals.offset()))
                .isEqualTo(totals.due());
        assertThat(sum(zero, facts.payments().stream().map(Payment::amount))).isEqualTo(totals.paid());
        assertThat(totals.due().minus(totals.paid())).isEqualTo(totals.remaining());
        assertThat(sum(zero, facts.creditNotes().stream().map(CreditNote::offset))).isEqualTo(totals.offset());
        facts.creditNotes().forEach(note -> assertThat(sum(zero, Stream.concat(
                note.lines().stream().map(CreditedLine::net), note.taxes().stream().map(Tax::amount))))
                .isEqualTo(note.total())
                .isEqualTo(note.offset().plus(note.toBalance()).plus(note.refunded()).plus(note.outside())));
    }

    static Money sum(Money zero, Stream<Money> amounts) {
        return amounts.reduce(zero, Money::plus);
    }

    static Money cad(String amount) {
        return Money.of(CAD, amount);
    }

    @Override
    public void close() {
        source.close();
        lago.close();
    }
}
