package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Fees as lines. Lago takes coupons and progressive credit off the invoice as a whole, to the minor unit, and says of each
 * fee what that was to fractions of it. The lines' discounts add up to what is taken off the invoice.
 */
final class LagoFees {

    private static final String SUB_TOTAL = "sub_total_excluding_taxes_amount_cents";
    private static final String OFF = "precise_coupons_amount_cents";

    private final Currency currency;
    private final List<LagoObject> fees;
    private final List<String> unexplained;
    private final List<Money> amounts;
    private final List<BigDecimal> precise;

    /** @param unexplained is added to */
    LagoFees(Currency currency, List<LagoObject> fees, List<String> unexplained) {
        this.currency = currency;
        this.fees = fees;
        this.unexplained = unexplained;
        this.amounts = fees.stream().map(fee -> Money.ofMinor(currency, fee.cents("amount_cents"))).toList();
        this.precise = fees.stream().map(LagoFees::precise).toList();
    }

    private static BigDecimal precise(LagoObject fee) {
        BigDecimal off = fee.decimal(OFF).orElse(BigDecimal.ZERO);
        if (off.signum() < 0) {
            throw fee.invalid(OFF, "is below zero");
        }
        return off;
    }

    /**
     * @param coupons     off the invoice
     * @param progressive off the invoice
     */
    List<Line> lines(Money coupons, Money progressive) {
        List<Money> discounts = discounts(coupons.plus(progressive), progressive.isZero());
        return IntStream.range(0, fees.size()).mapToObj(i -> line(fees.get(i), amounts.get(i), discounts.get(i))).toList();
    }

    private Line line(LagoObject fee, Money amount, Money discount) {
        Optional<LagoObject> item = fee.object("item");
        boolean isCredit = item.flatMap(each -> each.text("type")).filter("credit"::equals).isPresent();
        return new Line(fee.mandatory("lago_id"), description(fee), item.flatMap(each -> each.text("code")), false,
                List.of(), isCredit ? Sale.PREPAID : Sale.SERVICE, amount, discount, Money.zero(currency));
    }

    static String description(LagoObject fee) {
        Optional<LagoObject> item = fee.object("item");
        return Stream.of(item.flatMap(each -> each.text("invoice_display_name")),
                        fee.text("invoice_display_name"), item.flatMap(each -> each.text("name")), fee.text("description"),
                        item.flatMap(each -> each.text("code")))
                .flatMap(Optional::stream).findFirst().orElse("a fee without a name");
    }

    /** What Lago itself has rounded, if it adds up; else by the largest remainder of what it says precisely. */
    private List<Money> discounts(Money whole, boolean onlyCoupons) {
        List<Money> none = amounts.stream().map(amount -> Money.zero(currency)).toList();
        if (whole.isZero()) {
            return none;
        }
        List<Money> stated = stated();
        if (!stated.isEmpty() && sum(stated).equals(whole) && stated.stream().noneMatch(Money::isNegative)) {
            return stated;
        }
        if (whole.isNegative() || !areOfAllCoupons(whole, onlyCoupons)) {
            unexplained.add(whole + " is taken off before taxes, and the fees do not say so");
            return none;
        }
        List<Money> split = MoneySplit.byWeights(whole, precise);
        if (IntStream.range(0, split.size()).anyMatch(i -> split.get(i).compareTo(amounts.get(i)) > 0)) {
            unexplained.add("more is taken off a fee than it comes to");
        }
        return split;
    }

    private List<Money> stated() {
        var stated = new ArrayList<Money>();
        for (int i = 0; i < fees.size(); i++) {
            Optional<BigInteger> net = fees.get(i).optionalCents(SUB_TOTAL);
            if (net.isEmpty()) {
                return List.of();
            }
            stated.add(amounts.get(i).minus(Money.ofMinor(currency, net.get())));
        }
        return stated;
    }

    private Money sum(List<Money> amounts) {
        return amounts.stream().reduce(Money.zero(currency), Money::plus);
    }

    /** Some versions of Lago put less of a progressive credit on the fees than it took off the invoice. */
    private boolean areOfAllCoupons(Money whole, boolean onlyCoupons) {
        BigDecimal sum = precise.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal gap = sum.subtract(new BigDecimal(whole.minorUnits())).abs();
        return sum.signum() > 0 && (!onlyCoupons || gap.compareTo(BigDecimal.ONE) < 0);
    }
}
