package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lago's ranges as tiers. A range may begin where the one before it ends ("0–10, 10–20"), or one unit later ("0–10,
 * 11–20"): both mean the same tiers. Anything else leaves a hole or an overlap and is refused, two apart included, which
 * Lago lets through for volume.
 */
final class ChargeRanges {

    private final String list;
    private final String price;

    /**
     * @param list  name of the list of ranges
     * @param price name of a range's price
     */
    ChargeRanges(String list, String price) {
        this.list = list;
        this.price = price;
    }

    Tiers read(ChargeFields properties) {
        List<ChargeFields> ranges = properties.objects(list);
        var tiers = new ArrayList<Tier>();
        BigDecimal below = BigDecimal.ZERO;
        for (int i = 0; i < ranges.size(); i++) {
            ChargeFields range = ranges.get(i);
            checkStart(range, i, below);
            Optional<BigDecimal> end = range.decimal("to_value");
            checkEnd(range, end, i == ranges.size() - 1, below);
            tiers.add(new Tier(end, range.mandatory(price), range.orZero("flat_amount")));
            below = end.orElse(below);
        }
        return new Tiers(tiers);
    }

    private void checkStart(ChargeFields range, int index, BigDecimal below) {
        BigDecimal start = range.decimal("from_value").orElseThrow(
                () -> new InvalidValue(range.name("from_value"), "is mandatory" + code()));
        if (start.compareTo(below) != 0 && start.compareTo(below.add(BigDecimal.ONE)) != 0) {
            throw new InvalidValue(range.name("from_value"), "must be " + below.toPlainString() + " or "
                    + below.add(BigDecimal.ONE).toPlainString()
                    + (index == 0 ? " in the first range: " : ", next to where the range before it ends: ")
                    + start.toPlainString() + code());
        }
    }

    private void checkEnd(ChargeFields range, Optional<BigDecimal> end, boolean last, BigDecimal below) {
        if (last && end.isPresent()) {
            throw new InvalidValue(range.name("to_value"), "of the last range must be null, else units above it have"
                    + " no price" + code());
        }
        if (!last && end.isEmpty()) {
            throw new InvalidValue(range.name("to_value"), "only the last range may be open" + code());
        }
        if (!last && end.get().compareTo(below) <= 0) {
            throw new InvalidValue(range.name("to_value"), "must be above " + below.toPlainString() + ": "
                    + end.get().toPlainString() + code());
        }
    }

    private String code() {
        return " (invalid_" + list + ")";
    }
}
