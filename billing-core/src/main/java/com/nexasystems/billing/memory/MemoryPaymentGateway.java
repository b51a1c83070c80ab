package com.nexasystems.billing.memory;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentGateway;
import com.nexasystems.billing.payment.Refund;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A payment provider in memory, for a first look, tests and simulations. It behaves as Stripe does where that matters: a key
 * is remembered for 24 hours, with the first answer to it, a decline or an error too; after that the same order is a new
 * one. What goes wrong is told by a script: {@link #script}. Safe for use by several threads.
 */
public final class MemoryPaymentGateway implements PaymentGateway {

    /** How long a key is remembered. */
    public static final Duration KEYS_LIVE = Duration.ofHours(24);
    /** How long what is processing takes, unless it is decided before. */
    public static final Duration PROCESSING_TAKES = Duration.ofDays(3);

    /** What happens when a customer's means of payment are charged. */
    public enum Means { GOOD, DECLINING, PROCESSING }

    /** What may go wrong with one call. */
    public enum Fault {
        NONE,
        /** Turned away before any work: a failure with the effect NONE. */
        TURNED_AWAY,
        /** It never arrives: a failure with the effect UNKNOWN. */
        LOST_BEFORE,
        /** All is done, and the answer never arrives: a failure with the effect UNKNOWN. */
        LOST_AFTER,
        /** Nothing is done, the effect is UNKNOWN, and the same key is answered so until it is forgotten. */
        BROKEN,
        /** Before the work, all keys are forgotten. */
        KEYS_FORGOTTEN,
        /** A charge is declined, a refund fails, whatever the means. */
        DECLINE,
        /** It is processing for {@link #PROCESSING_TAKES}, and succeeds then. */
        LATER_SUCCESS,
        /** It is as with {@link #LATER_SUCCESS}, and a charge is declined then; a refund succeeds, and is sent back then. */
        LATER_FAILURE,
        /** What it notifies of is notified twice. */
        NOTIFIED_TWICE
    }

    private static final Payment.Refusal DECLINED = new Payment.Refusal("card_declined", "the card was declined");
    private static final Payment.Refusal CLOSED = new Payment.Refusal("canceled", "the payment was closed");

    private final Clock clock;
    private final Map<CustomerId, String> accounts = new HashMap<>();
    private final Map<String, Means> means = new HashMap<>();
    private final Map<String, Key> keys = new HashMap<>();
    private final Map<String, HeldCharge> charges = new LinkedHashMap<>();
    private final Map<String, HeldRefund> refunds = new LinkedHashMap<>();
    private final Map<String, Disputed> disputes = new LinkedHashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private Supplier<Fault> script = () -> Fault.NONE;
    private Fault fault = Fault.NONE;
    private int numbers;

    public MemoryPaymentGateway(Clock clock) {
        this.clock = clock;
    }

    /** The first answer to a key; empty if that was an error. */
    private record Key(Object order, Optional<Object> answer, Instant at) { }

    /** How something will end if nobody decides otherwise. */
    private record Ending(Instant at, boolean well) { }

    private record HeldCharge(Order order, Charge charge, boolean closed, Optional<Ending> ending) {

        HeldCharge as(Charge.Outcome outcome, Optional<Payment.Refusal> refusal) {
            var now = new Charge(charge.id(), charge.reference(), outcome, charge.amount(), refusal);
            return new HeldCharge(order, now, closed, Optional.empty());
        }
    }

    private record HeldRefund(Refunded refund, Optional<Ending> ending) { }

    // --- what happens at the provider

    /** Asked once at each call that does or answers something: what goes wrong with that one. */
    public synchronized void script(Supplier<Fault> next) {
        script = next;
    }

    /** This goes wrong with the next call, and nothing after it. */
    public synchronized void next(Fault once) {
        var left = new ArrayList<>(List.of(once));
        script = () -> left.isEmpty() ? Fault.NONE : left.remove(0);
    }

    /** The customer leaves means of payment that behave so, instead of any before. */
    public synchronized void leave(String account, Means left) {
        means.put(account, left);
    }

    /** The customer takes away what was left. */
    public synchronized void takeAway(String account) {
        means.remove(account);
    }

    public synchronized void forgetKeys() {
        keys.clear();
    }

    /** Ends what is processing. Anything else stays as it is. */
    public synchronized void decide(String charge, boolean succeeds) {
        HeldCharge held = charges.get(charge);
        if (held.charge().outcome() == Charge.Outcome.PROCESSING) {
            keep(held.as(succeeds ? Charge.Outcome.SUCCEEDED : Charge.Outcome.DECLINED,
                    succeeds ? Optional.empty() : Optional.of(DECLINED)));
        }
    }

    /**
     * The payer pays, at the provider, what was declined.
     *
     * @return false if that was closed, or is not declined
     */
    public synchronized boolean payLate(String charge) {
        HeldCharge held = charges.get(charge);
        boolean open = held.charge().outcome() == Charge.Outcome.DECLINED && !held.closed();
        if (open) {
            keep(held.as(Charge.Outcome.SUCCEEDED, Optional.empty()));
        }
        return open;
    }

    /** The payer's bank sends a refund back. */
    public synchronized void sendBack(String refund) {
        Refunded was = refunds.get(refund).refund();
        keep(new HeldRefund(as(was, Refund.Status.FAILED), Optional.empty()));
    }

    /** People at the provider give something back, without us. */
    public synchronized Refunded giveBack(String charge, Money amount) {
        String id = number("re");
        return keep(new HeldRefund(new Refunded(id, id, charge, Refund.Status.SUCCEEDED, amount, Optional.empty()),
                Optional.empty()));
    }

    /** The payer contests a charge, or that ends. */
    public synchronized Disputed contest(String charge, Payment.Dispute state) {
        String id = "dp_" + charge;
        var dispute = new Disputed(id, charge, state, charges.get(charge).charge().amount());
        disputes.put(id, dispute);
        tell(Notice.Subject.DISPUTE, id);
        return dispute;
    }

    /** What it has notified of since it was asked last, oldest first. */
    public synchronized List<Notice> notices() {
        endWhatIsDue();
        List<Notice> told = List.copyOf(notices);
        notices.clear();
        return told;
    }

    // --- the truth

    /** All charges, as they are now. */
    public synchronized List<Charge> charges() {
        endWhatIsDue();
        return charges.values().stream().map(HeldCharge::charge).toList();
    }

    /** All refunds, as they are now. */
    public synchronized List<Refunded> refunds() {
        endWhatIsDue();
        return refunds.values().stream().map(HeldRefund::refund).toList();
    }

    /** What was taken from the customer, whatever was given back. */
    public synchronized BigDecimal charged(String account) {
        endWhatIsDue();
        return charges.values().stream().filter(held -> held.order().account().equals(account))
                .map(HeldCharge::charge).filter(charge -> charge.outcome() == Charge.Outcome.SUCCEEDED)
                .map(charge -> charge.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What was given back to the customer, or is on its way. */
    public synchronized BigDecimal refunded(String account) {
        endWhatIsDue();
        return refunds.values().stream().map(HeldRefund::refund)
                .filter(refund -> charges.get(refund.charge()).order().account().equals(account))
                .filter(refund -> refund.status() != Refund.Status.FAILED)
                .map(refund -> refund.amount().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    // --- the port

    @Override
    public String provider() {
        return "memory";
    }

    @Override
    public String accountOf(Customer customer) {
        return called(() -> customer.stripeCustomerId()
                .orElseGet(() -> accounts.computeIfAbsent(customer.id(), id -> "cus_" + id)));
    }

    @Override
    public Optional<String> meansOf(String account) {
        return called(() -> Optional.ofNullable(means.get(account)).map(left -> "pm_" + account));
    }

    @Override
    public URI setUpPage(String account, URI returnTo) {
        return called(() -> URI.create("https://provider.example/set-up/" + account));
    }

    @Override
    public Charge charge(Order order) {
        return called(() -> keyed(order.reference(), order, Charge.class, () -> charged(order)));
    }

    @Override
    public Optional<Charge> find(Order order) {
        return called(() -> held(order).map(HeldCharge::charge));
    }

    @Override
    public Optional<Charge> charge(String id) {
        return called(() -> Optional.ofNullable(charges.get(id)).map(HeldCharge::charge));
    }

    @Override
    public Optional<Charge> close(Order order) {
        return called(() -> held(order).map(held -> {
            if (held.charge().outcome() == Charge.Outcome.DECLINED && !held.closed()) {
                var closed = new Charge(held.charge().id(), order.reference(), Charge.Outcome.DECLINED, order.amount(),
                        Optional.of(CLOSED));
                charges.put(closed.id(), new HeldCharge(held.order(), closed, true, Optional.empty()));
            }
            return charges.get(held.charge().id()).charge();
        }));
    }

    @Override
    public Refunded refund(RefundOrder order) {
        return called(() -> keyed(order.reference(), order, Refunded.class, () -> refunded(order)));
    }

    @Override
    public Optional<Refunded> find(RefundOrder order) {
        return called(() -> refunds.values().stream().map(HeldRefund::refund)
                .filter(refund -> refund.reference().equals(order.reference())).findFirst());
    }

    @Override
    public Optional<Refunded> refund(String id) {
        return called(() -> Optional.ofNullable(refunds.get(id)).map(HeldRefund::refund));
    }

    @Override
    public Optional<Disputed> dispute(String id) {
        return called(() -> Optional.ofNullable(disputes.get(id)));
    }

    private synchronized <T> T called(Supplier<T> work) {
        endWhatIsDue();
        fault = script.get();
        if (fault == Fault.TURNED_AWAY) {
            throw new PortFailure(PortFailure.Effect.NONE, "the provider has turned it away", null);
        }
        if (fault == Fault.LOST_BEFORE) {
            throw unknown();
        }
        if (fault == Fault.KEYS_FORGOTTEN) {
            keys.clear();
        }
        T answer = work.get();
        if (fault == Fault.LOST_AFTER) {
            throw unknown();
        }
        return answer;
    }

    private static PortFailure unknown() {
        return new PortFailure(PortFailure.Effect.UNKNOWN, "the provider did not answer", null);
    }

    private <T> T keyed(String reference, Object order, Class<T> type, Supplier<T> work) {
        Instant now = clock.instant();
        Key known = keys.get(reference);
        if (known == null || !known.at().plus(KEYS_LIVE).isAfter(now)) {
            Optional<Object> answer = fault == Fault.BROKEN ? Optional.empty() : Optional.of(work.get());
            known = new Key(order, answer, now);
            keys.put(reference, known);
        }
        if (!known.order().equals(order)) {
            throw new PortFailure(PortFailure.Effect.NONE, "the key was used for another order: " + reference, null);
        }
        return type.cast(known.answer().orElseThrow(MemoryPaymentGateway::unknown));
    }

    private Charge charged(Order order) {
        Means left = order.means().equals("pm_" + order.account()) ? means.getOrDefault(order.account(), Means.DECLINING)
                : Means.DECLINING;
        Charge.Outcome outcome = switch (fault) {
            case DECLINE -> Charge.Outcome.DECLINED;
            case LATER_SUCCESS, LATER_FAILURE -> Charge.Outcome.PROCESSING;
            default -> left == Means.GOOD ? Charge.Outcome.SUCCEEDED
                    : left == Means.DECLINING ? Charge.Outcome.DECLINED : Charge.Outcome.PROCESSING;
        };
        var charge = new Charge(number("ch"), order.reference(), outcome, order.amount(),
                outcome == Charge.Outcome.DECLINED ? Optional.of(DECLINED) : Optional.empty());
        return keep(new HeldCharge(order, charge, false, outcome == Charge.Outcome.PROCESSING
                ? Optional.of(new Ending(clock.instant().plus(PROCESSING_TAKES), fault != Fault.LATER_FAILURE))
                : Optional.empty()));
    }

    private Refunded refunded(RefundOrder order) {
        boolean fails = fault == Fault.DECLINE || order.amount().compareTo(refundable(order.charge(), order.amount())) > 0;
        boolean later = fault == Fault.LATER_SUCCESS || fault == Fault.LATER_FAILURE;
        Refund.Status status = fails ? Refund.Status.FAILED
                : fault == Fault.LATER_SUCCESS ? Refund.Status.PROCESSING : Refund.Status.SUCCEEDED;
        var refund = new Refunded(number("re"), order.reference(), order.charge(), status, order.amount(), fails
                ? Optional.of("declined") : Optional.empty());
        return keep(new HeldRefund(refund, later && !fails
                ? Optional.of(new Ending(clock.instant().plus(PROCESSING_TAKES), fault == Fault.LATER_SUCCESS))
                : Optional.empty()));
    }

    private Money refundable(String charge, Money wanted) {
        Money taken = Optional.ofNullable(charges.get(charge)).map(HeldCharge::charge)
                .filter(held -> held.outcome() == Charge.Outcome.SUCCEEDED).map(Charge::amount)
                .orElse(Money.zero(wanted.currency()));
        return refunds.values().stream().map(HeldRefund::refund)
                .filter(refund -> refund.charge().equals(charge) && refund.status() != Refund.Status.FAILED)
                .map(Refunded::amount).reduce(taken, Money::minus);
    }

    /** If an order was charged more than once, because its key was forgotten, what moved money. */
    private Optional<HeldCharge> held(Order order) {
        return charges.values().stream().filter(held -> held.charge().reference().equals(order.reference()))
                .min(Comparator.comparing((HeldCharge held) -> held.charge().outcome() == Charge.Outcome.SUCCEEDED ? 0
                        : held.charge().outcome() == Charge.Outcome.PROCESSING ? 1 : 2));
    }

    private void endWhatIsDue() {
        Instant now = clock.instant();
        due(charges.values(), HeldCharge::ending, now).forEach(held -> decide(held.charge().id(),
                held.ending().orElseThrow().well()));
        due(refunds.values(), HeldRefund::ending, now).forEach(held -> keep(new HeldRefund(as(held.refund(),
                held.ending().orElseThrow().well() ? Refund.Status.SUCCEEDED : Refund.Status.FAILED), Optional.empty())));
    }

    private static <T> List<T> due(Collection<T> all, Function<T, Optional<Ending>> ending, Instant now) {
        return all.stream().filter(each -> ending.apply(each).filter(end -> !end.at().isAfter(now)).isPresent()).toList();
    }

    private Charge keep(HeldCharge held) {
        charges.put(held.charge().id(), held);
        tell(Notice.Subject.CHARGE, held.charge().id());
        return held.charge();
    }

    private Refunded keep(HeldRefund held) {
        refunds.put(held.refund().id(), held);
        tell(Notice.Subject.REFUND, held.refund().id());
        return held.refund();
    }

    private static Refunded as(Refunded was, Refund.Status status) {
        return new Refunded(was.id(), was.reference(), was.charge(), status, was.amount(),
                status == Refund.Status.FAILED ? Optional.of("sent back") : Optional.empty());
    }

    private void tell(Notice.Subject subject, String id) {
        var notice = new Notice(subject, id, number("evt"));
        notices.add(notice);
        if (fault == Fault.NOTIFIED_TWICE) {
            notices.add(notice);
        }
    }

    private String number(String prefix) {
        numbers++;
        return prefix + "_" + numbers;
    }
}
