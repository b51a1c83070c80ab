package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PublishPlanVersion;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import com.nexasystems.billing.rating.SimulationReport.Group;
import com.nexasystems.billing.rating.SimulationRequest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/** {@code /simulations}: what other prices would have made of usage that there was. Writes nothing. */
final class SimulationRoutes {

    private static final int MOST_CUSTOMERS = 1_000;
    private static final int MOST_DAYS = 366;
    private static final Comparator<SimulatedCustomer> BY_CHANGE = Comparator.comparing((SimulatedCustomer customer) ->
            customer.prices().total().difference().amount().abs()).thenComparing(one -> one.customer().id().toString());

    private final Billing billing;
    private final Codes codes;
    private final CustomerStore customers;

    SimulationRoutes(Billing billing) {
        this.billing = billing;
        this.codes = new Codes(billing);
        this.customers = new CustomerStore(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/simulations", this::simulate).needing(KeyScope.READ));
    }

    private Answer simulate(Call call) {
        Fields fields = call.body("simulation");
        String code = fields.mandatory("plan_code");
        LocalDate from = fields.date("from").orElse(LocalDate.MIN);
        LocalDate to = fields.date("to").orElse(LocalDate.MAX);
        for (String day : List.of("from", "to")) {
            if (fields.raw(day) == null) {
                fields.problem(day, "value_is_mandatory");
            }
        }
        int most = fields.integer("customers", 0, MOST_CUSTOMERS).map(Long::intValue).orElse(100);
        fields.check();
        if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
            throw ApiError.invalid("to", "value_is_out_of_range", "is not before from, and at most " + MOST_DAYS + " days after");
        }
        Entry entry = codes.find(call.service(), Kind.PLAN, code).orElseThrow(() -> ApiError.notFound("plan"));
        Plan plan = codes.planOf(entry);
        Plan changed = changed(call, entry, plan, fields.object("plan")
                .orElseThrow(() -> ApiError.invalid("plan", "value_is_mandatory")));
        var largest = new PriorityQueue<>(BY_CHANGE);
        SimulationReport report = billing.simulate().simulate(new SimulationRequest(plan.code(), changed, from, to),
                customer -> {
                    largest.add(customer);
                    if (largest.size() > most) {
                        largest.poll();
                    }
                });
        return Answer.ok(Json.object("simulation", json(call, code, from, to, report,
                largest.stream().sorted(BY_CHANGE.reversed()).toList())));
    }

    /** The plan as it is, with what was sent; what would change prices and cannot be simulated is refused. */
    private Plan changed(Call call, Entry entry, Plan plan, Fields fields) {
        for (String name : List.of("minimum_commitment", "usage_thresholds", "fixed_charges", "trial_period", "interval",
                "pay_in_advance", "bill_charges_monthly")) {
            if (fields.raw(name) != null) {
                fields.problem(name, "value_is_invalid", "changes prices in a way that cannot be simulated; leave it out");
            }
        }
        fields.check();
        PlanJson.Draft draft = new PlanJson(billing).read(call.service(), entry.id(), fields, Optional.of(plan));
        PublishPlanVersion.checkMetrics(draft.charges(), billing.ports().metrics());
        return new Plan(plan.code(), plan.name(), plan.currency(), plan.interval(), plan.inAdvance(), plan.active(),
                plan.terms(), List.of(draft.version(1, Instant.EPOCH)));
    }

    private Json json(Call call, String code, LocalDate from, LocalDate to, SimulationReport report,
                      List<SimulatedCustomer> largest) {
        Map<CustomerId, CustomerStore.Known> known = customers.byId(call.serviceId(),
                largest.stream().map(one -> one.customer().id()).toList());
        return Json.object("plan_code", code, "from", from.toString(), "to", to.toString(),
                "currency", report.prices().total().before().currency().getCurrencyCode(), "customers", report.customers(),
                "subscriptions", report.subscriptions(), "periods", report.periods(), "cut_periods", report.cutPeriods())
                .withAll(change(report.prices().total()))
                .with("parts", report.prices().parts().entrySet().stream().map(part -> Json.object("kind",
                        part.getKey().isPresent() ? "charge" : "flat", "charge_code", part.getKey().orElse(null))
                        .withAll(change(part.getValue()))).toList())
                .with("pays_less", group(report.paysLess())).with("pays_more", group(report.paysMore()))
                .with("pays_the_same", group(report.paysTheSame()))
                .with("largest_changes", largest.stream().map(one -> Json.object("external_customer_id",
                        known.get(one.customer().id()).entry().code(), "subscriptions", one.subscriptions(),
                        "periods", one.periods()).withAll(change(one.prices().total()))).toList());
    }

    private static Json change(PriceChange change) {
        return Json.object("before_amount_cents", Cents.of(change.before()), "after_amount_cents", Cents.of(change.after()),
                "difference_amount_cents", Cents.of(change.difference()),
                "precise_difference", change.exactDifference().value().toPlainString());
    }

    private static Json group(Group group) {
        return Json.object("customers", group.customers(), "difference_amount_cents", Cents.of(group.difference()));
    }
}
