package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.BilledSubscription;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.Discount;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * An invoice without its lines and taxes. Its total, and what is to be paid of it, are columns for searches only; the domain
 * adds up the lines.
 */
@Entity
@Table(name = "invoice")
@IdClass(InvoiceRow.Key.class)
class InvoiceRow {

    static final Batch<Invoice> BATCH = new Batch<Invoice>()
            .uuid("subject_id", invoice -> invoice.reason().subject())
            .uuid("id", invoice -> invoice.id().value())
            .text("kind", invoice -> invoice.reason().kind().code())
            .integer("kind_rank", invoice -> invoice.reason().kind().ordinal())
            .instant("period_start", invoice -> invoice.reason().periodStart())
            .uuid("service_id", invoice -> invoice.service().value())
            .uuid("customer_id", invoice -> invoice.customer().value())
            .text("customer_name", Invoice::customerName)
            .text("external_subscription_id", billed(BilledSubscription::externalId))
            .text("status", invoice -> invoice.status().code())
            .text("number", invoice -> invoice.number().orElse(null))
            .instant("due", Invoice::due)
            .date("issue_date", Invoice::issueDate)
            .instant("usage_start", invoice -> invoice.usagePeriod().map(BillingPeriod::start).orElse(null))
            .instant("usage_end", invoice -> invoice.usagePeriod().map(BillingPeriod::end).orElse(null))
            .text("usage_zone", invoice -> invoice.usagePeriod().map(period -> period.zone().getId()).orElse(null))
            .text("plan_code", billed(billed -> billed.plan().value()))
            .integer("plan_version", billed(BilledSubscription::planVersion))
            .text("currency", invoice -> invoice.currency().getCurrencyCode())
            .text("tax_level", invoice -> invoice.taxPolicy().level().name())
            .text("tax_rounding", invoice -> invoice.taxPolicy().rounding().name())
            .numeric("total", invoice -> invoice.total().amount())
            .numeric("payable", invoice -> invoice.payable().amount())
            .numeric("paid", invoice -> invoice.paid().amount());

    /** What identifies a row. */
    record Key(UUID subjectId, UUID id) implements Serializable { }

    @Id
    UUID subjectId;
    @Id
    UUID id;
    String kind;
    Instant periodStart;
    UUID serviceId;
    UUID customerId;
    String customerName;
    String externalSubscriptionId;
    String status;
    String number;
    Instant due;
    LocalDate issueDate;
    Instant usageStart;
    Instant usageEnd;
    String usageZone;
    String planCode;
    Integer planVersion;
    String currency;
    String taxLevel;
    String taxRounding;
    BigDecimal paid;

    Currency currency() {
        return Currency.getInstance(currency);
    }

    private static <T> Function<Invoice, T> billed(Function<BilledSubscription, T> part) {
        return invoice -> invoice.billed().map(part).orElse(null);
    }

    Invoice toDomain(List<InvoiceLine> lines, List<Discount> discounts, List<TaxAmount> taxes, List<Credit> credits) {
        var reason = new InvoiceReason(subjectId, InvoiceReason.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), periodStart);
        var policy = new TaxPolicy(TaxPolicy.Level.valueOf(taxLevel), RoundingMode.valueOf(taxRounding));
        return new Invoice(reason, new ServiceId(serviceId), new CustomerId(customerId), customerName,
                Optional.ofNullable(planCode).map(this::billed), InvoiceStatus.valueOf(status.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(number), due, issueDate, currency(), policy, lines, discounts, taxes, credits,
                new Money(currency(), paid));
    }

    private BilledSubscription billed(String plan) {
        return new BilledSubscription(new SubscriptionId(subjectId), externalSubscriptionId, new PlanCode(plan), planVersion,
                Optional.ofNullable(usageStart).map(start -> new BillingPeriod(start, usageEnd, ZoneId.of(usageZone))));
    }
}
