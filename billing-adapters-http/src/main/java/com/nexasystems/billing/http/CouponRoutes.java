package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.identity.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** {@code /coupons}: what a service offers. */
final class CouponRoutes {

    private static final String ROOT = "coupon";
    private static final String ONE = "/coupons/{code}";

    private final Billing billing;
    private final Directory directory;
    private final Coupons coupons;
    private final CouponJson json;

    CouponRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
        this.coupons = billing.ports().coupons();
        this.json = new CouponJson(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/coupons", this::create), Route.get("/coupons", this::list), Route.get(ONE, this::one),
                Route.put(ONE, this::change), Route.delete(ONE, this::remove));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        String code = fields.mandatory("code");
        if (!code.isEmpty() && directory.find(call.serviceId(), Kind.COUPON, code).isPresent()) {
            fields.problem("code", "value_already_exist");
        }
        Coupon coupon = billing.coupons().define(json.read(call.service(), free(call.service(), code), fields,
                Optional.empty(), call.now()));
        Entry entry = directory.add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.COUPON, code,
                        coupon.code().value(), call.now(), attributes(fields, Map.of())))
                .orElseThrow(() -> ApiError.invalid("code", "value_already_exist"));
        return answer(call, "coupon.created", entry, coupon);
    }

    /** A code that was used for a coupon that is removed has a number behind it: whoever has that one keeps it. */
    private CouponCode free(Service service, String code) {
        CouponCode next = new CouponCode(code.isBlank() ? "none" : code);
        for (int number = 2; coupons.find(service.id(), next).isPresent(); number++) {
            next = new CouponCode(code + "~" + number);
        }
        return next;
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Page<Entry> page = directory.list(call.serviceId(), Kind.COUPON,
                new EntryQuery(call.query("search_term"), Map.of()), request);
        return Answer.ok(Pages.of("coupons", page, request, entry -> json.of(call.service(), entry, coupon(entry))));
    }

    private Answer one(Call call) {
        Entry entry = entry(call);
        return Answer.ok(Json.object(ROOT, json.of(call.service(), entry, coupon(entry))));
    }

    /** Counts for those who get it from now on. */
    private Answer change(Call call) {
        Entry entry = entry(call);
        Coupon before = coupon(entry);
        call.before(json.of(call.service(), entry, before));
        Fields fields = call.body(ROOT);
        fields.text("code").filter(code -> !code.equals(entry.code())).ifPresent(code ->
                fields.problem("code", "value_is_invalid", "stays what it is: customers have it"));
        Coupon after = billing.coupons().change(json.read(call.service(), before.code(), fields,
                Optional.of(before), call.now()));
        Entry changed = entry.with(attributes(fields, entry.attributes()), call.now());
        directory.update(changed);
        return answer(call, "coupon.changed", changed, after);
    }

    /** As in Lago, nobody has it any more. */
    private Answer remove(Call call) {
        Entry entry = entry(call);
        Coupon coupon = billing.coupons().withdraw(call.serviceId(), coupon(entry).code());
        var active = AppliedCouponQuery.ALL.active(true).ofCoupons(Set.of(coupon.code()));
        Page<AppliedCoupon> page;
        do {
            page = coupons.list(call.serviceId(), active, PageRequest.first(PageRequest.LARGEST));
            page.items().forEach(applied -> billing.endCoupon().end(call.serviceId(), applied.id()));
        } while (page.total() > page.items().size());
        Entry removed = entry.with(entry.attributes(), call.now());
        directory.update(removed);
        directory.remove(call.serviceId(), Kind.COUPON, entry.code(), call.now());
        return answer(call, "coupon.removed", removed, coupon);
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        for (String name : List.of("name", "description")) {
            fields.text(name).ifPresent(text -> attributes.put(name, text));
        }
        return attributes;
    }

    private Answer answer(Call call, String action, Entry entry, Coupon coupon) {
        call.audit(action, "coupon " + coupon.code());
        return Answer.ok(Json.object(ROOT, json.of(call.service(), entry, coupon)));
    }

    private Entry entry(Call call) {
        return directory.find(call.serviceId(), Kind.COUPON, call.path("code")).orElseThrow(() -> ApiError.notFound(ROOT));
    }

    private Coupon coupon(Entry entry) {
        return coupons.find(entry.service(), new CouponCode(entry.subject())).orElseThrow();
    }
}
