package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Events as Lago shows them. Many at a time: what they refer to is looked up once. */
final class EventJson {

    private static final int MOST_KNOWN = 100_000;

    private final Billing billing;
    private final Codes codes;
    private final CustomerStore customers;
    private final Map<SubscriptionId, Names> known = new ConcurrentHashMap<>();

    /** What a service calls a subscription and its customer, which stays so as long as the subscription is its own. */
    private record Names(String externalId, UUID customer) { }

    EventJson(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
    }

    /**
     * As they were sent, in their order.
     *
     * @param keys under which they are stored; empty for those that are not
     */
    List<Json> sent(Service service, List<UsageSubmission> events, List<Optional<UsageKey>> keys, Instant now) {
        Map<SubscriptionId, Names> names = names(service, keys.stream().flatMap(Optional::stream).map(UsageKey::subscription)
                .collect(Collectors.toSet()));
        return IntStream.range(0, events.size()).mapToObj(i -> {
            UsageSubmission event = events.get(i);
            return json(service, keys.get(i).map(UsageKey::subscription), names, event.metric(), event.idempotencyKey(),
                    event.start(), event.properties(), event.amount().map(BigDecimal::new), now)
                    .with("external_subscription_id", event.subscription());
        }).toList();
    }

    /** As they are stored, in their order. */
    List<Json> stored(Service service, List<UsageRecord> events) {
        Map<SubscriptionId, Names> names = names(service, events.stream().map(event -> event.key().subscription())
                .collect(Collectors.toSet()));
        Map<String, String> metrics = codes.ofMetrics(service,
                events.stream().map(event -> event.key().metric().value()).distinct().toList());
        return events.stream().map(event -> json(service, Optional.of(event.key().subscription()), names,
                metrics.get(event.key().metric().value()), event.key().idempotencyKey(), event.start(), event.properties(),
                event.amount(), event.recordedAt()).with("quantity", event.quantity().toPlainString())).toList();
    }

    private Map<SubscriptionId, Names> names(Service service, Set<SubscriptionId> ids) {
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        Map<SubscriptionId, Names> names = new HashMap<>();
        ids.forEach(id -> Optional.ofNullable(known.get(id)).ifPresent(found -> names.put(id, found)));
        List<SubscriptionId> unknown = ids.stream().filter(id -> !names.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            List<Subscription> found = billing.ports().subscriptions().findAll(unknown);
            Map<CustomerId, CustomerStore.Known> holders = customers.byId(service.id(),
                    found.stream().map(Subscription::customer).distinct().toList());
            found.forEach(each -> names.put(each.id(),
                    new Names(each.externalId(), holders.get(each.customer()).entry().id())));
            known.putAll(names);
        }
        return names;
    }

    private Json json(Service service, Optional<SubscriptionId> subscription, Map<SubscriptionId, Names> names, String code,
                      String transaction, Instant at, Map<String, String> properties, Optional<BigDecimal> amount,
                      Instant created) {
        Optional<UUID> id = subscription.map(SubscriptionId::value);
        return Json.object("lago_id", Uuids.of(id.orElse(service.id().value()), "event " + code + "/" + transaction),
                "transaction_id", transaction,
                "lago_customer_id", subscription.map(known -> names.get(known).customer).orElse(null),
                "code", code, "timestamp", Times.millis(at),
                "precise_total_amount_cents", amount.map(value -> cents(subscription, at, value)).orElse(null),
                "properties", properties, "lago_subscription_id", id.orElse(null),
                "external_subscription_id", subscription.map(known -> names.get(known).externalId).orElse(null),
                "created_at", Times.millis(created), "quantity", null);
    }

    private String cents(Optional<SubscriptionId> subscription, Instant at, BigDecimal amount) {
        return amount.movePointRight(decimals(subscription.flatMap(billing.ports().subscriptions()::find), at)).toPlainString();
    }

    /** Of the currency in which the subscription is billed. */
    int decimals(Optional<Subscription> subscription, Instant at) {
        return subscription.flatMap(found -> billing.ports().plans().find(found.planAt(at))).map(Plan::currency)
                .map(currency -> currency.getDefaultFractionDigits()).orElse(2);
    }
}
