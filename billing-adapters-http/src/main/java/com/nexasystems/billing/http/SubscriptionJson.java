package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A subscription as it is now. */
final class SubscriptionJson {

    private final Billing billing;
    private final Codes codes;
    private final PlanJson plans;
    private final CustomerStore customers;

    SubscriptionJson(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.plans = new PlanJson(billing);
        this.customers = new CustomerStore(billing);
    }

    Json one(Service service, Subscription subscription, Instant now) {
        return all(service, List.of(subscription), now).get(subscription).with("plan", plan(service, subscription, now));
    }

    /** Without their plans, as in lists. */
    Map<Subscription, Json> all(Service service, Collection<Subscription> subscriptions, Instant now) {
        Map<CustomerId, CustomerStore.Known> holders = customers.byId(service.id(),
                subscriptions.stream().map(Subscription::customer).distinct().toList());
        Map<String, Entry> entries = billing.ports().directory().findAll(service.id(), Kind.SUBSCRIPTION,
                subscriptions.stream().map(each -> each.id().toString()).toList());
        Map<Subscription, Json> all = new HashMap<>();
        subscriptions.forEach(each -> all.put(each, of(service, each, holders.get(each.customer()).entry(),
                Optional.ofNullable(entries.get(each.id().toString())), now)));
        return all;
    }

    private Json of(Service service, Subscription subscription, Entry customer, Optional<Entry> entry, Instant now) {
        Instant at = within(subscription, now);
        Plan plan = billing.ports().plans().find(subscription.planAt(at)).orElseThrow();
        Optional<Phase> next = subscription.plannedAfter(at).filter(phase -> !phase.plan().equals(plan.code()));
        boolean canceled = isCanceled(subscription);
        boolean ended = subscription.state() == SubscriptionState.TERMINATED;
        boolean begun = subscription.state() != SubscriptionState.PENDING && !canceled;
        BillingPeriod period = subscription.phaseAt(at).wholePeriod(at);
        String created = entry.map(known -> Times.of(known.createdAt())).orElse(Times.of(subscription.startedAt()));
        return Json.object("lago_id", subscription.id().value(), "external_id", subscription.externalId(),
                "deployment_id", subscription.deployment().orElse(null),
                "lago_customer_id", customer.id(), "external_customer_id", customer.code(),
                "name", entry.flatMap(known -> known.attribute("name")).orElse(null),
                "plan_code", codes.ofPlan(service, plan.code()),
                "plan_amount_cents", Cents.of(plan.latest().flatPrice()),
                "plan_amount_currency", plan.currency().getCurrencyCode(), "status", status(subscription),
                "billing_time", isCalendar(subscription.phaseAt(at).cycle()) ? "calendar" : "anniversary",
                "subscription_at", Times.of(subscription.startedAt()),
                "started_at", begun ? Times.of(subscription.startedAt()) : null,
                "activated_at", begun ? Times.of(subscription.startedAt()) : null,
                "trial_ended_at", subscription.trialEnd().filter(end -> !end.isAfter(now)).map(Times::of).orElse(null),
                "ending_at", Times.of(subscription.terminatedAt().filter(end -> !ended)),
                "terminated_at", Times.of(subscription.terminatedAt().filter(end -> ended && !canceled)),
                "canceled_at", Times.of(subscription.terminatedAt().filter(end -> canceled)), "created_at", created,
                "previous_plan_code", previous(subscription, at).map(p -> codes.ofPlan(service, p.plan())).orElse(null),
                "next_plan_code", next.map(phase -> codes.ofPlan(service, phase.plan())).orElse(null),
                "downgrade_plan_date", next.map(phase -> phase.from().atZone(subscription.zone()).toLocalDate().toString())
                        .orElse(null),
                "current_billing_period_started_at", begun && !ended ? Times.of(period.start()) : null,
                "current_billing_period_ending_at", begun && !ended ? Times.of(period.end().minusSeconds(1)) : null,
                "on_termination_credit_note", subscription.end().map(end -> word(end.unused())).orElse(null),
                "on_termination_invoice", "generate", "progressive_billing_disabled", false, "consolidate_invoice", false,
                "purchase_order_number", entry.flatMap(known -> known.attribute("purchase_order_number")).orElse(null),
                "cancellation_reason", null, "payment_method", null, "entitlements", List.of(),
                "applicable_usage_thresholds", List.of(), "activation_rules", List.of());
    }

    private Json plan(Service service, Subscription subscription, Instant now) {
        Plan plan = billing.ports().plans().find(subscription.planAt(within(subscription, now))).orElseThrow();
        Entry entry = codes.planEntry(service, plan.code()).orElseGet(() -> Entry.of(
                Uuids.of(service.id().value(), "plan " + plan.code()), service.id(), Kind.PLAN, plan.code().value(),
                plan.code().value(), Instant.EPOCH, Map.of()));
        return plans.of(service, entry, plan);
    }

    /** An instant at which it runs: now, its start, or its last one. */
    private static Instant within(Subscription subscription, Instant now) {
        if (now.isBefore(subscription.startedAt())) {
            return subscription.startedAt();
        }
        return subscription.terminatedAt().filter(end -> !end.isAfter(now) && end.isAfter(subscription.startedAt()))
                .map(end -> end.minusNanos(1000)).orElse(now);
    }

    private static Optional<Phase> previous(Subscription subscription, Instant at) {
        int current = subscription.phases().indexOf(subscription.phaseAt(at));
        Phase now = subscription.phases().get(current);
        for (int i = current - 1; i >= 0; i--) {
            if (!subscription.phases().get(i).plan().equals(now.plan())) {
                return Optional.of(subscription.phases().get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean isCalendar(BillingCycle cycle) {
        return cycle.equals(BillingCycle.calendar(cycle.interval(), cycle.zone()));
    }

    private static boolean isCanceled(Subscription subscription) {
        return subscription.state() == SubscriptionState.TERMINATED
                && subscription.terminatedAt().filter(subscription.startedAt()::equals).isPresent();
    }

    static String status(Subscription subscription) {
        return switch (subscription.state()) {
            case PENDING -> "pending";
            case TERMINATED -> isCanceled(subscription) ? "canceled" : "terminated";
            case PAUSED -> "paused";
            case SHADOW -> "shadow";
            case TRIALING, ACTIVE, PAST_DUE -> "active";
        };
    }

    private static String word(UnusedTime unused) {
        return unused.name().toLowerCase(Locale.ROOT);
    }
}
