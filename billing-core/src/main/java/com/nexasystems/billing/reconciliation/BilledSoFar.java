package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Asked;
import com.nexasystems.billing.reconciliation.SubscriptionPage.Read;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.SourceDays;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.tax.TaxRates;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Up to where an application has billed its subscriptions: where another biller goes on. */
public final class BilledSoFar {

    private final SubscriptionPage pages;
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final TaxRates taxRates;

    @Inject
    public BilledSoFar(Subscriptions subscriptions, Customers customers, ShadowRecords records, RatePeriod ratePeriod,
                       Plans plans, TaxRates taxRates) {
        this.pages = new SubscriptionPage(subscriptions, customers, records, ratePeriod);
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.taxRates = taxRates;
    }

    /**
     * A shadow subscription, at the midnights by which the application bills.
     *
     * @param usageThrough usage that starts before it has been billed
     * @param flatThrough  the plan's price of the time before it has been billed
     */
    public record Billed(Subscription subscription, Instant usageThrough, Instant flatThrough) { }

    /** Claims the subscriptions; those that are not in shadow mode, or have ended, are left out. */
    public List<Billed> claim(ServiceId service, List<ShadowSubscription> page, BillerRules rules, Instant asOf) {
        Map<SubscriptionId, Instant> flat = flatThrough(service, page, rules, asOf);
        Map<SubscriptionId, ShadowSubscription> shadows = page.stream()
                .collect(Collectors.toMap(ShadowSubscription::id, Function.identity()));
        return subscriptions.claim(shadows.keySet()).stream()
                .filter(found -> found.state() == SubscriptionState.SHADOW && found.terminatedAt().isEmpty())
                .map(found -> billed(shadows.get(found.id()), found, rules, asOf, Optional.ofNullable(flat.get(found.id()))))
                .toList();
    }

    private Map<SubscriptionId, Instant> flatThrough(ServiceId service, List<ShadowSubscription> page, BillerRules rules,
                                                     Instant asOf) {
        Read read = pages.read(page, new Asked(service, asOf.atZone(rules.zone()).toLocalDate(), asOf, rules),
                new Tariffs(plans, taxRates));
        return read.flatThrough();
    }

    private static Billed billed(ShadowSubscription shadow, Subscription found, BillerRules rules, Instant asOf,
                                 Optional<Instant> flatBilled) {
        Phase phase = found.phases().get(0);
        var cycle = new BillingCycle(phase.cycle().interval(), phase.cycle().anchor(), rules.zone());
        Instant start = LocalDate.ofInstant(shadow.from(), found.zone()).atStartOfDay(rules.zone()).toInstant();
        Subscription moved = Subscription.inShadow(found.id(), found.service(), found.customer(), found.externalId(),
                new Phase(start, phase.plan(), cycle, phase.usageInterval(), phase.fixedInterval(), phase.inAdvance(), false),
                found.end()).running(found.deployment());
        BillingPeriod current = cycle.periodContaining(asOf);
        Instant through = current.start().isAfter(start) ? current.start() : start;
        Instant flat = flatBilled.map(end -> SourceDays.day(end, rules.zone()).atStartOfDay(rules.zone()).toInstant())
                .filter(end -> end.isAfter(through)).orElse(through);
        Instant used = through.plus(rules.shift());
        return new Billed(moved, used.isAfter(start) ? used : start, flat);
    }
}
