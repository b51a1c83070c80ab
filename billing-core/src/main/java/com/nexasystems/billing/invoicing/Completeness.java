package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.gate.GateResult.Refused;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Which drafts may be finalised, of the services that ask for complete invoices; of others, all may. */
public final class Completeness {

    private final Services services;
    private final Customers customers;
    private final LineHolds holds;
    private final BillingPolicy policy;

    @Inject
    public Completeness(Services services, Customers customers, LineHolds holds, BillingPolicy policy) {
        this.services = services;
        this.customers = customers;
        this.holds = holds;
        this.policy = policy;
    }

    /** Drafts, judged; in their order. */
    record Judged(List<Invoice> complete, List<RefusedInvoice> refused) { }

    Judged judge(List<Invoice> drafts) {
        Set<ServiceId> asking = drafts.stream().map(Invoice::service).distinct()
                .filter(service -> services.find(service).filter(Service::completeInvoices).isPresent())
                .collect(Collectors.toSet());
        List<Invoice> judged = drafts.stream().filter(draft -> asking.contains(draft.service())).toList();
        if (judged.isEmpty()) {
            return new Judged(drafts, List.of());
        }
        Map<CustomerId, Customer> known = customers.findAll(judged.stream().map(Invoice::customer).distinct().toList());
        Map<InvoiceId, List<LineHold>> held = holds.of(judged.stream().map(Invoice::id).toList());
        var complete = new ArrayList<Invoice>();
        var refused = new ArrayList<RefusedInvoice>();
        for (Invoice draft : drafts) {
            if (asking.contains(draft.service()) && InvoiceGate.FINALISATION.checkAll(new Finalisable(draft,
                    known.get(draft.customer()), held.getOrDefault(draft.id(), List.of()), policy.needs()))
                    instanceof Refused why) {
                refused.add(new RefusedInvoice(draft.id(), draft.service(), draft.customerName(), why));
            } else {
                complete.add(draft);
            }
        }
        return new Judged(complete, refused);
    }
}
