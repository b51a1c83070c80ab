package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.ApplyCoupon.Request;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.CouponTerms;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /applied_coupons}: what customers have of coupons. */
final class AppliedCouponRoutes {

    private static final String ROOT = "applied_coupon";
    private static final String OF_CUSTOMER = "/customers/{external_id}/applied_coupons";
    private static final List<String> TERMS = List.of("frequency", "frequency_duration", "amount_cents", "amount_currency",
            "percentage_rate");
    private static final Map<String, Boolean> STATUSES = Map.of("active", true, "terminated", false);

    private final Billing billing;
    private final Directory directory;
    private final Coupons coupons;
    private final CustomerStore customers;
    private final CouponJson json;

    AppliedCouponRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.coupons = billing.ports().coupons();
        this.customers = new CustomerStore(billing);
        this.json = new CouponJson(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/applied_coupons", this::apply), Route.get("/applied_coupons", this::list),
                Route.get(OF_CUSTOMER, this::list), Route.delete(OF_CUSTOMER + "/{id}", this::end));
    }

    private Answer apply(Call call) {
        Fields fields = call.body(ROOT);
        String externalId = fields.mandatory("external_customer_id");
        String code = fields.mandatory("coupon_code");
        fields.check();
        Known customer = customers.one(call, externalId);
        Coupon coupon = directory.find(call.serviceId(), Kind.COUPON, code)
                .flatMap(entry -> coupons.find(call.serviceId(), new CouponCode(entry.subject())))
                .filter(found -> found.expiresAt().map(end -> end.isAfter(call.now())).orElse(true))
                .orElseThrow(() -> ApiError.notFound("coupon"));
        Optional<CouponTerms> own = TERMS.stream().anyMatch(name -> fields.raw(name) != null)
                ? Optional.of(json.terms(fields, Optional.of(coupon.terms()), false)) : Optional.empty();
        CouponTerms terms = own.orElse(coupon.terms());
        if (terms.discount() instanceof Discount.Fixed fixed
                && !customer.customer().currency().map(fixed::fits).orElse(true)) {
            throw ApiError.invalid("currency", "currencies_does_not_match",
                    "the customer is billed in " + customer.customer().currency().orElseThrow());
        }
        try {
            AppliedCoupon applied = billing.applyCoupon().apply(call.serviceId(),
                    new Request(customer.customer(), coupon.code(), own));
            return answer(call, "coupon.applied", applied);
        } catch (InvalidValue e) {
            throw ApiError.invalid("coupon", "coupon_is_not_reusable", e.reason());
        }
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields parameters = call.parameters();
        Optional<Boolean> active = parameters.choice("status", STATUSES);
        parameters.check();
        AppliedCouponQuery query = active.map(AppliedCouponQuery.ALL::active).orElse(AppliedCouponQuery.ALL);
        Optional<String> externalId = Optional.ofNullable(call.path("external_id"))
                .or(() -> call.query("external_customer_id"));
        if (externalId.isPresent()) {
            query = query.of(customers.one(call, externalId.get()).customer().id());
        }
        List<String> wanted = call.queries("coupon_code");
        Set<CouponCode> known = directory.findAll(call.serviceId(), Kind.COUPON, wanted).values().stream()
                .map(Entry::subject).map(CouponCode::new).collect(Collectors.toSet());
        if (!wanted.isEmpty() && known.isEmpty()) {
            return Answer.ok(Pages.of("applied_coupons", new Page<Object>(List.of(), 0), request, any -> any));
        }
        Page<AppliedCoupon> page = coupons.list(call.serviceId(), query.ofCoupons(known), request);
        Map<AppliedCoupon, Json> shown = all(call.service(), page.items());
        Map<AppliedCouponId, List<CouponRedemption>> credits = coupons.redemptionsOf(
                page.items().stream().map(AppliedCoupon::id).toList()).stream()
                .collect(Collectors.groupingBy(CouponRedemption::applied));
        Map<UUID, String> paid = paymentStatuses(credits.values());
        return Answer.ok(Pages.of("applied_coupons", page, request, applied -> shown.get(applied).with("credits",
                credits.getOrDefault(applied.id(), List.of()).stream()
                        .map(made -> credit(made, shown.get(applied), paid)).toList())));
    }

    private Map<UUID, String> paymentStatuses(Collection<List<CouponRedemption>> credits) {
        Set<UUID> invoices = new HashSet<>();
        credits.forEach(own -> own.forEach(made -> invoices.add(made.invoice())));
        Map<UUID, String> statuses = new HashMap<>();
        PaymentState.of(billing.ports().payments(), invoices.stream()
                .flatMap(id -> billing.ports().invoices().find(new InvoiceId(id)).stream()).toList())
                .forEach((invoice, state) -> statuses.put(invoice.id().value(), state.status()));
        return statuses;
    }

    private static Json credit(CouponRedemption made, Json applied, Map<UUID, String> paid) {
        return Json.object("lago_id", Uuids.of(made.invoice(), "credit " + made.applied().value()),
                "amount_cents", Cents.of(made.amount()),
                "amount_currency", made.amount().currency().getCurrencyCode(), "before_taxes", true,
                "item", Json.object("lago_item_id", made.applied().value(), "type", "coupon",
                        "code", applied.get("coupon_code"), "name", applied.get("coupon_name")),
                "invoice", Json.object("lago_id", made.invoice(), "payment_status", paid.get(made.invoice())));
    }

    private Answer end(Call call) {
        Known customer = customers.one(call, call.path("external_id"));
        AppliedCoupon applied = Uuids.parse(call.path("id")).map(AppliedCouponId::new).flatMap(coupons::find)
                .filter(found -> found.holder().equals(customer.holder()))
                .orElseThrow(() -> ApiError.notFound(ROOT));
        return answer(call, "coupon.ended", billing.endCoupon().end(call.serviceId(), applied.id()));
    }

    private Answer answer(Call call, String action, AppliedCoupon applied) {
        call.audit(action, "applied coupon " + applied.id());
        return Answer.ok(Json.object(ROOT, all(call.service(), List.of(applied)).get(applied)));
    }

    private Map<AppliedCoupon, Json> all(Service service, List<AppliedCoupon> applied) {
        Map<String, Entry> entries = directory.findSubjects(service.id(), Kind.COUPON,
                applied.stream().map(each -> each.coupon().value()).distinct().toList());
        Map<CustomerId, Known> holders = customers.byId(service.id(),
                applied.stream().map(each -> each.holder().customer()).distinct().toList());
        Map<CouponCode, Optional<Coupon>> offered = applied.stream().map(AppliedCoupon::coupon).distinct()
                .collect(Collectors.toMap(Function.identity(), code -> coupons.find(service.id(), code)));
        return applied.stream().collect(Collectors.toMap(Function.identity(), each -> json.of(each,
                Optional.ofNullable(entries.get(each.coupon().value())).orElseGet(() -> unnamed(service, each.coupon())),
                offered.get(each.coupon()), holders.get(each.holder().customer()))));
    }

    /** One that was offered past the API. */
    private static Entry unnamed(Service service, CouponCode code) {
        return Entry.of(Uuids.of(service.id().value(), "coupon " + code), service.id(), Kind.COUPON, code.value(),
                code.value(), Instant.EPOCH, Map.of());
    }
}
