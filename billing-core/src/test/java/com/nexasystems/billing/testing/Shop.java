package com.nexasystems.billing.testing;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.BillingReport;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.usage.RecordUsage;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageSubmission;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A company with one hosting service, on the first of March 2026: CPU-seconds, a plan of 20.00 CAD a month with 18 000 of
 * them, and 0.0075 CAD for each further batch of 3 600 (so that a CAD is 480 000 CPU-seconds).
 */
public final class Shop {

    public static final Currency CAD = Currency.getInstance("CAD");
    public static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    public static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    public static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    public static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    public static final String CPU = "cpu_seconds";

    public final TestClock clock = new TestClock(MARCH);
    public final Billing billing;
    public final Service hosting;
    public final Plan starter;
    public final Plan inAdvance;

    public Shop() {
        this(BillingPolicy.DEFAULT, UnaryOperator.identity());
    }

    public Shop(BillingPolicy policy) {
        this(policy, UnaryOperator.identity());
    }

    /** @param around wraps the ports, such as to let them fail */
    public Shop(BillingPolicy policy, UnaryOperator<Ports> around) {
        billing = Billing.over(around.apply(Ports.inMemory())).clock(clock).policy(policy).build();
        hosting = billing.register("hosting", "Hosting");
        Metric cpu = billing.define(Metric.of(CPU, Aggregation.SUM, "CPU-second"));
        Charge charge = Charge.of(cpu.code(), Quota.of("18000"), Standard.of("0.0075", "3600"));
        starter = billing.plans().publish(Plan.of("starter", Interval.MONTHLY, false, cad("20.00"), MARCH, charge));
        inAdvance = billing.plans().publish(Plan.of("ahead", Interval.MONTHLY, true, cad("20.00"), MARCH, charge));
    }

    public static Money cad(String amount) {
        return Money.of(CAD, amount);
    }

    /** A customer without an address, so without tax. */
    public Customer customer(String name) {
        return billing.customers().resolve(hosting.id(), Account.of(name));
    }

    public Customer customerIn(String country, String region) {
        return billing.customers().resolveAll(hosting.id(), List.of(Account.of("of " + country + "-" + region)),
                known -> known.withAddress(Address.in(country, region))).get(0);
    }

    /** A subscription on calendar months from the first of March. */
    public Subscription subscribe(Customer customer, String externalId, Plan plan) {
        return subscribe(customer, externalId, plan, MARCH);
    }

    public Subscription subscribe(Customer customer, String externalId, Plan plan, Instant start) {
        return billing.subscriptions().start(hosting.id(),
                new Request(customer, externalId, plan.code(), BillingTime.CALENDAR, start));
    }

    public Subscription subscribe(String externalId) {
        return subscribe(customer("ada"), externalId, starter);
    }

    public Subscription find(Subscription subscription) {
        return billing.ports().subscriptions().find(subscription.id()).orElseThrow();
    }

    /** An event of CPU-seconds; its key is its time. */
    public UsageOutcome use(String externalId, Instant at, String quantity) {
        return record(UsageSubmission.event(externalId, CPU, at, quantity, at.toString()));
    }

    public UsageOutcome record(UsageSubmission submission, RecordUsage.Option... options) {
        return billing.usage().record(hosting, List.of(submission), options).get(0);
    }

    /** All that is to be paid of an issued invoice has come, whoever brought it. */
    public Invoice paid(Invoice invoice) {
        Money all = billing.ports().creditNotes().of(invoice.id()).stream().map(note -> note.given().offset())
                .reduce(invoice.payable(), Money::minus);
        billing.ports().invoices().pay(invoice.id(), InvoiceStatus.FINALISED, all, InvoiceStatus.PAID);
        return billing.ports().invoices().find(invoice.id()).orElseThrow();
    }

    public BillingReport run(Instant asOf) {
        return billing.billingRun().run(asOf, 1, drafted -> { });
    }

    public BillingReport finalise(Instant asOf) {
        return billing.finalise().finalise(asOf, invoice -> { });
    }

    /** Sets the clock, drafts what is due, and issues what may be issued. */
    public void bill(Instant asOf) {
        clock.set(asOf);
        run(asOf);
        finalise(asOf);
    }

    /** By due date. */
    public List<Invoice> invoices() {
        return billing.ports().invoices().list(InvoiceQuery.ALL);
    }

    public Invoice lastInvoice() {
        List<Invoice> all = invoices();
        return all.get(all.size() - 1);
    }

    public List<Invoice> drafts() {
        return invoices().stream().filter(invoice -> invoice.status() == InvoiceStatus.DRAFT).toList();
    }
}
