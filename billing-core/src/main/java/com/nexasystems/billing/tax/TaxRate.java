package com.nexasystems.billing.tax;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One tax of a jurisdiction while it has one rate.
 *
 * @param code       on invoices and in the ledger, such as {@code HST-ON}
 * @param components what the rate is made of; their rates add up to it. A harmonised tax has two, most have one
 * @param from       first day on which it is in force
 * @param until      first day on which it is no longer; empty if it still is
 */
public record TaxRate(Jurisdiction jurisdiction, String code, List<Component> components, LocalDate from,
                      Optional<LocalDate> until) implements Levy {

    /**
     * A part of a tax.
     *
     * @param percent 5 means 5 %; not negative
     */
    public record Component(String name, BigDecimal percent) {

        public Component {
            InvalidValue.checkText("name", name, 64);
            percent = Decimals.nonNegative("percent", percent);
        }
    }

    public TaxRate {
        InvalidValue.checkText("code", code, 64);
        components = List.copyOf(components);
        if (components.isEmpty()) {
            throw new InvalidValue("components", "a tax has at least one");
        }
        if (until.isPresent() && !from.isBefore(until.get())) {
            throw new InvalidValue("until", "must be after " + from + ": " + until.get());
        }
    }

    public boolean inForceOn(LocalDate day) {
        return !day.isBefore(from) && until.map(day::isBefore).orElse(true);
    }
}
