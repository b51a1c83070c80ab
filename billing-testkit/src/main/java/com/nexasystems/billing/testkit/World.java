package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.subscription.Subscription;
import java.util.List;

/** What the records of a port refer to, kept in the other ports: adapters may insist that it exists. */
final class World {

    final Service hosting = Samples.service("hosting");
    final Service chat = Samples.service("chat");
    final Customer zoe = Samples.customer("Zoë");
    final Plan starter = Samples.plan("starter");
    private final Ports ports;

    World(Ports ports) {
        this.ports = ports;
        ports.unitOfWork().run(() -> {
            ports.services().add(hosting);
            ports.services().add(chat);
            ports.customers().link(hosting.id(), List.of(new Customers.Candidate("zoe", zoe)));
            ports.metrics().add(Samples.CPU);
            ports.plans().add(starter);
        });
    }

    /** A sample of a subscription to {@link #hosting} that is not kept yet. */
    SubscriptionSample sample(String externalId) {
        return sample(hosting, externalId);
    }

    SubscriptionSample sample(Service service, String externalId) {
        return Samples.subscription(service, zoe, starter, externalId);
    }

    /** A subscription to {@link #hosting} that is kept. */
    Subscription subscribed(String externalId) {
        return subscribed(sample(externalId));
    }

    Subscription subscribed(SubscriptionSample sample) {
        Subscription subscription = sample.build();
        ports.unitOfWork().run(() -> ports.subscriptions().add(List.of(subscription)));
        return subscription;
    }
}
