package com.nexasystems.billing.ledger;

import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.OutcomeCount;
import java.util.List;

/**
 * What a person looks at before posting.
 *
 * @param outcomes  how many invoices have come to what
 * @param drafts    what the drafts would post, by account and currency; the families are among the accounts
 * @param unmatched invoices with lines that no family rule matches, the first of them
 * @param held      held invoices, the first of them
 * @param missing   unverified invoices, the first of them
 * @param changed   invoices whose source differs from what is posted, the first of them
 * @param sample    drafts at random, to be compared with the documents themselves
 * @param gate      whether all drafts could be posted at once
 */
public record Review(List<OutcomeCount> outcomes, List<Balance> drafts, Some unmatched, Some held, Some missing, Some changed,
                     List<Draft> sample, GateResult gate) {

    /**
     * Some of several.
     *
     * @param all how many there are
     */
    public record Some(List<IngestedInvoice> first, long all) {

        public Some {
            first = List.copyOf(first);
        }
    }

    public Review {
        outcomes = List.copyOf(outcomes);
        drafts = List.copyOf(drafts);
        sample = List.copyOf(sample);
    }
}
