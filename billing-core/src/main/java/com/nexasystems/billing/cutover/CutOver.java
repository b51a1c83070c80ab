package com.nexasystems.billing.cutover;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.BilledSoFar.Billed;
import com.nexasystems.billing.reconciliation.BilledSoFar;
import com.nexasystems.billing.reconciliation.BillerRules;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.Subscriptions;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

/**
 * Lets this engine bill instead of the application, once the gate is open; and takes that back until the first invoice.
 *
 * <p>One unit of work: what is looked at is computed anew in it, and either everybody who is meant is flipped or nobody.
 * What the application has billed is not billed again: each subscription is billed from where it was billed up to.
 */
public final class CutOver {

    private static final int PAGE = 500;

    private final ShadowRecords records;
    private final Subscriptions subscriptions;
    private final Plans plans;
    private final Invoices invoices;
    private final Customers customers;
    private final Names names;
    private final BilledSoFar billedSoFar;
    private final LookAtReadiness look;
    private final CutOvers cutOvers;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;
    private final Gate<Readiness> gate;

    @Inject
    public CutOver(ShadowRecords records, Subscriptions subscriptions, Plans plans, Invoices invoices, Customers customers,
                   Services services, Directory directory, Reconcile reconcile, Reconciliations reconciliations,
                   BilledSoFar billedSoFar, CutOvers cutOvers, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this(records, subscriptions, plans, invoices, customers, services, directory, reconcile, reconciliations,
                billedSoFar, cutOvers, trail, ids, clock, unitOfWork, CutOverGate.GATE);
    }

    /** @param gate {@link CutOverGate#GATE}, and what an installation asks for besides */
    public CutOver(ShadowRecords records, Subscriptions subscriptions, Plans plans, Invoices invoices, Customers customers,
                   Services services, Directory directory, Reconcile reconcile, Reconciliations reconciliations,
                   BilledSoFar billedSoFar, CutOvers cutOvers, AuditTrail trail, Ids ids, Clock clock, UnitOfWork unitOfWork,
                   Gate<Readiness> gate) {
        this.records = records;
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.invoices = invoices;
        this.customers = customers;
        this.names = new Names(services, plans, directory, ids);
        this.billedSoFar = billedSoFar;
        this.look = new LookAtReadiness(records, subscriptions, reconcile, reconciliations);
        this.cutOvers = cutOvers;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
        this.gate = gate;
    }

    /**
     * What became of a cut-over.
     *
     * @param flip empty if the gate has refused
     */
    public record Outcome(Readiness readiness, GateResult gate, Optional<Flip> flip) { }

    /**
     * Only looks whether the gate would open. The rows are computed anew, as a reconciliation does.
     *
     * @param progress told how many subscriptions are compared, page by page
     */
    public Outcome check(CutOverTerms terms, LongConsumer progress) {
        return unitOfWork.call(() -> {
            cutOvers.claim(terms.service());
            return looked(terms, clock.instant(), progress);
        });
    }

    private Outcome looked(CutOverTerms terms, Instant now, LongConsumer progress) {
        Readiness readiness = look.at(terms, now, progress);
        return new Outcome(readiness, gate.checkAll(readiness), Optional.empty());
    }

    /** Flips, if the gate is open; else nothing changes, and the answer says what is missing. */
    public Outcome flip(CutOverTerms terms, Actor by, LongConsumer progress) {
        return unitOfWork.call(() -> {
            cutOvers.claim(terms.service());
            Instant now = clock.instant();
            Outcome looked = looked(terms, now, progress);
            return looked.gate instanceof GateResult.Passed
                    ? new Outcome(looked.readiness, looked.gate, Optional.of(flipped(looked.readiness, by, now))) : looked;
        });
    }

    private Flip flipped(Readiness readiness, Actor by, Instant now) {
        CutOverTerms terms = readiness.terms();
        BillerRules rules = readiness.reconciled().orElseThrow().rules();
        Set<PlanCode> live = new HashSet<>();
        Map<PlanCode, Plan> known = new HashMap<>();
        Instant since = Instant.MAX;
        long count = 0;
        Optional<String> after = Optional.empty();
        List<ShadowSubscription> page = records.subscriptions(terms.service(), after, PAGE);
        while (!page.isEmpty()) {
            List<Billed> billed = billedSoFar.claim(terms.service(), page.stream().filter(one -> terms.user()
                    .map(one.user()::equals).orElse(true)).toList(), rules, now);
            subscriptions.update(billed.stream().map(one -> activated(one, known)).toList());
            for (Billed one : billed) {
                live.add(one.subscription().planAt(one.usageThrough()));
                since = one.usageThrough().isBefore(since) ? one.usageThrough() : since;
            }
            count += billed.size();
            names.give(terms.service(), List.of(), customersOf(terms.service(), page, billed), now);
            after = Optional.of(page.get(page.size() - 1).externalId());
            page = records.subscriptions(terms.service(), after, PAGE);
        }
        plans.setShadow(live, false);
        names.give(terms.service(), live.stream().map(names::plan).toList(), Map.of(), now);
        var flip = new Flip(ids.next(), terms.service(), terms.user(), since, count, by, now, Optional.empty());
        cutOvers.add(flip);
        trail.add(List.of(new AuditEntry(now, by, "cutover.flipped", terms.service().toString(), Map.of(
                "flip", flip.id().toString(), "user", terms.user().orElse("all"), "subscriptions", Long.toString(count),
                "rules", rules.toString(), "threshold", terms.threshold().toPlainString(),
                "digest", readiness.reconciled().orElseThrow().digest()))));
        return flip;
    }

    /** Its usage is looked at from now on, as that of any other on the plan. */
    private Subscription activated(Billed one, Map<PlanCode, Plan> known) {
        Subscription active = one.subscription().activated(one.usageThrough(), one.flatThrough());
        Plan plan = known.computeIfAbsent(active.planAt(active.billedThrough()), code -> plans.find(code).orElseThrow());
        return active.watched(plan.versionAt(active.billedThrough()).isWatched());
    }

    private Map<String, Customer> customersOf(ServiceId service, List<ShadowSubscription> page, List<Billed> billed) {
        Set<SubscriptionId> flipped = billed.stream().map(one -> one.subscription().id()).collect(Collectors.toSet());
        return customers.findLinked(service, page.stream().filter(one -> flipped.contains(one.id()))
                .map(ShadowSubscription::user).distinct().toList());
    }

    /**
     * Takes the last flip of a service back that is in force: its subscriptions are in shadow mode again.
     *
     * @throws InvalidValue if none is, or if an invoice of one of its subscriptions has been written since
     */
    public Flip revert(ServiceId service, Actor by) {
        return unitOfWork.call(() -> {
            cutOvers.claim(service);
            Instant now = clock.instant();
            Flip flip = cutOvers.of(service).stream().filter(one -> one.reverted().isEmpty())
                    .reduce((before, next) -> next)
                    .orElseThrow(() -> new InvalidValue("service", "has no cut-over that is in force"));
            Set<SubscriptionId> back = backInShadow(flip, now);
            checkNotInvoiced(flip, back);
            Flip reverted = flip.reverted(by, now);
            cutOvers.update(reverted);
            trail.add(List.of(new AuditEntry(now, by, "cutover.reverted", service.toString(),
                    Map.of("flip", flip.id().toString(), "subscriptions", Integer.toString(back.size())))));
            return reverted;
        });
    }

    private Set<SubscriptionId> backInShadow(Flip flip, Instant now) {
        Set<SubscriptionId> back = new HashSet<>();
        Set<PlanCode> live = new HashSet<>();
        Optional<String> after = Optional.empty();
        List<ShadowSubscription> page = records.subscriptions(flip.service(), after, PAGE);
        while (!page.isEmpty()) {
            List<Subscription> flipped = subscriptions.claim(page.stream().filter(one -> flip.user().map(one.user()::equals)
                            .orElse(true)).map(ShadowSubscription::id).toList()).stream()
                    .filter(one -> one.state().isBilled() && one.state() != SubscriptionState.TERMINATED).toList();
            flipped.forEach(one -> {
                back.add(one.id());
                live.add(one.planAt(flip.at()));
            });
            names.takeBack(flip.service(), List.of(), page.stream().filter(one -> back.contains(one.id()))
                    .map(ShadowSubscription::user).toList(), flip.at(), now);
            subscriptions.update(flipped.stream().map(Subscription::backInShadow).toList());
            after = Optional.of(page.get(page.size() - 1).externalId());
            page = records.subscriptions(flip.service(), after, PAGE);
        }
        if (flip.user().isEmpty()) {
            plans.setShadow(live, true);
            names.takeBack(flip.service(), live.stream().map(names::plan).toList(), List.of(), flip.at(), now);
        }
        return back;
    }

    /** Also a draft is an invoice. */
    private void checkNotInvoiced(Flip flip, Set<SubscriptionId> back) {
        InvoiceQuery query = InvoiceQuery.ALL.of(flip.service()).due(flip.since(), Instant.parse("9999-12-31T00:00:00Z"));
        var page = invoices.list(query);
        while (!page.isEmpty()) {
            page.stream().filter(invoice -> back.stream().anyMatch(invoice::isOf)).findFirst().ifPresent(invoice -> {
                throw new InvalidValue("service", "invoice " + invoice.number().map(Object::toString)
                        .orElse(invoice.id().toString()) + " has been written since the cut-over; it cannot be taken back");
            });
            page = invoices.list(query.after(page.get(page.size() - 1)));
        }
    }
}
