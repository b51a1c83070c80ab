package com.nexasystems.billing.simulator;

import com.nexasystems.billing.simulator.BillerRules.ProrationRule;
import com.nexasystems.billing.simulator.BillerRules.QuotaRule;
import com.nexasystems.billing.simulator.BillerRules.RoundingLevel;
import com.nexasystems.billing.simulator.BillerRules.TaxRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The simulated company's biller. Usage is counted in millionths of core-hours.
 *
 * <p>It is written apart from the engine on purpose: two billers that share code agree on its mistakes.
 */
final class Biller {

    static final BigDecimal CPU_RATE = new BigDecimal("0.0075");
    static final long HOUR = 1_000_000;
    static final int MICROS = 6;
    private static final int CENTS = 2;
    /** Of shares that do not end: far finer than the nearest that one can come to half a cent without being there. */
    private static final int SHARE_DECIMALS = 20;

    private final BillerRules rules;
    private final Calendar calendar;
    private final Wording wording;

    Biller(BillerRules rules, Wording wording) {
        this.rules = rules;
        this.calendar = new Calendar(rules);
        this.wording = wording;
    }

    Calendar calendar() {
        return calendar;
    }

    /** Where the usage begins that a period is charged for. */
    Instant usageFrom(Term term) {
        return calendar.midnight(term.from()).plus(rules.usageShift());
    }

    Instant usageTo(Term term) {
        return calendar.midnight(term.to()).plus(rules.usageShift());
    }

    /** The price of a period, exact to 20 decimals; of a partial one its share. */
    Line flat(Deployment deployment, Term term, BigDecimal price, ProrationRule proration) {
        BigDecimal amount = term.partial() ? share(term, price, proration) : price;
        return new Line(Line.Kind.FLAT, wording.flat(deployment, term), BigDecimal.ONE, price, amount, Optional.of(term));
    }

    /** A part of a whole period, by its days. */
    Line flatOfDays(Deployment deployment, Term whole, Term part, BigDecimal price) {
        BigDecimal amount = ratio(price, ChronoUnit.DAYS.between(part.from(), part.to()), Calendar.days(whole));
        return new Line(Line.Kind.FLAT, wording.flat(deployment, part), BigDecimal.ONE, price, amount, Optional.of(part));
    }

    /** Empty if the quota holds. */
    Optional<Line> overage(Term term, int quota, long used) {
        long beyond = beyond(quota, used);
        if (beyond == 0) {
            return Optional.empty();
        }
        BigDecimal hours = hours(beyond);
        return Optional.of(new Line(Line.Kind.OVERAGE, wording.overage(), hours, CPU_RATE, hours.multiply(CPU_RATE),
                Optional.of(term)));
    }

    /** Millionths of core-hours that are charged. */
    long beyond(int quota, long used) {
        long included = quota * HOUR;
        if (rules.quota() == QuotaRule.WHOLE_ONCE_EXCEEDED) {
            return used > included ? used : 0;
        }
        return Math.max(0, used - (rules.quota() == QuotaRule.EXACT ? included : included - HOUR));
    }

    Bill bill(List<Line> exact, BigDecimal taxRate) {
        return bill(exact, taxRate, rules.tax());
    }

    /** Rounds, and adds the tax: to the lines, before rounding, or beside the subtotal, to the cent, HALF_UP. */
    Bill bill(List<Line> exact, BigDecimal taxRate, TaxRule tax) {
        BigDecimal factor = tax == TaxRule.INCLUDED ? BigDecimal.ONE.add(taxRate) : BigDecimal.ONE;
        List<Line> due = exact.stream().map(line -> line.withAmount(line.amount().multiply(factor))).toList();
        List<Line> lines = rules.level() == RoundingLevel.LINE ? byLine(due) : onTotal(due);
        BigDecimal subtotal = sum(lines).setScale(CENTS, RoundingMode.UNNECESSARY);
        BigDecimal added = tax == TaxRule.INCLUDED ? BigDecimal.ZERO : subtotal.multiply(taxRate);
        return new Bill(lines, subtotal, added.setScale(CENTS, RoundingMode.HALF_UP));
    }

    static BigDecimal sum(List<Line> lines) {
        return lines.stream().map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal hours(long micros) {
        return tidy(BigDecimal.valueOf(micros, MICROS), 0);
    }

    private List<Line> byLine(List<Line> due) {
        return due.stream().map(line -> line.withAmount(line.amount().setScale(CENTS, rules.mode()))).toList();
    }

    private List<Line> onTotal(List<Line> due) {
        BigDecimal left = sum(due).setScale(CENTS, rules.mode());
        List<Line> lines = new ArrayList<>();
        for (Line line : due.subList(0, due.size() - 1)) {
            lines.add(line.withAmount(tidy(line.amount().setScale(MICROS, RoundingMode.HALF_UP), CENTS)));
        }
        left = left.subtract(sum(lines));
        lines.add(due.get(due.size() - 1).withAmount(tidy(left, CENTS)));
        return lines;
    }

    private BigDecimal share(Term term, BigDecimal price, ProrationRule proration) {
        return switch (proration) {
            case NONE -> price;
            case BY_DAY -> ratio(price, ChronoUnit.DAYS.between(term.from(), term.to()), Calendar.days(term));
            case BY_SECOND -> {
                Instant end = calendar.midnight(term.to());
                yield ratio(price, Duration.between(term.began().orElseThrow(), end).toSeconds(),
                        Duration.between(calendar.midnight(term.whole()), end).toSeconds());
            }
        };
    }

    private static BigDecimal ratio(BigDecimal price, long part, long whole) {
        return price.multiply(BigDecimal.valueOf(part))
                .divide(BigDecimal.valueOf(whole), SHARE_DECIMALS, RoundingMode.HALF_UP);
    }

    /** Without zeros at the end, but with so many decimals at least. */
    private static BigDecimal tidy(BigDecimal value, int decimals) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < decimals ? stripped.setScale(decimals) : stripped;
    }
}
