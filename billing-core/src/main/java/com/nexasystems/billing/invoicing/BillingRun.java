package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.DryRun;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import com.nexasystems.billing.subscription.Subscriptions.Cursor;
import com.nexasystems.billing.subscription.Subscriptions.WhenHeld;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Drafts an invoice for everything that is due.
 *
 * <p>Works page by page, each in a unit of work of its own, so it can be killed at any moment and run again, and run on
 * several nodes at once: what one worker has claimed the others leave alone, and the invoice's reason is unique. Memory
 * does not grow with the number of subscriptions. A subscription that cannot be billed is reported and stays due.
 */
public final class BillingRun {

    private static final int PAGE = 500;

    private final DueBilling billing;
    private final Subscriptions subscriptions;
    private final UnitOfWork unitOfWork;

    @Inject
    public BillingRun(DueBilling billing, Subscriptions subscriptions, UnitOfWork unitOfWork) {
        this.billing = billing;
        this.subscriptions = subscriptions;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param asOf    bills what is due at or before it
     * @param workers pages worked on at the same time
     * @param drafted is told of each draft after it is durable; one call at a time
     * @throws PortFailure if a port failed; what was drafted until then stays, and the next run does the rest
     */
    public BillingReport run(Instant asOf, int workers, Consumer<Drafted> drafted) {
        var run = new Run(asOf, drafted);
        run.pass(workers, WhenHeld.SKIP);
        run.pass(1, WhenHeld.WAIT);
        return run.report();
    }

    /** As {@link #run}, and then stores nothing of it. One unit of work: for looking, not for a large company's month. */
    public BillingReport dryRun(Instant asOf, Consumer<Drafted> drafted) {
        return DryRun.of(unitOfWork, () -> {
            var run = new Run(asOf, drafted);
            run.work(WhenHeld.SKIP);
            return run.report();
        });
    }

    /** How many subscriptions are due, for showing progress. */
    public long countDue(Instant asOf) {
        return subscriptions.countDue(asOf);
    }

    /** One run: what its workers share. */
    private final class Run {

        private final Instant asOf;
        private final Consumer<Drafted> listener;
        private final List<BillingFailure> failures = new ArrayList<>();
        private long failed;
        private long invoiceCount;

        Run(Instant asOf, Consumer<Drafted> listener) {
            this.asOf = asOf;
            this.listener = listener;
        }

        void pass(int workers, WhenHeld whenHeld) {
            ExecutorService pool = Executors.newFixedThreadPool(workers);
            try {
                // All of them: nothing of a run goes on after it has failed.
                CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> work(whenHeld), pool))
                        .limit(workers).toArray(CompletableFuture[]::new)).join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            } finally {
                pool.shutdown();
            }
        }

        /** Sweeps until a sweep bills nothing: a subscription that is several periods behind is due again after one. */
        void work(WhenHeld whenHeld) {
            long billed;
            do {
                billed = sweep(whenHeld);
            } while (billed > 0);
        }

        /** Page after page, by due date, until nothing is due after the last one. Answers how many were billed. */
        private long sweep(WhenHeld whenHeld) {
            forgetFailures();
            long billed = 0;
            Optional<Cursor> after = Optional.empty();
            do {
                Optional<Cursor> from = after;
                Page page = unitOfWork.call(() -> billPage(from, whenHeld));
                tell(page);
                billed += page.done.billed();
                after = page.last;
            } while (after.isPresent());
            return billed;
        }

        private Page billPage(Optional<Cursor> after, WhenHeld whenHeld) {
            List<Subscription> due = subscriptions.claimDue(asOf, after, PAGE, whenHeld);
            if (due.isEmpty()) {
                return new Page(Optional.empty(), new DueBilling.Page(0, List.of(), List.of()));
            }
            return new Page(Optional.of(Cursor.of(due.get(due.size() - 1))), billing.bill(due));
        }

        /** What failed before is tried again by each sweep, so only those of the last one count. */
        private synchronized void forgetFailures() {
            failures.clear();
            failed = 0;
        }

        private synchronized void tell(Page page) {
            page.done.drafted().forEach(listener);
            invoiceCount += page.done.drafted().size();
            failed += page.done.failed().size();
            page.done.failed().stream().limit(BillingReport.MOST_FAILURES - failures.size()).forEach(failures::add);
        }

        BillingReport report() {
            return new BillingReport(invoiceCount, List.copyOf(failures), failed);
        }
    }

    /** @param last where the next page begins after; empty if there is none */
    private record Page(Optional<Cursor> last, DueBilling.Page done) { }
}
