package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.CurrentUsage.Usage;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.tax.TaxAmount;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which taxes usage would carry if it were invoiced now, without what else an invoice has. Writes nothing. */
public final class UsageTaxes {

    private final LineTaxes taxes;
    private final BillingPolicy policy;

    @Inject
    public UsageTaxes(LineTaxes taxes, BillingPolicy policy) {
        this.taxes = taxes;
        this.policy = policy;
    }

    /** @throws InvalidValue if no rate is known where the customer is, and that is to be refused */
    public List<TaxAmount> of(Subscription subscription, Customer customer, Usage usage, Instant now) {
        List<InvoiceLine> lines = usage.charges().stream().map(this::line).filter(line -> !line.amount().isZero()).toList();
        var reason = InvoiceReason.of(subscription.id(), InvoiceReason.Kind.USAGE, usage.period().start());
        var billed = new BilledSubscription(subscription.id(), subscription.externalId(), usage.plan().code(),
                usage.plan().versionAt(usage.period().start()).number(), Optional.of(usage.period()));
        var invoice = new Invoice(reason, subscription.service(), customer.id(), customer.name(), Optional.of(billed),
                InvoiceStatus.DRAFT, Optional.empty(), now, now.atZone(subscription.zone()).toLocalDate(),
                usage.plan().currency(), policy.tax(), lines, List.of(), List.of(), List.of());
        return taxes.on(List.of(invoice), Map.of(customer.id(), customer)).get(0).taxes();
    }

    private InvoiceLine line(Explanation usage) {
        return InvoiceLine.of(InvoiceLine.Kind.USAGE, usage.charge(), usage, policy.rounding());
    }
}
