package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.payment.Payment.Refusal;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** A payment provider that does what a test says: it takes every charge, declines every one, or fails. */
final class StubProvider implements PaymentGateway, Notices {

    private final Map<String, Charge> charges = new ConcurrentHashMap<>();
    private final Map<String, Refunded> refunds = new ConcurrentHashMap<>();
    private final Map<String, Disputed> disputes = new ConcurrentHashMap<>();
    private volatile Charge.Outcome outcome = Charge.Outcome.SUCCEEDED;
    private volatile boolean failing;

    PaymentProvider linked() {
        return new PaymentProvider(this, DunningPlan.DEFAULT, Optional.of(this), URI.create("https://shop.example/thanks"));
    }

    void charging(Charge.Outcome next) {
        outcome = next;
    }

    void failing(boolean is) {
        failing = is;
    }

    void dispute(Disputed dispute) {
        disputes.put(dispute.id(), dispute);
    }

    /** What was processing is so no more. */
    void settle(String charge, Charge.Outcome now) {
        charges.computeIfPresent(charge, (id, known) -> charge(id, known.reference(), now, known.amount()));
    }

    private void checkUp() {
        if (failing) {
            throw new PortFailure(PortFailure.Effect.UNKNOWN, "the provider is away", null);
        }
    }

    @Override
    public String provider() {
        return "stub";
    }

    @Override
    public String accountOf(Customer customer) {
        checkUp();
        return "cus_" + customer.id();
    }

    @Override
    public Optional<String> meansOf(String account) {
        checkUp();
        return Optional.of("card of " + account);
    }

    @Override
    public URI setUpPage(String account, URI returnTo) {
        checkUp();
        return URI.create("https://pay.example/" + account);
    }

    @Override
    public Charge charge(Order order) {
        checkUp();
        return charges.computeIfAbsent("ch_" + order.reference(), id -> charge(id, order.reference(), outcome, order.amount()));
    }

    private static Charge charge(String id, String reference, Charge.Outcome outcome, Money amount) {
        return new Charge(id, reference, outcome, amount, outcome == Charge.Outcome.DECLINED
                ? Optional.of(new Refusal("insufficient_funds", "not enough money")) : Optional.empty());
    }

    @Override
    public Optional<Charge> find(Order order) {
        checkUp();
        return Optional.ofNullable(charges.get("ch_" + order.reference()));
    }

    @Override
    public Optional<Charge> charge(String id) {
        checkUp();
        return Optional.ofNullable(charges.get(id));
    }

    @Override
    public Optional<Charge> close(Order order) {
        return find(order);
    }

    @Override
    public Refunded refund(RefundOrder order) {
        checkUp();
        return refunds.computeIfAbsent("re_" + order.reference(), id -> new Refunded(id, order.reference(), order.charge(),
                Refund.Status.SUCCEEDED, order.amount(), Optional.empty()));
    }

    @Override
    public Optional<Refunded> find(RefundOrder order) {
        return refund("re_" + order.reference());
    }

    @Override
    public Optional<Refunded> refund(String id) {
        checkUp();
        return Optional.ofNullable(refunds.get(id));
    }

    @Override
    public Optional<Disputed> dispute(String id) {
        checkUp();
        return Optional.ofNullable(disputes.get(id));
    }

    /** Signed is what has the header; the body is a subject and an id. */
    @Override
    public Notice read(byte[] body, Function<String, Optional<String>> header) {
        if (!header.apply("Stripe-Signature").equals(Optional.of("good"))) {
            throw new InvalidValue("signature", "is not the provider's");
        }
        String[] words = new String(body, StandardCharsets.UTF_8).split(" ");
        return new Notice(Notice.Subject.valueOf(words[0]), words[1], "evt_1");
    }
}
