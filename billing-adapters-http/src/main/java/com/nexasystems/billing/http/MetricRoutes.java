package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.metric.MetricCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** {@code /billable_metrics}. */
final class MetricRoutes {

    private static final String ROOT = "billable_metric";

    private final Billing billing;
    private final Directory directory;
    private final Codes codes;
    private final PlanStore plans;

    MetricRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.codes = new Codes(billing);
        this.plans = new PlanStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/billable_metrics", this::create), Route.get("/billable_metrics", this::list),
                Route.get("/billable_metrics/{code}", this::one), Route.put("/billable_metrics/{code}", this::change),
                Route.delete("/billable_metrics/{code}", this::remove));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        String code = fields.mandatory("code");
        String name = fields.mandatory("name");
        if (code.contains("/")) {
            fields.problem("code", "value_is_invalid", "must not contain '/'");
        }
        if (!code.isEmpty() && codes.find(call.service(), Kind.METRIC, code).isPresent()) {
            fields.problem("code", "value_already_exist");
        }
        MetricCode own = code.isEmpty() || fields.hasProblem("code") ? new MetricCode("none")
                : codes.newMetric(call.service(), code);
        Metric metric = billing.define(MetricJson.read(fields, own, Optional.empty()));
        Entry entry = directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.METRIC, code,
                metric.code().value(), call.now(), attributes(fields, Map.of("name", name))))
                .orElseThrow(() -> ApiError.invalid("code", "value_already_exist"));
        return answer(call, "metric.created", entry);
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Page<Entry> page = directory.list(call.serviceId(), Kind.METRIC,
                new EntryQuery(call.query("search_term"), Map.of()), request);
        return Answer.ok(Pages.of("billable_metrics", page, request, this::json));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(ROOT, json(entry(call))));
    }

    /** What a metric counts can change as long as no plan counts by it. */
    private Answer change(Call call) {
        Entry entry = entry(call);
        call.before(json(entry));
        Fields fields = call.body(ROOT);
        Metric before = codes.metricOf(entry);
        Metric after = MetricJson.read(fields, before.code(), Optional.of(before));
        Entry changed = entry.with(attributes(fields, entry.attributes()), call.now());
        if (!after.equals(before)) {
            if (plans.usesMetric(call.service(), before.code()) || isLimitedTo(call, before)) {
                throw ApiError.invalid("billable_metric", "value_is_invalid",
                        "a plan charges by it, or a coupon or a wallet is limited to it, so that only name and description can change");
            }
            Metric redefined = billing.define(MetricJson.read(fields, codes.newMetric(call.service(), entry.code()),
                    Optional.of(before)));
            changed = changed.of(redefined.code().value(), call.now());
        }
        directory.update(changed);
        return answer(call, "metric.changed", changed);
    }

    private boolean isLimitedTo(Call call, Metric metric) {
        return billing.ports().coupons().all(call.serviceId()).stream()
                .anyMatch(coupon -> coupon.scope().metrics().contains(metric.code()))
                || directory.list(call.serviceId(), Kind.WALLET, WalletJson.limitedTo(metric.code()),
                PageRequest.first(1)).total() > 0;
    }

    /** What was recorded stays, and plans that charge by it go on; nothing new is recorded under its code. */
    private Answer remove(Call call) {
        Entry entry = entry(call);
        directory.remove(call.serviceId(), Kind.METRIC, entry.code(), call.now());
        return answer(call, "metric.removed", entry);
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        fields.text("name").filter(text -> !text.isBlank()).ifPresent(name -> attributes.put("name", name));
        fields.text("description").ifPresent(text -> attributes.put("description", text));
        return attributes;
    }

    private Answer answer(Call call, String action, Entry entry) {
        call.audit(action, "metric " + entry.subject());
        return Answer.ok(Json.object(ROOT, json(entry)));
    }

    private Json json(Entry entry) {
        return MetricJson.of(entry, codes.metricOf(entry));
    }

    private Entry entry(Call call) {
        return codes.find(call.service(), Kind.METRIC, call.path("code"))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
