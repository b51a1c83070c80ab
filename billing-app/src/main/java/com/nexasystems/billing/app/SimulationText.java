package com.nexasystems.billing.app;

import com.nexasystems.billing.rating.PriceChange;
import com.nexasystems.billing.rating.SimulatedCustomer;
import com.nexasystems.billing.rating.SimulationReport;
import com.nexasystems.billing.rating.SimulationReport.Group;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** A simulation's answer for people. */
final class SimulationText {

    private static final int BAR = 40;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final PrintStream out;

    SimulationText(PrintStream out) {
        this.out = out;
    }

    /** @param title what was compared */
    void print(SimulationReport report, Ranking ranking, String title, String subtitle) {
        out.print(title + "\n" + subtitle + "\n\n");
        if (report.customers() == 0) {
            out.print("nobody was billed on plan " + report.plan() + " in that time\n");
            return;
        }
        waterfall(Waterfall.of(report.prices()));
        PriceChange total = report.prices().total();
        out.print("difference " + signed(total.difference().amount()) + " " + total.before().currency().getCurrencyCode()
                + percent(total) + ", before rounding " + signed(total.exactDifference().value().stripTrailingZeros()
                        .setScale(Math.min(12, Math.max(0, total.exactDifference().value().scale())), RoundingMode.HALF_UP))
                + "\n\n");
        Table.print(out, List.of("", "Customers", "Difference"), List.of(group("would pay less", report.paysLess()),
                group("would pay more", report.paysMore()), group("would pay the same", report.paysTheSame())), 1, 2);
        customers("Who would save most", ranking.winners());
        customers("Who would pay most on top", ranking.losers());
    }

    private void waterfall(Waterfall waterfall) {
        Table.print(out, List.of("", "Amount", waterfall.start().signum() == 0 ? ""
                        : "bars begin at " + waterfall.start().toPlainString()),
                waterfall.bars().stream().map(bar -> List.of(bar.label(), bar.text(), drawn(waterfall, bar))).toList(), 1);
    }

    private static String drawn(Waterfall waterfall, Waterfall.Bar bar) {
        int from = waterfall.at(bar.from(), BAR);
        int to = waterfall.at(bar.to(), BAR);
        String fill = switch (bar.kind()) {
            case TOTAL -> "#";
            case MORE -> "+";
            case LESS -> "-";
            case SAME -> "";
        };
        String drawn = " ".repeat(from) + fill.repeat(Math.max(1, to - from));
        return drawn + " ".repeat(Math.max(0, BAR - drawn.length()));
    }

    private void customers(String title, List<SimulatedCustomer> customers) {
        if (customers.isEmpty()) {
            return;
        }
        out.print("\n" + title + "\n");
        Table.print(out, List.of("Customer", "Subscriptions", "Before", "After", "Difference"),
                customers.stream().map(SimulationText::row).toList(), 1, 2, 3, 4);
    }

    private static List<String> row(SimulatedCustomer customer) {
        PriceChange total = customer.prices().total();
        return List.of(customer.customer().name(), Long.toString(customer.subscriptions()),
                InvoiceJson.amount(total.before()), InvoiceJson.amount(total.after()), signed(total.difference().amount()));
    }

    private static List<String> group(String name, Group group) {
        return List.of(name, Long.toString(group.customers()), signed(group.difference().amount()));
    }

    private static String percent(PriceChange total) {
        if (total.before().isZero()) {
            return "";
        }
        BigDecimal percent = total.difference().amount().multiply(HUNDRED)
                .divide(total.before().amount(), 2, RoundingMode.HALF_UP);
        return " (" + signed(percent) + " %)";
    }

    private static String signed(BigDecimal amount) {
        return (amount.signum() > 0 ? "+" : "") + amount.toPlainString();
    }
}
