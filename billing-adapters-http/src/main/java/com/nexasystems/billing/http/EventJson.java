package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Events as Lago shows them. Many at a time: what they refer to is looked up once. */
final class EventJson {

    private final Billing billing;
    private final Codes codes;
    private final CustomerStore customers;

    EventJson(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
    }

    /** As they were sent, in their order. */
    List<Json> sent(Service service, List<UsageSubmission> events, Instant now) {
        Map<String, Subscription> subscriptions = billing.ports().subscriptions().resolve(service.id(), events.stream()
                .map(UsageSubmission::subscription).filter(Objects::nonNull).collect(Collectors.toSet()));
        Map<CustomerId, CustomerStore.Known> holders = holders(service, subscriptions.values());
        return events.stream().map(event -> {
            Optional<Subscription> subscription = Optional.ofNullable(subscriptions.get(event.subscription()));
            return json(service, subscription, holders, event.metric(), event.idempotencyKey(), event.start(), event.properties(),
                    event.amount().map(BigDecimal::new), now).with("external_subscription_id", event.subscription());
        }).toList();
    }

    /** As they are stored, in their order. */
    List<Json> stored(Service service, List<UsageRecord> events) {
        Map<SubscriptionId, Subscription> subscriptions = billing.ports().subscriptions().findAll(events.stream()
                .map(event -> event.key().subscription()).distinct().toList()).stream()
                .collect(Collectors.toMap(Subscription::id, Function.identity()));
        Map<CustomerId, CustomerStore.Known> holders = holders(service, subscriptions.values());
        Map<String, String> metrics = codes.ofMetrics(service,
                events.stream().map(event -> event.key().metric().value()).distinct().toList());
        return events.stream().map(event -> json(service, Optional.of(subscriptions.get(event.key().subscription())), holders,
                metrics.get(event.key().metric().value()), event.key().idempotencyKey(), event.start(), event.properties(),
                event.amount(), event.recordedAt()).with("quantity", event.quantity().toPlainString())).toList();
    }

    private Map<CustomerId, CustomerStore.Known> holders(Service service, Collection<Subscription> subscriptions) {
        return subscriptions.isEmpty() ? Map.of() : customers.byId(service.id(),
                subscriptions.stream().map(Subscription::customer).distinct().toList());
    }

    private Json json(Service service, Optional<Subscription> subscription, Map<CustomerId, CustomerStore.Known> holders,
                      String code, String transaction, Instant at, Map<String, String> properties,
                      Optional<BigDecimal> amount, Instant created) {
        return Json.object("lago_id", Uuids.of(subscription.map(found -> found.id().value()).orElse(service.id().value()),
                        "event " + code + "/" + transaction),
                "transaction_id", transaction,
                "lago_customer_id", subscription.map(found -> holders.get(found.customer()).entry().id()).orElse(null),
                "code", code, "timestamp", Times.millis(at),
                "precise_total_amount_cents", amount.map(value -> value.movePointRight(decimals(subscription, at))
                        .toPlainString()).orElse(null),
                "properties", properties, "lago_subscription_id", subscription.map(found -> found.id().value()).orElse(null),
                "external_subscription_id", subscription.map(Subscription::externalId).orElse(null),
                "created_at", Times.millis(created), "quantity", null);
    }

    /** Of the currency in which the subscription is billed. */
    int decimals(Optional<Subscription> subscription, Instant at) {
        return subscription.flatMap(found -> billing.ports().plans().find(found.planAt(at))).map(Plan::currency)
                .map(currency -> currency.getDefaultFractionDigits()).orElse(2);
    }
}
