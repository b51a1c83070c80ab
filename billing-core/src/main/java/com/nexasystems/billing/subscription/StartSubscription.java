package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.period.BillingCycle;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts customers on plans. */
public final class StartSubscription {

    private final Subscriptions subscriptions;
    private final Plans plans;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public StartSubscription(Subscriptions subscriptions, Plans plans, EventLog events, Ids ids, Clock clock,
                             UnitOfWork unitOfWork) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** When periods begin. */
    public enum BillingTime { CALENDAR, ANNIVERSARY }

    /**
     * @param externalId  the service's own id of what is subscribed, such as a deployment
     * @param startedAt   may lie in the past; in the future the subscription is pending
     * @param deployment  the service's own id of what runs on it, where that is something else
     */
    public record Request(Customer customer, String externalId, PlanCode plan, BillingTime billingTime,
                          Instant startedAt, Optional<String> deployment) {

        /** Of what runs under the external id. */
        public Request(Customer customer, String externalId, PlanCode plan, BillingTime billingTime, Instant startedAt) {
            this(customer, externalId, plan, billingTime, startedAt, Optional.empty());
        }
    }

    /** @throws InvalidValue as {@link #startAll}, and if the external id is taken */
    public Subscription start(ServiceId service, Request request) {
        List<Subscription> started = startAll(service, List.of(request));
        if (started.isEmpty()) {
            throw new InvalidValue("external_id", "is taken: " + request.externalId());
        }
        return started.get(0);
    }

    /**
     * Starts many at once.
     *
     * @return those that were started; a request whose external id is taken is left out
     * @throws InvalidValue              if a plan does not exist, is inactive, or has no price at the start
     * @throws CurrencyMismatchException if a customer is billed in another currency than the plan's
     */
    public List<Subscription> startAll(ServiceId service, List<Request> requests) {
        Instant now = clock.instant();
        Map<PlanCode, Plan> known = requests.stream().map(Request::plan).distinct()
                .collect(Collectors.toMap(code -> code, this::plan));
        List<Subscription> wanted = requests.stream()
                .map(request -> subscription(service, request, known.get(request.plan()), now)).toList();
        return unitOfWork.call(() -> {
            Set<SubscriptionId> added = Set.copyOf(subscriptions.add(wanted));
            List<Subscription> started = wanted.stream().filter(s -> added.contains(s.id())).toList();
            events.append(started.stream().filter(s -> s.state() != SubscriptionState.PENDING)
                    .map(s -> s.event(ids.next(), EventType.SUBSCRIPTION_STARTED, now)).toList());
            return started;
        });
    }

    private Plan plan(PlanCode code) {
        return plans.find(code).orElseThrow(() -> new InvalidValue("plan_code", "does not exist: " + code)).checkOpen();
    }

    private Subscription subscription(ServiceId service, Request request, Plan plan, Instant now) {
        Customer customer = request.customer();
        customer.currency().filter(currency -> !currency.equals(plan.currency())).ifPresent(currency -> {
            throw new CurrencyMismatchException(currency, plan.currency());
        });
        BillingCycle cycle = request.billingTime() == BillingTime.CALENDAR
                ? BillingCycle.calendar(plan.interval(), customer.zone())
                : BillingCycle.anniversary(plan.interval(), request.startedAt(), customer.zone());
        PlanVersion version = plan.versionAt(request.startedAt());
        Optional<Instant> trialEnd = trialEnd(plan, request.startedAt(), customer.zone());
        SubscriptionState begun = trialEnd.filter(now::isBefore).isPresent()
                ? SubscriptionState.TRIALING : SubscriptionState.ACTIVE;
        SubscriptionState state = request.startedAt().isAfter(now) ? SubscriptionState.PENDING : begun;
        var subscription = Subscription.starting(new SubscriptionId(ids.next()), service, customer.id(),
                request.externalId(), state, Phase.of(plan, request.startedAt(), cycle), trialEnd)
                .running(request.deployment()).watched(version.isWatched());
        return version.fixedCharges().stream().anyMatch(FixedCharge::inAdvance) ? subscription.dueAtStart() : subscription;
    }

    /** The trial's last day is a whole one: it ends with it, on the customer's calendar. */
    static Optional<Instant> trialEnd(Plan plan, Instant start, ZoneId zone) {
        int days = plan.terms().trialDays();
        return days == 0 ? Optional.empty()
                : Optional.of(start.atZone(zone).toLocalDate().plusDays(days).atStartOfDay(zone).toInstant());
    }
}
