package com.nexasystems.billing.app;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.simulator.lago.FakeLago;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The company of the ledger's demo. Lago issued its invoices until the end of 2025, and Stripe does since. Its own tables
 * say which there are, and whatever else they say of them was stamped by a sync one night.
 */
final class DemoBooks implements AutoCloseable {

    static final String STRIPE_KEY = "sk_test_demo_ledger";
    static final String LAGO_KEY = "demo-ledger";

    private static final Instant SYNC = Instant.parse("2026-11-03T02:17:00Z");

    private final FakeStripe stripe;
    private final FakeLago lago;
    private final MemorySourceApplication application = new MemorySourceApplication();

    DemoBooks(long seed, Clock clock) {
        this.stripe = FakeStripe.started(STRIPE_KEY, clock);
        this.lago = FakeLago.started(LAGO_KEY);
        var random = new Random(seed);
        new DemoLagoInvoices(lago, random).issue().forEach(id -> known("lago:" + id));
        new DemoStripeInvoices(stripe, random).put().forEach(invoice -> known(invoice.id()));
        known("in_deletedByHand");
        row(Optional.empty());
        row(Optional.empty());
        application.invoices().add(SourceRow.unreadable("app-broken", "subtotal: is not a number: NaN"));
    }

    private void known(String id) {
        row(Optional.of(id));
    }

    private void row(Optional<String> billedAt) {
        String id = "app-%04d".formatted(application.invoices().size() + 1);
        application.invoices().add(SourceRow.of(id, new SourceInvoice(id, "user-1", Optional.empty(), billedAt,
                Optional.of("INV-" + id.substring("app-".length())), "cad", "paid", BigDecimal.ZERO, BigDecimal.ZERO,
                Optional.of(SYNC), List.of())));
    }

    FakeStripe stripe() {
        return stripe;
    }

    FakeLago lago() {
        return lago;
    }

    MemorySourceApplication application() {
        return application;
    }

    /** Somebody has withdrawn an invoice of Stripe's that nobody had paid. */
    StripeInvoice withdraw(Instant at) {
        StripeInvoice open = DemoStripeInvoices.forgotten().voided(at);
        stripe.put(open);
        return open;
    }

    @Override
    public void close() {
        stripe.close();
        lago.close();
    }
}
