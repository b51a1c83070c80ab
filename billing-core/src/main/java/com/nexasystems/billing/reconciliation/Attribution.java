package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.reconciliation.Actual.Line;
import com.nexasystems.billing.reconciliation.Actual.Role;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import com.nexasystems.billing.reconciliation.Cause.Kind;
import com.nexasystems.billing.reconciliation.Tariff.Charged;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a charge differs: the causes that the data bear out, one after the other, each with what it explains of the difference.
 * Charge by charge where the invoice has items; what no cause explains is left over.
 */
final class Attribution {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Comparison of;
    private final Tariff tariff;
    private final BillerRules rules;
    private final Charged computed;
    private final Actual actual;
    private final List<Cause> causes = new ArrayList<>();
    private BigDecimal flat;
    private BigDecimal usage;
    private BigDecimal rest;

    Attribution(Comparison of) {
        this.of = of;
        this.tariff = of.tariff();
        this.rules = of.rules();
        this.computed = of.computed();
        this.actual = of.actual();
        this.flat = actual.sum(Role.FLAT);
        this.usage = actual.sum(Role.USAGE);
        this.rest = ReconciledRow.compared(computed.total()).subtract(ReconciledRow.compared(actual.total()));
    }

    /** @param unexplained what is left of the difference, signed */
    record Found(List<Cause> causes, BigDecimal unexplained) { }

    Found find() {
        if (actual.lines().stream().allMatch(line -> line.amount().signum() == 0)) {
            notBilled();
        } else {
            oneOff();
            billedTwice();
            tax();
            flat();
            usage();
            noTax();
        }
        rounding();
        return new Found(named(), rest);
    }

    private List<Cause> named() {
        return causes.stream().filter(cause -> cause.amount().signum() != 0).toList();
    }

    /** Of amounts before tax, which is on them where the application's subtotals have it. */
    private void explain(Kind kind, BigDecimal amount, String note) {
        explainWhole(kind, isTaxAdded() ? tariff.withTax(amount) : amount, note);
    }

    private boolean isTaxAdded() {
        return rules.tax() == TaxRule.INCLUDED_AFTER_ROUNDING;
    }

    /** To the decimals that are compared, so that the causes and what is left add up to the difference. */
    private void explainWhole(Kind kind, BigDecimal amount, String note) {
        BigDecimal explained = ReconciledRow.compared(amount);
        causes.add(new Cause(kind, explained, note));
        rest = rest.subtract(explained);
    }

    private void notBilled() {
        if (actual.foreign().isEmpty()) {
            explainWhole(Kind.NOT_BILLED, rest, actual.invoices().isEmpty() ? "there is no invoice for this period"
                    : "invoice " + ids(actual.invoices()) + " is over nothing");
        } else {
            explainWhole(Kind.CURRENCY, rest, foreign());
        }
    }

    private String foreign() {
        return "invoice " + ids(actual.foreign()) + " is in " + actual.foreign().get(0).currency() + ", the plan in "
                + tariff.currency();
    }

    private static String ids(List<SourceInvoice> invoices) {
        return invoices.stream().map(invoice -> invoice.number().orElse(invoice.id())).distinct()
                .collect(Collectors.joining(", "));
    }

    private void oneOff() {
        actual.of(Role.ONE_OFF).forEach(line -> explain(Kind.ONE_OFF_ITEM, line.amount().negate(),
                "item '" + line.item().orElseThrow().description() + "'"));
        if (!isTaxAdded()) {
            taxLines();
        }
    }

    private void taxLines() {
        actual.of(Role.TAX).forEach(line -> explain(Kind.TAX_INCLUDED, line.amount().negate(),
                "item '" + line.item().orElseThrow().description() + "'"));
        BigDecimal difference = actual.sum(Role.DIFFERENCE);
        BigDecimal tax = actual.of(Role.DIFFERENCE).map(line -> line.invoice().tax()).reduce(BigDecimal.ZERO, BigDecimal::add);
        if (!of.isWithinRounding(difference) && of.isNear(difference, tax)) {
            explain(Kind.TAX_INCLUDED, difference.negate(), "the subtotal is its items and the tax");
        }
    }

    /** Where all other subtotals have the tax. */
    private void noTax() {
        BigDecimal without = computed.total().subtract(computed.flat()).subtract(computed.usage());
        BigDecimal tax = actual.sum(Role.TAX).add(actual.sum(Role.DIFFERENCE));
        if (isTaxAdded() && of.isWithinRounding(tax) && !of.isWithinRounding(without) && of.isNear(rest, without)) {
            explainWhole(Kind.TAX_INCLUDED, rest, "the subtotal is without the tax");
        }
    }

    /** Invoices that have the plan's price for the same time: all but the first are there once too often. */
    private void billedTwice() {
        List<SourceInvoice> billing = actual.of(Role.FLAT).filter(line -> line.amount().signum() > 0).map(Line::invoice)
                .distinct().toList();
        for (SourceInvoice again : billing.subList(Math.min(1, billing.size()), billing.size())) {
            if (begins(again).equals(begins(billing.get(0)))) {
                BigDecimal flatAgain = flatOf(again);
                BigDecimal usageAgain = Actual.sum(actual.of(Role.USAGE).filter(line -> line.invoice().equals(again)));
                flat = flat.subtract(flatAgain);
                usage = usage.subtract(usageAgain);
                explain(Kind.BILLED_TWICE, flatAgain.add(usageAgain).negate(), "invoice " + ids(List.of(again))
                        + " bills what " + ids(billing.subList(0, 1)) + " has billed");
            }
        }
        usageBilledTwice();
    }

    /** On the invoices of later periods, whose price is not of this one. */
    private void usageBilledTwice() {
        List<Line> lines = actual.of(Role.USAGE).filter(line -> line.amount().signum() > 0)
                .filter(line -> flatOf(line.invoice()).signum() == 0).toList();
        for (int i = 1; i < lines.size(); i++) {
            Line again = lines.get(i);
            Optional<Line> first = lines.subList(0, i).stream().filter(line -> isSameUsage(line, again)).findFirst();
            if (first.isPresent()) {
                usage = usage.subtract(again.amount());
                explain(Kind.BILLED_TWICE, again.amount().negate(), "invoice " + ids(List.of(again.invoice()))
                        + " bills what " + ids(List.of(first.get().invoice())) + " has billed");
            }
        }
    }

    private static boolean isSameUsage(Line one, Line other) {
        return !one.invoice().equals(other.invoice()) && one.amount().compareTo(other.amount()) == 0
                && one.item().flatMap(SourceItem::start).equals(other.item().flatMap(SourceItem::start));
    }

    private List<Instant> begins(SourceInvoice invoice) {
        return actual.of(Role.FLAT).filter(line -> line.invoice().equals(invoice))
                .flatMap(line -> line.item().stream()).flatMap(item -> item.start().stream()).sorted().toList();
    }

    private BigDecimal flatOf(SourceInvoice invoice) {
        return Actual.sum(actual.of(Role.FLAT).filter(line -> line.invoice().equals(invoice)));
    }

    /** The flat price is what it should be, with a tax on it; then the usage has it too. */
    private void tax() {
        if (rules.tax() == TaxRule.EXCLUDED) {
            tariff.percents().stream().filter(this::isIncluded).findFirst().ifPresent(percent -> {
                BigDecimal usageNet = usage.multiply(HUNDRED).divide(percent.add(HUNDRED), Decimals.DIVISION);
                explain(Kind.TAX_INCLUDED, computed.flat().subtract(flat).add(usageNet.subtract(usage)),
                        "tax of " + percent.toPlainString() + " % is in the amounts");
                flat = computed.flat();
                usage = usageNet;
            });
        }
    }

    private boolean isIncluded(BigDecimal percent) {
        BigDecimal flatWithTax = Tariff.withTax(computed.flat(), percent);
        return computed.flat().signum() > 0
                ? !of.isWithinRounding(flatWithTax.subtract(computed.flat())) && of.isNear(flat, flatWithTax)
                : computed.usage().signum() > 0 && !of.isWithinRounding(usage.subtract(computed.usage()))
                && of.isNear(usage, Tariff.withTax(computed.usage(), percent));
    }

    private void flat() {
        BigDecimal difference = computed.flat().subtract(flat);
        if (of.isWithinRounding(difference)) {
            return;
        }
        if (actual.of(Role.FLAT).allMatch(line -> line.amount().signum() == 0)) {
            explainUnbilled(difference, "no item has the price of plan " + tariff.plan());
            return;
        }
        explain(new FlatCause(of, flat).find());
    }

    private void explainUnbilled(BigDecimal difference, String note) {
        boolean foreign = !actual.foreign().isEmpty();
        explain(foreign ? Kind.CURRENCY : Kind.NOT_BILLED, difference, foreign ? foreign() : note);
    }

    private void usage() {
        BigDecimal difference = computed.usage().subtract(usage);
        if (of.isWithinRounding(difference)) {
            return;
        }
        if (!actual.foreign().isEmpty() && actual.of(Role.USAGE).findAny().isEmpty()) {
            explain(Kind.CURRENCY, difference, foreign());
            return;
        }
        boolean isAtOtherPrice = causes.stream().anyMatch(cause -> cause.kind() == Kind.OTHER_PRICE);
        new UsageCause(of, usage, isAtOtherPrice).find().ifPresent(this::explain);
    }

    private void explain(Cause cause) {
        explain(cause.kind(), cause.amount(), cause.note());
    }

    private void rounding() {
        if (rest.signum() != 0 && rest.abs().compareTo(of.mostRounded()) <= 0) {
            explainWhole(Kind.ROUNDING, rest, "less than a minor unit on " + of.lines() + " lines");
        }
    }
}
