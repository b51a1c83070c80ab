package com.nexasystems.billing.simulation;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Billing.Provided;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.RetryPayment;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.TestClock;
import com.nexasystems.billing.wallet.CreateWallet;
import com.nexasystems.billing.wallet.Wallet;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;

/**
 * Some weeks of collecting, step by step, with a provider that fails, nodes that die and stall, and people who pay, withdraw
 * and give back meanwhile. Everything in it follows from the random numbers it is given.
 */
final class PaymentWorld {

    private static final Instant START = Instant.parse("2026-01-31T09:30:00Z");
    private static final Currency CAD = Currency.getInstance("CAD");
    private static final Actor ADA = Actor.person("ada");
    private static final int STEPS = 60;
    private static final int LONGEST_FUSE = 60;
    private static final int QUIET_DAYS = 30;
    private static final int DEEPEST = 2;

    private final SplittableRandom random;
    private final TestClock clock = new TestClock(START);
    private final MemoryPaymentGateway provider = new MemoryPaymentGateway(clock);
    private final CrashingPorts crashing = new CrashingPorts(Ports.inMemory());
    private final Billing billing;
    private final Provided provided;
    private final Service hosting;
    private final Plan plan;
    private final List<Customer> customers;
    private final List<Subscription> started = new ArrayList<>();
    private final List<Wallet> wallets = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private final PaymentBooks books;
    private final int faults;
    /** Whether a call may be held up for longer than the provider remembers a reference. */
    private final boolean heldUp;
    private boolean quiet;
    private int depth;
    private int keys;

    PaymentWorld(SplittableRandom random) {
        this.random = random;
        this.faults = random.nextInt(60);
        this.heldUp = Cases.chance(random, 30);
        this.billing = Billing.over(crashing.ports()).clock(clock)
                .policy(random.nextBoolean() ? BillingPolicy.DEFAULT.regrouping() : BillingPolicy.DEFAULT).build();
        this.provided = billing.with(BusyGateway.over(provider, this::meanwhile), DunningPlan.DEFAULT);
        this.hosting = billing.register("hosting", "Hosting");
        this.plan = billing.plans().publish(Plan.of("ahead", Interval.MONTHLY, true, Money.of(CAD, "20.00"),
                START.minus(Duration.ofDays(60))));
        this.books = new PaymentBooks(billing.ports(), provider);
        this.customers = IntStream.range(0, 3).mapToObj(this::customer).toList();
        provider.script(this::fault);
    }

    private Customer customer(int number) {
        Customer customer = billing.customers().resolveAll(hosting.id(), List.of(Account.of("customer " + number)),
                known -> known.withStripeCustomerId("cus_" + number)).get(0);
        for (int i = 0; i < 2; i++) {
            started.add(billing.subscriptions().start(hosting.id(), new Request(customer, "sub-" + number + i, plan.code(),
                    BillingTime.ANNIVERSARY, START.minus(Duration.ofHours(random.nextInt(30 * 24))))));
        }
        changeMeans(customer);
        return customer;
    }

    void live() {
        for (int i = 0; i < STEPS; i++) {
            clock.advance(aWhile());
            notices.addAll(provider.notices());
            mayDie(this::act);
            books.check(subscriptions());
        }
        allBecomesQuiet();
        books.checkQuiet(subscriptions());
        if (!heldUp) {
            books.checkNothingWasChargedTwice();
        }
    }

    private Duration aWhile() {
        return Cases.chance(random, 60) ? Duration.ofMinutes(random.nextInt(90))
                : Cases.chance(random, 80) ? Duration.ofHours(random.nextInt(1, 30)) : Duration.ofDays(random.nextInt(1, 4));
    }

    private void act() {
        switch (random.nextInt(16)) {
            case 0 -> bill();
            case 1 -> sell();
            case 2 -> buyCredits();
            case 3 -> changeMeans(Cases.oneOf(random, customers));
            case 4 -> atTheProvider();
            case 5, 6, 7 -> people();
            case 8, 9 -> provided.refunds().run();
            case 10, 11 -> takeNotices();
            default -> provided.collect().run(1, payment -> { });
        }
    }

    /** While a call to the provider is under way: other nodes work, people act, time passes, or the process dies. */
    private void meanwhile() {
        if (quiet || depth >= DEEPEST || !Cases.chance(random, 12)) {
            return;
        }
        if (Cases.chance(random, 15)) {
            throw new BusyGateway.Died();
        }
        depth++;
        try {
            clock.advance(heldUp && Cases.chance(random, 10) ? Duration.ofHours(random.nextInt(20, 60))
                    : Duration.ofMinutes(random.nextInt(45)));
            notices.addAll(provider.notices());
            mayDie(this::act);
        } finally {
            depth--;
        }
    }

    private void mayDie(Runnable action) {
        boolean dies = !quiet && depth == 0 && Cases.chance(random, faults / 2);
        if (dies) {
            crashing.crashAfter(random.nextInt(1, LONGEST_FUSE));
        }
        try {
            action.run();
        } catch (InvalidValue | RetryPayment.AlreadyAsked refused) {
            // Not everything is possible at every time.
        } catch (PortFailure | BusyGateway.Died died) {
            // What was done until then stays.
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof BusyGateway.Died)) {
                throw e;
            }
        } finally {
            if (dies) {
                crashing.disarm();
            }
        }
    }

    private Fault fault() {
        Fault fault = !quiet && Cases.chance(random, faults) ? Cases.oneOf(random, Fault.values()) : Fault.NONE;
        return fault == Fault.KEYS_FORGOTTEN && !heldUp ? Fault.NONE : fault;
    }

    private void bill() {
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        billing.finalise().finalise(clock.instant(), invoice -> { });
    }

    private void sell() {
        var fee = IssueOneOff.Fee.of("setup", "1", BigDecimal.valueOf(random.nextInt(1, 5000), 2).toPlainString());
        keys++;
        billing.oneOff().issue(hosting.id(), new IssueOneOff.Request(Cases.oneOf(random, customers), CAD, List.of(fee),
                "key " + keys));
    }

    private void buyCredits() {
        if (!wallets.isEmpty() && Cases.chance(random, 40)) {
            billing.terminateWallet().terminate(hosting.id(), wallets.remove(0).id());
            return;
        }
        Wallet wallet = billing.wallets().create(hosting.id(), new CreateWallet.Request(Cases.oneOf(random, customers), CAD,
                BigDecimal.ONE, Wallet.Settings.named("credits")));
        wallets.add(wallet);
        billing.topUpWallet().purchase(hosting.id(), wallet.id(), new BigDecimal(random.nextInt(1, 50)), Optional.empty());
        billing.billPurchases().bill();
    }

    private void changeMeans(Customer customer) {
        String account = customer.stripeCustomerId().orElseThrow();
        if (Cases.chance(random, 15)) {
            provider.takeAway(account);
        } else {
            provider.leave(account, Cases.oneOf(random, Means.GOOD, Means.GOOD, Means.DECLINING, Means.PROCESSING));
        }
    }

    private void atTheProvider() {
        List<Charge> charges = provider.charges();
        List<Refunded> refunds = provider.refunds();
        if (!refunds.isEmpty() && Cases.chance(random, 20)) {
            provider.sendBack(Cases.oneOf(random, refunds).id());
        } else if (!charges.isEmpty()) {
            Charge charge = Cases.oneOf(random, charges);
            switch (charge.outcome()) {
                case PROCESSING -> provider.decide(charge.id(), random.nextBoolean());
                case DECLINED -> provider.payLate(charge.id());
                case SUCCEEDED -> provider.contest(charge.id(), Cases.oneOf(random, Payment.Dispute.values()));
            }
        }
        charges.stream().filter(charge -> charge.outcome() == Outcome.SUCCEEDED && Cases.chance(random, 3))
                .forEach(charge -> giveBack(charge, refunds));
    }

    private void giveBack(Charge charge, List<Refunded> refunds) {
        Money left = refunds.stream().filter(refund -> refund.charge().equals(charge.id())
                && refund.status() != Refund.Status.FAILED).map(Refunded::amount).reduce(charge.amount(), Money::minus);
        if (left.amount().signum() > 0) {
            provider.giveBack(charge.id(), some(left));
        }
    }

    private void takeNotices() {
        for (Notice notice : Cases.shuffled(random, List.copyOf(notices))) {
            if (Cases.chance(random, 50)) {
                provided.notices().take(notice);
                if (Cases.chance(random, 80)) {
                    notices.remove(notice);
                }
            }
        }
    }

    private void people() {
        List<Invoice> issued = books.invoices().stream().filter(invoice -> invoice.status() != InvoiceStatus.DRAFT).toList();
        if (issued.isEmpty()) {
            return;
        }
        Invoice invoice = Cases.oneOf(random, issued);
        switch (random.nextInt(8)) {
            case 0 -> billing.voidInvoice().withdraw(hosting.id(), invoice.id(), ADA, "by mistake");
            case 1 -> billing.voidInvoice().withdrawCrediting(hosting.id(), invoice.id(),
                    random.nextBoolean() ? invoice.paid() : Money.zero(CAD), ADA, "by mistake");
            case 2 -> billing.recordPayment().paid(hosting.id(), invoice.id(), ADA);
            case 3 -> billing.recordPayment().received(hosting.id(), invoice.id(), some(invoice.payable()),
                    "cash " + random.nextInt(20), ADA);
            case 4, 5 -> giveBack(invoice);
            default -> billing.retryPayment().again(hosting.id(), invoice.id(), ADA);
        }
    }

    private void giveBack(Invoice invoice) {
        var items = List.of(new CreditNote.Item(0, some(invoice.lines().get(0).amount())));
        Money total = billing.creditNotes().estimate(hosting.id(), invoice.id(), items).total();
        keys++;
        billing.creditNotes().issue(hosting.id(), new IssueCreditNote.Request(invoice.id(), "key " + keys,
                CreditNote.Reason.OTHER, "", items, Cases.oneOf(random, CreditNote.Given.refund(total),
                CreditNote.Given.offset(total), CreditNote.Given.credit(total))), ADA);
    }

    private Money some(Money most) {
        long minor = most.minorUnits().longValueExact();
        return minor < 1 ? most : Money.ofMinor(CAD, BigInteger.valueOf(random.nextLong(1, minor + 1)));
    }

    private void allBecomesQuiet() {
        quiet = true;
        for (int day = 0; day < QUIET_DAYS; day++) {
            clock.advance(Duration.ofHours(24));
            notices.addAll(provider.notices());
            provided.collect().run(1, payment -> { });
            provided.refunds().run();
            List.copyOf(notices).forEach(notice -> {
                notices.remove(notice);
                provided.notices().take(notice);
            });
        }
    }

    /** Attempts to charge that the provider has heard of. */
    int attempts() {
        return provider.charges().size();
    }

    private List<Subscription> subscriptions() {
        return started.stream().map(one -> billing.ports().subscriptions().find(one.id()).orElseThrow()).toList();
    }
}
