package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.memory.MemoryInvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A company whose invoices were issued elsewhere: {@code in_1} of January is paid, {@code in_2} of February is open and
 * sells a gadget, which is of no family. There are no taxes on them.
 */
final class TestInvoices {

    static final Currency CAD = Currency.getInstance("CAD");

    private final MemoryInvoiceSource stripe;
    private volatile Runnable beforeListing = () -> { };

    TestInvoices(Clock clock) {
        stripe = new MemoryInvoiceSource("stripe", "in_", clock);
        put(new Sold("in_1", "Hosting Pro", "100.00", "0.00", "2026-01-10").paid("2026-01-12"));
        put(new Sold("in_2", "A gadget", "50.00", "0.00", "2026-02-10"));
    }

    LedgerSetup setup() {
        var rules = new FamilyRules(List.of(new Rule("hosting", Target.DESCRIPTION, "hosting")));
        return new LedgerSetup(List.of(new Waiting()), new LedgerPolicy(ZoneOffset.UTC, rules, List.of(),
                LedgerPolicy.ALL_TAX_POLICIES), ChartOfAccounts.DEFAULT);
    }

    MemoryInvoiceSource stripe() {
        return stripe;
    }

    /** What happens before it tells of invoices. */
    void beforeListing(Runnable wait) {
        beforeListing = wait;
    }

    private final class Waiting implements InvoiceSource {

        @Override
        public String name() {
            return stripe.name();
        }

        @Override
        public boolean accepts(String invoice) {
            return stripe.accepts(invoice);
        }

        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return stripe.fetch(invoices);
        }

        @Override
        public InvoiceFacts read(Evidence evidence) {
            return stripe.read(evidence);
        }

        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            beforeListing.run();
            stripe.ids(since, page);
        }
    }

    /** Issues it, or changes what is said of it. */
    void put(Sold sold) {
        stripe.put(at(sold.day), sold.facts());
    }

    private static Instant at(String day) {
        return LocalDate.parse(day).atTime(12, 0).toInstant(ZoneOffset.UTC);
    }

    private static Money cad(String amount) {
        return Money.of(CAD, amount);
    }

    /** An invoice of one line. */
    record Sold(String id, String what, String net, String tax, String day, String customer, Optional<String> paidOn) {

        Sold(String id, String what, String net, String tax, String day) {
            this(id, what, net, tax, day, "Ada", Optional.empty());
        }

        Sold paid(String on) {
            return new Sold(id, what, net, tax, day, customer, Optional.of(on));
        }

        Sold to(String name) {
            return new Sold(id, what, net, tax, day, name, paidOn);
        }

        private InvoiceFacts facts() {
            Money zero = cad("0.00");
            Money total = cad(net).plus(cad(tax));
            Money paid = paidOn.isPresent() ? total : zero;
            List<Tax> taxes = cad(tax).isZero() ? List.of()
                    : List.of(new Tax("HST", Optional.of(new BigDecimal("13")), false, cad(net), List.of(), cad(tax)));
            return new InvoiceFacts(id, Optional.of("N-" + id), paidOn.isPresent() ? State.PAID : State.OPEN,
                    new Party("cus_" + customer, customer), Optional.of(new Jurisdiction("CA-ON")), CAD,
                    Optional.of(at(day)), Optional.of(LocalDate.parse(day).plusDays(10)),
                    List.of(new Line("li_" + id, what, Optional.empty(), false,
                            List.of(), Sale.SERVICE, cad(net), zero, zero)), taxes,
                    new Totals(cad(net), total, zero, zero, zero, total, paid, total.minus(paid), zero),
                    paidOn.map(on -> List.of(new Payment("py_" + id, "stripe", total, at(on)))).orElse(List.of()), List.of(),
                    List.of(), Optional.empty(), paidOn.map(TestInvoices::at), Optional.empty(), List.of());
        }
    }
}
