package com.nexasystems.billing.testkit;

import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Examples of what webhooks are made of. */
final class WebhookSample {

    private WebhookSample() {
    }

    /** A secret that follows from the text. */
    static Secret secret(String name) {
        byte[] key = (name + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.US_ASCII);
        return new Secret("whsec_" + Base64.getEncoder().encodeToString(key), Optional.empty());
    }

    /** One that is told of everything, made at {@link Samples#NEW_YEAR}. */
    static Endpoint endpoint(Service service, String name) {
        return endpoint(service, name, Samples.NEW_YEAR);
    }

    static Endpoint endpoint(Service service, String name, Instant createdAt) {
        return new Endpoint(new EndpointId(Samples.id("endpoint " + name)), service.id(), name,
                URI.create("https://" + name + ".example/hooks"), Endpoint.Format.STANDARD, Set.of(), List.of(secret(name)),
                Optional.empty(), createdAt);
    }

    static BillingEvent event(Subscription subscription, String name) {
        return new BillingEvent(Samples.id("event " + name), EventType.INVOICE_FINALIZED, subscription.service(),
                subscription.id().value(), Samples.NEW_YEAR, Map.of("name", name));
    }

    /** Due at that time, and made at that time. */
    static Delivery delivery(Endpoint endpoint, BillingEvent event, Instant due) {
        return Delivery.of(new DeliveryId(Samples.id("delivery of " + event.id() + " to " + endpoint.id())), endpoint,
                event.id(), event.type(), "{\"event\":\"" + event.id() + "\"}", due);
    }
}
