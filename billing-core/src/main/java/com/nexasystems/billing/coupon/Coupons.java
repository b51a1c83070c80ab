package com.nexasystems.billing.coupon;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The coupons of the services, those their customers have, and what they took off which invoice. {@code CouponsContract}
 * checks these rules.
 *
 * <p>CO-1 A coupon that was added is found by service and code, exactly as it was; withdrawing it changes nothing else.
 * <p>CO-2 A code is taken once in a service: adding another coupon under it answers false and changes nothing.
 * <p>CO-3 The coupons of one service are not there for another; {@link #all} is sorted by code.
 * <p>CO-4 A coupon that was applied is found by id and among its holder's, exactly as it was. A customer has nothing of it
 * at another service.
 * <p>CO-5 A coupon that is not reusable is applied once for each holder, whatever has become of it since, and also of
 * concurrent calls: another time answers false and changes nothing.
 * <p>CO-6 A claim by holder gives the active applied coupons of these holders, in the order in which they are redeemed.
 * <p>CO-7 What one unit of work has claimed, no other claims until it has ended; a claim waits, and gives what it claims as
 * it is then; one by holder leaves out what is no longer active.
 * <p>CO-8 An update replaces what is left, state and end. Of several of one id, the last one stands.
 * <p>CO-9 The redemptions of an invoice come back in the order in which they were added, exactly as they were. An applied
 * coupon is redeemed once on an invoice: recording it again fails, and nothing of the unit of work is kept.
 * <p>CO-10 Taking back answers the redemptions of the invoice that stood until then, once, also of concurrent calls; from
 * then on the invoice has none.
 * <p>CO-11 A change of a coupon replaces all but service and code, and nothing of what customers have of it.
 * <p>CO-12 A list of applied coupons has those of the service that are asked for, the newest first, then by id; pages
 * neither repeat nor leave out.
 * <p>CO-13 The redemptions of applied coupons are those that stand, in the order in which they were added.
 */
public interface Coupons {

    /** @return false if the service has a coupon of that code */
    boolean add(Coupon coupon);

    /** Does nothing if there is none. */
    void change(Coupon coupon);

    /** It is no longer offered. Does nothing if there is none. */
    void withdraw(ServiceId service, CouponCode code);

    Optional<Coupon> find(ServiceId service, CouponCode code);

    List<Coupon> all(ServiceId service);

    /**
     * @param applied of a coupon that was added
     * @return false if the coupon is not reusable and its holder has, or had, it already
     */
    boolean apply(AppliedCoupon applied);

    Optional<AppliedCoupon> find(AppliedCouponId id);

    /** All that this customer has or had at this service, in the order in which they are redeemed. */
    List<AppliedCoupon> of(ServiceCustomer holder);

    /**
     * Claims what these customers can use, for this unit of work. Locks in the order of the ids, whoever the holders are;
     * who claims wallets as well does so afterwards. Must be called inside a unit of work.
     */
    List<AppliedCoupon> claim(Collection<ServiceCustomer> holders);

    /** Claims these, active or not. Must be called inside a unit of work. */
    List<AppliedCoupon> claimAll(Collection<AppliedCouponId> ids);

    void update(List<AppliedCoupon> applied);

    void record(List<CouponRedemption> redemptions);

    /** Those that stand: none of an invoice whose redemptions were taken back. */
    List<CouponRedemption> redemptions(UUID invoice);

    Page<AppliedCoupon> list(ServiceId service, AppliedCouponQuery query, PageRequest request);

    List<CouponRedemption> redemptionsOf(Collection<AppliedCouponId> applied);

    /** Strikes out the redemptions of an invoice, and answers those it struck out. */
    List<CouponRedemption> takeBack(UUID invoice);
}
