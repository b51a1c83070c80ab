package com.nexasystems.billing.app;

import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Line;
import com.nexasystems.billing.simulator.stripe.StripeInvoice.Rate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** A company whose invoices were issued by fakes of Stripe and Lago. */
final class BilledCompany implements AutoCloseable {

    static final String KEY = "sk_test_billed_company";
    static final Rate HST = new Rate("txr_on", "HST", "13", false);
    static final Instant MARCH = Instant.parse("2026-03-05T12:00:00Z");

    private final FakeStripe stripe = FakeStripe.started(KEY, Clock.systemUTC());
    private final FakeLago lago = FakeLago.started("lago-key");

    FakeStripe stripe() {
        return stripe;
    }

    FakeLago lago() {
        return lago;
    }

    Map<String, String> settings() {
        return Map.of("BILLING_STRIPE_KEY", KEY, "BILLING_STRIPE_URL", stripe.base().toString(),
                "BILLING_STRIPE_RATE", "500",
                "BILLING_LAGO_URL", lago.base().toString(), "BILLING_LAGO_API_KEY", "lago-key", "BILLING_LAGO_RATE", "500");
    }

    /** Of 100.00 CAD and 13 % of tax, not paid yet. */
    static StripeInvoice invoice(String id, String description) {
        return StripeInvoice.of(id, "cad", MARCH).line(Line.of(description, 10_000).taxed(HST));
    }

    /** A few of Stripe's, one of which is not taxed as anything known is, and one of Lago's. */
    BilledCompany withInvoices() {
        stripe.put(invoice("in_paid", "Hosting of web-1").paid(11_300, MARCH.plusSeconds(86_400)));
        stripe.put(invoice("in_open", "Managed database").due(MARCH.plusSeconds(30 * 86_400)));
        stripe.put(invoice("in_void", "Hosting of web-2").voided(MARCH));
        stripe.put(invoice("in_other", "Mystery box"));
        stripe.put(StripeInvoice.of("in_held", "cad", MARCH).line(Line.of("Hosting", 10_000)
                .taxed(new Rate("txr_x", "Levy", "11.5", false))));
        lago.issue(NewInvoice.of("ada", "CAD", LocalDate.of(2026, 3, 1)).tax("hst", "13")
                .fee("subscription", "hosting", "Hosting", 2_000, "hst"));
        return this;
    }

    @Override
    public void close() {
        stripe.close();
        lago.close();
    }
}
