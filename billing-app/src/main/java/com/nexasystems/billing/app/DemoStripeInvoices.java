package com.nexasystems.billing.app;

import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.CreditNote;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Credited;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What Stripe has issued since January 2026: of every kind that there is. */
final class DemoStripeInvoices {

    static final int INVOICES = 240;

    private static final Instant FIRST = Instant.parse("2026-01-02T09:30:00Z");
    private static final Duration BETWEEN = Duration.ofHours(30);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final int KINDS = 40;
    private static final int CUSTOMERS = 40;
    private static final int LONG = 25;
    private static final List<Province> PROVINCES = List.of(
            new Province("ON", new Rate("txr_on", "HST", "13", false)),
            new Province("QC", new Rate("txr_gst", "GST", "5", false), new Rate("txr_qst", "QST", "9.975", false)),
            new Province("BC", new Rate("txr_gst", "GST", "5", false), new Rate("txr_bc", "PST", "7", false)),
            new Province("AB", new Rate("txr_gst", "GST", "5", false)),
            new Province("NB", new Rate("txr_nb", "HST", "15", false)));
    private static final Rate INCLUDED = new Rate("txr_on_in", "HST", "13", true);
    private static final Rate STRANGE = new Rate("txr_x", "Levy", "11.5", false);

    private final FakeStripe stripe;
    private final Random random;
    private final List<StripeInvoice> all = new ArrayList<>();

    DemoStripeInvoices(FakeStripe stripe, Random random) {
        this.stripe = stripe;
        this.random = random;
    }

    private record Province(String code, Rate... rates) { }

    List<StripeInvoice> put() {
        for (int i = 0; i < INVOICES; i++) {
            put(i);
        }
        add(forgotten());
        return all;
    }

    /** Issued, and not paid by anybody. */
    static StripeInvoice forgotten() {
        Instant issued = Instant.parse("2026-09-14T09:30:00Z");
        return StripeInvoice.of("in_demoForgotten", "cad", issued).customer("cus_demo99", "Forgetful Ltd")
                .address("CA", "ON")
                .line(Line.of("Hosting of web-99", 24_900).taxed(PROVINCES.get(0).rates)).due(issued.plus(MONTH));
    }

    private void put(int i) {
        Instant at = FIRST.plus(BETWEEN.multipliedBy(i));
        int customer = random.nextInt(CUSTOMERS);
        Province province = PROVINCES.get(customer % PROVINCES.size());
        var invoice = StripeInvoice.of("in_demo%04d".formatted(i), "cad", at)
                .customer("cus_demo%02d".formatted(customer), "Customer %02d Ltd".formatted(customer))
                .address("CA", province.code).due(at.plus(MONTH));
        Rate[] rates = province.rates;
        Line hosting = Line.of("Hosting of web-%02d".formatted(customer), price()).taxed(rates);
        switch (i % KINDS) {
            case 0 -> add(invoice.line(hosting).voided(at.plus(Duration.ofDays(2))));
            case 1 -> add(invoice.line(hosting).draft());
            case 2 -> add(invoice.line(Line.of("Hosting, on trial", 0)));
            case 3 -> add(invoice.line(hosting));
            case 4 -> partlyPaid(invoice.line(hosting), at);
            case 5 -> add(invoice.line(hosting).givenUp(at.plus(MONTH)));
            case 6 -> paid(prorated(invoice, rates), at);
            case 7 -> paid(invoice.address("CA", "ON").line(Line.of("Managed WordPress", price()).taxed(INCLUDED)), at);
            case 8 -> paid(invoice.line(hosting.discounted(500)), at);
            case 9 -> paid(invoice.line(hosting).credit(CreditNote.of(at, Credited.of(0, 700))), at);
            case 10 -> refunded(invoice.line(hosting), at);
            case 11 -> add(afterPayment(invoice.line(hosting), at).credit(CreditNote.of(later(at), Credited.of(0, 700))));
            case 12 -> paid(invoice.line(hosting).startingBalance(-1_000), at);
            case 13 -> add(invoice.line(hosting).paidOutside(due(invoice), later(at)));
            case 14 -> paid(foreign("jpy", i, at, "JP")
                    .line(Line.of("Hosting of tokyo-1", 3_000 + random.nextInt(5_000))), at);
            case 15 -> paid(ofManyLines(invoice, rates), at);
            case 16 -> revised(invoice.line(hosting), at);
            case 17 -> paid(foreign("usd", i, at, "US").line(Line.of("Hosting of ny-1", price())), at);
            case 18 -> paid(invoice.line(Line.of("Workshop, half a day", 45_000).taxed(rates)), at);
            case 19 -> paid(invoice.line(Line.of("Domain example-%02d.ca".formatted(customer), 1_800).taxed(rates)), at);
            case 20 -> paid(invoice.line(Line.of("Managed database", price()).taxed(rates)), at);
            case 21 -> paid(invoice.line(hosting.taxed(i % 3 == 0 ? new Rate[] {STRANGE} : rates)), at);
            default -> paid(invoice.line(hosting), at);
        }
    }

    private long price() {
        return 1_000L * (2 + random.nextInt(30)) + 95;
    }

    private static Instant later(Instant at) {
        return at.plus(Duration.ofDays(4));
    }

    private StripeInvoice add(StripeInvoice invoice) {
        stripe.put(invoice);
        all.add(invoice);
        return invoice;
    }

    private void paid(StripeInvoice invoice, Instant at) {
        add(afterPayment(invoice, at));
    }

    private StripeInvoice afterPayment(StripeInvoice invoice, Instant at) {
        return invoice.paid(due(invoice), at.plus(Duration.ofDays(1)));
    }

    /** As the fake computes it. */
    private long due(StripeInvoice invoice) {
        stripe.put(invoice);
        return ((Number) stripe.invoice(invoice.id()).get("amount_remaining")).longValue();
    }

    private void partlyPaid(StripeInvoice invoice, Instant at) {
        add(invoice.paid(due(invoice) / 3, later(at)));
    }

    private void refunded(StripeInvoice invoice, Instant at) {
        StripeInvoice paid = afterPayment(invoice, at);
        add(paid.refunded(0, 300, later(at), "succeeded")
                .credit(CreditNote.of(later(at), Credited.custom("Hosting, credit for the outage", 300)).refunding(0, 300)));
    }

    /** A change of plan in the middle of the month: what was not used goes back, what is left is charged. */
    private StripeInvoice prorated(StripeInvoice invoice, Rate... rates) {
        return invoice.line(Line.of("Unused time on Hosting Small after 15 Mar 2026", -1_550).priced("price_small")
                        .prorated().taxed(rates))
                .line(Line.of("Remaining time on Hosting Large after 15 Mar 2026", 6_200).priced("price_large")
                        .prorated().taxed(rates));
    }

    private StripeInvoice foreign(String currency, int i, Instant at, String country) {
        return StripeInvoice.of("in_demo%04d".formatted(i), currency, at)
                .customer("cus_demo_" + currency, "Customer abroad, " + country).address(country, "").due(at.plus(MONTH));
    }

    /** More than Stripe shows on one page. */
    private StripeInvoice ofManyLines(StripeInvoice invoice, Rate... rates) {
        for (int line = 0; line < LONG; line++) {
            invoice.line(Line.of("CPU-seconds of server " + line, 101 + line).taxed(rates));
        }
        return invoice;
    }

    private void revised(StripeInvoice invoice, Instant at) {
        String next = invoice.id() + "R";
        StripeInvoice revision = StripeInvoice.of(next, "cad", at.plus(Duration.ofHours(2)))
                .customer("cus_demo98", "Corrected Ltd").address("CA", "ON").revises(invoice.id())
                .line(Line.of("Hosting of web-98", price()).taxed(PROVINCES.get(0).rates));
        paid(revision, at.plus(Duration.ofHours(2)));
        add(invoice.revisedBy(next, at.plus(Duration.ofHours(2))));
    }
}
