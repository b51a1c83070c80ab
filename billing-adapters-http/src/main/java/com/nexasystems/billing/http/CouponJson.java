package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.CouponScope;
import com.nexasystems.billing.coupon.CouponTerms;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Currency;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A coupon, what was sent of one, and what a customer has of one. */
final class CouponJson {

    private static final int MOST_INVOICES = 10_000;
    private static final Map<String, CouponFrequency.Kind> FREQUENCIES = Map.of("once", CouponFrequency.Kind.ONCE,
            "recurring", CouponFrequency.Kind.RECURRING, "forever", CouponFrequency.Kind.FOREVER);
    private static final Map<String, Boolean> TYPES = Map.of("fixed_amount", true, "percentage", false);
    private static final Map<String, Boolean> EXPIRATIONS = Map.of("time_limit", true, "no_expiration", false);

    private final Codes codes;

    CouponJson(Billing billing) {
        this.codes = new Codes(billing);
    }

    Json of(Service service, Entry entry, Coupon coupon) {
        Set<String> plans = coupon.scope().plans().stream().map(plan -> codes.ofPlan(service, plan))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> metrics = coupon.scope().metrics().stream().map(metric -> codes.ofMetric(service, metric))
                .collect(Collectors.toCollection(TreeSet::new));
        return Json.object("lago_id", entry.id(), "name", coupon.name(), "code", entry.code(),
                "description", entry.attribute("description").orElse(null))
                .withAll(terms(coupon.terms()))
                .with("coupon_type", coupon.terms().discount() instanceof Discount.Fixed ? "fixed_amount" : "percentage")
                .with("reusable", coupon.reusable()).with("limited_plans", !plans.isEmpty()).with("plan_codes", plans)
                .with("limited_billable_metrics", !metrics.isEmpty()).with("billable_metric_codes", metrics)
                .with("expiration", coupon.expiresAt().isPresent() ? "time_limit" : "no_expiration")
                .with("expiration_at", Times.of(coupon.expiresAt())).with("created_at", Times.of(entry.createdAt()))
                .with("terminated_at", coupon.active() ? null : Times.of(entry.updatedAt()));
    }

    private static Json terms(CouponTerms terms) {
        Optional<Money> amount = terms.discount() instanceof Discount.Fixed fixed ? Optional.of(fixed.amount())
                : Optional.empty();
        return Json.object("amount_cents", amount.map(Cents::of).orElse(null),
                "amount_currency", amount.map(money -> money.currency().getCurrencyCode()).orElse(null),
                "percentage_rate", terms.discount() instanceof Discount.Percentage rate
                        ? Units.of(rate.percent()) : null,
                "frequency", terms.frequency().kind().code(),
                "frequency_duration", terms.frequency().invoices().orElse(null));
    }

    /** @param coupon what the service calls the coupon; that of the engine where it does not know it */
    Json of(AppliedCoupon applied, Entry coupon, Optional<Coupon> offered, Known holder) {
        boolean active = applied.state() == AppliedCoupon.State.ACTIVE;
        return Json.object("lago_id", applied.id().value(), "lago_coupon_id", coupon.id(), "coupon_code", coupon.code(),
                "coupon_name", offered.map(Coupon::name).orElse(coupon.code()),
                "coupon_status", offered.filter(Coupon::active).isPresent() ? "active" : "terminated",
                "coupon_deleted_at", offered.filter(Coupon::active).isPresent() ? null : Times.of(coupon.updatedAt()),
                "lago_customer_id", holder.entry().id(), "external_customer_id", holder.entry().code(),
                "status", active ? "active" : "terminated",
                "amount_cents_remaining", applied.amountLeft().map(Cents::of).orElse(null),
                "frequency_duration_remaining", applied.invoicesLeft().orElse(null))
                .withAll(terms(applied.terms()))
                .with("expiration_at", Times.of(offered.flatMap(Coupon::expiresAt)))
                .with("created_at", Times.of(applied.appliedAt())).with("terminated_at", Times.of(applied.endedAt()));
    }

    /** What was sent, on top of what there was. */
    Coupon read(Service service, CouponCode code, Fields fields, Optional<Coupon> before, Instant now) {
        String name = fields.has("name") || before.isEmpty() ? fields.mandatory("name") : before.get().name();
        CouponTerms terms = terms(fields, before.map(Coupon::terms), true);
        CouponScope scope = fields.has("applies_to") ? scope(service, fields)
                : before.map(Coupon::scope).orElse(CouponScope.ALL);
        Optional<Instant> end = expiry(fields, before, now);
        boolean reusable = fields.flag("reusable").or(() -> before.map(Coupon::reusable)).orElse(true);
        fields.check();
        return new Coupon(service.id(), code, name, terms, scope, end, reusable, true);
    }

    /** @param typed whether the kind of discount is named; else it follows from what is sent of it */
    CouponTerms terms(Fields fields, Optional<CouponTerms> before, boolean typed) {
        Optional<Boolean> fixed = typed ? fields.choice("coupon_type", TYPES)
                : fields.has("percentage_rate") ? Optional.of(false) : fields.has("amount_cents") ? Optional.of(true)
                : Optional.empty();
        Optional<Boolean> kind = fixed.or(() -> before.map(known -> known.discount() instanceof Discount.Fixed));
        if (kind.isEmpty() && !fields.hasProblem("coupon_type")) {
            fields.problem("coupon_type", "value_is_mandatory");
        }
        Optional<CouponFrequency> frequency = frequency(fields, before.map(CouponTerms::frequency));
        Optional<Discount> discount = kind.flatMap(isFixed -> isFixed ? amount(fields, before) : percentage(fields, before));
        fields.check();
        return new CouponTerms(discount.orElseThrow(), frequency.orElseThrow());
    }

    private static Optional<Discount> amount(Fields fields, Optional<CouponTerms> before) {
        Optional<Money> known = before.flatMap(terms -> terms.discount() instanceof Discount.Fixed fixed
                ? Optional.of(fixed.amount()) : Optional.empty());
        Optional<Currency> currency = fields.currency("amount_currency").or(() -> known.map(Money::currency));
        if (currency.isEmpty()) {
            missing(fields, "amount_currency");
        }
        Optional<Money> amount = fields.has("amount_cents") || known.isEmpty()
                ? fields.cents("amount_cents", currency.orElse(Currency.getInstance("USD")))
                : known.filter(money -> money.currency().equals(currency.get()));
        if (amount.isEmpty()) {
            missing(fields, "amount_cents");
        }
        amount.filter(money -> money.amount().signum() <= 0)
                .ifPresent(money -> fields.problem("amount_cents", "value_is_out_of_range"));
        return fields.hasProblem("amount_cents") ? Optional.empty() : amount.map(Discount.Fixed::new);
    }

    private static Optional<Discount> percentage(Fields fields, Optional<CouponTerms> before) {
        Optional<BigDecimal> known = before.flatMap(terms -> terms.discount() instanceof Discount.Percentage rate
                ? Optional.of(rate.percent()) : Optional.empty());
        Optional<BigDecimal> rate = fields.has("percentage_rate") ? fields.decimal("percentage_rate") : known;
        if (rate.isEmpty()) {
            missing(fields, "percentage_rate");
        }
        try {
            return rate.map(Discount.Percentage::new);
        } catch (InvalidValue e) {
            fields.problem("percentage_rate", "value_is_out_of_range", e.reason());
            return Optional.empty();
        }
    }

    private static Optional<CouponFrequency> frequency(Fields fields, Optional<CouponFrequency> before) {
        Optional<CouponFrequency.Kind> kind = fields.choice("frequency", FREQUENCIES)
                .or(() -> before.map(CouponFrequency::kind));
        if (kind.isEmpty()) {
            missing(fields, "frequency");
            return Optional.empty();
        }
        if (kind.get() != CouponFrequency.Kind.RECURRING) {
            return Optional.of(new CouponFrequency(kind.get(), Optional.empty()));
        }
        Optional<Integer> invoices = fields.has("frequency_duration")
                ? fields.integer("frequency_duration", 1, MOST_INVOICES).map(Long::intValue)
                : before.flatMap(CouponFrequency::invoices);
        if (invoices.isEmpty()) {
            missing(fields, "frequency_duration");
        }
        return invoices.map(CouponFrequency::recurring);
    }

    private static void missing(Fields fields, String name) {
        if (!fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory");
        }
    }

    private static Optional<Instant> expiry(Fields fields, Optional<Coupon> before, Instant now) {
        boolean limited = fields.choice("expiration", EXPIRATIONS)
                .orElse(before.flatMap(Coupon::expiresAt).isPresent() || fields.instant("expiration_at").isPresent());
        if (!limited) {
            return Optional.empty();
        }
        Optional<Instant> end = fields.has("expiration_at") ? fields.instant("expiration_at")
                : before.flatMap(Coupon::expiresAt);
        if (end.isEmpty() && !fields.hasProblem("expiration_at")) {
            fields.problem("expiration_at", "invalid_date", "is given with a time limit");
        }
        if (fields.has("expiration_at")) {
            end.filter(instant -> !instant.isAfter(now)).ifPresent(instant ->
                    fields.problem("expiration_at", "invalid_date", "is not in the future"));
        }
        return end;
    }

    private CouponScope scope(Service service, Fields fields) {
        Optional<Fields> limits = fields.object("applies_to");
        List<String> plans = limits.map(sent -> sent.texts("plan_codes")).orElse(List.of());
        List<String> metrics = limits.map(sent -> sent.texts("billable_metric_codes")).orElse(List.of());
        fields.check();
        if (!plans.isEmpty() && !metrics.isEmpty()) {
            throw ApiError.notAllowed("only_one_limitation_type_per_coupon_allowed");
        }
        Set<PlanCode> ofPlans = new LinkedHashSet<>();
        plans.forEach(code -> ofPlans.add(codes.plan(service, code).orElseThrow(() -> ApiError.notFound("plans"))));
        Set<MetricCode> ofMetrics = new LinkedHashSet<>();
        metrics.forEach(code -> ofMetrics.add(codes.metric(service, code)
                .orElseThrow(() -> ApiError.notFound("billable_metrics"))));
        return new CouponScope(ofPlans, ofMetrics);
    }
}
