package com.nexasystems.billing.examples;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.testkit.IdsContract;

/** The proof of {@link NodeIds}: extend the port's contract, hand over the ports, and JUnit runs the rules. */
class NodeIdsTest extends IdsContract {

    @Override
    protected Ports emptyPorts() {
        Ports p = Ports.inMemory();
        return new Ports(p.unitOfWork(), new NodeIds(7), p.entropy(), p.auditTrail(), p.metrics(), p.plans(), p.services(),
                p.customers(), p.taxRates(), p.eventLog(), p.subscriptions(), p.usageRecords(), p.freshUsage(), p.invoices(),
                p.invoiceNumbers(), p.coupons(), p.wallets(), p.creditNotes(), p.directory(), p.billingTerms(),
                p.apiKeys(), p.authenticationLog(), p.knownAnswers(), p.backlog(), p.serviceTaxes(),
                p.shadowRecords(), p.reconciliations(), p.cutOvers(), p.payments(), p.endpoints(),
                p.deliveries(), p.thresholdMarks(), p.journal(), p.jobs(), p.certificates(), p.approvals(),
                p.lineHolds());
    }
}
