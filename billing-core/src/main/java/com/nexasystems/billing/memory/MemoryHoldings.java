package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.CreditNotes;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.Invoices;
import com.nexasystems.billing.wallet.Wallets;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** Who has anything: then a customer is of use. */
final class MemoryHoldings {

    private final Services services;
    private final MemorySubscriptions subscriptions;
    private final Invoices invoices;
    private final Coupons coupons;
    private final Wallets wallets;
    private final CreditNotes creditNotes;
    private final BillingTerms billingTerms;

    MemoryHoldings(Services services, MemorySubscriptions subscriptions, Invoices invoices, Coupons coupons, Wallets wallets,
                   CreditNotes creditNotes, BillingTerms billingTerms) {
        this.services = services;
        this.subscriptions = subscriptions;
        this.invoices = invoices;
        this.coupons = coupons;
        this.wallets = wallets;
        this.creditNotes = creditNotes;
        this.billingTerms = billingTerms;
    }

    boolean has(CustomerId customer) {
        return services.all().stream().map(Service::id).anyMatch(service -> has(service, customer));
    }

    boolean has(ServiceId service, CustomerId customer) {
        var holder = new ServiceCustomer(service, customer);
        return subscriptions.all().anyMatch(one -> one.service().equals(service) && one.customer().equals(customer))
                || invoices.search(InvoiceSearch.of(service).of(customer).in(EnumSet.allOf(InvoiceStatus.class)),
                        PageRequest.first(1)).total() > 0
                || !coupons.of(holder).isEmpty() || !wallets.of(holder).isEmpty()
                || !creditNotes.list(service, Optional.of(customer), Optional.empty(), 1).isEmpty()
                || !billingTerms.of(List.of(holder)).isEmpty();
    }
}
