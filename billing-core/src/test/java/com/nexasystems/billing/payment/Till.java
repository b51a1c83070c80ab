package com.nexasystems.billing.payment;

import com.nexasystems.billing.Billing.Provided;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.IssueCreditNote;
import com.nexasystems.billing.invoicing.IssueOneOff;
import com.nexasystems.billing.memory.MemoryPaymentGateway;
import com.nexasystems.billing.memory.MemoryPaymentGateway.Means;
import com.nexasystems.billing.payment.InvoiceCollection.State;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.testing.Shop;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A shop that collects through the provider in memory, under the usual dunning plan. */
final class Till {

    static final Actor ZOE = Actor.person("zoe");

    final Shop shop = new Shop();
    final MemoryPaymentGateway provider = new MemoryPaymentGateway(shop.clock);
    final Provided provided = shop.billing.with(provider, DunningPlan.DEFAULT);
    private int keys;

    /** A customer whose account is {@code cus_} and the name, and whose means of payment behave so. */
    Customer customer(String name, Means means) {
        provider.leave("cus_" + name, means);
        return known(name);
    }

    /** A customer who has left nothing. */
    Customer known(String name) {
        return shop.billing.customers().resolveAll(shop.hosting.id(), List.of(Account.of(name)),
                customer -> customer.withStripeCustomerId("cus_" + name)).get(0);
    }

    /** 20.00 CAD for a new subscription. */
    Invoice invoice(Customer customer, String externalId) {
        shop.subscribe(customer, externalId, shop.inAdvance, shop.clock.instant());
        shop.bill(shop.clock.instant());
        return shop.invoices().stream().filter(invoice -> invoice.billed()
                .filter(billed -> billed.externalId().equals(externalId)).isPresent()).findFirst().orElseThrow();
    }

    Invoice sold(Customer customer, String price) {
        keys++;
        return shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(customer, Shop.CAD,
                List.of(IssueOneOff.Fee.of("setup", "1", price)), "key " + keys));
    }

    CollectionReport collect() {
        return provided.collect().run(1, payment -> { });
    }

    CollectionReport collectAfter(Duration duration) {
        shop.clock.advance(duration);
        return collect();
    }

    /** All that the provider has notified of. */
    void takeNotices() {
        provider.notices().forEach(provided.notices()::take);
    }

    Invoice now(Invoice invoice) {
        return shop.billing.ports().invoices().find(invoice.id()).orElseThrow();
    }

    Payments payments() {
        return shop.billing.ports().payments();
    }

    List<Payment> payments(Invoice invoice) {
        return payments().of(invoice.id());
    }

    Payment last(Invoice invoice) {
        List<Payment> all = payments(invoice);
        return all.get(all.size() - 1);
    }

    InvoiceCollection collection(Invoice invoice) {
        return payments().collection(invoice.id()).orElseThrow();
    }

    State state(Invoice invoice) {
        return collection(invoice).state();
    }

    SubscriptionState stateOf(String externalId) {
        return subscription(externalId).state();
    }

    Subscription subscription(String externalId) {
        return shop.billing.ports().subscriptions().resolve(shop.hosting.id(), List.of(externalId)).get(externalId);
    }

    /** The types of the events of a subscription, or of a customer, that are about payments, in their order. */
    List<EventType> told(UUID subject) {
        return shop.billing.ports().eventLog().of(subject).stream().map(Sequenced::event).map(BillingEvent::type)
                .filter(type -> type == EventType.INVOICE_PAYMENT_FAILED || type == EventType.INVOICE_PAYMENT_SUCCEEDED
                        || type == EventType.SUBSCRIPTION_REACTIVATED).toList();
    }

    List<EventType> told(Invoice invoice) {
        return told(invoice.reason().subject());
    }

    CreditNote give(Invoice invoice, CreditNote.Given given) {
        keys++;
        var items = List.of(new CreditNote.Item(0, given.total()));
        return shop.billing.creditNotes().issue(shop.hosting.id(), new IssueCreditNote.Request(invoice.id(), "key " + keys,
                CreditNote.Reason.OTHER, "", items, given), ZOE);
    }

    Invoice withdraw(Invoice invoice) {
        return shop.billing.voidInvoice().withdraw(shop.hosting.id(), invoice.id(), ZOE, "by mistake");
    }

    Payment receive(Invoice invoice, String amount, String reference) {
        return shop.billing.recordPayment().received(shop.hosting.id(), invoice.id(), Shop.cad(amount), reference, ZOE);
    }

    InvoiceCollection retry(InvoiceId invoice) {
        return shop.billing.retryPayment().again(shop.hosting.id(), invoice, ZOE);
    }

    List<Refund> refunds(Payment payment) {
        return payments().refundsOf(payment.id());
    }

    CreditNote now(CreditNote note) {
        return shop.billing.ports().creditNotes().find(note.id()).orElseThrow();
    }
}
