package com.nexasystems.billing.coupon;

import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a customer's coupons take off one invoice. Pure: the same invoice and coupons give the same answer.
 *
 * <p>Metric-limited coupons come first, then plan-limited ones, then the others; in each the oldest first. Each works on
 * what those before it left: a percentage is rounded half up to the minor unit, a fixed amount is capped. What a coupon may
 * take is what its lines come to, and never more than the whole invoice comes to, negative lines included; so nothing
 * becomes negative that was not. What it takes is spread over its lines above zero, in proportion to what is left of
 * them, by {@link MoneySplit}. A coupon that takes nothing off, or less than half a minor unit, is not used.
 *
 * @param made    in the order in which they were made; to be recorded
 * @param changed the coupons that were used, as they are then; to be updated, and no others: of a coupon that another
 *                invoice of the same page uses, this one knows only what was before
 * @param after   all coupons that were handed in, in the order in which they are redeemed, as they are then; what the next
 *                invoice is redeemed with
 * @param net     what is left of each line, before tax; in the order of the lines
 */
public record Redemptions(List<CouponRedemption> made, List<AppliedCoupon> changed, List<AppliedCoupon> after,
                          List<Money> net) {

    public Redemptions {
        made = List.copyOf(made);
        changed = List.copyOf(changed);
        after = List.copyOf(after);
        net = List.copyOf(net);
    }

    /**
     * @param claimed any coupons; only the active ones of the invoice's customer at its service, and in its currency, are
     *                used
     * @throws CurrencyMismatchException if the lines are not of one currency
     */
    public static Redemptions of(Discountable invoice, List<AppliedCoupon> claimed) {
        var made = new ArrayList<CouponRedemption>();
        var changed = new ArrayList<AppliedCoupon>();
        var after = new ArrayList<AppliedCoupon>(claimed.size());
        List<Money> net = invoice.lines().stream().map(Discountable.Line::amount).toList();
        for (AppliedCoupon applied : claimed.stream().sorted(AppliedCoupon.ORDER).toList()) {
            Optional<CouponRedemption> redemption = redemption(applied, invoice, net);
            if (redemption.isEmpty()) {
                after.add(applied);
                continue;
            }
            AppliedCoupon used = applied.redeemed(redemption.get().amount(), invoice.at());
            made.add(redemption.get());
            changed.add(used);
            after.add(used);
            net = minus(net, redemption.get().shares());
        }
        return new Redemptions(made, changed, after, net);
    }

    private static Optional<CouponRedemption> redemption(AppliedCoupon applied, Discountable invoice, List<Money> net) {
        List<Integer> covered = IntStream.range(0, net.size())
                .filter(i -> applied.scope().covers(invoice.lines().get(i))).boxed().toList();
        if (covered.isEmpty() || !applied.holder().equals(invoice.holder())) {
            return Optional.empty();
        }
        Money base = sum(covered.stream().map(net::get));
        Money most = Stream.of(base, sum(net.stream())).min(Comparator.naturalOrder()).orElseThrow();
        if (most.amount().signum() <= 0) {
            return Optional.empty();
        }
        Money off = Stream.of(applied.off(base), most).min(Comparator.naturalOrder()).orElseThrow();
        if (off.isZero()) {
            return Optional.empty();
        }
        List<BigDecimal> weights = IntStream.range(0, net.size())
                .mapToObj(i -> covered.contains(i) ? net.get(i).amount().max(BigDecimal.ZERO) : BigDecimal.ZERO).toList();
        return Optional.of(new CouponRedemption(invoice.invoice(), applied.id(), applied.coupon(), off,
                MoneySplit.byWeights(off, weights), invoice.at()));
    }

    private static List<Money> minus(List<Money> net, List<Money> shares) {
        return IntStream.range(0, net.size()).mapToObj(i -> net.get(i).minus(shares.get(i))).toList();
    }

    private static Money sum(Stream<Money> amounts) {
        return amounts.reduce(Money::plus).orElseThrow();
    }
}
