package com.nexasystems.billing.ledger;

import java.util.List;

/**
 * What an application has configured of its ledger.
 *
 * @param sources where its invoices were issued; none if it has no ledger
 * @param policy  how they are booked
 * @param chart   what the accounts are called in exports
 */
public record LedgerSetup(List<InvoiceSource> sources, LedgerPolicy policy, ChartOfAccounts chart) {

    public LedgerSetup {
        sources = List.copyOf(sources);
    }
}
