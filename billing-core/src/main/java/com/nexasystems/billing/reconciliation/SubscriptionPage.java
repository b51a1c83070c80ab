package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.rating.RatingRequest;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what a page of shadow subscriptions used and was charged, period by period: a few looks for all of them. */
final class SubscriptionPage {

    private final Subscriptions subscriptions;
    private final Customers customers;
    private final ShadowRecords records;
    private final RatePeriod ratePeriod;

    SubscriptionPage(Subscriptions subscriptions, Customers customers, ShadowRecords records, RatePeriod ratePeriod) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.records = records;
        this.ratePeriod = ratePeriod;
    }

    /**
     * A period, with all that is compared of it.
     *
     * @param usage what the engine makes of the usage, exact and before tax
     */
    record Compared(ShadowPeriod period, Tariff tariff, BigDecimal used, BigDecimal usage, Actual actual) { }

    /**
     * The periods of a page.
     *
     * @param subscriptions external ids of those that are compared: in shadow mode
     * @param unplaced    invoices of its subscriptions that belong to none of them
     * @param flatThrough by subscription, the end of what its plan's price was charged for
     */
    record Read(List<String> subscriptions, List<Compared> periods, List<SourceInvoice> unplaced,
                Map<SubscriptionId, Instant> flatThrough) { }

    /** Which periods of whom. */
    record Asked(ServiceId service, LocalDate after, Instant asOf, BillerRules rules) { }

    /** A subscription, its periods and what they cost. */
    private record Priced(Subscription subscription, List<ShadowPeriod> periods, List<Tariff> tariffs) { }

    Read read(List<ShadowSubscription> page, Asked asked, Tariffs tariffs) {
        List<Subscription> found = subscriptions.findAll(page.stream().map(ShadowSubscription::id).toList()).stream()
                .filter(subscription -> subscription.state() == SubscriptionState.SHADOW).toList();
        Map<CustomerId, Customer> known = customers.findAll(found.stream().map(Subscription::customer).distinct().toList());
        Map<SubscriptionId, ShadowSubscription> shadows = page.stream()
                .collect(Collectors.toMap(ShadowSubscription::id, Function.identity()));
        List<Priced> priced = found.stream().map(subscription -> priced(shadows.get(subscription.id()), subscription, asked,
                Optional.ofNullable(known.get(subscription.customer())), tariffs)).toList();
        List<Explanation> usage = usage(priced, asked.rules, tariffs);
        Map<String, List<SourceInvoice>> invoices = records.invoices(asked.service,
                found.stream().map(Subscription::externalId).toList());
        var compared = new ArrayList<Compared>();
        var unplaced = new ArrayList<SourceInvoice>();
        var flatThrough = new HashMap<SubscriptionId, Instant>();
        Set<String> names = tariffs.names();
        int next = 0;
        for (Priced one : priced) {
            List<SourceInvoice> charged = invoices.getOrDefault(one.subscription.externalId(), List.of());
            var placement = new Placement(one.periods, one.tariffs, ItemWords.of(names, charged)).place(charged);
            unplaced.addAll(placement.unplaced());
            placement.flatThrough().ifPresent(end -> flatThrough.put(one.subscription.id(), end));
            for (int i = 0; i < one.periods.size(); i++) {
                Explanation counted = usage.get(next++);
                compared.add(new Compared(one.periods.get(i), one.tariffs.get(i), counted.counted().orElseThrow().quantity(),
                        counted.priced().total(), placement.actual(one.periods.get(i))));
            }
        }
        return new Read(found.stream().map(Subscription::externalId).toList(), compared, unplaced, flatThrough);
    }

    private static Priced priced(ShadowSubscription shadow, Subscription subscription, Asked asked,
                                 Optional<Customer> customer, Tariffs tariffs) {
        List<ShadowPeriod> periods = ShadowPeriod.of(shadow, subscription, asked.after, asked.asOf);
        return new Priced(subscription, periods, periods.stream().map(period -> tariffs.of(period, customer)).toList());
    }

    private List<Explanation> usage(List<Priced> priced, BillerRules rules, Tariffs tariffs) {
        List<RatingRequest> requests = priced.stream().flatMap(one -> one.periods.stream()
                .map(period -> request(period, rules, tariffs))).toList();
        return ratePeriod.rate(requests).stream().map(lines -> lines.get(0)).toList();
    }

    private static RatingRequest request(ShadowPeriod period, BillerRules rules, Tariffs tariffs) {
        BillingPeriod window = period.usageIn(rules.zone(), rules.shift());
        var plan = tariffs.plan(period);
        PlanVersion version = plan.versionAt(period.period().start());
        return new RatingRequest(period.subscription().id(), plan, version, window, window, window.start());
    }
}
