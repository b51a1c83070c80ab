package com.nexasystems.billing.rating;

import com.nexasystems.billing.period.Proration;
import com.nexasystems.billing.period.ProrationPolicy;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** In the order of the stretches. */
    List<PriceComparison> compare(Catalogues catalogues, List<BilledStretch> stretches) {
        var compared = new ArrayList<PriceComparison>(stretches.size());
        for (int from = 0; from < stretches.size(); from += CHUNK) {
            compared.addAll(chunk(catalogues, stretches.subList(from, Math.min(from + CHUNK, stretches.size()))));
        }
        return compared;
    }

    private List<PriceComparison> chunk(Catalogues catalogues, List<BilledStretch> stretches) {
        List<List<Explanation>> usage = ratePeriod.rate(Stream.concat(stretches.stream().map(catalogues::before),
                stretches.stream().map(catalogues::after)).toList());
        PriceComparison none = catalogues.none();
        var compared = new ArrayList<PriceComparison>(stretches.size());
        for (int i = 0; i < stretches.size(); i++) {
            List<Explanation> before = usage.get(i);
            List<Explanation> after = usage.get(stretches.size() + i);
            compared.add(compare(none, lines(before, catalogues.before(stretches.get(i)), stretches.get(i)),
                    lines(after, catalogues.after(stretches.get(i)), stretches.get(i))));
        }
        return compared;
    }

    private List<Explanation> lines(List<Explanation> usage, RatingRequest request, BilledStretch stretch) {
        Proration share = proration.share(stretch.period(), stretch.whole());
        Explanation flat = RatePeriod.rateFlat(request.plan(), request.version(), stretch.period(), share);
        return Stream.concat(Stream.of(flat), usage.stream()).toList();
    }

    private PriceComparison compare(PriceComparison none, List<Explanation> before, List<Explanation> after) {
        PriceComparison sum = none;
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
