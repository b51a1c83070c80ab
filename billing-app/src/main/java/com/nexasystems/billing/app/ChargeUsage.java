package com.nexasystems.billing.app;

import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Dynamic;
import com.nexasystems.billing.charge.Percentage;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The usage of a charge as JSON: {@code units}, and for the models that price events {@code events}: their values in
 * order, how many there are, or, where amounts come with them, objects. Where units and events disagree, the units are
 * the total and the events decide the allowances, as in Lago.
 */
final class ChargeUsage {

    private static final String UNITS = "units";
    private static final String EVENTS = "events";
    private static final String CENTS = "precise_total_amount_cents";
    private static final int CENT_DECIMALS = 2;

    private final ChargeFields root;
    private final ChargeModel model;

    ChargeUsage(ChargeFields root, ChargeModel model) {
        this.root = root;
        this.model = model;
    }

    Billable read() {
        Optional<BigDecimal> units = root.aggregate(UNITS);
        Optional<Object> events = root.value(EVENTS);
        if (events.isEmpty()) {
            return withoutEvents(units.orElseThrow(() -> new InvalidValue(UNITS, "is mandatory")));
        }
        if (events.get() instanceof List<?> list) {
            return model instanceof Dynamic ? amounts(list, units) : values(list, units);
        }
        return counted(ChargeFields.decimal(EVENTS, events.get()),
                units.orElseThrow(() -> new InvalidValue(UNITS, "is mandatory when events is their number")));
    }

    private Billable withoutEvents(BigDecimal units) {
        if (model instanceof Dynamic && units.signum() > 0) {
            throw new InvalidValue(EVENTS, "is mandatory: the amount comes with the events");
        }
        return model instanceof Percentage && units.signum() > 0 ? Billable.ofEvents(List.of(units)) : Billable.of(units);
    }

    private Billable values(List<?> list, Optional<BigDecimal> units) {
        var values = new ArrayList<BigDecimal>();
        for (int i = 0; i < list.size(); i++) {
            values.add(ChargeFields.decimal(EVENTS + "[" + i + "]", list.get(i)));
        }
        Billable events = Billable.ofEvents(values);
        return new Billable(units.orElse(events.total()), events.count(), events.events(), BigDecimal.ZERO);
    }

    private Billable counted(BigDecimal count, BigDecimal units) {
        if (count.signum() < 0 || count.scale() > 0 || count.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new InvalidValue(EVENTS, "must be a list or a whole number, not negative: " + count.toPlainString());
        }
        if (model instanceof Dynamic || model.looksAtEvents()) {
            throw new InvalidValue(EVENTS, "must be the list of the events, for they are priced one by one");
        }
        return new Billable(units, count.longValueExact(), List.of(), BigDecimal.ZERO);
    }

    private Billable amounts(List<?> list, Optional<BigDecimal> units) {
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal cents = BigDecimal.ZERO;
        for (int i = 0; i < list.size(); i++) {
            String name = EVENTS + "[" + i + "]";
            ChargeFields event = ChargeFields.of(name, name + ".", list.get(i));
            total = total.add(event.decimal(UNITS).orElse(BigDecimal.ONE));
            cents = cents.add(event.mandatory(CENTS));
        }
        return new Billable(units.orElse(Decimals.nonNegative(UNITS, total)), list.size(), List.of(),
                cents.movePointLeft(CENT_DECIMALS));
    }
}
