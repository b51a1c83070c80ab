package com.nexasystems.billing.shadow;

import com.nexasystems.billing.boundary.PortFailure;
import java.util.List;
import java.util.function.Consumer;

/**
 * The application whose biller is to be replaced, as its own database has it. {@code SourceApplicationContract} checks these
 * rules.
 *
 * <p>SA-1 Nothing is ever written there.
 * <p>SA-2 Every row is told once, in pages of at most {@link #PAGE} rows, in the order that the method says.
 * <p>SA-3 A row that cannot be read is told with its id and what is wrong with it, and all others are told beside it.
 * <p>SA-4 Amounts, quantities and texts are told as they are kept there, to the last digit; what is empty there is empty here.
 * <p>SA-5 An invoice is told once, with all of its items, however many it has.
 * <p>SA-6 What a listener throws ends the reading, and reaches the caller.
 * <p>SA-7 Reading takes memory for some pages, however many rows there are.
 */
public interface SourceApplication {

    int PAGE = 5_000;

    /**
     * How many rows there are of each kind, more or less; for showing progress.
     *
     * @throws PortFailure if the application's database cannot be read, as all methods here do
     */
    Counts counts();

    /** By rising id. */
    void plans(Consumer<List<SourceRow<SourcePlan>>> page);

    /** By rising id. */
    void users(Consumer<List<SourceRow<SourceUser>>> page);

    /** By rising id. */
    void subscriptions(Consumer<List<SourceRow<SourceSubscription>>> page);

    /** By subscription, then start, then id; rows without a readable start after the others of their subscription. */
    void usage(Consumer<List<SourceRow<SourceUsage>>> page);

    /** By rising id. Items by start, then id. */
    void invoices(Consumer<List<SourceRow<SourceInvoice>>> page);

    /** Rows of each kind. */
    record Counts(long plans, long users, long subscriptions, long usage, long invoices) {

        public long all() {
            return plans + users + subscriptions + usage + invoices;
        }
    }
}
