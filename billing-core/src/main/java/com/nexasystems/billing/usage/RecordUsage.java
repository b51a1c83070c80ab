package com.nexasystems.billing.usage;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.metric.Metrics;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.UsageOutcome.Refused;
import com.nexasystems.billing.usage.UsageRecords.Answer;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes usage in. Each record gets its own outcome; a bad one never takes good ones down, unless the request asks for
 * all or nothing. Handing the same records in again is safe, also after a failure.
 */
public final class RecordUsage {

    /** How far in the future a record may start, unless an application chooses otherwise. */
    public static final Duration DEFAULT_CLOCK_SKEW = Duration.ofHours(1);

    private final UsageRecords records;
    private final FreshUsage fresh;
    private final Subscriptions subscriptions;
    private final Metrics metrics;
    private final AuditTrail trail;
    private final UnitOfWork unitOfWork;
    private final Clock clock;
    private final Duration clockSkew;

    /** @param clockSkew how far in the future a record may start */
    @Inject
    public RecordUsage(UsageRecords records, FreshUsage fresh, Subscriptions subscriptions, Metrics metrics,
                       AuditTrail trail, UnitOfWork unitOfWork, Clock clock, Duration clockSkew) {
        this.records = records;
        this.fresh = fresh;
        this.subscriptions = subscriptions;
        this.metrics = metrics;
        this.trail = trail;
        this.unitOfWork = unitOfWork;
        this.clock = clock;
        this.clockSkew = clockSkew;
    }

    /** What to do with a key that is there with other contents, and with a batch of which a part is refused. */
    public enum Option { REPLACE, ALL_OR_NOTHING }

    /**
     * @param caller  the authenticated service; subscriptions of another are not there
     * @param options none: corrections are conflicts, and good records of a batch are stored beside bad ones
     * @return in the order of the batch
     * @throws InvalidValue if the service is not active
     * @throws PortFailure  if the records may not have been stored; hand them in again
     */
    public List<UsageOutcome> record(Service caller, List<UsageSubmission> batch, Option... options) {
        if (!caller.active()) {
            throw new InvalidValue("service", "is not active: " + caller.code());
        }
        Set<Option> chosen = Set.copyOf(Arrays.asList(options));
        try {
            return unitOfWork.call(() -> {
                List<UsageOutcome> outcomes = store(new Intake(caller, batch, clock.instant()),
                        chosen.contains(Option.REPLACE));
                if (chosen.contains(Option.ALL_OR_NOTHING) && !outcomes.stream().allMatch(UsageOutcome::isStored)) {
                    throw new Abandoned(outcomes);
                }
                return outcomes;
            });
        } catch (Abandoned e) {
            return e.outcomes.stream().map(o -> o.isStored() ? new UsageOutcome.NotStored() : o).toList();
        }
    }

    private List<UsageOutcome> store(Intake intake, boolean replace) {
        List<Answer> answers = records.add(intake.accepted.stream().map(Accepted::record).toList(), replace);
        var late = new LinkedHashMap<LateUsage, Subscription>();
        var replaced = new ArrayList<AuditEntry>();
        var watched = new LinkedHashSet<SubscriptionId>();
        for (int i = 0; i < answers.size(); i++) {
            Accepted accepted = intake.accepted.get(i);
            UsageRecord record = accepted.record;
            Subscription subscription = accepted.subscription;
            Answer answer = answers.get(i);
            boolean isLate = record.start().isBefore(subscription.billedThrough())
                    && isBilledLater(subscription, intake.metric(record.key().metric().value()), record.start());
            intake.outcomes[accepted.place] = outcome(record, answer, isLate);
            if (isLate && changesUsage(answer)) {
                changedStretches(subscription, intake.metric(record.key().metric().value()), record.start())
                        .forEach(stretch -> late.put(stretch, subscription));
            }
            if (subscription.watched() && changesUsage(answer)) {
                watched.add(subscription.id());
            }
            if (answer.result() == UsageRecords.Result.REPLACED) {
                replaced.add(replacement(intake.caller, record, answer.before().orElseThrow()));
            }
        }
        trail.add(replaced);
        records.markLate(late.keySet());
        fresh.mark(watched);
        makeDue(late.values(), intake.now);
        return List.of(intake.outcomes);
    }

    /**
     * A terminated subscription has no next invoice on its own: late usage gives it one. The hold is enough for that:
     * nobody bills it meanwhile, and other recorders write the same.
     */
    private void makeDue(Collection<Subscription> late, Instant now) {
        subscriptions.update(late.stream().distinct().filter(subscription -> subscription.nextInvoiceAt().isEmpty())
                .map(subscription -> subscription.dueAgain(now)).toList());
    }

    /**
     * The billed stretches in which a record counts: its own, and where it is carried over, those after it. Nothing is
     * billed of a pause.
     */
    private static List<LateUsage> changedStretches(Subscription subscription, Metric metric, Instant start) {
        var changed = new ArrayList<LateUsage>();
        BillingPeriod period = subscription.periodOf(start);
        while (true) {
            if (!subscription.phaseAt(period.start()).paused()) {
                changed.add(new LateUsage(subscription.id(), metric.code(), period));
            }
            if (!metric.recurring() || !period.end().isBefore(subscription.billedThrough())) {
                return changed;
            }
            period = subscription.periodOf(period.end());
        }
    }

    /** What comes in a pause is not billed; but what is carried over, is after it. */
    private static boolean isBilledLater(Subscription subscription, Metric metric, Instant start) {
        return subscription.isBilledAt(start) || metric.recurring() && subscription.state().isBilled();
    }

    private static boolean changesUsage(Answer answer) {
        return answer.result() == UsageRecords.Result.STORED || answer.result() == UsageRecords.Result.REPLACED;
    }

    private static UsageOutcome outcome(UsageRecord record, Answer answer, boolean late) {
        return switch (answer.result()) {
            case STORED -> new UsageOutcome.Recorded(record.key(), late);
            case DUPLICATE -> new UsageOutcome.Duplicate(record.key());
            case REPLACED -> new UsageOutcome.Replaced(record.key(), answer.before().orElseThrow().quantity(), late);
            case CONFLICT -> new UsageOutcome.Conflict(record.key(), answer.before().orElseThrow(), record);
        };
    }

    private static AuditEntry replacement(Service caller, UsageRecord after, UsageRecord before) {
        return new AuditEntry(after.recordedAt(), Actor.service(caller.code()), "usage.replaced", after.key().toString(),
                Map.of("before", describe(before), "after", describe(after)));
    }

    private static String describe(UsageRecord record) {
        return record.quantity().toPlainString() + record.amount().map(a -> " for " + a.toPlainString()).orElse("")
                + (record.properties().isEmpty() ? "" : " " + record.properties());
    }

    /** Undoes the unit of work of an all-or-nothing batch. */
    private static final class Abandoned extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient List<UsageOutcome> outcomes;

        Abandoned(List<UsageOutcome> outcomes) {
            super(null, null, false, false);
            this.outcomes = outcomes;
        }
    }

    /** @param place in the batch */
    private record Accepted(int place, UsageRecord record, Subscription subscription) { }

    /** One batch on its way in: what was accepted, and the outcome of each place. */
    private final class Intake {

        private final Service caller;
        private final Instant now;
        private final Instant latest;
        private final Map<String, Subscription> byReference;
        private final Map<String, Optional<Metric>> knownMetrics = new HashMap<>();
        private final List<Accepted> accepted = new ArrayList<>();
        private final UsageOutcome[] outcomes;

        Intake(Service caller, List<UsageSubmission> batch, Instant now) {
            this.caller = caller;
            this.now = now;
            this.latest = now.plus(clockSkew);
            this.outcomes = new UsageOutcome[batch.size()];
            this.byReference = subscriptions.hold(caller.id(), batch.stream()
                    .map(UsageSubmission::subscription).filter(reference -> reference != null).collect(Collectors.toSet()));
            for (int i = 0; i < batch.size(); i++) {
                try {
                    accepted.add(accept(i, batch.get(i)));
                } catch (InvalidValue e) {
                    outcomes[i] = new Refused(e.field(), e.reason());
                }
            }
        }

        private Accepted accept(int place, UsageSubmission submission) {
            Subscription subscription = Optional.ofNullable(submission.subscription()).map(byReference::get)
                    .orElseThrow(() -> new InvalidValue("subscription", "not found: " + submission.subscription()));
            Metric metric = metric(submission.metric());
            BigDecimal quantity = quantity(metric, submission);
            if (quantity.signum() < 0 && (submission.end().isPresent() || !metric.aggregation().takesNegativeEvents())) {
                throw new InvalidValue("quantity", "must not be negative: " + quantity.toPlainString());
            }
            checkTime(submission, subscription);
            return new Accepted(place, new UsageRecord(
                    new UsageKey(subscription.id(), metric.code(), submission.idempotencyKey()),
                    submission.start(), submission.end(), quantity,
                    submission.amount().map(text -> Decimals.parseNonNegative("amount", text)),
                    properties(metric, submission), caller.code(), now), subscription);
        }

        /** Computed where the metric says how; else what the submission names; else what its property says. */
        private static BigDecimal quantity(Metric metric, UsageSubmission submission) {
            if (metric.expression().isPresent() && metric.aggregation() != Aggregation.UNIQUE_COUNT) {
                return metric.expression().get().number(metric.code(), started(submission), submission.properties());
            }
            if (metric.expression().isPresent() || submission.quantity() == null && metric.aggregation().countsRecords()) {
                return BigDecimal.ONE;
            }
            if (submission.quantity() == null && metric.property().isPresent()) {
                String property = metric.property().get();
                return Decimals.parse("properties." + property, submission.properties().get(property));
            }
            return Decimals.parse("quantity", submission.quantity());
        }

        private static Map<String, String> properties(Metric metric, UsageSubmission submission) {
            if (metric.expression().isEmpty() || metric.aggregation() != Aggregation.UNIQUE_COUNT) {
                return submission.properties();
            }
            var properties = new HashMap<>(submission.properties());
            properties.put(metric.property().orElseThrow(), metric.expression().get()
                    .text(metric.code(), started(submission), submission.properties()));
            return properties;
        }

        private static Instant started(UsageSubmission submission) {
            if (submission.start() == null) {
                throw new InvalidValue("start", "is mandatory");
            }
            return submission.start();
        }

        private Metric metric(String code) {
            return knownMetrics.computeIfAbsent(String.valueOf(code), text -> metrics.find(new MetricCode(code)))
                    .orElseThrow(() -> new InvalidValue("metric", "does not exist: " + code));
        }

        private void checkTime(UsageSubmission submission, Subscription subscription) {
            Instant start = started(submission);
            if (start.isAfter(latest)) {
                throw new InvalidValue("start", "is in the future: " + start + " (it is " + now + ", " + clockSkew
                        + " of clock skew are allowed)");
            }
            if (start.isBefore(subscription.startedAt())) {
                throw new InvalidValue("start", "is before the subscription started at " + subscription.startedAt()
                        + ": " + start);
            }
            if (subscription.terminatedAt().filter(end -> !start.isBefore(end)).isPresent()) {
                throw new InvalidValue("start", "is after the subscription was terminated at "
                        + subscription.terminatedAt().get() + ": " + start);
            }
        }
    }
}
