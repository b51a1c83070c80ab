package com.nexasystems.billing.payment;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.net.URI;

/**
 * Sends a customer to the provider, to leave a means of payment there. Who is known to the provider stays who he is; who is
 * not is made there, once. From then on, what he has to pay is collected.
 */
public final class SetUpPayment {

    private final Customers customers;
    private final PaymentGateway gateway;
    private final UnitOfWork unitOfWork;

    @Inject
    public SetUpPayment(Customers customers, PaymentGateway gateway, UnitOfWork unitOfWork) {
        this.customers = customers;
        this.gateway = gateway;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param returnTo where the provider sends the customer afterwards
     * @return a page that is valid for some hours
     * @throws InvalidValue if there is no such customer
     * @throws PortFailure  if the provider cannot be asked; asking again is safe
     */
    public URI page(CustomerId id, URI returnTo) {
        Customer customer = customer(id);
        String account = customer.stripeCustomerId().orElseGet(() -> made(customer));
        return gateway.setUpPage(account, returnTo);
    }

    private String made(Customer customer) {
        String account = gateway.accountOf(customer);
        return unitOfWork.call(() -> {
            Customer now = customer(customer.id());
            if (now.stripeCustomerId().isEmpty()) {
                customers.update(now.withStripeCustomerId(account));
            }
            return now.stripeCustomerId().orElse(account);
        });
    }

    private Customer customer(CustomerId id) {
        return customers.find(id).orElseThrow(() -> new InvalidValue("customer", "does not exist: " + id));
    }
}
