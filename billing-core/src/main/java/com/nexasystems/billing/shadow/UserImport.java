package com.nexasystems.billing.shadow;

import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers;
import com.nexasystems.billing.identity.Customers.Candidate;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.Intake.Read;
import com.nexasystems.billing.shadow.ShadowRecords.Made;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Users of the application to customers here. Somebody who is known already, by link or e-mail, is linked and otherwise left
 * as they are: other services use them too.
 */
final class UserImport {

    private final Customers customers;
    private final ShadowRecords records;
    private final Ids ids;
    private final Intake intake;

    UserImport(Customers customers, ShadowRecords records, Ids ids, Intake intake) {
        this.customers = customers;
        this.records = records;
        this.ids = ids;
        this.intake = intake;
    }

    void page(List<SourceRow<SourceUser>> page) {
        List<Candidate> candidates = intake.each(Kind.USER, intake.readable(Kind.USER, page), this::candidate);
        Map<String, Customer> linked = customers.findLinked(intake.service().id(),
                candidates.stream().map(Candidate::externalId).toList());
        link(candidates.stream().filter(candidate -> !linked.containsKey(candidate.externalId())).toList());
        update(candidates.stream().filter(candidate -> linked.containsKey(candidate.externalId())).toList(), linked);
        intake.done(page.size());
    }

    private Candidate candidate(Read<SourceUser> row) {
        SourceUser user = row.value();
        var account = new Account(row.id(), user.company().filter(text -> !text.isBlank()).or(user::fullName), Optional.empty(),
                user.email(), user.billingEmail());
        Optional<Address> address = SourceAddresses.of(user);
        return new Candidate(row.id(), new Customer(new CustomerId(ids.next()), account.displayName(), account.email(),
                address, user.taxId().filter(text -> !text.isBlank()), false, Optional.empty(), user.stripeCustomerId(),
                intake.terms().zone(), Locale.CANADA));
    }

    private void link(List<Candidate> unlinked) {
        List<Customer> owners = customers.link(intake.service().id(), unlinked);
        var made = new java.util.HashSet<String>();
        for (int i = 0; i < unlinked.size(); i++) {
            if (owners.get(i).id().equals(unlinked.get(i).customer().id())) {
                made.add(owners.get(i).id().toString());
            }
        }
        records.mark(intake.service().id(), Made.CUSTOMER, made);
        records.mark(intake.service().id(), Made.LINK, unlinked.stream().map(Candidate::externalId).toList());
        intake.count(Kind.USER, Outcome.CREATED, unlinked.size());
    }

    /** Only customers whom the import made are brought up to date. */
    private void update(List<Candidate> known, Map<String, Customer> linked) {
        Set<String> made = records.marked(intake.service().id(), Made.CUSTOMER,
                known.stream().map(candidate -> linked.get(candidate.externalId()).id().toString()).collect(Collectors.toSet()));
        for (Candidate candidate : known) {
            Customer before = linked.get(candidate.externalId());
            Customer now = withId(candidate.customer(), before.id());
            boolean changes = made.contains(before.id().toString()) && sameMail(before, now) && !now.equals(before);
            if (changes) {
                customers.update(now);
            }
            intake.count(Kind.USER, changes ? Outcome.UPDATED : Outcome.UNCHANGED, 1);
        }
    }

    /** Two users with one e-mail are one customer, whom only the user updates who has that e-mail first. */
    private static boolean sameMail(Customer before, Customer now) {
        return before.name().equals(now.name()) || !before.email().equals(now.email());
    }

    private static Customer withId(Customer c, CustomerId id) {
        return new Customer(id, c.name(), c.email(), c.address(), c.taxId(), c.taxExempt(), c.currency(),
                c.stripeCustomerId(), c.zone(), c.locale());
    }
}
