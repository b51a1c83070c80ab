package com.nexasystems.billing.shadow;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.Intake.LeftOut;
import com.nexasystems.billing.shadow.Intake.Missing;
import com.nexasystems.billing.shadow.Intake.Read;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscription.End;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Subscriptions of the application to shadow subscriptions. One that was activated since is left as it is. */
final class SubscriptionImport {

    private static final Set<String> RUNNING = Set.of("active", "past_due", "trialing");
    private static final Set<String> RESTING = Set.of("cancelled", "canceled", "paused");
    private static final int PAGE = 1_000;

    /** How far usage reaches beyond what was billed because of other midnights, and not because it was not billed. */
    private static final Duration SLACK = Duration.ofDays(2);

    private final Subscriptions subscriptions;
    private final Customers customers;
    private final ShadowRecords records;
    private final Ids ids;
    private final PlanImport plans;
    private final Intake intake;
    private Optional<String> last = Optional.empty();

    SubscriptionImport(Subscriptions subscriptions, Customers customers, ShadowRecords records, Ids ids, PlanImport plans,
                       Intake intake) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.records = records;
        this.ids = ids;
        this.plans = plans;
        this.intake = intake;
    }

    /** What a row comes to, and whether its user can pay. */
    private record Wanted(SourceSubscription source, Subscription subscription, boolean payable, Instant from,
                          Optional<Instant> until) {

        ShadowSubscription shadow(SubscriptionId id) {
            return new ShadowSubscription(id, source.id(), source.userId(), payable, from, until,
                    current().map(start -> SourceDays.day(start, subscription.zone())));
        }

        /** None where the last period was billed and nothing follows: the application goes on to call it the current one. */
        private Optional<Instant> current() {
            return source.currentStart().filter(start -> until.isEmpty()
                    || source.lastBilled().filter(start::isBefore).isEmpty());
        }
    }

    void page(List<SourceRow<SourceSubscription>> page) {
        List<Read<SourceSubscription>> rows = intake.readable(Kind.SUBSCRIPTION, page);
        Map<String, Customer> users = customers.findLinked(intake.service().id(),
                rows.stream().map(row -> row.value().userId()).distinct().toList());
        Map<String, Subscription> known = subscriptions.resolve(intake.service().id(), rows.stream().map(Read::id).toList());
        List<Wanted> wanted = intake.each(Kind.SUBSCRIPTION, rows,
                row -> wanted(row.value(), users, !isGone(known.get(row.id()))));
        add(wanted.stream().filter(one -> isGone(known.get(one.source.id()))).toList());
        String through = page.get(page.size() - 1).id();
        update(wanted.stream().filter(one -> !isGone(known.get(one.source.id()))).toList(), known, through);
        vanished(Optional.of(through), page.stream().map(SourceRow::id).collect(Collectors.toSet()));
        last = Optional.of(through);
        intake.done(page.size());
    }

    void end() {
        vanished(Optional.empty(), Set.of());
    }

    /** What is not in the application any more has ended there, when its current period began at the latest. */
    private void vanished(Optional<String> through, Set<String> present) {
        Optional<String> after = last;
        List<ShadowSubscription> page = upTo(through, records.subscriptions(intake.service().id(), after, PAGE));
        while (!page.isEmpty()) {
            ended(page.stream().filter(one -> !present.contains(one.externalId()) && one.until().isEmpty()).toList());
            after = Optional.of(page.get(page.size() - 1).externalId());
            page = upTo(through, records.subscriptions(intake.service().id(), after, PAGE));
        }
    }

    private static List<ShadowSubscription> upTo(Optional<String> through, List<ShadowSubscription> page) {
        return page.stream().filter(one -> through.map(id -> one.externalId().compareTo(id) <= 0).orElse(true)).toList();
    }

    private void ended(List<ShadowSubscription> gone) {
        Collection<Subscription> shadow = claimed(gone.stream().map(ShadowSubscription::id).toList()).values();
        Map<SubscriptionId, ShadowSubscription> byId = gone.stream()
                .collect(Collectors.toMap(ShadowSubscription::id, Function.identity()));
        var kept = new ArrayList<ShadowSubscription>();
        var changed = new ArrayList<Subscription>();
        for (Subscription one : shadow) {
            ShadowSubscription known = byId.get(one.id());
            Instant until = known.current().map(day -> day.atStartOfDay(one.zone()).toInstant())
                    .filter(known.from()::isBefore).orElse(known.from());
            kept.add(new ShadowSubscription(known.id(), known.externalId(), known.user(), known.payable(), known.from(),
                    Optional.of(until), known.current()));
            changed.add(Subscription.inShadow(one.id(), one.service(), one.customer(), one.externalId(), one.phases().get(0),
                    Optional.of(ending(until))).running(one.deployment()));
        }
        subscriptions.update(changed);
        records.add(intake.service().id(), kept);
        intake.count(Kind.SUBSCRIPTION, Outcome.UPDATED, kept.size());
    }

    /** A little later, so that usage of other midnights is there. */
    private static End ending(Instant until) {
        return new End(until.plus(SLACK), UnusedTime.SKIP);
    }

    private static boolean isGone(Subscription known) {
        return known == null || known.state() == SubscriptionState.TERMINATED;
    }

    private Wanted wanted(SourceSubscription source, Map<String, Customer> users, boolean known) {
        String status = source.status().strip().toLowerCase(Locale.ROOT);
        if (!RUNNING.contains(status)) {
            if (!RESTING.contains(status)) {
                throw new InvalidValue("status", "is not known: " + source.status());
            }
            if (!intake.options().includeInactive() && !known) {
                throw new LeftOut();
            }
        }
        Customer customer = Optional.ofNullable(users.get(source.userId()))
                .orElseThrow(() -> new Missing("user " + source.userId() + " is not there"));
        Plan plan = plans.of(source);
        ZoneId zone = intake.terms().zone();
        var cycle = new BillingCycle(plan.interval(), anchor(source, zone), zone);
        Instant from = from(source, cycle, zone);
        Optional<Instant> until = RUNNING.contains(status) ? Optional.empty() : Optional.of(until(source, from, zone));
        Instant start = source.firstUsed().filter(from::isAfter).orElse(from);
        Optional<End> end = until.map(SubscriptionImport::ending);
        return new Wanted(source, Subscription.inShadow(new SubscriptionId(ids.next()), intake.service().id(), customer.id(),
                source.id(), Phase.of(plan, start, cycle), end).running(source.deploymentId().filter(id -> !id.isBlank())),
                customer.stripeCustomerId().isPresent(), from, until);
    }

    /**
     * The day on which periods begin: that of the current one; or, where that is the last of a shorter month, the day on which
     * the first one began.
     */
    private static LocalDate anchor(SourceSubscription source, ZoneId zone) {
        LocalDate current = SourceDays.day(source.currentStart().or(source::firstBilled)
                .orElseThrow(() -> new InvalidValue("current_period_start", "is missing")), zone);
        boolean last = current.getDayOfMonth() == current.lengthOfMonth();
        return source.firstBilled().map(first -> SourceDays.day(first, zone))
                .filter(first -> last && first.getDayOfMonth() > current.getDayOfMonth()).orElse(current);
    }

    /**
     * Where what was billed begins; earlier if there is usage of an earlier period, which then was not billed. What has never
     * been billed begins with its usage.
     */
    private static Instant from(SourceSubscription source, BillingCycle cycle, ZoneId zone) {
        Instant begin = midnight(source.firstBilled().or(source::currentStart).orElseThrow(), zone);
        return source.firstUsed().filter(used -> used.isBefore(begin.minus(SLACK)))
                .map(used -> cycle.periodContaining(used.plus(SLACK)).start()).orElse(begin);
    }

    private static Instant until(SourceSubscription source, Instant from, ZoneId zone) {
        Instant end = midnight(SourceDays.end(source.lastBilled().or(source::currentEnd)
                .orElseThrow(() -> new InvalidValue("current_period_end", "is missing"))), zone);
        return end.isBefore(from) ? from : end;
    }

    /** Somebody's midnight as one of the zone's; another instant as it is. */
    private static Instant midnight(Instant known, ZoneId zone) {
        return SourceDays.isMidnight(known) ? SourceDays.day(known, zone).atStartOfDay(zone).toInstant() : known;
    }

    private void add(List<Wanted> wanted) {
        Set<SubscriptionId> added = Set.copyOf(subscriptions.add(wanted.stream().map(Wanted::subscription).toList()));
        var made = new ArrayList<ShadowSubscription>();
        for (Wanted one : wanted) {
            if (added.contains(one.subscription.id())) {
                made.add(one.shadow(one.subscription.id()));
            } else {
                intake.failed(Kind.SUBSCRIPTION, one.source.id(), "id: is there twice");
            }
        }
        records.add(intake.service().id(), made);
        intake.count(Kind.SUBSCRIPTION, Outcome.CREATED, made.size());
    }

    /** Claimed first: what is activated meanwhile is billed here, and none of the import's any more. */
    private void update(List<Wanted> wanted, Map<String, Subscription> known, String through) {
        Map<SubscriptionId, Subscription> claimed = claimed(wanted.stream().filter(one -> changes(one,
                known.get(one.source.id()))).map(one -> known.get(one.source.id()).id()).toList());
        boolean allInShadow = wanted.stream().allMatch(one -> isImported(known.get(one.source.id())));
        Set<String> recorded = allInShadow ? Set.of() : recorded(through);
        var changed = new ArrayList<Subscription>();
        var kept = new ArrayList<ShadowSubscription>();
        for (Wanted one : wanted) {
            Subscription before = known.get(one.source.id());
            boolean changes = claimed.containsKey(before.id());
            if (changes) {
                changed.add(withId(one.subscription, before));
            }
            if (isImported(before) || recorded.contains(one.source.id())) {
                kept.add(one.shadow(before.id()));
            }
            intake.count(Kind.SUBSCRIPTION, changes ? Outcome.UPDATED : Outcome.UNCHANGED, 1);
        }
        subscriptions.update(changed);
        records.add(intake.service().id(), kept);
    }

    /** Since the page before: also those that are billed here by now, and may be taken back into the shadow. */
    private Set<String> recorded(String through) {
        Set<String> recorded = new HashSet<>();
        Optional<String> after = last;
        List<ShadowSubscription> page = upTo(Optional.of(through), records.subscriptions(intake.service().id(), after, PAGE));
        while (!page.isEmpty()) {
            page.forEach(one -> recorded.add(one.externalId()));
            after = Optional.of(page.get(page.size() - 1).externalId());
            page = upTo(Optional.of(through), records.subscriptions(intake.service().id(), after, PAGE));
        }
        return recorded;
    }

    private static boolean changes(Wanted wanted, Subscription before) {
        return isImported(before) && !withId(wanted.subscription, before).equals(before);
    }

    /** Those that are still in shadow mode, by id. */
    private Map<SubscriptionId, Subscription> claimed(List<SubscriptionId> some) {
        return subscriptions.claim(some).stream().filter(SubscriptionImport::isImported)
                .collect(Collectors.toMap(Subscription::id, Function.identity()));
    }

    /** A live subscription that the application's id happens to name is none of the import's. */
    private static boolean isImported(Subscription known) {
        return known.state() == SubscriptionState.SHADOW;
    }

    /** The same subscription with what the application says now; what it was on before stays until its current period. */
    private static Subscription withId(Subscription now, Subscription before) {
        return Subscription.inShadow(before.id(), now.service(), now.customer(), now.externalId(), now.phases().get(0),
                now.end()).running(now.deployment());
    }
}
