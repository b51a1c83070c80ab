package com.nexasystems.billing.testkit;

import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.memory.MemoryInvoiceSource;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A source in memory, and facts that are put into it. */
class MemoryInvoiceSourceTest extends InvoiceSourceContract {

    private static final String PREFIX = "paper:";

    private final MemoryInvoiceSource source = new MemoryInvoiceSource("paper", PREFIX,
            TestClock.startingAt("2026-01-01T00:00:00Z"));
    private int issued;

    @Override
    protected InvoiceSource source() {
        return source;
    }

    @Override
    protected String issue(Instant at, List<Money> lines) {
        return put(at, State.OPEN, lines);
    }

    @Override
    protected String draft(Instant at) {
        return put(at, State.DRAFT, List.of(Money.of(Samples.CAD, "1.00")));
    }

    private String put(Instant at, State state, List<Money> amounts) {
        issued++;
        Money zero = Money.zero(amounts.get(0).currency());
        Money sum = amounts.stream().reduce(zero, Money::plus);
        List<Line> lines = IntStream.range(0, amounts.size()).mapToObj(i -> new Line("line-" + i, "Paper", Optional.empty(),
                false, List.of(), Sale.SERVICE, amounts.get(i), zero, zero)).toList();
        source.put(at, new InvoiceFacts(PREFIX + issued, Optional.of("P-" + issued), state, new Party("ada", "Ada"),
                Optional.empty(), zero.currency(), Optional.of(at).filter(when -> state != State.DRAFT), Optional.empty(),
                lines, List.of(), new Totals(sum, sum, zero, zero, zero, sum, zero, sum, zero), List.of(), List.of(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of()));
        return PREFIX + issued;
    }

    @Override
    protected String unknown() {
        return PREFIX + "unknown";
    }

    @Override
    protected void makeUnreachable() {
        source.reachable(false);
    }
}
