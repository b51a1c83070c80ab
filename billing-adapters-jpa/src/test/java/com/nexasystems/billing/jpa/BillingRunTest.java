package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.invoicing.Drafted;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whole runs: that nothing is billed twice or left out, and that the database is not asked record by record. */
@ExtendWith(TestDatabase.class)
class BillingRunTest {

    private static final int SUBSCRIPTIONS = 1200;
    private static final Duration GRACE_IS_OVER = Duration.ofDays(40);

    @Test
    void two_nodes_with_two_workers_each_bill_every_subscription_once() {
        JpaSettings settings = TestDatabase.freshSchema();
        Company company = Company.with(TestDatabase.open(settings).ports(), SUBSCRIPTIONS);
        company.billing().usage().record(company.service(), company.usage(0, 5000, SUBSCRIPTIONS));
        Billing other = Company.engine(TestDatabase.open(settings).ports());
        var drafted = new ArrayList<InvoiceId>();

        CompletableFuture<Void> there = CompletableFuture.runAsync(() -> bill(other, drafted));
        bill(company.billing(), drafted);
        there.join();

        assertThat(drafted).hasSize(SUBSCRIPTIONS).doesNotHaveDuplicates();
        assertThat(company.billing().billingRun().countDue(Company.FEBRUARY)).isZero();
    }

    private static void bill(Billing billing, List<InvoiceId> drafted) {
        billing.billingRun().run(Company.FEBRUARY, 2, one -> {
            synchronized (drafted) {
                drafted.add(one.invoice().id());
            }
        });
    }

    @Test
    void the_statements_follow_the_pages_and_not_the_records() {
        var statements = new CountedStatements();
        JpaPorts ports = TestDatabase.closedLater(JpaPorts.open(TestDatabase.freshSchema(), statements));
        Company company = Company.with(ports.ports(), SUBSCRIPTIONS);
        assertThat(statements.count()).as("to set up %s customers and subscriptions", SUBSCRIPTIONS).isLessThan(40);

        long before = statements.count();
        company.billing().usage().record(company.service(), company.usage(0, 10_000, SUBSCRIPTIONS));
        assertThat(statements.count() - before).as("to record 10 000 records").isLessThan(10);

        before = statements.count();
        var drafts = new ArrayList<Drafted>();
        company.billing().billingRun().run(Company.FEBRUARY, 1, drafts::add);
        assertThat(drafts).hasSize(SUBSCRIPTIONS);
        assertThat(statements.count() - before).as("to bill 3 pages").isLessThan(3 * 22);

        before = statements.count();
        var finals = new ArrayList<Invoice>();
        company.billing().finalise().finalise(Company.FEBRUARY.plus(GRACE_IS_OVER), finals::add);
        assertThat(finals).hasSize(SUBSCRIPTIONS).allSatisfy(invoice -> assertThat(invoice.number()).isPresent());
        assertThat(statements.count() - before).as("to finalise 3 pages").isLessThan(3 * 25);
    }

    @Test
    void what_was_drafted_is_read_back_to_the_digit() {
        JpaPorts ports = TestDatabase.open(TestDatabase.freshSchema());
        Company company = Company.with(ports.ports(), 50);
        company.billing().usage().record(company.service(), company.usage(0, 997, 50));
        var drafts = new ArrayList<Drafted>();

        company.billing().billingRun().run(Company.FEBRUARY, 1, drafts::add);

        assertThat(drafts).allSatisfy(draft ->
                assertThat(ports.ports().invoices().find(draft.invoice().id())).contains(draft.invoice()));
    }
}
