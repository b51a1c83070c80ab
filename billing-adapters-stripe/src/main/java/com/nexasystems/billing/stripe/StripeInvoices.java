package com.nexasystems.billing.stripe;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.Fetched.Missing;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.stripe.model.Invoice;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceListParams.Created;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * The invoices that Stripe has issued, as it says itself; in any currency whose minor units are known. One for an
 * application, for any number of threads. Only ever asks; nothing at Stripe is changed.
 *
 * <p>Several are fetched at once, together no faster than the {@link Pace}. What is limited, fails or gets lost is asked for
 * again, up to the attempts of the pace. What is without an answer then is unreachable; if that is because nothing answers,
 * the key has no right, Stripe limits us, or fails on many in a row, the rest is not asked for. A later {@link #fetch}
 * begins anew.
 *
 * <p>Read is what {@code docs/ledger.md} lists. The key has to have the permissions that {@link StripeSettings} names.
 */
public final class StripeInvoices implements InvoiceSource {

    private static final String PREFIX = "in_";
    private static final String DRAFT = "draft";
    /** Invoices that a subscription makes are drafts for an hour, and up to three days if the webhooks of them fail. */
    private static final Duration OVERLAP = Duration.ofDays(3);

    private final StripeCalls calls;
    private final StripeDocuments documents;
    private final Clock clock;
    private final int atOnce;

    /**
     * How hard Stripe is asked, by one of these sources.
     *
     * @param perSecond requests a second; Stripe takes 25 in a sandbox, and 100 of all programs together otherwise
     * @param atOnce    invoices that are fetched at the same time
     * @param attempts  for a request, the first one among them
     */
    public record Pace(int perSecond, int atOnce, int attempts) {

        /** Fits a sandbox. */
        public static final Pace DEFAULT = new Pace(20, 8, 4);

        public Pace {
            if (perSecond < 1 || atOnce < 1 || attempts < 1) {
                throw new IllegalArgumentException("a pace is of one or more: " + perSecond + ", " + atOnce + ", "
                        + attempts);
            }
        }
    }

    StripeInvoices(StripeCalls calls, Clock clock, Pace pace) {
        this.calls = calls;
        this.documents = new StripeDocuments(calls);
        this.clock = clock;
        this.atOnce = pace.atOnce;
    }

    /**
     * Calls nobody yet.
     *
     * @param clock says when something was fetched
     */
    public static StripeInvoices of(StripeSettings settings, Clock clock, Pace pace) {
        var transport = new PacedTransport(new StripeTransport(settings), pace);
        return new StripeInvoices(new StripeCalls(settings, clock, transport), clock, pace);
    }

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith(PREFIX);
    }

    @Override
    public List<Fetched> fetch(List<String> invoices) {
        if (invoices.isEmpty()) {
            return List.of();
        }
        var reach = new StripeReach();
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(atOnce, invoices.size()), work -> {
            Thread thread = new Thread(work, "stripe-invoices");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Fetched>> answers = threads.invokeAll(invoices.stream()
                    .map(invoice -> (Callable<Fetched>) () -> fetched(invoice, reach)).toList());
            var fetched = new ArrayList<Fetched>();
            for (int i = 0; i < invoices.size(); i++) {
                fetched.add(answer(invoices.get(i), answers.get(i)));
            }
            return fetched;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return invoices.stream().<Fetched>map(invoice -> new Unreachable(invoice, "interrupted")).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Fetched answer(String invoice, Future<Fetched> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException | CancellationException e) {
            return new Unreachable(invoice, "what Stripe answered could not be read");
        }
    }

    private Fetched fetched(String invoice, StripeReach reach) {
        Optional<String> lost = reach.lost();
        if (lost.isPresent()) {
            return new Unreachable(invoice, lost.get());
        }
        try {
            Optional<List<Document>> answers = documents.of(invoice);
            reach.answered();
            return answers.<Fetched>map(found -> new Found(new Evidence(invoice, clock.instant(), found)))
                    .orElseGet(() -> new Missing(invoice, "Stripe knows no such invoice, or not with this key"));
        } catch (PortFailure e) {
            return new Unreachable(invoice, reach.failed(e));
        }
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        return StripeFacts.read(evidence);
    }

    /** Somewhat more than asked for: also what was made shortly before, which may have been a draft then. */
    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        Optional<Created> created = since.map(instant -> Created.builder()
                .setGte(instant.minus(OVERLAP).getEpochSecond()).build());
        calls.<Invoice, List<String>>pages("list invoices", (stripe, after) -> stripe.invoices().list(
                        InvoiceListParams.builder().setLimit((long) PAGE).setCreated(created.orElse(null))
                                .setStartingAfter(after.orElse(null)).build()),
                next -> next.getData().stream().filter(invoice -> !DRAFT.equals(invoice.getStatus())).map(Invoice::getId)
                        .toList(),
                found -> Optional.of(found).filter(ids -> !ids.isEmpty()).ifPresent(page));
    }
}
