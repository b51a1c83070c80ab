package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;

/**
 * Invoices the prepaid credits that wait to be paid and have no invoice yet, such as those that a rule has bought. Can be
 * killed, repeated, and run on several nodes at once: a purchase has one invoice.
 */
public final class BillPurchases {

    private static final int PAGE = 500;

    private final Wallets wallets;
    private final Services services;
    private final Customers customers;
    private final Invoices invoices;
    private final IssueOneOff oneOff;

    @Inject
    public BillPurchases(Wallets wallets, Services services, Customers customers, Invoices invoices, IssueOneOff oneOff) {
        this.wallets = wallets;
        this.services = services;
        this.customers = customers;
        this.invoices = invoices;
        this.oneOff = oneOff;
    }

    /**
     * @return how many were invoiced
     * @throws PortFailure if a port failed; what was issued until then stays, and the next call does the rest
     */
    public long bill() {
        return services.all().stream().mapToLong(this::bill).sum();
    }

    private long bill(Service service) {
        long billed = 0;
        List<WalletTransaction> page = wallets.waiting(service.id(), Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            billed += page.stream().filter(purchase -> bill(service, purchase)).count();
            TransactionId last = page.get(page.size() - 1).id();
            page = wallets.waiting(service.id(), Optional.of(last), PAGE);
        }
        return billed;
    }

    private boolean bill(Service service, WalletTransaction purchase) {
        ServiceCustomer holder = wallets.find(purchase.wallet()).orElseThrow().holder();
        if (invoices.find(IssueOneOff.invoiceOf(holder, purchase.id())).isPresent()) {
            return false;
        }
        Customer customer = customers.find(holder.customer()).orElseThrow();
        oneOff.issueCredits(service.id(), customer, purchase);
        return true;
    }
}
