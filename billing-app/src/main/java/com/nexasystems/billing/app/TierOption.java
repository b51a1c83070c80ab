package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tiers of {@code --tiers}: {@code [[up_to or null, "price per batch", "flat fee"], …]}. */
final class TierOption {

    private static final String NAME = "--tiers";
    private static final int PARTS = 3;

    private TierOption() {
    }

    static Tiers parse(String text) {
        if (!(Json.read(NAME, text) instanceof List<?> list)) {
            throw new InvalidValue(NAME, "must be a list such as [[100,\"1.50\",\"0\"],[null,\"1.00\",\"5\"]]");
        }
        var tiers = new ArrayList<Tier>();
        for (int i = 0; i < list.size(); i++) {
            tiers.add(tier(NAME + "[" + i + "]", list.get(i)));
        }
        try {
            return new Tiers(tiers);
        } catch (InvalidValue e) {
            throw new InvalidValue(e.field().replaceFirst("^tiers", NAME), e.reason());
        }
    }

    private static Tier tier(String name, Object value) {
        if (!(value instanceof List<?> parts) || parts.size() != PARTS) {
            throw new InvalidValue(name, "must be [up_to or null, \"price per batch\", \"flat fee\"]");
        }
        var upTo = Optional.ofNullable(parts.get(0))
                .map(bound -> Decimals.positive(name + ".up_to", ChargeFields.decimal(name + ".up_to", bound)));
        return new Tier(upTo,
                Decimals.nonNegative(name + ".price", ChargeFields.decimal(name + ".price", parts.get(1))),
                Decimals.nonNegative(name + ".flat_fee", ChargeFields.decimal(name + ".flat_fee", parts.get(2))));
    }
}
