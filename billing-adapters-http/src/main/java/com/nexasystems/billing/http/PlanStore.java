package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.PublishPlanVersion.Editions;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.MetricCode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The plans of services: under which code, and by which version. */
final class PlanStore {

    private final Billing billing;
    private final Codes codes;

    PlanStore(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
    }

    /** In force since ever, for subscriptions may begin in the past. */
    Entry create(Call call, UUID id, String code, PlanJson.Draft draft, Map<String, String> attributes) {
        Plan plan = define(call.service(), code, draft);
        return billing.ports().directory().add(Entry.of(id, call.serviceId(), Kind.PLAN, code, plan.code().value(),
                        call.now(), attributes))
                .orElseThrow(() -> ApiError.invalid("code", "value_already_exist"));
    }

    private Plan define(Service service, String code, PlanJson.Draft draft) {
        return billing.plans().publish(new Plan(codes.newPlan(service, code), draft.name(), draft.currency(),
                draft.interval(), draft.inAdvance(), true, draft.terms(), List.of(draft.version(1, Instant.EPOCH))));
    }

    /**
     * A plan that nobody is on is made anew. On others, prices change by a version that is in force from now: periods that
     * have begun keep theirs.
     */
    Entry change(Call call, Entry entry, PlanJson.Draft draft, Map<String, String> attributes, boolean cascade) {
        Plan plan = codes.planOf(entry);
        Entry changed = entry.with(attributes, call.now());
        if (draft.differsInPricesOnly(plan)
                && draft.version(plan.latest().number(), plan.latest().effectiveFrom()).equals(plan.latest())) {
            billing.ports().directory().update(changed);
            return changed;
        }
        if (isUnused(call.service(), plan)) {
            changed = changed.of(define(call.service(), entry.code(), draft).code().value(), call.now());
        } else if (draft.differsInPricesOnly(plan)) {
            billing.plans().publishNow(plan.code(), now -> draft.version(plan.latest().number() + 1, now),
                    cascade ? Editions.FOLLOW : Editions.STAY);
        } else {
            throw ApiError.invalid("plan", "value_is_invalid",
                    "has subscriptions, or coupons: interval, currency, pay_in_advance, trial and what is billed monthly stay");
        }
        billing.ports().directory().update(changed);
        return changed;
    }

    /** Nor may a coupon be limited to it: whoever has that has it for the plan as it is. */
    private boolean isUnused(Service service, Plan plan) {
        return billing.ports().coupons().all(service.id()).stream()
                .noneMatch(coupon -> coupon.scope().plans().contains(plan.code()))
                && billing.ports().subscriptions().countOnPlan(plan.code()) == 0
                && billing.ports().plans().all().stream().noneMatch(other -> other.terms().overrides()
                .filter(plan.code()::equals).isPresent());
    }

    /** Whether a plan charges by the metric that the service can still sell, or that somebody is on. */
    boolean usesMetric(Service service, MetricCode metric) {
        return isSold(service, metric) || isSubscribed(metric);
    }

    /** Also by a version before the latest one, which periods that have begun keep. */
    private boolean isSubscribed(MetricCode metric) {
        return billing.ports().plans().all().stream()
                .filter(plan -> plan.versions().stream().anyMatch(version -> charges(version, metric)))
                .anyMatch(plan -> billing.ports().subscriptions().countOnPlan(plan.code()) > 0);
    }

    private static boolean charges(PlanVersion version, MetricCode metric) {
        return version.charges().stream().anyMatch(charge -> charge.metric().equals(metric));
    }

    private boolean isSold(Service service, MetricCode metric) {
        long seen = 0;
        for (int number = 1; ; number++) {
            var request = new PageRequest(number, PageRequest.LARGEST);
            var page = billing.ports().directory().list(service.id(), Kind.PLAN, EntryQuery.ALL, request);
            if (page.items().stream().map(entry -> new PlanCode(entry.subject()))
                    .flatMap(code -> billing.ports().plans().find(code).stream())
                    .anyMatch(plan -> charges(plan.latest(), metric))) {
                return true;
            }
            seen += page.items().size();
            if (page.items().isEmpty() || seen >= page.total()) {
                return false;
            }
        }
    }
}
