package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.ApprovalCheck;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.cutover.Readiness;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.ledger.BulkPosting;
import java.time.Clock;
import java.time.Duration;

/** What the settings ask of gates besides what the engine asks: somebody's approval. */
final class ConfiguredGates {

    private static final String BULK_POSTING = "bulk-posting";

    private ConfiguredGates() {
    }

    static Billing.Builder in(Billing.Builder builder, Ports ports, Settings settings, Clock clock) {
        int cutOver = settings.integer(Setting.BILLING_CUTOVER_APPROVAL_HOURS);
        if (cutOver > 0) {
            builder.cutOverNeeds(new ApprovalCheck<Readiness>(ports.approvals(),
                    readiness -> cutOver(ports, readiness.terms()), Duration.ofHours(cutOver), clock));
        }
        int posting = settings.integer(Setting.BILLING_POSTING_APPROVAL_HOURS);
        if (posting > 0) {
            builder.bulkPostingNeeds(new ApprovalCheck<BulkPosting>(ports.approvals(), bulk -> BULK_POSTING,
                    Duration.ofHours(posting), clock));
        }
        return builder;
    }

    /** Whoever has approved a single user's cut-over has not approved everybody's. */
    private static String cutOver(Ports ports, CutOverTerms terms) {
        String code = ports.services().find(terms.service()).map(Service::code).orElseThrow();
        return "cut-over:" + code + terms.user().map(user -> ":" + user).orElse("");
    }
}
