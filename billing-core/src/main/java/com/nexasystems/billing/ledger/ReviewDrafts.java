package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.Review.Some;
import jakarta.inject.Inject;
import java.util.Optional;

/** Shows what there is to be posted, and what stands in the way. Changes nothing. */
public final class ReviewDrafts {

    private final Journal journal;
    private final PostEntries posting;

    @Inject
    public ReviewDrafts(Journal journal, PostEntries posting) {
        this.journal = journal;
        this.posting = posting;
    }

    /**
     * @param by   who looks
     * @param seed of the sample: the same one shows the same drafts again
     * @param size of the sample, and of each list
     */
    public Review review(Actor by, String seed, int size) {
        return new Review(journal.counts(), journal.balances(Optional.empty(), Scope.DRAFTS),
                some(new InvoiceFilter(Optional.empty(), Optional.empty(), Optional.of(true)), size),
                some(new InvoiceFilter(Optional.of(Outcome.HELD), Optional.empty(), Optional.empty()), size),
                some(new InvoiceFilter(Optional.of(Outcome.UNVERIFIED), Optional.empty(), Optional.empty()), size),
                some(new InvoiceFilter(Optional.empty(), Optional.of(true), Optional.empty()), size),
                journal.sample(seed, size), posting.check(by));
    }

    private Some some(InvoiceFilter filter, int size) {
        Page<IngestedInvoice> page = journal.invoices(filter, PageRequest.first(size));
        return new Some(page.items(), page.total());
    }
}
