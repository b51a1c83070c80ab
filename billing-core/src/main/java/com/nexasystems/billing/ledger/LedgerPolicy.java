package com.nexasystems.billing.ledger;

import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.TaxPolicy.Level;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

/**
 * How invoices are booked.
 *
 * @param zone          the books' calendar: an instant belongs to the day that it is there
 * @param families      which family a line's revenue belongs to
 * @param jurisdictions whose tax rates may stand on an invoice, whatever it says of where the customer is
 * @param taxPolicies   how its taxes may have been rounded, the likeliest first
 */
public record LedgerPolicy(ZoneId zone, FamilyRules families, List<Jurisdiction> jurisdictions,
                           List<TaxPolicy> taxPolicies) {

    /** On the total, then on each line, then on each component; half up before half even. */
    public static final List<TaxPolicy> ALL_TAX_POLICIES = Stream.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)
            .flatMap(rounding -> Stream.of(Level.ON_TOTAL, Level.PER_LINE, Level.PER_COMPONENT)
                    .map(level -> new TaxPolicy(level, rounding))).toList();

    public LedgerPolicy {
        jurisdictions = List.copyOf(jurisdictions);
        taxPolicies = List.copyOf(taxPolicies);
    }
}
