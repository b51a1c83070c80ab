package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax.Part;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.tax.Levy;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxOnLines;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.TaxPolicy.Level;
import com.nexasystems.billing.tax.TaxRate.Component;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the configured rate whose tax is what the source says, to the minor unit, under one of the policies. Pure.
 *
 * @param policies those under which invoices may have been taxed, the likeliest first
 */
record TaxDerivation(List<TaxPolicy> policies) {

    private static final MathContext EXACT = new MathContext(50, RoundingMode.HALF_EVEN);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    /** Decimals of currencies that card networks, and so payment providers, take no finer amounts in. */
    private static final Map<String, Integer> COARSE = Map.of("BHD", 2, "JOD", 2, "KWD", 2, "OMR", 2, "TND", 2, "MGA", 0);

    TaxDerivation {
        policies = List.copyOf(policies);
    }

    /** What is booked of a tax: its rate, and the source's own amount. */
    record Share(String rate, Money amount) { }

    /**
     * Which rates may be meant.
     *
     * @param near those of where the customer is; they go before the others
     * @param far  those of everywhere else
     */
    record Candidates(Collection<List<Levy>> near, Collection<List<Levy>> far) { }

    /** A tax that no rate explains, or more than one. */
    static final class Underivable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private Underivable(String message) {
            super(message);
        }
    }

    /**
     * @return shares that add up to the tax: one, or several if the source sums up all taxes of a place
     * @throws Underivable with the figures
     */
    List<Share> derive(Tax tax, Candidates candidates) {
        List<List<Share>> named = named(tax, candidates);
        if (named.size() == 1) {
            return named.get(0);
        }
        for (var places : isOfNear(tax, candidates) ? List.of(candidates.near)
                : List.of(candidates.near, candidates.far)) {
            List<List<Share>> found = matches(tax, places);
            if (found.size() > 1) {
                throw new Underivable(said(tax) + " could be any of " + found.stream().map(TaxDerivation::names).toList());
            }
            if (found.size() == 1) {
                return found.get(0);
            }
        }
        throw new Underivable(said(tax) + " is what no configured rate comes to");
    }

    /** Where the place has a tax of that name, no other place's is meant: not if it had another rate in the past. */
    private static boolean isOfNear(Tax tax, Candidates candidates) {
        return candidates.near.stream().flatMap(List::stream).map(Levy::code)
                .anyMatch(code -> code.equals(tax.name()) || code.startsWith(tax.name() + "-"));
    }

    /** The rate that the source calls by the code that we know it by, wherever it is one. */
    private List<List<Share>> named(Tax tax, Candidates candidates) {
        return single(tax, Stream.of(candidates.near, candidates.far).flatMap(Collection::stream).flatMap(List::stream)
                .filter(levy -> levy.code().equals(tax.name())));
    }

    private List<List<Share>> matches(Tax tax, Collection<List<Levy>> places) {
        List<List<Share>> single = single(tax, places.stream().flatMap(List::stream));
        return !single.isEmpty() ? single : places.stream().filter(levies -> levies.size() > 1)
                .flatMap(levies -> shares(tax, levies).stream()).distinct().toList();
    }

    private List<List<Share>> single(Tax tax, Stream<Levy> levies) {
        return levies.distinct().flatMap(levy -> shares(tax, List.of(levy)).stream()).distinct().toList();
    }

    private Optional<List<Share>> shares(Tax tax, List<Levy> levies) {
        BigDecimal percent = levies.stream().map(Levy::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (tax.percent().filter(stated -> stated.compareTo(percent) != 0).isPresent()) {
            return Optional.empty();
        }
        return policies.stream().map(policy -> computed(tax, policy, levies, percent))
                .filter(shares -> sum(tax, shares.stream().map(Share::amount)).equals(tax.amount())).findFirst()
                .or(() -> asOne(tax, levies, percent)).or(() -> coarse(tax, levies));
    }

    /** Several that the source has rounded as if they were one: each has the part that its rate has of all of them. */
    private Optional<List<Share>> asOne(Tax tax, List<Levy> levies, BigDecimal percent) {
        int decimals = tax.amount().currency().getDefaultFractionDigits();
        boolean isOne = levies.size() > 1 && policies.stream().anyMatch(policy -> rounded(tax, policy, percent, decimals)
                .equals(tax.amount()));
        if (!isOne) {
            return Optional.empty();
        }
        List<Money> amounts = MoneySplit.byWeights(tax.amount(), levies.stream().map(Levy::percent).toList());
        return Optional.of(IntStream.range(0, levies.size())
                .mapToObj(i -> new Share(levies.get(i).code(), amounts.get(i))).toList());
    }

    private Optional<List<Share>> coarse(Tax tax, List<Levy> levies) {
        Integer decimals = COARSE.get(tax.amount().currency().getCurrencyCode());
        if (decimals == null || levies.size() != 1) {
            return Optional.empty();
        }
        Levy levy = levies.get(0);
        return policies.stream().map(policy -> rounded(tax, policy, levy.percent(), decimals)).filter(tax.amount()::equals)
                .findFirst().map(amount -> List.of(new Share(levy.code(), amount)));
    }

    private static Money rounded(Tax tax, TaxPolicy policy, BigDecimal percent, int decimals) {
        return sum(tax, parts(tax, policy).stream().map(part -> {
            Money on = tax.inclusive() ? part.base().plus(part.amount()) : part.base();
            BigDecimal whole = tax.inclusive() ? HUNDRED.add(percent) : HUNDRED;
            return share(policy, percent, on, whole, decimals);
        }));
    }

    private static Money sum(Tax tax, Stream<Money> amounts) {
        return amounts.reduce(Money.zero(tax.amount().currency()), Money::plus);
    }

    private static List<Part> parts(Tax tax, TaxPolicy policy) {
        return tax.parts().isEmpty() || policy.level() != Level.PER_LINE ? List.of(new Part(tax.base(), tax.amount()))
                : tax.parts();
    }

    private static List<Share> computed(Tax tax, TaxPolicy policy, List<Levy> levies, BigDecimal percent) {
        List<Part> parts = parts(tax, policy);
        return tax.inclusive() ? contained(policy, levies, parts, percent) : added(policy, levies, parts);
    }

    private static List<Share> added(TaxPolicy policy, List<Levy> levies, List<Part> parts) {
        List<Money> bases = parts.stream().map(Part::base).toList();
        return TaxOnLines.compute(policy, levies, bases.get(0).currency(), bases).stream()
                .map(TaxDerivation::share).toList();
    }

    private static Share share(TaxAmount amount) {
        return new Share(amount.code(), amount.amount());
    }

    /** Out of the prices, not out of the base: that was rounded when the tax was taken out of it. */
    private static List<Share> contained(TaxPolicy policy, List<Levy> levies, List<Part> parts, BigDecimal all) {
        return levies.stream().map(levy -> new Share(levy.code(), parts.stream()
                .flatMap(part -> rates(policy, levy).map(rate ->
                        share(policy, rate, part.base().plus(part.amount()), HUNDRED.add(all),
                                part.base().currency().getDefaultFractionDigits())))
                .reduce(Money::plus).orElseThrow())).toList();
    }

    private static Stream<BigDecimal> rates(TaxPolicy policy, Levy levy) {
        return policy.level() == Level.PER_COMPONENT ? levy.components().stream().map(Component::percent)
                : Stream.of(levy.percent());
    }

    private static Money share(TaxPolicy policy, BigDecimal rate, Money of, BigDecimal whole, int decimals) {
        BigDecimal exact = of.amount().multiply(rate).divide(whole, EXACT);
        return new Money(of.currency(), exact.setScale(decimals, policy.rounding()));
    }

    private static String names(List<Share> shares) {
        return String.join(" + ", shares.stream().map(Share::rate).toList());
    }

    private static String said(Tax tax) {
        return "tax " + tax.name() + Stream.concat(tax.percent().stream().map(percent -> " of " + percent.toPlainString()
                + " %"), Stream.of(" " + tax.amount() + " on " + tax.base())).reduce("", String::concat)
                + (tax.inclusive() ? ", included" : "");
    }
}
