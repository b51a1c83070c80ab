package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.event.EventLog;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.wallet.TopUpWallet;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Lets money that has arrived pay an invoice, as far as it is open. Once nothing is left to be paid, whoever waits for it is
 * told, and prepaid credits that it was for are there.
 */
public final class ApplyPayment {

    private static final TransactionQuery PURCHASES =
            new TransactionQuery(Set.of(WalletTransaction.Kind.PURCHASED), TransactionQuery.ALL.statuses());

    private final Invoices invoices;
    private final CreditNotes notes;
    private final Subscriptions subscriptions;
    private final Wallets wallets;
    private final TopUpWallet topUps;
    private final EventLog events;
    private final Ids ids;
    private final Clock clock;

    @Inject
    public ApplyPayment(Invoices invoices, CreditNotes notes, Subscriptions subscriptions, Wallets wallets,
                        TopUpWallet topUps, EventLog events, Ids ids, Clock clock) {
        this.invoices = invoices;
        this.notes = notes;
        this.subscriptions = subscriptions;
        this.wallets = wallets;
        this.topUps = topUps;
        this.events = events;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param invoice as it is now
     * @param applied how much of the money pays it: nothing if it is not open
     */
    public record Applied(Invoice invoice, Money applied) { }

    /** What is still to be paid of an invoice: nothing of a draft, and of one that was withdrawn. */
    public Money due(Invoice invoice) {
        return new Creditable(invoice, notes.of(invoice.id())).due();
    }

    /**
     * Must be called inside a unit of work that has claimed the invoice.
     *
     * @param amount nothing, to say that an invoice of which nothing is left to be paid is settled
     * @throws InvalidValue if it is for credits of a wallet that was terminated meanwhile
     */
    public Applied apply(Invoice claimed, Money amount) {
        Money due = due(claimed);
        Money applied = amount.compareTo(due) < 0 ? amount : due;
        if (!claimed.status().isUnpaid() || applied.isZero() && !amount.isZero()) {
            return new Applied(claimed, applied);
        }
        boolean all = applied.equals(due);
        Invoice paid = claimed.paid(claimed.paid().plus(applied), all ? InvoiceStatus.PAID : claimed.status());
        invoices.pay(claimed.id(), claimed.status(), paid.paid(), paid.status());
        if (all) {
            purchaseOf(paid).ifPresent(purchase -> topUps.settle(paid.service(), purchase.id()));
            var told = new InvoiceEvents(ids, clock.instant(), subscriptions.findAll(paid.subscriptions()));
            events.append(told.toEach(EventType.INVOICE_PAYMENT_SUCCEEDED, paid));
        }
        return new Applied(paid, applied);
    }

    /**
     * It was tried for long enough: prepaid credits that it was for are not waited for any more. If it is paid after all,
     * they are there. Must be called inside a unit of work that has claimed the invoice.
     */
    public void giveUp(Invoice claimed) {
        purchaseOf(claimed).ifPresent(purchase -> topUps.fail(claimed.service(), purchase.id()));
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
