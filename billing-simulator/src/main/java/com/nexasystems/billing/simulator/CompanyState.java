package com.nexasystems.billing.simulator;

import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What a company's tables hold at one time: at the end, or when things were about to be put right. */
final class CompanyState {

    /** For how long usage is there beyond the day. */
    private static final int USED_AFTER_DAYS = 2;

    private final SimulatedCompany company;
    private final Optional<LocalDate> day;

    private CompanyState(SimulatedCompany company, Optional<LocalDate> day) {
        this.company = company;
        this.day = day;
    }

    static CompanyState last(SimulatedCompany company) {
        return new CompanyState(company, Optional.empty());
    }

    static CompanyState earlier(SimulatedCompany company) {
        return new CompanyState(company, Optional.of(company.spec().putRight().orElseThrow(() ->
                new IllegalStateException("nothing is put right in this company"))));
    }

    List<SourceUser> users() {
        Set<String> without = day.isEmpty() ? Set.of() : company.customers().stream()
                .limit(company.spec().withoutPaymentMethod()).map(Customer::id).collect(Collectors.toSet());
        return company.customers().stream().map(Customer::row)
                .map(row -> without.contains(row.id()) ? withoutPaymentMethod(row) : row).toList();
    }

    List<Plan> plans() {
        return company.plans();
    }

    List<Deployment> deployments() {
        return day.map(then -> company.deployments().stream().filter(one -> one.began().isBefore(midnight(then)))
                .map(one -> at(then, one)).toList()).orElseGet(company::deployments);
    }

    List<Invoice> invoices() {
        return company.invoices().all().stream()
                .filter(invoice -> day.stream().noneMatch(then -> invoice.day().isAfter(then))).toList();
    }

    Optional<BadRows> badRows() {
        return company.badRows().filter(bad -> day.isPresent() || company.spec().putRight().isEmpty());
    }

    void usage(Deployment deployment, Consumer<SourceUsage> row) {
        Optional<Instant> until = day.map(then -> midnight(then.plusDays(USED_AFTER_DAYS)));
        company.usage(deployment, used -> {
            if (until.stream().allMatch(used.start()::isBefore)) {
                row.accept(used);
            }
        });
    }

    Instant start(Term term) {
        return company.invoices().start(term);
    }

    Instant end(Term term) {
        return company.invoices().end(term);
    }

    /** What had not ended by then was active. */
    private Deployment at(LocalDate then, Deployment one) {
        if (one.ended().stream().anyMatch(end -> !end.isAfter(then))) {
            return one;
        }
        List<Term> terms = company.biller().calendar().terms(one.began(), one.byYear(), then);
        return new Deployment(one.index(), one.id(), one.subscriptionId(), one.name(), one.customer(), one.plan(),
                one.ended().isPresent() ? "active" : one.status(), one.byYear(), one.began(), Optional.empty(),
                one.finished(), terms.get(terms.size() - 1), one.usedFrom(), one.usedTo());
    }

    private Instant midnight(LocalDate at) {
        return company.biller().calendar().midnight(at);
    }

    private static SourceUser withoutPaymentMethod(SourceUser row) {
        return new SourceUser(row.id(), row.email(), row.fullName(), row.company(), row.billingEmail(), row.address(),
                row.city(), row.state(), row.postalCode(), row.country(), row.taxId(), Optional.empty());
    }
}
