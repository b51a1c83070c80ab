package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment.Method;
import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.Payment.Status;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Collects what is to be paid. Can be killed at any moment and run again, and run on several nodes at once.
 *
 * <p>An attempt is stored before the provider is asked, and asked for under the same reference until its outcome is known:
 * it is looked up first, since the provider may have forgotten the key, and only if there is nothing of it, it is ordered
 * again. An invoice has one such attempt at a time. Before the next one, the one before is closed, so that it cannot succeed
 * late.
 */
public final class Collect {

    private static final int PAGE = 100;
    /** So that the lease of a claim is longer than the provider takes for all that is asked of it for that. */
    private static final int AT_ONCE = 1;
    /** If it takes longer all the same, another one asks the same under the same reference. */
    private static final Duration LEASE = Duration.ofMinutes(30);
    private static final Refusal NO_MEANS = new Refusal("no_payment_method", "the customer has left no means of payment");

    private final Payments payments;
    private final Customers customers;
    private final PaymentGateway gateway;
    private final DunningPlan plan;
    private final Settle settle;
    private final TakeOutcome outcomes;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public Collect(Payments payments, Customers customers, PaymentGateway gateway, DunningPlan plan, Settle settle,
                   TakeOutcome outcomes, Ids ids, Clock clock, UnitOfWork unitOfWork) {
        this.payments = payments;
        this.customers = customers;
        this.gateway = gateway;
        this.plan = plan;
        this.settle = settle;
        this.outcomes = outcomes;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Everything that is due now.
     *
     * @param workers invoices that the provider is asked for at the same time
     * @param done    told of each attempt after what is known of it is durable; may be called by several threads at once
     * @throws PortFailure if a port of ours failed; what was kept until then stays, and the next run does the rest. What the
     *                     provider fails at is in the report
     */
    public CollectionReport run(int workers, Consumer<Payment> done) {
        Instant begun = clock.instant();
        int enrolled;
        do {
            enrolled = unitOfWork.call(() -> payments.enrol(begun, PAGE));
        } while (enrolled > 0);
        releaseSettled();
        var report = new CollectionReport.Builder();
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try {
            CompletableFuture.allOf(Stream.generate(() -> CompletableFuture.runAsync(() -> work(begun, done, report), pool))
                    .limit(workers).toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        } finally {
            pool.shutdown();
        }
        return report.build();
    }

    /** Of invoices that were withdrawn, credited or paid in another way since their collection began, or failed. */
    private void releaseSettled() {
        List<InvoiceId> settled;
        long released;
        do {
            settled = unitOfWork.call(() -> payments.settled(PAGE));
            released = settled.stream()
                    .filter(id -> unitOfWork.call(() -> settle.claim(id).map(settle::release).orElse(false))).count();
        } while (released > 0);
    }

    private void work(Instant begun, Consumer<Payment> done, CollectionReport.Builder report) {
        List<InvoiceCollection> due;
        do {
            due = unitOfWork.call(() -> payments.claimDue(begun, clock.instant().plus(LEASE), AT_ONCE));
            due.forEach(collection -> collect(collection, done, report));
        } while (!due.isEmpty());
    }

    private void collect(InvoiceCollection collection, Consumer<Payment> done, CollectionReport.Builder report) {
        try {
            tried(collection).ifPresent(payment -> {
                report.add(payment);
                done.accept(payment);
            });
        } catch (ProviderFailure e) {
            report.add(collection.invoice(), e.failure);
            unitOfWork.run(() -> putOff(collection));
        }
    }

    private Optional<Payment> tried(InvoiceCollection collection) {
        List<Payment> known = payments.of(collection.invoice());
        Optional<Payment> open = open(known);
        if (open.isPresent()) {
            return open.map(this::resolved);
        }
        Optional<Payment> late = known.stream().filter(payment -> payment.status() == Status.DECLINED)
                .reduce((first, second) -> second).flatMap(this::closed);
        if (late.isPresent()) {
            return late;
        }
        Optional<String> account = customers.find(collection.holder().customer()).orElseThrow().stripeCustomerId();
        Optional<String> means = account.flatMap(own -> asked(() -> gateway.meansOf(own)));
        return unitOfWork.call(() -> begun(collection.invoice(), known.size(), account, means))
                .map(attempt -> attempt.status().isOpen() ? ordered(attempt) : attempt);
    }

    private static Optional<Payment> open(List<Payment> known) {
        return known.stream().filter(payment -> payment.status().isOpen()).findFirst();
    }

    /** An attempt whose outcome is not known: looked up, and ordered again if the provider has nothing of it. */
    private Payment resolved(Payment attempt) {
        Order order = order(attempt);
        Charge charge = asked(() -> attempt.charge().flatMap(gateway::charge).or(() -> gateway.find(order))
                .orElseGet(() -> gateway.charge(order)));
        return outcomes.take(charge).orElseThrow();
    }

    /** What was declined may wait at the provider for its payer, and succeed yet. */
    private Optional<Payment> closed(Payment declined) {
        return declined.means().flatMap(means -> asked(() -> gateway.close(order(declined))))
                .filter(charge -> charge.outcome() != Charge.Outcome.DECLINED).flatMap(outcomes::take);
    }

    /**
     * A new attempt, if there is something to pay, and nobody has done anything meanwhile.
     *
     * @param known how many payments there were when it was looked
     */
    private Optional<Payment> begun(InvoiceId id, int known, Optional<String> account, Optional<String> means) {
        Invoice invoice = settle.claim(id).orElseThrow();
        Money due = settle.due(invoice);
        if (due.isZero()) {
            settle.release(invoice);
            return Optional.empty();
        }
        boolean goesOn = payments.collection(id).filter(InvoiceCollection::goesOn).isPresent();
        if (!goesOn || payments.of(id).size() != known) {
            return Optional.empty();
        }
        Payment attempt = attempt(invoice, known + 1, due, account, means);
        if (!payments.add(attempt)) {
            throw new IllegalStateException("begun by somebody who has not claimed the invoice: " + attempt.reference());
        }
        if (!attempt.status().isOpen()) {
            settle.declined(invoice, plan);
        }
        return Optional.of(attempt);
    }

    private Payment attempt(Invoice invoice, int number, Money due, Optional<String> account, Optional<String> means) {
        Instant now = clock.instant();
        var holder = new ServiceCustomer(invoice.service(), invoice.customer());
        return new Payment(new PaymentId(ids.next()), invoice.id(), holder, number, Method.PROVIDER,
                Payment.reference(invoice.id(), number), account, means, due,
                means.isPresent() ? Status.ASKED : Status.DECLINED, Optional.empty(), Money.zero(due.currency()),
                means.isPresent() ? Optional.empty() : Optional.of(NO_MEANS), Optional.empty(), now, now);
    }

    private Payment ordered(Payment attempt) {
        return outcomes.take(asked(() -> gateway.charge(order(attempt)))).orElseThrow();
    }

    /** The same whenever it is made of an attempt: a provider refuses a key that comes with something else. */
    private static Order order(Payment attempt) {
        return new Order(attempt.reference(), attempt.account().orElseThrow(), attempt.means().orElseThrow(),
                attempt.amount(), attempt.createdAt(), "Invoice " + attempt.invoice(),
                Map.of("invoice_id", attempt.invoice().toString(), "attempt", String.valueOf(attempt.number())));
    }

    /** Soon at first, and then less and less often. Not what a notice has told of meanwhile: then the plan says when. */
    private void putOff(InvoiceCollection claimed) {
        InvoiceId id = claimed.invoice();
        settle.claim(id);
        if (payments.collection(id).equals(Optional.of(claimed))) {
            Instant now = clock.instant();
            Instant first = open(payments.of(id)).map(Payment::createdAt).orElse(now);
            payments.update(claimed.at(Waits.next(first, now)));
        }
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (RuntimeException e) {
            throw new ProviderFailure(e);
        }
    }

    /** The provider, or its adapter, has failed, which concerns one invoice; a failure of our own ports ends the run. */
    private static final class ProviderFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient RuntimeException failure;

        ProviderFailure(RuntimeException failure) {
            super(failure);
            this.failure = failure;
        }
    }
}
