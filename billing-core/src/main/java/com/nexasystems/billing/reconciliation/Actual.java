package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the application charged for a period: the lines of its invoices that fall into it. */
final class Actual {

    private final List<Line> lines = new ArrayList<>();
    private final List<SourceInvoice> foreign = new ArrayList<>();

    /** What a line is, with the plan's price beside it. */
    enum Role {
        FLAT, USAGE, TAX, ONE_OFF,
        /** What an invoice's items do not add up to. */
        DIFFERENCE
    }

    /** A line of an invoice. */
    record Line(SourceInvoice invoice, Role role, Optional<SourceItem> item, BigDecimal amount) { }

    void add(Line line) {
        lines.add(line);
    }

    /** In another currency than the plan's, so that it is no charge that could be compared. */
    void addForeign(SourceInvoice invoice) {
        foreign.add(invoice);
    }

    List<Line> lines() {
        return lines;
    }

    List<SourceInvoice> foreign() {
        return foreign;
    }

    Stream<Line> of(Role role) {
        return lines.stream().filter(line -> line.role == role);
    }

    BigDecimal sum(Role role) {
        return sum(of(role));
    }

    BigDecimal total() {
        return sum(lines.stream());
    }

    List<SourceInvoice> invoices() {
        return lines.stream().map(Line::invoice).distinct().toList();
    }

    static BigDecimal sum(Stream<Line> lines) {
        return lines.map(Line::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
