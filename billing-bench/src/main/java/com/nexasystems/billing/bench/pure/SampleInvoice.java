package com.nexasystems.billing.bench.pure;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.CanadianTaxRates;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxOnLines;
import com.nexasystems.billing.tax.TaxRate;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** An invoice with a usage line of each charge model, to a customer in Ontario. */
final class SampleInvoice {

    static final int LINES = Line.values().length;

    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final LocalDate ISSUED = LocalDate.parse("2026-04-01");
    private static final BigDecimal PERCENT = new BigDecimal("13");
    private static final Line[] ALL = Line.values();

    private final BillingPolicy policy = BillingPolicy.DEFAULT;
    private final Plan plan = Line.STANDARD.plan();
    private final BilledSubscription subscription = new BilledSubscription(new SubscriptionId(new UUID(1, 1)), "web-1",
            plan.code(), 1, Optional.of(new BillingPeriod(MARCH, APRIL, ZoneOffset.UTC)));
    private final ServiceId service = new ServiceId(new UUID(1, 2));
    private final CustomerId customer = new CustomerId(new UUID(1, 3));
    private final List<TaxRate> rates = CanadianTaxRates.all().stream()
            .filter(rate -> rate.jurisdiction().equals(Jurisdiction.of(Address.in("CA", "ON"))) && rate.inForceOn(ISSUED))
            .toList();

    /** From usage to the draft: every line rated, explained and rounded, and taxed together. */
    Invoice invoice() {
        var lines = new ArrayList<InvoiceLine>(LINES);
        for (Line line : ALL) {
            lines.add(InvoiceLine.of(InvoiceLine.Kind.USAGE, line.text(), line.explanation(), policy.rounding()));
        }
        List<TaxAmount> taxes = TaxOnLines.compute(policy.tax(), rates, plan.currency(),
                lines.stream().map(InvoiceLine::amount).toList());
        return new Invoice(InvoiceReason.of(subscription.id(), InvoiceReason.Kind.SUBSCRIPTION, MARCH), service, customer,
                "Maple Robotics", Optional.of(subscription), InvoiceStatus.DRAFT, Optional.empty(), APRIL, ISSUED,
                plan.currency(), policy.tax(), lines, List.of(), taxes, List.of());
    }

    /** The same total with nothing else calculated. */
    BigDecimal bareTotal() {
        BigDecimal subtotal = BigDecimal.ZERO;
        for (Line line : ALL) {
            subtotal = subtotal.add(line.bare().setScale(2, RoundingMode.HALF_UP));
        }
        return subtotal.add(subtotal.multiply(PERCENT).movePointLeft(2).setScale(2, RoundingMode.HALF_UP));
    }
}
