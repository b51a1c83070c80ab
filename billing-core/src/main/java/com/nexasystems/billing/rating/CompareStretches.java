package com.nexasystems.billing.rating;

import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.period.ProrationPolicy;
import java.math.RoundingMode;
import java.util.ArrayList;
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
        List<PriceComparison> usage = usage(catalogues, subscriptions.stream().flatMap(one -> one.usage().stream()).toList());
        var compared = new ArrayList<PriceComparison>(subscriptions.size());
        int next = 0;
        for (SubscriptionStretches one : subscriptions) {
            List<PriceComparison> own = usage.subList(next, next + one.usage().size());
            compared.add(Stream.concat(own.stream(), one.flat().stream().map(stretch -> flat(catalogues, stretch)))
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

    private PriceComparison flat(Catalogues catalogues, BilledStretch stretch) {
        Proration share = proration.share(stretch.period(), stretch.whole());
        return compared(catalogues, List.of(flat(catalogues.before(stretch), share)),
                List.of(flat(catalogues.after(stretch), share)));
    }

    private static Explanation flat(RatingRequest request, Proration share) {
        return RatePeriod.rateFlat(request.plan(), request.version(), request.period(), share);
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
