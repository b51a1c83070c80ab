package com.nexasystems.billing.shadow;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.Intake.Missing;
import com.nexasystems.billing.shadow.Intake.Read;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Usage of the application to usage records. The hours that a row is for are its idempotency key, so that hours which are
 * there twice count once; the row that does not count is kept as a twin.
 */
final class UsageImport {

    private static final BigDecimal SECONDS_PER_HOUR = BigDecimal.valueOf(3600);

    private final RecordUsage usage;
    private final Subscriptions subscriptions;
    private final ShadowRecords records;
    private final MetricCode metric;
    private final Intake intake;
    private SourceUsage last;

    UsageImport(RecordUsage usage, Subscriptions subscriptions, ShadowRecords records, Intake intake) {
        this.usage = usage;
        this.subscriptions = subscriptions;
        this.records = records;
        this.metric = PlanImport.metric(intake.service().code());
        this.intake = intake;
    }

    void page(List<SourceRow<SourceUsage>> page) {
        List<Read<SourceUsage>> rows = intake.readable(Kind.USAGE, page);
        Map<String, Subscription> known = subscriptions.resolve(intake.service().id(),
                rows.stream().map(row -> row.value().subscriptionId()).distinct().toList());
        var twins = new ArrayList<UsageTwin>();
        List<Submitted> submitted = intake.each(Kind.USAGE, rows, row -> submitted(row, known, twins)).stream()
                .flatMap(Optional::stream).toList();
        records.putTwins(intake.service().id(), twins);
        intake.count(Kind.USAGE, Outcome.SKIPPED, twins.size());
        List<Submitted> changed = record(submitted);
        record(changed, RecordUsage.Option.REPLACE);
        intake.done(page.size());
    }

    /** @return those that are there with other figures: nearly none, so that the others need not be looked for first */
    private List<Submitted> record(List<Submitted> submitted, RecordUsage.Option... options) {
        List<UsageOutcome> outcomes = usage.record(intake.service(), submitted.stream().map(Submitted::submission).toList(),
                options);
        var conflicts = new ArrayList<Submitted>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof UsageOutcome.Conflict && options.length == 0) {
                conflicts.add(submitted.get(i));
            } else {
                count(submitted.get(i).id, outcomes.get(i));
            }
        }
        return conflicts;
    }

    private record Submitted(String id, UsageSubmission submission) { }

    /** Empty for a twin. */
    private Optional<Submitted> submitted(Read<SourceUsage> row, Map<String, Subscription> known, List<UsageTwin> twins) {
        SourceUsage source = row.value();
        Subscription subscription = Optional.ofNullable(known.get(source.subscriptionId()))
                .orElseThrow(() -> new Missing("subscription " + source.subscriptionId() + " is not imported"));
        BigDecimal seconds = seconds(source);
        if (!source.end().isAfter(source.start())) {
            throw new InvalidValue("period_end", "is not after period_start: " + source.end());
        }
        if (source.start().isBefore(subscription.startedAt())) {
            throw new Missing("starts before the first billed period of its subscription, at " + source.start());
        }
        if (subscription.terminatedAt().filter(end -> !source.start().isBefore(end)).isPresent()) {
            throw new Missing("starts after its subscription has ended, at " + source.start());
        }
        SourceUsage before = last;
        last = source;
        if (before != null && isOfTheSameHours(before, source)) {
            twins.add(twin(source, before, subscription, seconds));
            return Optional.empty();
        }
        return Optional.of(new Submitted(row.id(), UsageSubmission.counter(subscription.id().toString(), metric.value(),
                source.start(), source.end(), seconds.toPlainString(), key(source))));
    }

    private UsageTwin twin(SourceUsage source, SourceUsage before, Subscription subscription, BigDecimal seconds) {
        if (source.cpuHours().compareTo(before.cpuHours()) != 0) {
            last = before;
            throw new InvalidValue("cpu_hours", "is " + source.cpuHours().toPlainString() + ", but row " + before.id()
                    + " for the same hours says " + before.cpuHours().toPlainString());
        }
        return new UsageTwin(source.id(), subscription.id(), source.start(), source.end(), seconds);
    }

    private static boolean isOfTheSameHours(SourceUsage one, SourceUsage other) {
        return one.subscriptionId().equals(other.subscriptionId()) && one.start().equals(other.start())
                && one.end().equals(other.end());
    }

    /** To a millionth of a millionth of a CPU-second: hours that were divided do not end. */
    private static BigDecimal seconds(SourceUsage source) {
        return Decimals.nonNegative("cpu_hours", source.cpuHours().multiply(SECONDS_PER_HOUR)
                .setScale(Decimals.FRACTION_DIGITS, RoundingMode.HALF_EVEN).stripTrailingZeros());
    }

    private static String key(SourceUsage source) {
        Instant start = source.start();
        return start + "/" + Duration.between(start, source.end()).getSeconds();
    }

    private void count(String id, UsageOutcome outcome) {
        if (outcome instanceof UsageOutcome.Recorded) {
            intake.count(Kind.USAGE, Outcome.CREATED, 1);
        } else if (outcome instanceof UsageOutcome.Replaced) {
            intake.count(Kind.USAGE, Outcome.UPDATED, 1);
        } else if (outcome instanceof UsageOutcome.Duplicate) {
            intake.count(Kind.USAGE, Outcome.UNCHANGED, 1);
        } else {
            intake.failed(Kind.USAGE, id, outcome instanceof UsageOutcome.Refused refused
                    ? refused.field() + ": " + refused.reason() : "is there with another start");
        }
    }
}
