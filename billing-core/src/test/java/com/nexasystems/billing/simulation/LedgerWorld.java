package com.nexasystems.billing.simulation;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Billing.Provided;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.coupon.ApplyCoupon;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Fault;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway.Charge;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Refunded;
import com.nexasystems.billing.payment.RetryPayment;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
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
import java.util.stream.IntStream;

/**
 * Some months in which everything happens to invoices that can: usage, coupons, credits that were bought and granted, credit
 * notes that are used and withdrawn, payments that are late, too much, given back and contested. Follows from the random
 * numbers it is given.
 */
final class LedgerWorld {

    private static final Instant START = Instant.parse("2026-01-15T09:30:00Z");
    private static final Actor ADA = Actor.person("ada");
    private static final int STEPS = 90;
    private static final int MOST_SUBSCRIPTIONS = 8;

    private final SplittableRandom random;
    private final TestClock clock = new TestClock(START);
    private final MemoryPaymentGateway provider = new MemoryPaymentGateway(clock);
    private final Billing billing;
    private final Provided provided;
    private final Company company;
    private final List<Customer> customers;
    private final List<Sender> senders;
    private final List<Subscription> started = new ArrayList<>();
    private final List<Wallet> wallets = new ArrayList<>();
    private int keys;

    LedgerWorld(SplittableRandom random) {
        this.random = random;
        BillingPolicy policy = Company.policy(random);
        this.billing = Billing.over(Ports.inMemory()).clock(clock)
                .policy(random.nextBoolean() ? policy.regrouping() : policy).build();
        this.provided = billing.with(provider, DunningPlan.DEFAULT);
        this.company = new Company(random, billing);
        this.customers = IntStream.range(0, company.customers.size()).mapToObj(this::payer).toList();
        this.senders = company.services.stream().map(service -> new Sender(random, billing, service)).toList();
        for (int i = 0; i < 4; i++) {
            start();
        }
    }

    Billing billing() {
        return billing;
    }

    MemoryPaymentGateway provider() {
        return provider;
    }

    private Customer payer(int number) {
        Customer payer = company.customers.get(number).withStripeCustomerId("cus_" + number);
        billing.ports().unitOfWork().run(() -> billing.ports().customers().update(payer));
        provider.leave("cus_" + number, Cases.oneOf(random, Means.values()));
        return payer;
    }

    void live() {
        provider.script(() -> Cases.chance(random, 10)
                ? Cases.oneOf(random, Fault.DECLINE, Fault.LATER_SUCCESS, Fault.LATER_FAILURE) : Fault.NONE);
        for (int i = 0; i < STEPS; i++) {
            Instant before = clock.instant();
            clock.advance(Duration.ofMinutes(random.nextInt(1, 48 * 60)));
            subscriptions().forEach(subscription -> senderOf(subscription).measure(subscription, company.metrics, before,
                    clock.instant()));
            try {
                act();
            } catch (InvalidValue | RetryPayment.AlreadyAsked refused) {
                // Not everything is possible at every time.
            }
        }
        becomesQuiet();
    }

    private void act() {
        switch (random.nextInt(24)) {
            case 0 -> start();
            case 1 -> terminate();
            case 2 -> sell();
            case 3 -> credits();
            case 4 -> coupon();
            case 5, 6 -> Cases.oneOf(random, senders).shipment(clock.instant()).run();
            case 7, 8, 9, 10 -> bill();
            case 11, 12 -> provided.collect().run(1, payment -> { });
            case 13 -> provided.refunds().run();
            case 14 -> provider.notices().forEach(provided.notices()::take);
            case 15 -> atTheProvider();
            case 16 -> terms();
            default -> people();
        }
    }

    private void start() {
        if (started.size() < MOST_SUBSCRIPTIONS) {
            started.add(billing.subscriptions().start(Cases.oneOf(random, company.services).id(),
                    new Request(Cases.oneOf(random, customers), "sub-" + started.size(),
                            Cases.oneOf(random, company.plans).code(), Cases.oneOf(random, BillingTime.values()),
                            clock.instant().minus(Duration.ofHours(random.nextInt(400))))));
        }
    }

    private void terminate() {
        Subscription subscription = Cases.oneOf(random, subscriptions());
        if (subscription.state() != SubscriptionState.TERMINATED) {
            billing.terminations().terminate(subscription.service(), subscription.id().toString(),
                    Cases.oneOf(random, UnusedTime.values()));
        }
    }

    private void sell() {
        keys++;
        billing.oneOff().issue(Cases.oneOf(random, company.services).id(), new IssueOneOff.Request(
                Cases.oneOf(random, customers), currency(), List.of(IssueOneOff.Fee.of("setup", "1",
                String.valueOf(random.nextInt(1, 90))), IssueOneOff.Fee.of("move", "2", "7")), "key " + keys));
    }

    private Currency currency() {
        return Cases.oneOf(random, company.plans).currency();
    }

    private void credits() {
        if (wallets.isEmpty() || Cases.chance(random, 40)) {
            wallets.add(billing.wallets().create(Cases.oneOf(random, company.services).id(), new CreateWallet.Request(
                    Cases.oneOf(random, customers), currency(), BigDecimal.ONE, Wallet.Settings.named("credits"))));
        }
        Wallet wallet = Cases.oneOf(random, wallets);
        var number = new BigDecimal(random.nextInt(1, 60));
        if (random.nextBoolean()) {
            billing.topUpWallet().grant(wallet.holder().service(), wallet.id(), number, Optional.empty());
        } else {
            billing.topUpWallet().purchase(wallet.holder().service(), wallet.id(), number, Optional.empty());
            billing.billPurchases().bill();
        }
        if (Cases.chance(random, 10)) {
            billing.terminateWallet().terminate(wallet.holder().service(), wallet.id());
        }
    }

    private void coupon() {
        keys++;
        Service service = Cases.oneOf(random, company.services);
        Discount discount = random.nextBoolean() ? Discount.Percentage.of(Cases.oneOf(random, "10", "33.3", "100"))
                : new Discount.Fixed(some(Money.of(currency(), "30")));
        Coupon coupon = billing.coupons().define(Coupon.of(service.id(), "SAVE" + keys, discount,
                Cases.oneOf(random, CouponFrequency.once(), CouponFrequency.forever())));
        billing.applyCoupon().apply(service.id(), ApplyCoupon.Request.of(Cases.oneOf(random, customers), coupon.code()));
    }

    private void terms() {
        Subscription subscription = Cases.oneOf(random, subscriptions());
        billing.ports().unitOfWork().run(() -> billing.ports().billingTerms().set(
                new ServiceCustomer(subscription.service(), subscription.customer()),
                new BillingTerms.Terms(Optional.of(random.nextInt(5)), Optional.of(random.nextInt(40)))));
    }

    private void bill() {
        billing.billingRun().run(clock.instant(), 1, drafted -> { });
        billing.finalise().finalise(clock.instant(), invoice -> { });
    }

    private void atTheProvider() {
        List<Charge> charges = provider.charges();
        List<Refunded> refunds = provider.refunds();
        if (!refunds.isEmpty() && Cases.chance(random, 30)) {
            provider.sendBack(Cases.oneOf(random, refunds).id());
        } else if (!charges.isEmpty()) {
            Charge charge = Cases.oneOf(random, charges);
            switch (charge.outcome()) {
                case PROCESSING -> provider.decide(charge.id(), random.nextBoolean());
                case DECLINED -> provider.payLate(charge.id());
                case SUCCEEDED -> {
                    if (refunds.stream().noneMatch(refund -> refund.charge().equals(charge.id()))) {
                        provider.giveBack(charge.id(), some(charge.amount()));
                    }
                }
            }
        }
    }

    private void people() {
        List<Invoice> issued = invoices().stream().filter(invoice -> invoice.status() != InvoiceStatus.DRAFT).toList();
        if (issued.isEmpty()) {
            return;
        }
        Invoice invoice = Cases.oneOf(random, issued);
        switch (random.nextInt(10)) {
            case 0 -> billing.voidInvoice().withdraw(invoice.service(), invoice.id(), ADA, "by mistake");
            case 1 -> billing.voidInvoice().withdrawCrediting(invoice.service(), invoice.id(),
                    random.nextBoolean() ? invoice.paid() : some(invoice.paid()), ADA, "by mistake");
            case 2 -> billing.recordPayment().paid(invoice.service(), invoice.id(), ADA);
            case 3 -> billing.recordPayment().received(invoice.service(), invoice.id(), some(invoice.payable()),
                    "cash " + random.nextInt(20), ADA);
            case 4, 5, 6 -> giveBack(invoice);
            case 7, 8 -> withNotes(issued);
            default -> billing.retryPayment().again(invoice.service(), invoice.id(), ADA);
        }
    }

    private void withNotes(List<Invoice> issued) {
        List<CreditNote> notes = issued.stream()
                .flatMap(invoice -> billing.ports().creditNotes().of(invoice.id()).stream()).toList();
        if (notes.isEmpty()) {
            return;
        }
        CreditNote note = Cases.oneOf(random, notes);
        if (note.refund().isPresent() && isOutside(note)) {
            billing.refunds().record(note.holder().service(), note.id(), Cases.oneOf(random, RefundStatus.values()), ADA);
        } else {
            billing.voidCreditNote().withdraw(note.holder().service(), note.id(), ADA);
        }
    }

    private boolean isOutside(CreditNote note) {
        return billing.ports().payments().of(note.invoice()).stream().noneMatch(payment ->
                payment.method() == Payment.Method.PROVIDER);
    }

    private void giveBack(Invoice invoice) {
        List<CreditNote.Item> items = IntStream.range(0, invoice.lines().size()).filter(line -> random.nextBoolean())
                .mapToObj(line -> new CreditNote.Item(line, some(invoice.lines().get(line).amount()))).toList();
        IssueCreditNote.Estimate estimate = billing.creditNotes().estimate(invoice.service(), invoice.id(), items);
        Money total = estimate.total();
        Money offset = Cases.chance(random, 50) ? estimate.mostOffset() : total.minus(total);
        Money left = total.minus(offset);
        Money refund = Cases.chance(random, 50) && estimate.mostRefund().compareTo(left) >= 0 ? left : total.minus(total);
        keys++;
        billing.creditNotes().issue(invoice.service(), new IssueCreditNote.Request(invoice.id(), "key " + keys,
                CreditNote.Reason.OTHER, "", items, new Given(left.minus(refund), refund, offset)), ADA);
    }

    private Money some(Money most) {
        long minor = most.minorUnits().longValueExact();
        return minor == 0 || Cases.chance(random, 20) ? most : Money.ofMinor(most.currency(),
                BigInteger.valueOf(minor).signum() < 0 ? BigInteger.valueOf(-random.nextLong(1, 1 - minor))
                        : BigInteger.valueOf(random.nextLong(1, minor + 1)));
    }

    /** What is under way arrives; at last, some of what was never given back is contested, and lost. */
    private void becomesQuiet() {
        provider.script(() -> Fault.NONE);
        bill();
        for (int day = 0; day < 20; day++) {
            clock.advance(Duration.ofHours(24));
            provided.collect().run(1, payment -> { });
            provided.refunds().run();
            provider.notices().forEach(provided.notices()::take);
        }
        provider.charges().stream().filter(charge -> charge.outcome() == Outcome.SUCCEEDED && Cases.chance(random, 10)
                && provider.refunds().stream().noneMatch(refund -> refund.charge().equals(charge.id())))
                .forEach(charge -> provider.contest(charge.id(), Cases.oneOf(random, Payment.Dispute.values())));
        provider.notices().forEach(provided.notices()::take);
    }

    List<Invoice> invoices() {
        return billing.ports().invoices().list(InvoiceQuery.ALL);
    }

    private Sender senderOf(Subscription subscription) {
        return senders.stream().filter(sender -> sender.service().id().equals(subscription.service())).findFirst()
                .orElseThrow();
    }

    private List<Subscription> subscriptions() {
        return started.stream().map(one -> billing.ports().subscriptions().find(one.id()).orElseThrow()).toList();
    }
}
