package com.nexasystems.billing.stripe;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.payment.PaymentGateway;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;

/**
 * Stripe as the payment provider. One for an application, for any number of threads.
 *
 * <p>The reference of an order is the idempotency key at Stripe, and stands in the metadata of what it makes. Stripe forgets
 * keys after a day: what was first ordered half a day ago or longer is looked up before it is ordered again, whoever asks.
 * An answer that is the first one once more is not believed: how things stand now is asked for.
 *
 * <p>A {@link PortFailure} with the effect NONE says that this call has done nothing. That is sure if no connection was
 * made, or if Stripe says that it did not begin. An amount that Stripe's units cannot say is declined without asking, and
 * so is, after half a day, what Stripe refuses for whatever other reason.
 *
 * <p>A means of payment that was left on {@link #setUpPage} is what {@link #meansOf} answers from then on; it needs no
 * notice for that. Otherwise that is the customer's default at Stripe, or the latest one attached.
 */
public final class StripeGateway implements PaymentGateway {

    private final StripeAccounts accounts;
    private final StripeCharges charges;
    private final StripeRefunds refunds;

    private StripeGateway(StripeCalls calls, StripeSettings settings) {
        this.accounts = new StripeAccounts(calls, settings);
        this.charges = new StripeCharges(calls, accounts);
        this.refunds = new StripeRefunds(calls);
    }

    /** Calls nobody yet. */
    public static StripeGateway of(StripeSettings settings, Clock clock) {
        return new StripeGateway(new StripeCalls(settings, clock), settings);
    }

    @Override
    public String provider() {
        return "stripe";
    }

    @Override
    public String accountOf(Customer customer) {
        return accounts.accountOf(customer);
    }

    @Override
    public Optional<String> meansOf(String account) {
        return accounts.meansOf(account);
    }

    @Override
    public URI setUpPage(String account, URI returnTo) {
        return accounts.setUpPage(account, returnTo);
    }

    @Override
    public Charge charge(Order order) {
        return charges.charge(order);
    }

    @Override
    public Optional<Charge> find(Order order) {
        return charges.find(order);
    }

    @Override
    public Optional<Charge> charge(String id) {
        return charges.charge(id);
    }

    @Override
    public Optional<Charge> close(Order order) {
        return charges.close(order);
    }

    @Override
    public Refunded refund(RefundOrder order) {
        return refunds.refund(order);
    }

    @Override
    public Optional<Refunded> find(RefundOrder order) {
        return refunds.find(order);
    }

    @Override
    public Optional<Refunded> refund(String id) {
        return refunds.refund(id);
    }

    @Override
    public Optional<Disputed> dispute(String id) {
        return refunds.dispute(id);
    }
}
