package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** As {@link WrongAdapters}, for coupons. */
final class WrongCoupons {

    private WrongCoupons() {
    }

    private static Ports wrong(Function<Coupons, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Coupons.class, mistakes);
    }

    @Breaks("CO-1")
    static class FoldsTheCaseOfCouponCodes extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Optional<Coupon> find(ServiceId service, CouponCode code) {
                    return right.all(service).stream()
                            .filter(coupon -> coupon.code().value().equalsIgnoreCase(code.value())).findFirst();
                }
            });
        }
    }

    @Breaks("CO-2")
    static class SaysThatATakenCouponCodeWasAdded extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public boolean add(Coupon coupon) {
                    right.add(coupon);
                    return true;
                }
            });
        }
    }

    @Breaks("CO-3")
    static class SortsCouponsByName extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Coupon> all(ServiceId service) {
                    return right.all(service).stream()
                            .sorted(Comparator.comparing(Coupon::name, String.CASE_INSENSITIVE_ORDER)).toList();
                }
            });
        }
    }

    @Breaks("CO-4")
    static class ShowsACustomersCouponsOfAllServices extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceCustomer> holders = Collections.synchronizedSet(new LinkedHashSet<>());
            return wrong(right -> new Object() {
                public boolean apply(AppliedCoupon applied) {
                    holders.add(applied.holder());
                    return right.apply(applied);
                }

                public List<AppliedCoupon> of(ServiceCustomer holder) {
                    return holders.stream().filter(other -> other.customer().equals(holder.customer()))
                            .flatMap(other -> right.of(other).stream()).toList();
                }
            });
        }
    }

    @Breaks("CO-5")
    static class SaysThatASecondUseWasApplied extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public boolean apply(AppliedCoupon applied) {
                    right.apply(applied);
                    return true;
                }
            });
        }
    }

    @Breaks("CO-6")
    static class ClaimsTheNewestFirst extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<AppliedCoupon> claim(Collection<ServiceCustomer> holders) {
                    return right.claim(holders).stream().sorted(AppliedCoupon.ORDER.reversed()).toList();
                }
            });
        }
    }

    @Breaks("CO-7")
    static class ClaimsWhatWasLeftBefore extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<AppliedCoupon> claim(Collection<ServiceCustomer> holders) {
                    return right.claim(holders).stream().map(this::untouched).toList();
                }

                private AppliedCoupon untouched(AppliedCoupon now) {
                    return now.terms().discount() instanceof Discount.Fixed fixed ? new AppliedCoupon(now.id(), now.holder(),
                            now.coupon(), now.terms(), now.scope(), now.amountLeft().map(left -> fixed.amount()),
                            now.invoicesLeft(), now.state(), now.appliedAt(), now.endedAt()) : now;
                }
            });
        }
    }

    @Breaks("CO-8")
    static class KeepsTheFirstOfSeveralUpdates extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void update(List<AppliedCoupon> applied) {
                    Map<Object, AppliedCoupon> first = new LinkedHashMap<>();
                    applied.forEach(coupon -> first.putIfAbsent(coupon.id(), coupon));
                    right.update(List.copyOf(first.values()));
                }
            });
        }
    }

    @Breaks("CO-9")
    static class PassesOverASecondRedemption extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void record(List<CouponRedemption> redemptions) {
                    right.record(redemptions.stream().filter(made -> right.redemptions(made.invoice()).stream()
                            .noneMatch(known -> known.applied().equals(made.applied()))).toList());
                }
            });
        }
    }

    @Breaks("CO-10")
    static class GivesBackWhatItGaveBackBefore extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            var given = new ConcurrentHashMap<UUID, List<CouponRedemption>>();
            return wrong(right -> new Object() {
                public List<CouponRedemption> takeBack(UUID invoice) {
                    List<CouponRedemption> standing = right.takeBack(invoice);
                    return standing.isEmpty() ? given.getOrDefault(invoice, List.of())
                            : given.computeIfAbsent(invoice, id -> standing);
                }
            });
        }
    }

    @Breaks("CO-11")
    static class ChangesTheNameAlone extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void change(Coupon coupon) {
                    right.find(coupon.service(), coupon.code()).ifPresent(known -> right.change(new Coupon(known.service(),
                            known.code(), coupon.name(), known.terms(), known.scope(), known.expiresAt(), known.reusable(),
                            known.active())));
                }
            });
        }
    }

    @Breaks("CO-12")
    static class ListsTheAppliedCouponsOfAllStates extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<AppliedCoupon> list(ServiceId service, AppliedCouponQuery query, PageRequest request) {
                    return right.list(service, new AppliedCouponQuery(query.customer(), Optional.empty(), query.coupons()),
                            request);
                }
            });
        }
    }

    @Breaks("CO-13")
    static class ForgetsThatRedemptionsWereTakenBack extends CouponsContract {
        @Override
        protected Ports emptyPorts() {
            List<CouponRedemption> recorded = Collections.synchronizedList(new ArrayList<>());
            return wrong(right -> new Object() {
                public void record(List<CouponRedemption> redemptions) {
                    right.record(redemptions);
                    recorded.addAll(redemptions);
                }

                public List<CouponRedemption> redemptionsOf(Collection<AppliedCouponId> applied) {
                    return recorded.stream().filter(made -> applied.contains(made.applied())).toList();
                }
            });
        }
    }
}
