package com.nexasystems.billing.simulator.lago;

import com.nexasystems.billing.simulator.lago.NewInvoice.Fee;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An invoice's figures, in Lago's order: progressive credit, coupons, taxes. In smallest units. */
final class Figures {

    private static final int PRECISE = 5;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final NewInvoice invoice;
    private final List<BigDecimal> off = new ArrayList<>();

    Figures(NewInvoice invoice) {
        this.invoice = invoice;
        invoice.fees.forEach(fee -> off.add(BigDecimal.ZERO));
        List<Integer> all = IntStream.range(0, off.size()).boxed().toList();
        takeOff(invoice.progressive, all.stream().filter(i -> "charge".equals(invoice.fees.get(i).type())).toList());
        takeOff(invoice.coupons, all);
    }

    private void takeOff(long amount, List<Integer> fees) {
        List<BigDecimal> left = fees.stream().map(this::net).toList();
        BigDecimal sum = left.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        for (int i = 0; i < fees.size() && sum.signum() > 0; i++) {
            BigDecimal share = BigDecimal.valueOf(amount).multiply(left.get(i)).divide(sum, PRECISE, RoundingMode.HALF_UP);
            off.set(fees.get(i), off.get(fees.get(i)).add(share).min(amount(fees.get(i))));
        }
    }

    /** What coupons and progressive credit take off a fee. */
    BigDecimal off(int fee) {
        return off.get(fee);
    }

    BigDecimal net(int fee) {
        return amount(fee).subtract(off.get(fee));
    }

    private BigDecimal amount(int fee) {
        return BigDecimal.valueOf(invoice.fees.get(fee).amount());
    }

    long fees() {
        return invoice.fees.stream().mapToLong(Fee::amount).sum();
    }

    long subTotal() {
        return fees() - invoice.progressive - invoice.coupons;
    }

    /** What a tax is on. */
    BigDecimal base(String tax) {
        return IntStream.range(0, off.size()).filter(i -> invoice.fees.get(i).taxes().contains(tax)).mapToObj(this::net)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal tax(Map.Entry<String, BigDecimal> tax) {
        return base(tax.getKey()).multiply(tax.getValue()).divide(HUNDRED);
    }

    /** Of a fee, of all its taxes. */
    BigDecimal taxes(int fee) {
        return invoice.fees.get(fee).taxes().stream().map(code -> net(fee).multiply(invoice.taxes.get(code)).divide(HUNDRED))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Rounded once, so that it can differ from the sum of the rounded taxes. */
    long taxes() {
        return rounded(invoice.taxes.entrySet().stream().map(this::tax).reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    static long rounded(BigDecimal exact) {
        return exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
