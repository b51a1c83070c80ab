package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.simulator.stripe.FakeStripe;
import java.time.Clock;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service that sells things once to customers who have left a card at a fake of Stripe. */
final class PaidCompany implements AutoCloseable {

    static final String KEY = "sk_test_paid_company";

    private static final Currency CAD = Currency.getInstance("CAD");

    private final FakeStripe stripe = FakeStripe.started(KEY, Clock.systemUTC());

    FakeStripe stripe() {
        return stripe;
    }

    /** For whoever collects through it. */
    Map<String, String> settings() {
        return Map.of("BILLING_STRIPE_KEY", KEY, "BILLING_STRIPE_URL", stripe.base().toString(),
                "BILLING_PAYMENT_RETURN_URL", "https://shop.example/thanks");
    }

    /** A customer with a card, such as {@code pm_card_visa}. */
    Customer customer(Billing billing, Service service, String name, String card) {
        Customer customer = billing.customers().resolve(service.id(), new Account(name, Optional.of(name), Optional.empty(),
                Optional.empty(), Optional.of(name + "@example.org")));
        String account = stripe.customer(name + "@example.org");
        stripe.makeDefault(account, stripe.attach(account, card));
        Customer known = customer.withStripeCustomerId(account);
        billing.ports().unitOfWork().run(() -> billing.ports().customers().update(known));
        return known;
    }

    /** An invoice, issued. */
    Invoice sell(Billing billing, Service service, Customer customer, String amount, String key) {
        return billing.oneOff().issue(service.id(), new IssueOneOff.Request(customer, CAD,
                List.of(IssueOneOff.Fee.of("Setup", "1", amount)), key));
    }

    @Override
    public void close() {
        stripe.close();
    }
}
