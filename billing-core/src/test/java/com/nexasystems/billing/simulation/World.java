package com.nexasystems.billing.simulation;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Half a year, step by step. Everything in it follows from the random numbers it is given. */
final class World {

    private static final Instant START = Instant.parse("2026-01-15T09:30:00Z");
    private static final Instant END = Instant.parse("2026-07-15T00:00:00Z");
    private static final int MOST_SUBSCRIPTIONS = 10;
    private static final int LONGEST_FUSE = 120;

    private final SplittableRandom random;
    private final TestClock clock = new TestClock(START);
    private final CrashingPorts crashing = new CrashingPorts(Ports.inMemory());
    private final Billing billing;
    private final Company company;
    private final List<Sender> senders;
    private final List<Subscription> started = new ArrayList<>();
    private final Books books;

    World(SplittableRandom random) {
        this.random = random;
        BillingPolicy policy = Company.policy(random);
        this.billing = Billing.over(crashing.ports()).clock(clock).policy(policy).build();
        this.company = new Company(random, billing);
        this.senders = company.services.stream().map(service -> new Sender(random, billing, service)).toList();
        this.books = new Books(billing, policy, company, senders);
        for (int i = 0; i < 4; i++) {
            start();
        }
    }

    void live() {
        while (clock.instant().isBefore(END)) {
            timePasses();
            act();
            books.check(subscriptions(), Cases.oneOf(random, subscriptions()));
        }
        theDustSettles();
        books.checkAllIsBilled(subscriptions());
    }

    private void timePasses() {
        Instant before = clock.instant();
        clock.advance(Duration.ofMinutes(random.nextInt(1, 72 * 60)).plusNanos(random.nextInt(1_000_000_000)));
        for (Subscription subscription : subscriptions()) {
            senderOf(subscription).measure(subscription, company.metrics, before, clock.instant());
        }
    }

    private void act() {
        Sender sender = Cases.oneOf(random, senders);
        switch (random.nextInt(20)) {
            case 0 -> start();
            case 1 -> terminate();
            case 2 -> changePrices();
            case 3 -> withdraw();
            case 4, 5, 6, 7, 8 -> again(run(aMomentAgo()));
            case 9, 10, 11, 12 -> again(() -> billing.finalise().finalise(clock.instant(), invoice -> { }));
            default -> again(sender.shipment(clock.instant()));
        }
    }

    /** Does it; if it dies on the way, looks at the books and does it once more. */
    private void again(Runnable action) {
        if (Cases.chance(random, 30)) {
            crashing.crashAfter(random.nextInt(1, LONGEST_FUSE));
        }
        try {
            action.run();
        } catch (PortFailure died) {
            books.check(subscriptions(), Cases.oneOf(random, subscriptions()));
            action.run();
        } finally {
            crashing.disarm();
        }
    }

    private Runnable run(Instant asOf) {
        return () -> billing.billingRun().run(asOf, 1, drafted -> { });
    }

    private Instant aMomentAgo() {
        return Cases.chance(random, 80) ? clock.instant() : clock.instant().minus(Duration.ofDays(random.nextInt(9)));
    }

    private void start() {
        if (started.size() >= MOST_SUBSCRIPTIONS) {
            return;
        }
        Service service = Cases.oneOf(random, company.services);
        Instant at = clock.instant().plus(Duration.ofHours(random.nextInt(-400, 100)));
        started.add(billing.subscriptions().start(service.id(), new Request(Cases.oneOf(random, company.customers),
                "sub-" + started.size(), Cases.oneOf(random, company.plans).code(),
                Cases.oneOf(random, BillingTime.values()), at)));
    }

    private void terminate() {
        Subscription subscription = Cases.oneOf(random, subscriptions());
        if (subscription.state() != SubscriptionState.TERMINATED) {
            billing.terminations().terminate(subscription.service(), subscription.id().toString(),
                    Cases.oneOf(random, UnusedTime.values()));
        }
    }

    private void changePrices() {
        Plan plan = billing.ports().plans().find(Cases.oneOf(random, company.plans).code()).orElseThrow();
        PlanVersion last = plan.versions().get(plan.versions().size() - 1);
        Instant from = clock.instant().plus(Duration.ofDays(random.nextInt(20)));
        if (from.isAfter(last.effectiveFrom())) {
            billing.plans().publish(plan.code(), from, company.flatPrice(plan.currency()), company.charges());
        }
    }

    private void withdraw() {
        List<Invoice> issued = billing.ports().invoices().list(InvoiceQuery.ALL).stream()
                .filter(invoice -> invoice.status() == InvoiceStatus.FINALISED && !isUsed(invoice)).toList();
        if (!issued.isEmpty()) {
            Invoice invoice = Cases.oneOf(random, issued);
            billing.voidInvoice().withdraw(invoice.service(), invoice.id(), Actor.person("ada"), "by mistake");
        }
    }

    /** What it came to below zero has paid another one, or is refunded: it cannot be withdrawn any more. */
    private boolean isUsed(Invoice invoice) {
        return billing.ports().creditNotes().of(invoice.id()).stream().anyMatch(note -> !note.balance().equals(note.total()));
    }

    /** All usage arrives, and enough time passes for every late record to find its next invoice. */
    private void theDustSettles() {
        for (int quarter = 0; quarter < 3; quarter++) {
            senders.forEach(sender -> sender.sendEverything(clock.instant()));
            clock.advance(Duration.ofDays(100));
            run(clock.instant()).run();
            billing.finalise().finalise(clock.instant().plus(Duration.ofDays(10)), invoice -> { });
        }
    }

    private Sender senderOf(Subscription subscription) {
        return senders.stream().filter(sender -> sender.service().id().equals(subscription.service())).findFirst()
                .orElseThrow();
    }

    /** As they are now. */
    private List<Subscription> subscriptions() {
        return started.stream().map(one -> billing.ports().subscriptions().find(one.id()).orElseThrow()).toList();
    }
}
