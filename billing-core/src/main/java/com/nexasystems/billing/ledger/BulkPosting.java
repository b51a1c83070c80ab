package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.ledger.Journal.Balance;
import java.util.List;

/**
 * All drafts that are to be posted at once, and what their gate looks at.
 *
 * @param by        who wants it
 * @param isEmpty   whether there is no draft
 * @param unmatched what they would post on the account of what no family rule matches, by currency; none if nothing
 */
public record BulkPosting(Actor by, boolean isEmpty, List<Balance> unmatched) {

    public BulkPosting {
        unmatched = List.copyOf(unmatched);
    }
}
