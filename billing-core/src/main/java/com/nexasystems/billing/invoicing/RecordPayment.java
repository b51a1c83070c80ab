package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.wallet.TopUpWallet;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Records that an invoice was paid outside of the engine: in cash, by transfer. Prepaid credits that it was for are there
 * from then on.
 */
public final class RecordPayment {

    private static final TransactionQuery PURCHASES =
            new TransactionQuery(Set.of(WalletTransaction.Kind.PURCHASED), TransactionQuery.ALL.statuses());

    private final Invoices invoices;
    private final Wallets wallets;
    private final TopUpWallet topUps;
    private final EventLog events;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public RecordPayment(Invoices invoices, Wallets wallets, TopUpWallet topUps, EventLog events, AuditTrail trail, Ids ids,
                         Clock clock, UnitOfWork unitOfWork) {
        this.invoices = invoices;
        this.wallets = wallets;
        this.topUps = topUps;
        this.events = events;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * All of it. Again, it changes nothing.
     *
     * @throws InvalidValue if the service has no such invoice, it is a draft or void, or it is for credits of a wallet that
     *                      was terminated meanwhile: pay it back
     */
    public Invoice paid(ServiceId service, InvoiceId id, Actor actor) {
        Instant now = clock.instant();
        return unitOfWork.call(() -> {
            Invoice invoice = invoices.claim(id).filter(found -> found.service().equals(service))
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
            if (invoice.status() == InvoiceStatus.PAID) {
                return invoice;
            }
            if (!invoice.status().canBecome(InvoiceStatus.PAID)) {
                throw new InvalidValue("payment_status", "cannot be changed; the invoice is " + invoice.status().code());
            }
            invoices.changeStatus(id, invoice.status(), InvoiceStatus.PAID);
            Invoice paid = invoice.in(InvoiceStatus.PAID);
            purchaseOf(paid).ifPresent(purchase -> topUps.settle(service, purchase.id()));
            events.append(List.of(InvoiceEvents.of(ids.next(), EventType.INVOICE_PAYMENT_SUCCEEDED, paid, now)));
            trail.add(List.of(new AuditEntry(now, actor, "invoice.paid", id.toString(),
                    Map.of("number", invoice.number().orElseThrow()))));
            return paid;
        });
    }

    private Optional<WalletTransaction> purchaseOf(Invoice invoice) {
        if (invoice.reason().kind() != InvoiceReason.Kind.CREDITS) {
            return Optional.empty();
        }
        var holder = new ServiceCustomer(invoice.service(), invoice.customer());
        return wallets.of(holder).stream().flatMap(wallet -> purchases(wallet.id()))
                .filter(purchase -> IssueOneOff.invoiceOf(holder, purchase.id()).equals(invoice.id())).findFirst();
    }

    private Stream<WalletTransaction> purchases(WalletId wallet) {
        return Stream.iterate(1, number -> number + 1)
                .map(number -> wallets.list(wallet, PURCHASES, new PageRequest(number, PageRequest.LARGEST)).items())
                .takeWhile(page -> !page.isEmpty()).flatMap(List::stream);
    }
}
