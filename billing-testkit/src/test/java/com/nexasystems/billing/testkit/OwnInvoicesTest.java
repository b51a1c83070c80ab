package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.OwnInvoices;
import com.nexasystems.billing.money.Money;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

/** An engine in memory whose invoices are a source of the ledger, and whose database can be out of reach. */
class OwnInvoicesTest extends InvoiceSourceContract {

    private final TestClock clock = TestClock.startingAt("2026-01-01T00:00:00Z");
    private final Ports ports = Ports.inMemory();
    private final Billing billing = Billing.over(ports).clock(clock).build();
    private final Service service = billing.register("shop", "Shop");
    private final Customer customer = billing.customers().resolveAll(service.id(), List.of(Account.of("ada")),
            known -> known).get(0);
    private boolean reachable = true;
    private int keys;

    @Override
    protected InvoiceSource source() {
        return new OwnInvoices(failing(ports.invoices()), ports.creditNotes(), ports.payments(), ports.wallets(),
                ports.customers(), ports.billingTerms(), ports.auditTrail(), clock, ports.unitOfWork(), ZoneOffset.UTC,
                "bank");
    }

    private Invoices failing(Invoices right) {
        return (Invoices) Proxy.newProxyInstance(Invoices.class.getClassLoader(), new Class<?>[] {Invoices.class},
                (proxy, method, arguments) -> {
                    if (!reachable) {
                        throw new PortFailure(PortFailure.Effect.NONE, "the database is out of reach", null);
                    }
                    try {
                        return method.invoke(right, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    protected String issue(Instant at, List<Money> lines) {
        clock.at(at);
        keys++;
        List<IssueOneOff.Fee> fees = IntStream.range(0, lines.size()).mapToObj(i -> IssueOneOff.Fee.of("fee-" + i, "1",
                lines.get(i).amount().toPlainString())).toList();
        Invoice issued = billing.oneOff().issue(service.id(), new IssueOneOff.Request(customer, lines.get(0).currency(),
                fees, "key " + keys));
        return OwnInvoices.PREFIX + issued.id();
    }

    @Override
    protected String draft(Instant at) {
        Invoice draft = Samples.invoice(new World(ports).subscribed("web")).build();
        ports.unitOfWork().run(() -> ports.invoices().add(List.of(draft)));
        return OwnInvoices.PREFIX + draft.id();
    }

    @Override
    protected String unknown() {
        return OwnInvoices.PREFIX + Samples.id("unknown");
    }

    @Override
    protected void makeUnreachable() {
        reachable = false;
    }
}
