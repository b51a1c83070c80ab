package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.money.Money;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A payment provider. {@code PaymentGatewayContract} checks these rules.
 *
 * <p>PG-1 A charge that succeeds has moved the order's amount once, and is found by its reference, and by its own id, from
 * then on.
 * <p>PG-2 The same order again, while the provider remembers its reference (24 hours), moves nothing more and answers the
 * same charge; also of concurrent calls, of which some may fail with an unknown effect instead.
 * <p>PG-3 A decline is an answer, with a code, and no failure; so is whatever the provider refuses of an order for good. A
 * later order with another reference is decided anew.
 * <p>PG-4 Of a failure with the effect NONE nothing was charged and nothing will be; of one with the effect UNKNOWN either
 * may be. In both cases the same order can be given again as of PG-2, and has moved the money at most once.
 * <p>PG-5 {@link #find} finds whatever was charged under a reference, at once, also when the provider has forgotten the
 * reference as a key; it is empty if nothing was.
 * <p>PG-6 After {@link #close} has answered that it is declined, or that there is nothing, no charge of that order succeeds
 * any more; an order that is still on its way to the provider is beyond it. What has succeeded, or is processing, stays.
 * <p>PG-7 A charge that is processing ends as succeeded or declined, and is found so.
 * <p>PG-8 A refund follows PG-1, PG-2, PG-4 and PG-5. It gives back at most what was charged: more is answered as failed.
 * <p>PG-9 A customer who is known there stays who he is; one who is not is made once, also when asked for again.
 * <p>PG-10 {@link #meansOf} answers what the customer has chosen to be charged; empty if there is none.
 */
public interface PaymentGateway {

    /** The provider's name, in lower case, such as {@code stripe}. */
    String provider();

    /**
     * The customer there, made if we know of none.
     *
     * @throws PortFailure as of all methods here; the effect says whether it may have happened
     */
    String accountOf(Customer customer);

    /** What the customer has chosen to be charged. */
    Optional<String> meansOf(String account);

    /** A page of the provider where the customer leaves a means of payment. Valid for some hours. */
    URI setUpPage(String account, URI returnTo);

    Charge charge(Order order);

    /** Whatever was charged under the order's reference. */
    Optional<Charge> find(Order order);

    /** By the provider's own id; empty if there is none, or it is not of this engine. */
    Optional<Charge> charge(String id);

    /** Makes sure that it does not succeed any more, unless it has. Empty if there is nothing of it. */
    Optional<Charge> close(Order order);

    Refunded refund(RefundOrder order);

    Optional<Refunded> find(RefundOrder order);

    /** By the provider's own id; empty if there is none. */
    Optional<Refunded> refund(String id);

    /** By the provider's own id; empty if there is none. */
    Optional<Disputed> dispute(String id);

    /**
     * What is to be charged. The same in all parts whenever it is given again.
     *
     * @param reference at most 255 characters of ASCII
     * @param at        when it was first given, at the latest: charges are looked up from then on
     * @param notes     what people at the provider see of it
     */
    record Order(String reference, String account, String means, Money amount, Instant at, String description,
                 Map<String, String> notes) {

        public Order {
            notes = Map.copyOf(notes);
        }
    }

    /**
     * What the provider has of an order.
     *
     * @param refusal present if and only if it was declined
     */
    record Charge(String id, String reference, Outcome outcome, Money amount, Optional<Payment.Refusal> refusal) {

        /** How it stands. */
        public enum Outcome { PROCESSING, SUCCEEDED, DECLINED }
    }

    /** What is to be given back of a charge. The same in all parts whenever it is given again. */
    record RefundOrder(String reference, String charge, Money amount, Instant at) { }

    /**
     * What the provider has of a refund.
     *
     * @param reference ours; the provider's own id of a refund that was made there, and not here
     */
    record Refunded(String id, String reference, String charge, Refund.Status status, Money amount,
                    Optional<String> failure) { }

    /** What a payer contests. */
    record Disputed(String id, String charge, Payment.Dispute state, Money amount) { }
}
