package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

final class MemoryCoupons implements Coupons {

    private final Memory memory;
    private final Map<Key, Coupon> coupons = new HashMap<>();
    private final Map<AppliedCouponId, AppliedCoupon> applied = new LinkedHashMap<>();
    private final Map<Use, Recorded> redemptions = new LinkedHashMap<>();

    private record Key(ServiceId service, CouponCode code) { }

    private record Use(UUID invoice, AppliedCouponId applied) {

        static Use of(CouponRedemption redemption) {
            return new Use(redemption.invoice(), redemption.applied());
        }
    }

    private record Recorded(CouponRedemption redemption, boolean stands) { }

    MemoryCoupons(Memory memory) {
        this.memory = memory;
    }

    @Override
    public boolean add(Coupon coupon) {
        return memory.call(() -> {
            var key = new Key(coupon.service(), coupon.code());
            if (coupons.containsKey(key)) {
                return false;
            }
            memory.put(coupons, key, coupon);
            return true;
        });
    }

    @Override
    public void change(Coupon coupon) {
        memory.run(() -> find(coupon.service(), coupon.code())
                .ifPresent(known -> memory.put(coupons, new Key(coupon.service(), coupon.code()), coupon)));
    }

    @Override
    public void withdraw(ServiceId service, CouponCode code) {
        memory.run(() -> find(service, code)
                .ifPresent(coupon -> memory.put(coupons, new Key(service, code), coupon.withdrawn())));
    }

    @Override
    public Optional<Coupon> find(ServiceId service, CouponCode code) {
        return memory.call(() -> Optional.ofNullable(coupons.get(new Key(service, code))));
    }

    @Override
    public List<Coupon> all(ServiceId service) {
        return memory.call(() -> coupons.values().stream().filter(coupon -> coupon.service().equals(service))
                .sorted(Comparator.comparing(Coupon::code)).toList());
    }

    @Override
    public boolean apply(AppliedCoupon coupon) {
        return memory.call(() -> {
            boolean reusable = find(coupon.holder().service(), coupon.coupon()).orElseThrow().reusable();
            if (!reusable && of(coupon.holder()).stream().anyMatch(had -> had.coupon().equals(coupon.coupon()))) {
                return false;
            }
            memory.put(applied, coupon.id(), coupon);
            return true;
        });
    }

    @Override
    public Optional<AppliedCoupon> find(AppliedCouponId id) {
        return memory.call(() -> Optional.ofNullable(applied.get(id)));
    }

    @Override
    public List<AppliedCoupon> of(ServiceCustomer holder) {
        return applied(coupon -> coupon.holder().equals(holder));
    }

    @Override
    public List<AppliedCoupon> claim(Collection<ServiceCustomer> holders) {
        Set<ServiceCustomer> wanted = new HashSet<>(holders);
        return applied(coupon -> coupon.state() == AppliedCoupon.State.ACTIVE && wanted.contains(coupon.holder()));
    }

    @Override
    public List<AppliedCoupon> claimAll(Collection<AppliedCouponId> ids) {
        Set<AppliedCouponId> wanted = new HashSet<>(ids);
        return applied(coupon -> wanted.contains(coupon.id()));
    }

    private List<AppliedCoupon> applied(Predicate<AppliedCoupon> wanted) {
        return memory.call(() -> applied.values().stream().filter(wanted).sorted(AppliedCoupon.ORDER).toList());
    }

    @Override
    public void update(List<AppliedCoupon> changed) {
        memory.run(() -> changed.forEach(coupon -> memory.put(applied, coupon.id(), coupon)));
    }

    @Override
    public void record(List<CouponRedemption> made) {
        memory.run(() -> made.forEach(redemption -> {
            Use use = Use.of(redemption);
            if (redemptions.containsKey(use)) {
                throw new IllegalStateException("invoice " + use.invoice + " has redeemed coupon " + use.applied);
            }
            memory.put(redemptions, use, new Recorded(redemption, true));
        }));
    }

    @Override
    public List<CouponRedemption> redemptions(UUID invoice) {
        return memory.call(() -> redemptions.values().stream().filter(Recorded::stands).map(Recorded::redemption)
                .filter(redemption -> redemption.invoice().equals(invoice)).toList());
    }

    @Override
    public Page<AppliedCoupon> list(ServiceId service, AppliedCouponQuery query, PageRequest request) {
        return memory.call(() -> Page.of(applied.values().stream().filter(coupon -> coupon.holder().service().equals(service))
                .filter(query::matches).sorted(Comparator.comparing(AppliedCoupon::appliedAt)
                        .thenComparing(coupon -> coupon.id().toString()).reversed()).toList(), request));
    }

    @Override
    public List<CouponRedemption> redemptionsOf(Collection<AppliedCouponId> ids) {
        Set<AppliedCouponId> wanted = new HashSet<>(ids);
        return memory.call(() -> redemptions.values().stream().filter(Recorded::stands).map(Recorded::redemption)
                .filter(redemption -> wanted.contains(redemption.applied())).toList());
    }

    @Override
    public List<CouponRedemption> takeBack(UUID invoice) {
        return memory.call(() -> {
            List<CouponRedemption> standing = redemptions(invoice);
            standing.forEach(redemption ->
                    memory.put(redemptions, Use.of(redemption), new Recorded(redemption, false)));
            return standing;
        });
    }
}
