package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.invoicing.IssueOneOff.Request;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxOnLines;
import com.nexasystems.billing.tax.TaxOnLines.TaxedLine;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.testing.Shop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Invoices with the fees, coupons and taxes of a published figure; they are sold once, so that no plan is needed. */
final class LagoInvoice {

    private LagoInvoice() {
    }

    /** The rows of a table beside this class, without its comments. */
    static Stream<String[]> rows(String table) {
        try (var in = LagoInvoice.class.getResourceAsStream(table)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Invoice issued(Shop shop, String fees, String coupons, String percents) {
        List<List<TaxRate>> rates = rates(percents, fees.split(" ").length);
        var sold = new ArrayList<Fee>();
        for (String fee : fees.split(" ")) {
            sold.add(Fee.of("fee " + sold.size(), "1", cents(fee).amount().toPlainString())
                    .taxed(rates.get(sold.size()).toArray(TaxRate[]::new)));
        }
        Invoice plain = shop.billing.oneOff().issue(shop.hosting.id(), new Request(shop.customer("ada"), Shop.CAD, sold,
                fees + coupons + percents));
        return coupons.isEmpty() ? plain : discounted(plain, coupons, rates);
    }

    private static Invoice discounted(Invoice plain, String coupons, List<List<TaxRate>> rates) {
        var discounts = new ArrayList<Discount>();
        List<Money> net = plain.netLines();
        for (String coupon : coupons.split(" ")) {
            String[] parts = coupon.split("@");
            List<BigDecimal> weights = new ArrayList<>();
            for (int line = 0; line < net.size(); line++) {
                boolean covered = parts.length == 1 || parts[1].equals(String.valueOf(line));
                weights.add(covered ? net.get(line).amount() : BigDecimal.ZERO);
            }
            List<Money> shares = MoneySplit.byWeights(cents(parts[0]), weights);
            discounts.add(new Discount(new UUID(0, discounts.size()), coupon, cents(parts[0]), shares));
            List<Money> before = net;
            net = IntStream.range(0, net.size()).mapToObj(line -> before.get(line).minus(shares.get(line))).toList();
        }
        List<Money> left = net;
        return plain.settled(discounts, TaxOnLines.computeEach(plain.taxPolicy(), plain.currency(),
                IntStream.range(0, net.size()).mapToObj(line -> new TaxedLine(left.get(line), rates.get(line))).toList()),
                List.of());
    }

    private static List<List<TaxRate>> rates(String percents, int fees) {
        String[] each = percents.split(" ");
        return IntStream.range(0, fees).mapToObj(fee -> each[each.length == 1 ? 0 : fee])
                .map(own -> Arrays.stream(own.split("\\+")).toList())
                .map(LagoInvoice::rates).toList();
    }

    /** The second of two equal ones is another tax. */
    private static List<TaxRate> rates(List<String> percents) {
        return IntStream.range(0, percents.size()).mapToObj(i -> new TaxRate(new Jurisdiction("CA"),
                "tax " + percents.get(i) + " " + (percents.indexOf(percents.get(i)) == i ? "" : "again"),
                List.of(new TaxRate.Component("tax", new BigDecimal(percents.get(i)))), LocalDate.EPOCH, Optional.empty()))
                .toList();
    }

    static Money cents(String cents) {
        return Money.ofMinor(Shop.CAD, new BigInteger(cents));
    }
}
