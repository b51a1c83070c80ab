package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testkit.Samples;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Several nodes at work on one customer's credits. */
@ExtendWith(TestDatabase.class)
class CreditsTest {

    private static final Actor ADA = Actor.person("ada@example.com");
    private static final Duration GRACE_IS_OVER = Duration.ofDays(40);
    private static final Money CENT = Money.of(Samples.CAD, "0.01");

    private final JpaSettings settings = TestDatabase.freshSchema();
    private final Company company = Company.with(TestDatabase.open(settings).ports(), 300);
    private final Billing other = Company.engine(TestDatabase.open(settings).ports());

    @Test
    void notes_issued_at_once_never_give_back_more_than_the_invoice() {
        Invoice sold = sold(customer(), "1.00");
        List<Integer> issued = together(() -> issueCents(company.billing(), sold, "a"), () -> issueCents(other, sold, "b"));
        assertThat(issued.get(0) + issued.get(1)).isEqualTo(100);
        List<CreditNote> notes = company.billing().ports().creditNotes().of(sold.id());
        assertThat(notes).extracting(CreditNote::number).doesNotHaveDuplicates().hasSize(100);
        assertThat(notes.stream().map(CreditNote::number).sorted()).isEqualTo(IntStream.rangeClosed(1, 100)
                .mapToObj(i -> sold.number().orElseThrow().split("-")[0] + "-CN-%06d".formatted(i)).toList());
    }

    private int issueCents(Billing billing, Invoice sold, String node) {
        int issued = 0;
        for (int i = 0; i < 80; i++) {
            try {
                billing.creditNotes().issue(company.service().id(), new IssueCreditNote.Request(sold.id(), node + i,
                        CreditNote.Reason.OTHER, "", List.of(new Item(0, CENT)), Given.credit(CENT)), ADA);
                issued++;
            } catch (InvalidValue nothingIsLeft) {
                return issued;
            }
        }
        return issued;
    }

    @Test
    void two_nodes_that_finalise_spend_no_credit_twice() {
        company.billing().billingRun().run(Company.FEBRUARY, 2, drafted -> { });
        Invoice draft = company.billing().ports().invoices().list(InvoiceQuery.ALL).get(0);
        Customer customer = company.billing().ports().customers().find(draft.customer()).orElseThrow();
        Invoice sold = sold(customer, "1.00");
        for (int i = 0; i < 10; i++) {
            Money tenth = Money.of(Samples.CAD, "0.10");
            company.billing().creditNotes().issue(company.service().id(), new IssueCreditNote.Request(sold.id(), "n" + i,
                    CreditNote.Reason.OTHER, "", List.of(new Item(0, tenth)), Given.credit(tenth)), ADA);
        }

        together(() -> finalise(company.billing()), () -> finalise(other));

        List<Invoice> all = company.billing().ports().invoices().list(InvoiceQuery.ALL);
        assertThat(all).allSatisfy(invoice -> assertThat(invoice.number()).isPresent());
        assertThat(all).extracting(invoice -> invoice.number().orElseThrow()).doesNotHaveDuplicates();
        Money drawn = all.stream().flatMap(invoice -> invoice.credits().stream()).map(credit -> credit.amount())
                .reduce(Money.zero(Samples.CAD), Money::plus);
        Money left = company.billing().ports().creditNotes().of(sold.id()).stream().map(CreditNote::balance)
                .reduce(Money.zero(Samples.CAD), Money::plus);
        assertThat(drawn.plus(left)).isEqualTo(Money.of(Samples.CAD, "1.00"));
        assertThat(left).isEqualTo(Money.zero(Samples.CAD));
    }

    private static int finalise(Billing billing) {
        return (int) billing.finalise().finalise(Company.FEBRUARY.plus(GRACE_IS_OVER), invoice -> { }).invoices();
    }

    private Customer customer() {
        return company.billing().customers().resolve(company.service().id(), Account.of("max"));
    }

    /** Without tax. */
    private Invoice sold(Customer customer, String amount) {
        return company.billing().oneOff().issue(company.service().id(), new IssueOneOff.Request(customer, Samples.CAD,
                List.of(new IssueOneOff.Fee("token", "Tokens", new BigDecimal("1"),
                        new BigDecimal(amount), Optional.of(List.of()))), "key"));
    }

    private static <T> List<T> together(Supplier<T> here, Supplier<T> there) {
        CompletableFuture<T> running = CompletableFuture.supplyAsync(there);
        T own = here.get();
        return List.of(own, running.join());
    }
}
