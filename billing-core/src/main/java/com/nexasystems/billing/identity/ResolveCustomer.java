package com.nexasystems.billing.identity;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Resolves an account to its customer, or creates one. An existing link wins; otherwise a customer with the same
 * normalised e-mail is linked; otherwise one is created. Again and concurrently, it is the same customer.
 */
public final class ResolveCustomer {

    private final Customers customers;
    private final Ids ids;
    private final UnitOfWork unitOfWork;

    @Inject
    public ResolveCustomer(Customers customers, Ids ids, UnitOfWork unitOfWork) {
        this.customers = customers;
        this.ids = ids;
        this.unitOfWork = unitOfWork;
    }

    public Customer resolve(ServiceId service, Account account) {
        return resolveAll(service, List.of(account), UnaryOperator.identity()).get(0);
    }

    /**
     * @param ifNew what else is known of a customer who has to be created, such as the address
     * @return in the order of the accounts
     */
    public List<Customer> resolveAll(ServiceId service, List<Account> accounts, UnaryOperator<Customer> ifNew) {
        List<Customers.Candidate> candidates = accounts.stream()
                .map(account -> new Customers.Candidate(account.externalId(), ifNew.apply(candidate(account))))
                .toList();
        return unitOfWork.call(() -> customers.link(service, candidates));
    }

    private Customer candidate(Account account) {
        Customer named = Customer.named(new CustomerId(ids.next()), account.displayName());
        return account.email().map(named::withEmail).orElse(named);
    }
}
