package com.nexasystems.billing.charge;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rate on an amount, and a fixed fee per event. The units are an amount in the major unit of the plan's currency.
 *
 * <p>Without a minimum or maximum per event, {@code (units − free) × rate + (events − free events) × fixed fee}; nothing
 * when there are no units. {@code freeEvents} frees the amounts and fees of the first events; {@code freeAmount} frees
 * the first part of the amount, and the fees of the events whose running total stays strictly below it. With both,
 * whichever is exhausted first ends the free part.
 *
 * <p>With a minimum or maximum, each event is priced by itself: {@code clamp(paid part × rate + fixed fee)}. An event is
 * free while the free amount covers more than it; the one that exhausts it pays for its remainder, also when that is
 * zero. With both allowances, the amount alone governs.
 *
 * @param rate       in percent, not negative
 * @param fixedFee   per event, not negative
 * @param freeEvents zero = none
 * @param freeAmount zero = none
 * @param minimum    per event
 * @param maximum    per event, not below the minimum
 */
public record Percentage(BigDecimal rate, BigDecimal fixedFee, int freeEvents, BigDecimal freeAmount,
                         Optional<BigDecimal> minimum, Optional<BigDecimal> maximum) implements ChargeModel {

    public Percentage {
        rate = Decimals.nonNegative("rate", rate);
        fixedFee = Decimals.nonNegative("fixed_amount", fixedFee);
        freeAmount = Decimals.nonNegative("free_units_per_total_aggregation", freeAmount);
        if (freeEvents < 0) {
            throw new InvalidValue("free_units_per_events", "must not be negative: " + freeEvents);
        }
        minimum = minimum.map(value -> Decimals.nonNegative("per_transaction_min_amount", value));
        maximum = maximum.map(value -> Decimals.nonNegative("per_transaction_max_amount", value));
        if (minimum.isPresent() && maximum.isPresent() && maximum.get().compareTo(minimum.get()) < 0) {
            throw new InvalidValue("per_transaction_max_amount", "must not be below per_transaction_min_amount");
        }
    }

    public static Percentage of(String rate, String fixedFee) {
        return new Percentage(Decimals.parse("rate", rate), Decimals.parse("fixed_amount", fixedFee), 0, BigDecimal.ZERO,
                Optional.empty(), Optional.empty());
    }

    public Percentage free(int events, String amount) {
        return new Percentage(rate, fixedFee, events, Decimals.parse("free_units_per_total_aggregation", amount), minimum,
                maximum);
    }

    public Percentage clamped(String min, String max) {
        return new Percentage(rate, fixedFee, freeEvents, freeAmount,
                Optional.of(Decimals.parse("per_transaction_min_amount", min)),
                Optional.of(Decimals.parse("per_transaction_max_amount", max)));
    }

    @Override
    public String code() {
        return "percentage";
    }

    @Override
    public boolean looksAtEvents() {
        return isClamped() || freeEvents > 0 || freeAmount.signum() > 0;
    }

    @Override
    public boolean allowsQuota() {
        return false;
    }

    @Override
    public Priced price(Billable billable) {
        return isClamped() ? priceEachEvent(billable.events()) : priceTogether(billable);
    }

    private boolean isClamped() {
        return minimum.isPresent() || maximum.isPresent();
    }

    private Priced priceTogether(Billable billable) {
        if (billable.total().signum() == 0) {
            return Priced.nothing();
        }
        Free free = free(billable);
        BigDecimal paid = billable.total().subtract(free.amount).max(BigDecimal.ZERO);
        return priced(paid, Math.max(0, billable.count() - free.events), new ArrayList<>());
    }

    /** Events whose values do not add up to the total (a maximum, a level) are not listed: then only fees can be free. */
    private Free free(Billable billable) {
        if (billable.events().isEmpty()) {
            return new Free(BigDecimal.ZERO, freeEvents);
        }
        boolean amountIsLimited = freeAmount.signum() > 0;
        if (!amountIsLimited && freeEvents == 0) {
            return new Free(BigDecimal.ZERO, 0);
        }
        int mostEvents = freeEvents > 0 ? Math.min(freeEvents, billable.events().size()) : billable.events().size();
        BigDecimal runningTotal = BigDecimal.ZERO;
        for (int i = 0; i < mostEvents; i++) {
            runningTotal = runningTotal.add(billable.events().get(i));
            if (amountIsLimited && runningTotal.compareTo(freeAmount) >= 0) {
                return new Free(freeAmount, i);
            }
        }
        return new Free(runningTotal, mostEvents);
    }

    private Priced priceEachEvent(List<BigDecimal> events) {
        BigDecimal freeLeft = freeAmount;
        int freeEventsLeft = freeAmount.signum() > 0 ? 0 : freeEvents;
        BigDecimal rated = BigDecimal.ZERO;
        BigDecimal paidUnits = BigDecimal.ZERO;
        long ratedEvents = 0;
        long atMinimum = 0;
        long atMaximum = 0;
        for (BigDecimal value : events) {
            if (freeEventsLeft > 0) {
                freeEventsLeft--;
                continue;
            }
            if (freeLeft.signum() > 0 && freeLeft.compareTo(value) > 0) {
                freeLeft = freeLeft.subtract(value);
                continue;
            }
            BigDecimal paid = value.subtract(freeLeft);
            freeLeft = BigDecimal.ZERO;
            paidUnits = paidUnits.add(paid);
            BigDecimal price = paid.multiply(rate).movePointLeft(2).add(fixedFee);
            if (minimum.isPresent() && price.compareTo(minimum.get()) < 0) {
                atMinimum++;
            } else if (maximum.isPresent() && price.compareTo(maximum.get()) > 0) {
                atMaximum++;
            } else {
                rated = rated.add(paid);
                ratedEvents++;
            }
        }
        var steps = new ArrayList<Priced.Step>();
        addPerEvent(steps, "events at the minimum", atMinimum, minimum.orElse(BigDecimal.ZERO));
        addPerEvent(steps, "events at the maximum", atMaximum, maximum.orElse(BigDecimal.ZERO));
        Priced byRate = priced(rated, ratedEvents, steps);
        return new Priced(Decimals.normal(paidUnits), byRate.steps());
    }

    private Priced priced(BigDecimal paid, long paidEvents, List<Priced.Step> steps) {
        BigDecimal units = Decimals.normal(paid);
        if (units.signum() > 0 && rate.signum() > 0) {
            steps.add(new Priced.Step("rate in percent", units, rate, Priced.HUNDRED));
        }
        addPerEvent(steps, "fixed fee per event", paidEvents, fixedFee);
        return new Priced(units, steps);
    }

    private static void addPerEvent(List<Priced.Step> steps, String rule, long events, BigDecimal price) {
        if (events > 0 && price.signum() > 0) {
            steps.add(new Priced.Step(rule, BigDecimal.valueOf(events), price, BigDecimal.ONE));
        }
    }

    /** What is free of charge: a part of the amount, and a number of events. */
    private record Free(BigDecimal amount, long events) { }
}
