package com.nexasystems.billing.catalog;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;

/**
 * How a charge is billed, beside its price.
 *
 * @param inAdvance each unit is billed when it is used, and not when its period is over
 * @param prorated  a unit counts for the days of the period in which it was there: only on recurring metrics
 * @param minimum   what the charge comes to at least in a whole period, in the major unit of the plan's currency; zero = none
 * @param groupBy   properties by whose values usage is priced apart that no filter matches, each group with tiers and free
 *                  units of its own
 * @param filters   usage that has a price of its own; of those that match, the one with the most properties prices it; then
 *                  the one that spells out values of more of them; then the first. What none of them matches has the
 *                  charge's own price
 */
public record ChargeTerms(boolean inAdvance, boolean prorated, BigDecimal minimum, List<String> groupBy,
                          List<ChargeFilter> filters) {

    /** Billed when the period is over, all usage alike. */
    public static final ChargeTerms PLAIN = new ChargeTerms(false, false, BigDecimal.ZERO, List.of(), List.of());

    public ChargeTerms {
        minimum = Decimals.nonNegative("min_amount", minimum);
        groupBy = List.copyOf(groupBy);
        filters = List.copyOf(filters);
        checkGroups(groupBy);
        var names = new HashSet<String>();
        for (ChargeFilter filter : filters) {
            if (!names.add(filter.name())) {
                throw new InvalidValue("filters", "two of them are called " + filter.name());
            }
        }
        if (inAdvance && minimum.signum() > 0) {
            throw new InvalidValue("min_amount", "has no meaning for a charge that is billed in advance");
        }
    }

    static void checkGroups(List<String> properties) {
        properties.forEach(property -> InvalidValue.checkText("pricing_group_keys", property, 128));
        if (new HashSet<>(properties).size() < properties.size()) {
            throw new InvalidValue("pricing_group_keys", "names a property twice");
        }
    }

    /** Whether all usage of a period is priced as one. */
    public boolean isUndivided() {
        return groupBy.isEmpty() && filters.isEmpty();
    }
}
