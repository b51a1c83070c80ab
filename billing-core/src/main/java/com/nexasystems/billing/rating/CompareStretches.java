package com.nexasystems.billing.rating;

import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.period.ProrationPolicy.CutDay;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Prices stretches under two catalogues, from one look at the usage for both. */
final class CompareStretches {

    /** Of stretches with one look: those of a page of subscriptions may be many. */
    private static final int CHUNK = 1000;

    private final RatePeriod ratePeriod;
    private final ProrationPolicy proration;
    private final RoundingMode rounding;

    CompareStretches(RatePeriod ratePeriod, ProrationPolicy proration, RoundingMode rounding) {
        this.ratePeriod = ratePeriod;
        this.proration = proration;
        this.rounding = rounding;
    }

    /** What changes for each subscription, in their order. */
    List<PriceComparison> compare(Catalogues catalogues, List<SubscriptionStretches> subscriptions) {
        List<PriceComparison> usage = usage(catalogues,
                subscriptions.stream().flatMap(one -> one.usage().stream()).toList());
        var compared = new ArrayList<PriceComparison>(subscriptions.size());
        int next = 0;
        for (SubscriptionStretches one : subscriptions) {
            List<PriceComparison> own = usage.subList(next, next + one.usage().size());
            compared.add(Stream.concat(own.stream(), flats(catalogues, one.flat()))
                    .reduce(catalogues.none(), PriceComparison::plus));
            next += one.usage().size();
        }
        return compared;
    }

    private List<PriceComparison> usage(Catalogues catalogues, List<BilledStretch> stretches) {
        var compared = new ArrayList<PriceComparison>(stretches.size());
        for (int from = 0; from < stretches.size(); from += CHUNK) {
            compared.addAll(chunk(catalogues, stretches.subList(from, Math.min(from + CHUNK, stretches.size()))));
        }
        return compared;
    }

    private List<PriceComparison> chunk(Catalogues catalogues, List<BilledStretch> stretches) {
        List<List<Explanation>> rated = ratePeriod.rate(Stream.concat(stretches.stream().map(catalogues::before),
                stretches.stream().map(catalogues::after)).toList());
        int size = stretches.size();
        return IntStream.range(0, size).mapToObj(i -> compared(catalogues, rated.get(i), rated.get(size + i))).toList();
    }

    /** What one flat price is for, as it is. */
    private record FlatPrice(BillingPeriod whole, PlanVersion version) { }

    /** Those of one period are rounded together, as on invoices: each later one bills what is missing to all so far. */
    private Stream<PriceComparison> flats(Catalogues catalogues, List<BilledStretch> stretches) {
        var shares = new LinkedHashMap<FlatPrice, Proration>();
        for (BilledStretch stretch : stretches) {
            shares.merge(new FlatPrice(stretch.whole(), catalogues.before(stretch).version()),
                    proration.share(stretch.period(), CutDay.AFTER, stretch.endDay(), stretch.whole()), Proration::plus);
        }
        return shares.entrySet().stream().map(share -> {
            FlatPrice price = share.getKey();
            return compared(catalogues,
                    List.of(PlanPrices.flat(catalogues.asItIs(), price.version, price.whole, share.getValue())),
                    List.of(PlanPrices.flat(catalogues.asItWouldBe(), catalogues.changed(), price.whole, share.getValue())));
        });
    }

    private PriceComparison compared(Catalogues catalogues, List<Explanation> before, List<Explanation> after) {
        PriceComparison sum = catalogues.none();
        for (Explanation line : before) {
            sum = sum.plus(part(line), PriceChange.before(line.exact(), rounding));
        }
        for (Explanation line : after) {
            sum = sum.plus(part(line), PriceChange.after(line.exact(), rounding));
        }
        return sum;
    }

    /** Only what is metered has counted something. */
    private static Optional<String> part(Explanation line) {
        return line.counted().map(counted -> line.charge());
    }
}
