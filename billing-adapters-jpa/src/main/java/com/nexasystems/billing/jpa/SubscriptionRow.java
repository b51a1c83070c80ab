package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

@Entity
@Table(name = "subscription")
class SubscriptionRow {

    static final Batch<Subscription> BATCH = new Batch<Subscription>()
            .uuid("id", subscription -> subscription.id().value())
            .uuid("service_id", subscription -> subscription.service().value())
            .uuid("customer_id", subscription -> subscription.customer().value())
            .text("external_id", Subscription::externalId)
            .text("plan_code", subscription -> subscription.plan().value())
            .text("state", subscription -> subscription.state().code())
            .text("billed_interval", subscription -> subscription.cycle().interval().name())
            .date("anchor", subscription -> subscription.cycle().anchor())
            .text("zone", subscription -> subscription.cycle().zone().getId())
            .bool("in_advance", Subscription::inAdvance)
            .instant("started_at", Subscription::startedAt)
            .instant("terminated_at", subscription -> subscription.terminatedAt().orElse(null))
            .instant("billed_through", Subscription::billedThrough)
            .instant("next_invoice_at", subscription -> subscription.nextInvoiceAt().orElse(null));

    @Id
    UUID id;
    UUID serviceId;
    UUID customerId;
    String externalId;
    String planCode;
    String state;
    String billedInterval;
    LocalDate anchor;
    String zone;
    boolean inAdvance;
    Instant startedAt;
    Instant terminatedAt;
    Instant billedThrough;
    Instant nextInvoiceAt;

    Subscription toDomain() {
        return new Subscription(new SubscriptionId(id), new ServiceId(serviceId), new CustomerId(customerId), externalId,
                new PlanCode(planCode), SubscriptionState.valueOf(state.toUpperCase(Locale.ROOT)),
                new BillingCycle(Interval.valueOf(billedInterval), anchor, ZoneId.of(zone)), inAdvance, startedAt,
                Optional.ofNullable(terminatedAt), billedThrough, Optional.ofNullable(nextInvoiceAt));
    }
}
