package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.rating.Explanation;
import com.nexasystems.billing.rating.RatePeriod;
import com.nexasystems.billing.rating.RatingRequest;
import com.nexasystems.billing.subscription.BillingWindow;
import com.nexasystems.billing.subscription.BillingWindow.UsageStretch;
import com.nexasystems.billing.subscription.Phase;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecords;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns due subscriptions into drafts. Looks things up a page at a time, then only computes; stores nothing. */
public final class Drafting {

    private final RatePeriod ratePeriod;
    private final UsageRecords records;
    private final Plans plans;
    private final Customers customers;
    private final Invoices invoices;
    private final LineTaxes taxes;
    private final BillingPolicy policy;
    private final FlatLines flatLines;
    private final UsageLines usageLines;
    private final FixedLines fixedLines;
    private final MinimumLines minimumLines;
    private final CommitmentLines commitmentLines;

    @Inject
    public Drafting(RatePeriod ratePeriod, UsageRecords records, Plans plans, Customers customers, Invoices invoices,
                    LineTaxes taxes, BillingPolicy policy) {
        this.ratePeriod = ratePeriod;
        this.records = records;
        this.plans = plans;
        this.customers = customers;
        this.invoices = invoices;
        this.taxes = taxes;
        this.policy = policy;
        this.flatLines = new FlatLines(policy);
        this.usageLines = new UsageLines(policy);
        this.fixedLines = new FixedLines(policy);
        this.minimumLines = new MinimumLines(policy);
        this.commitmentLines = new CommitmentLines(invoices, policy);
    }

    /**
     * What a subscription's due window comes to.
     *
     * @param billed  the subscription after it
     * @param drafted empty if nothing is to be billed: only late usage was due, and it made no difference
     * @param settled the late usage that the draft takes into account
     */
    record Draft(Subscription subscription, Subscription billed, Optional<Drafted> drafted, List<LateUsage> settled) { }

    /** In the order of the subscriptions, each of which must be due and claimed. */
    List<Draft> draft(List<Subscription> due) {
        Map<PlanCode, Plan> plan = plansOf(due.stream().flatMap(s -> s.phases().stream()).map(Phase::plan));
        Map<CustomerId, Customer> customer = customersOf(due.stream().map(Subscription::customer).toList());
        Map<SubscriptionId, List<LateUsage>> late = adjustable(due);
        List<Invoice> earlier = earlier(Stream.concat(late.values().stream().flatMap(List::stream).map(Stretch::of),
                due.stream().filter(Subscription::watched).flatMap(s -> s.dueWindow().usage().stream()
                        .filter(usage -> plan.get(usage.plan()).versionAt(usage.period().start()).isBilledAsUsed())
                        .map(usage -> new Stretch(s.id(), usage.period().start())))).toList());
        List<RatingRequest> requests = due.stream()
                .flatMap(s -> requests(s, plan, late.getOrDefault(s.id(), List.of()))).toList();
        Map<Stretch, List<Explanation>> rated = rate(requests);

        return taxed(due.stream().map(subscription -> {
            var page = new Page(plan, rated, earlier, late.getOrDefault(subscription.id(), List.of()));
            return draft(subscription, customer.get(subscription.customer()), page);
        }).toList(), customer);
    }

    private List<Draft> taxed(List<Draft> drafts, Map<CustomerId, Customer> customer) {
        Iterator<Invoice> taxed = taxes.on(drafts.stream().flatMap(draft -> draft.drafted.stream()).map(Drafted::invoice)
                .toList(), customer).iterator();
        return drafts.stream().map(draft -> new Draft(draft.subscription, draft.billed,
                draft.drafted.map(drafted -> new Drafted(taxed.next(), drafted.rated())), draft.settled)).toList();
    }

    /**
     * The same draft with its usage rated again, and what is missing to minimums with it; without corrections, which
     * {@link Corrections} adds again. All other lines stay.
     */
    Invoice redraft(Invoice draft, Subscription subscription) {
        BillingPeriod period = draft.usagePeriod().orElseThrow();
        UsageStretch stretch = subscription.usageStretch(period);
        Map<PlanCode, Plan> planOf = plansOf(Stream.of(stretch.plan()));
        Plan plan = planOf.get(stretch.plan());
        List<Explanation> usage = ratePeriod.rate(List.of(request(subscription, plan, period))).get(0);
        var key = new Stretch(subscription.id(), period.start());
        List<Invoice> earlier = earlier(List.of(key)).stream().filter(one -> !one.id().equals(draft.id())).toList();
        BillingPeriod whole = subscription.phaseAt(period.start()).wholePeriod(period.start());
        List<InvoiceLine> rated = Stream.of(
                        draft.lines().stream().filter(Drafting::comesBeforeUsage),
                        usageLines.lines(key, plan, usage, earlier), minimumLines.lines(plan, stretch, usage),
                        draft.lines().stream().filter(line -> !comesBeforeUsage(line)
                                && !isRedrafted(line, plan, period, whole)))
                .flatMap(Function.identity()).filter(line -> !line.amount().isZero()).toList();
        List<InvoiceLine> lines = Stream.concat(rated.stream(), commitmentLines.lines(subscription, planOf,
                subscription.billedThrough(), List.of(stretch), rated, Optional.of(draft.id()))).filter(line -> !line.amount().isZero()).toList();
        return taxes.on(draft.withLines(lines));
    }

    private static boolean comesBeforeUsage(InvoiceLine line) {
        return line.kind() == InvoiceLine.Kind.FLAT || line.kind() == InvoiceLine.Kind.FIXED;
    }

    private static boolean isRedrafted(InvoiceLine line, Plan plan, BillingPeriod period, BillingPeriod whole) {
        Instant begin = line.explanation().period().start();
        return switch (line.kind()) {
            case USAGE, CORRECTION -> true;
            case MINIMUM -> begin.equals(period.start());
            case COMMITMENT -> whole.contains(begin)
                    && line.explanation().plan().filter(price -> price.plan().equals(plan.code())).isPresent();
            case FLAT, FIXED, ADJUSTMENT, INTERIM, ADD_ON, CREDITS, DISCOUNT -> false;
        };
    }

    /** What was looked up for a page, as one subscription needs it. */
    private record Page(Map<PlanCode, Plan> plans, Map<Stretch, List<Explanation>> rated, List<Invoice> earlier,
                        List<LateUsage> late) {

        List<Explanation> rated(Subscription subscription, UsageStretch stretch) {
            return rated.get(new Stretch(subscription.id(), stretch.period().start()));
        }
    }

    private Draft draft(Subscription subscription, Customer customer, Page page) {
        BillingWindow window = subscription.dueWindow();
        List<Explanation> usage = window.usage().map(stretch -> page.rated(subscription, stretch)).orElse(List.of());
        List<InvoiceLine> priced = Stream.of(
                        window.flats().stream().map(flat -> flatLines.line(page.plans.get(flat.plan()), flat)),
                        fixedLines.lines(page.plans, window),
                        window.usage().stream().flatMap(stretch -> usageLines(subscription, stretch, usage, page)),
                        page.late.stream().flatMap(late -> adjustments(subscription, late, page)))
                .flatMap(Function.identity()).filter(line -> !line.amount().isZero()).toList();
        List<UsageStretch> stretches = Stream.of(window.usage().stream(),
                        page.late.stream().map(late -> subscription.usageStretch(late.period())), lastStretch(subscription, window))
                .flatMap(Function.identity()).distinct().toList();
        List<InvoiceLine> lines = Stream.concat(priced.stream(), commitmentLines.lines(subscription, page.plans,
                window.due(), stretches, priced, Optional.empty())).filter(line -> !line.amount().isZero()).toList();
        if (window.usage().isEmpty() && window.lastFlat().isEmpty() && lines.isEmpty()) {
            return new Draft(subscription, billed(subscription, page.plans), Optional.empty(), page.late);
        }
        var drafted = new Drafted(invoice(subscription, customer, window, lines, page), usage);
        return new Draft(subscription, billed(subscription, page.plans), Optional.of(drafted), page.late);
    }

    private Stream<InvoiceLine> usageLines(Subscription subscription, UsageStretch stretch, List<Explanation> usage,
                                           Page page) {
        Plan plan = page.plans.get(stretch.plan());
        var key = new Stretch(subscription.id(), stretch.period().start());
        return Stream.concat(usageLines.lines(key, plan, usage, page.earlier), minimumLines.lines(plan, stretch, usage));
    }

    private Stream<InvoiceLine> adjustments(Subscription subscription, LateUsage late, Page page) {
        UsageStretch stretch = subscription.usageStretch(late.period());
        Plan plan = page.plans.get(stretch.plan());
        List<Explanation> usage = page.rated(subscription, stretch);
        return Stream.concat(usageLines.adjustments(late, plan, usage, page.earlier),
                minimumLines.adjustments(plan, stretch, late, usage, page.earlier));
    }

    /** The version in force when the next period begins decides whether its usage is looked at as it comes in. */
    private static Subscription billed(Subscription subscription, Map<PlanCode, Plan> plans) {
        Subscription billed = subscription.billed();
        Instant next = billed.billedThrough();
        return billed.watched(plans.get(billed.planAt(next)).versionAt(next).isWatched());
    }

    /**
     * What charges in advance and thresholds ask for while a period goes on.
     *
     * @param running claimed, in a period that goes on
     * @return none for those that owe nothing yet
     */
    List<Drafted> interim(List<Subscription> running, Instant now) {
        Map<PlanCode, Plan> plan = plansOf(running.stream().map(s -> s.planAt(now)));
        List<Subscription> watched = running.stream().filter(s -> plan.get(s.planAt(now))
                .versionAt(s.periodOf(now).start()).isBilledAsUsed()).toList();
        return watched.isEmpty() ? List.of() : interim(watched, plan, now);
    }

    private List<Drafted> interim(List<Subscription> watched, Map<PlanCode, Plan> plan, Instant now) {
        Map<CustomerId, Customer> customer = customersOf(watched.stream().map(Subscription::customer).toList());
        List<Stretch> stretches = watched.stream().map(s -> new Stretch(s.id(), s.periodOf(now).start())).toList();
        List<Invoice> earlier = earlier(stretches);
        Map<Stretch, List<Explanation>> rated = rate(watched.stream()
                .map(s -> request(s, plan.get(s.planAt(now)), s.periodOf(now))).toList());
        Map<SubscriptionId, Money> billed = invoices.usageBilled(watched.stream().map(Subscription::id).toList());

        var drafted = new ArrayList<Drafted>();
        for (int i = 0; i < watched.size(); i++) {
            Subscription subscription = watched.get(i);
            Plan own = plan.get(subscription.planAt(now));
            List<Explanation> usage = rated.get(stretches.get(i));
            List<InvoiceLine> lines = usageLines.interim(stretches.get(i), own, usage, earlier,
                    billed.getOrDefault(subscription.id(), Money.zero(own.currency())));
            if (!lines.isEmpty()) {
                Customer payer = customer.get(subscription.customer());
                drafted.add(new Drafted(interim(subscription, payer, own, now, lines), usage));
            }
        }
        Iterator<Invoice> taxed = taxes.on(drafted.stream().map(Drafted::invoice).toList(), customer).iterator();
        return drafted.stream().map(each -> new Drafted(taxed.next(), each.rated())).toList();
    }

    private Invoice interim(Subscription subscription, Customer customer, Plan plan, Instant now,
                            List<InvoiceLine> lines) {
        LocalDate issueDate = now.atZone(subscription.zone()).toLocalDate();
        var billed = new BilledSubscription(subscription.id(), subscription.externalId(), plan.code(),
                plan.versionAt(subscription.periodOf(now).start()).number(), Optional.empty());
        InvoiceReason reason = free(InvoiceReason.of(subscription.id(), InvoiceReason.Kind.INTERIM, now));
        return new Invoice(reason, subscription.service(), customer.id(), customer.name(), Optional.of(billed),
                InvoiceStatus.DRAFT, Optional.empty(), now, issueDate, plan.currency(), policy.tax(), lines, List.of(),
                List.of(), List.of());
    }

    /** A subscription that ends where its usage was billed has no more usage; a commitment to all of its period it may have. */
    private static Stream<UsageStretch> lastStretch(Subscription subscription, BillingWindow window) {
        return window.usage().isEmpty() && subscription.terminatedAt().filter(window.due()::equals).isPresent()
                && subscription.startedAt().isBefore(window.due())
                ? Stream.of(subscription.usageStretch(subscription.periodOf(window.due().minus(1, ChronoUnit.MICROS))))
                : Stream.empty();
    }

    private Invoice invoice(Subscription subscription, Customer customer, BillingWindow window, List<InvoiceLine> lines,
                            Page page) {
        LocalDate issueDate = window.due().atZone(subscription.zone()).toLocalDate();
        Instant priced = window.begin();
        Plan plan = page.plans.get(subscription.planAt(priced));
        var billed = new BilledSubscription(subscription.id(), subscription.externalId(), plan.code(),
                plan.versionAt(priced).number(), window.usage().map(UsageStretch::period));
        return new Invoice(reason(subscription, window, lines), subscription.service(), customer.id(), customer.name(),
                Optional.of(billed), InvoiceStatus.DRAFT, Optional.empty(), window.due(), issueDate, plan.currency(),
                policy.tax(), lines, List.of(), List.of(), List.of());
    }

    private InvoiceReason reason(Subscription subscription, BillingWindow window, List<InvoiceLine> lines) {
        if (window.lastFlat().isPresent()) {
            return InvoiceReason.of(subscription.id(), InvoiceReason.Kind.SUBSCRIPTION, window.begin());
        }
        if (window.usage().isPresent()) {
            return InvoiceReason.of(subscription.id(), InvoiceReason.Kind.USAGE, window.begin());
        }
        boolean fixed = lines.stream().anyMatch(line -> line.kind() == InvoiceLine.Kind.FIXED);
        return free(InvoiceReason.of(subscription.id(),
                fixed ? InvoiceReason.Kind.FIXED : InvoiceReason.Kind.ADJUSTMENT, window.due()));
    }

    private InvoiceReason free(InvoiceReason reason) {
        return invoices.find(reason.invoiceId()).isEmpty() ? reason : free(reason.next());
    }

    private List<Invoice> earlier(List<Stretch> stretches) {
        return stretches.isEmpty() ? List.of() : invoices.billing(stretches);
    }

    /** Late usage of stretches whose invoice is final. A draft takes its own in when it is finalised. */
    private Map<SubscriptionId, List<LateUsage>> adjustable(List<Subscription> due) {
        List<LateUsage> late = records.late(due.stream().map(Subscription::id).toList());
        if (late.isEmpty()) {
            return Map.of();
        }
        List<Invoice> billing = invoices.billing(late.stream().map(Stretch::of).toList());
        return late.stream().filter(stretch -> billing.stream().noneMatch(invoice -> isDraftOf(invoice, stretch)))
                .collect(Collectors.groupingBy(LateUsage::subscription));
    }

    /** Whether the invoice is the draft on which this stretch is billed in the first place. */
    static boolean isDraftOf(Invoice invoice, LateUsage stretch) {
        return invoice.status() == InvoiceStatus.DRAFT && invoice.isOf(stretch.subscription())
                && invoice.usagePeriod().filter(own -> own.start().equals(stretch.period().start())).isPresent();
    }

    private static Stream<RatingRequest> requests(Subscription subscription, Map<PlanCode, Plan> plan,
                                                  List<LateUsage> late) {
        return Stream.concat(subscription.dueWindow().usage().map(UsageStretch::period).stream(),
                        late.stream().map(LateUsage::period)).distinct()
                .map(period -> request(subscription, plan.get(subscription.planAt(period.start())), period));
    }

    private static RatingRequest request(Subscription subscription, Plan plan, BillingPeriod period) {
        return RatingRequest.of(subscription, plan, plan.versionAt(period.start()), period);
    }

    private Map<Stretch, List<Explanation>> rate(List<RatingRequest> requests) {
        List<List<Explanation>> rated = ratePeriod.rate(requests);
        var byStretch = new HashMap<Stretch, List<Explanation>>();
        for (int i = 0; i < requests.size(); i++) {
            RatingRequest request = requests.get(i);
            byStretch.put(new Stretch(request.subscription(), request.period().start()), rated.get(i));
        }
        return byStretch;
    }

    private Map<PlanCode, Plan> plansOf(Stream<PlanCode> codes) {
        return codes.distinct().collect(Collectors.toMap(Function.identity(), code -> plans.find(code)
                .orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code)).checkBilled()));
    }

    private Map<CustomerId, Customer> customersOf(Collection<CustomerId> ids) {
        Map<CustomerId, Customer> found = customers.findAll(ids);
        ids.stream().filter(id -> !found.containsKey(id)).findFirst().ifPresent(id -> {
            throw new InvalidValue("customer", "does not exist: " + id);
        });
        return found;
    }
}
