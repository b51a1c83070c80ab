package com.nexasystems.billing.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** A subscription's period, with all that the biller needs for it. */
final class Billable {

    private final Deployment deployment;
    private final Term term;
    private final Biller biller;
    private final BillerRules rules;
    private final UsageSeries series;

    Billable(Deployment deployment, Term term, Biller biller, BillerRules rules, UsageSeries series) {
        this.deployment = deployment;
        this.term = term;
        this.biller = biller;
        this.rules = rules;
        this.series = series;
    }

    Deployment deployment() {
        return deployment;
    }

    Term term() {
        return term;
    }

    UsageSeries series() {
        return series;
    }

    int firstRecord() {
        return series.indexFrom(biller.usageFrom(term));
    }

    int recordsEnd() {
        return series.indexFrom(biller.usageTo(term));
    }

    long used() {
        return series.sum(firstRecord(), recordsEnd());
    }

    BigDecimal price() {
        return deployment.plan().price(deployment.byYear());
    }

    BigDecimal taxRate() {
        return deployment.customer().taxRate();
    }

    /** By the rules. */
    Bill right() {
        return bill(flat(price()), used());
    }

    Line flat(BigDecimal price) {
        return biller.flat(deployment, term, price, rules.proration());
    }

    Bill bill(Line flat, long used) {
        return biller.bill(lines(List.of(flat), used), taxRate());
    }

    /** Exact: the flat ones, and what was used beyond the quota. */
    List<Line> lines(List<Line> flat, long used) {
        List<Line> lines = new ArrayList<>(flat);
        biller.overage(term, deployment.plan().quota(), used).ifPresent(lines::add);
        return lines;
    }
}
