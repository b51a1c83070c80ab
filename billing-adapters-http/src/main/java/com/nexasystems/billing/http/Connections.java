package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.webhook.WebhookTransport;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * Whom the server speaks to beside those who ask it.
 *
 * @param provider empty if nothing is collected
 * @param ledger   where the ledger asks for invoices, and how it books them
 */
public record Connections(Optional<PaymentProvider> provider, WebhookTransport webhooks, LedgerSetup ledger) {

    /** Without sources nothing is ingested; what is in the books is shown. */
    public static final LedgerSetup NO_SOURCES = new LedgerSetup(List.of(), new LedgerPolicy(ZoneOffset.UTC,
            new FamilyRules(List.of()), List.of(), LedgerPolicy.ALL_TAX_POLICIES), ChartOfAccounts.DEFAULT);

    /** To nobody: nothing is collected, and no endpoint can be registered. */
    public static final Connections NONE = new Connections(Optional.empty(), new NoWebhooks(), NO_SOURCES);
}
