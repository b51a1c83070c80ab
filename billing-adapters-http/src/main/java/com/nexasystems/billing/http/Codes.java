package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Between a service's own codes of metrics and plans, and those of the engine. A code of the engine is
 * {@code service:code}, with a number behind it where the service has used the code before for something else.
 */
final class Codes {

    private static final int LONGEST = 90;

    private final Billing billing;
    private final Directory directory;

    Codes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
    }

    Optional<Entry> find(Service service, Kind kind, String code) {
        return directory.find(service.id(), kind, code);
    }

    Optional<Entry> find(Service service, Kind kind, UUID id) {
        return directory.find(service.id(), kind, id);
    }

    Optional<MetricCode> metric(Service service, String code) {
        return find(service, Kind.METRIC, code).map(Entry::subject).map(MetricCode::new);
    }

    Optional<PlanCode> plan(Service service, String code) {
        return find(service, Kind.PLAN, code).map(Entry::subject).map(PlanCode::new);
    }

    /** What the service calls a metric, also one it has removed; the house's own metrics have no name of the service. */
    Entry metricEntry(Service service, MetricCode metric) {
        return directory.findSubject(service.id(), Kind.METRIC, metric.value()).orElseGet(() ->
                Entry.of(Uuids.of(service.id().value(), "metric " + metric), service.id(), Kind.METRIC, metric.value(),
                        metric.value(), Instant.EPOCH, Map.of()));
    }

    /** The service's own code; that of the engine where the service has none for it. */
    String ofMetric(Service service, MetricCode metric) {
        return directory.findSubject(service.id(), Kind.METRIC, metric.value()).map(Entry::code).orElse(metric.value());
    }

    Map<String, String> ofMetrics(Service service, Collection<String> metrics) {
        Map<String, String> codes = new HashMap<>();
        metrics.forEach(metric -> codes.put(metric, metric));
        directory.findSubjects(service.id(), Kind.METRIC, Set.copyOf(metrics))
                .forEach((subject, entry) -> codes.put(subject, entry.code()));
        return codes;
    }

    /** Also of a customer's own edition, which has the code of the plan it was made from. */
    String ofPlan(Service service, PlanCode plan) {
        return planEntry(service, plan).map(Entry::code).orElse(plan.value());
    }

    Optional<Entry> planEntry(Service service, PlanCode plan) {
        PlanCode listed = billing.ports().plans().find(plan).flatMap(found -> found.terms().overrides()).orElse(plan);
        return directory.findSubject(service.id(), Kind.PLAN, listed.value());
    }

    Metric metricOf(Entry entry) {
        return billing.ports().metrics().find(new MetricCode(entry.subject())).orElseThrow();
    }

    Plan planOf(Entry entry) {
        return billing.ports().plans().find(new PlanCode(entry.subject())).orElseThrow();
    }

    MetricCode newMetric(Service service, String code) {
        return new MetricCode(free(service, code,
                taken -> billing.ports().metrics().find(new MetricCode(taken)).isPresent()));
    }

    PlanCode newPlan(Service service, String code) {
        return new PlanCode(free(service, code, taken -> billing.ports().plans().find(new PlanCode(taken)).isPresent()));
    }

    private static String free(Service service, String code, Predicate<String> isTaken) {
        if (code.length() > LONGEST) {
            throw ApiError.invalid("code", "value_is_invalid", "is longer than " + LONGEST + " characters");
        }
        String first = service.code() + ":" + code;
        String next = first;
        for (int number = 2; isTaken.test(next); number++) {
            next = first + "~" + number;
        }
        return next;
    }
}
