package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.Discount;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.LineOrigin;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/** An invoice. Totals are the engine's; what is derived for single fees is derived from its lines. */
final class InvoiceJson {

    private static final int VERSION = 4;

    private final Billing billing;
    private final CustomerStore customers;
    private final SubscriptionJson subscriptions;
    private final FeeJson fees;
    private final TaxCodes taxes;

    InvoiceJson(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.subscriptions = new SubscriptionJson(billing);
        this.fees = new FeeJson(billing);
        this.taxes = new TaxCodes(billing);
    }

    /** With everything on it. */
    Json one(Call call, Invoice invoice) {
        Service service = call.service();
        Known customer = customers.byId(service.id(), List.of(invoice.customer())).get(invoice.customer());
        Optional<Entry> entry = billing.ports().directory().find(service.id(), Kind.INVOICE, invoice.id().toString());
        List<Subscription> billed = billing.ports().subscriptions().findAll(Stream.concat(invoice.subscription().stream(),
                invoice.lines().stream().flatMap(line -> line.origin().stream()).map(LineOrigin::subscription))
                .distinct().toList());
        PaymentState paid = PaymentState.of(billing.ports().payments(), List.of(invoice)).get(invoice);
        Json json = summary(call, invoice, customers.terms(customer.holder()), offsets(invoice), paid)
                .with("customer", customers.json(customer));
        entry.ifPresent(known -> json.with("metadata", Metadata.list(known)));
        List<Json> lines = new ArrayList<>();
        for (int i = 0; i < invoice.lines().size(); i++) {
            lines.add(fees.of(service, invoice, i, customer, paid));
        }
        Map<Subscription, Json> shown = subscriptions.all(service, billed, call.now());
        return json.with("subscriptions", billed.stream().map(shown::get).toList())
                .with("billing_periods", billed.stream().map(each -> period(invoice, each)).toList())
                .with("fees", lines).with("credits", credits(invoice, paid))
                .with("applied_taxes", taxes(invoice))
                .with("applied_usage_thresholds", List.of()).with("applied_invoice_custom_sections", List.of());
    }

    /** Of something that is not stored. */
    Json preview(Call call, Invoice invoice) {
        List<Json> lines = new ArrayList<>();
        PaymentState paid = PaymentState.of(invoice);
        Known customer = customers.byId(call.serviceId(), List.of(invoice.customer())).getOrDefault(invoice.customer(),
                nobody(call, invoice));
        for (int i = 0; i < invoice.lines().size(); i++) {
            lines.add(fees.of(call.service(), invoice, i, customer, paid).with("lago_id", null).with("lago_invoice_id", null));
        }
        return summary(call, invoice, BillingTerms.Terms.OF_THE_HOUSE, Money.zero(invoice.currency()), paid)
                .with("lago_id", null).with("fees", lines).with("subscriptions", List.of())
                .with("credits", credits(invoice, paid))
                .with("applied_taxes", taxes(invoice))
                .with("customer", customers.json(customer));
    }

    private static Known nobody(Call call, Invoice invoice) {
        Customer customer = Customer.named(invoice.customer(), invoice.customerName());
        return new Known(Entry.of(invoice.customer().value(), call.serviceId(), Kind.CUSTOMER, invoice.customerName(),
                invoice.customer().toString(), call.now(), Map.of("name", invoice.customerName())), customer);
    }

    private Money offsets(Invoice invoice) {
        return invoice.status() == InvoiceStatus.DRAFT ? Money.zero(invoice.currency())
                : billing.ports().creditNotes().of(invoice.id()).stream().filter(note -> !note.isUndone())
                .map(note -> note.given().offset()).reduce(Money.zero(invoice.currency()), Money::plus);
    }

    /** For lists: without what is on them. */
    Map<Invoice, Json> all(Call call, List<Invoice> invoices) {
        Map<CustomerId, Known> known = customers.byId(call.serviceId(),
                invoices.stream().map(Invoice::customer).distinct().toList());
        Map<ServiceCustomer, BillingTerms.Terms> terms = billing.ports().billingTerms()
                .of(known.values().stream().map(Known::holder).toList());
        Map<String, Entry> entries = billing.ports().directory().findAll(call.serviceId(), Kind.INVOICE,
                invoices.stream().map(invoice -> invoice.id().toString()).toList());
        Map<CustomerId, Json> holders = customers.all(known.values());
        Map<Invoice, PaymentState> paid = PaymentState.of(billing.ports().payments(), invoices);
        Map<Invoice, Json> all = new HashMap<>();
        for (Invoice invoice : invoices) {
            Known customer = known.get(invoice.customer());
            BillingTerms.Terms own = terms.getOrDefault(customer.holder(), BillingTerms.Terms.OF_THE_HOUSE);
            Json json = summary(call, invoice, own, offsets(invoice), paid.get(invoice))
                    .with("customer", holders.get(invoice.customer()));
            Optional.ofNullable(entries.get(invoice.id().toString()))
                    .ifPresent(entry -> json.with("metadata", Metadata.list(entry)));
            all.put(invoice, json);
        }
        return all;
    }

    private static Json summary(Call call, Invoice invoice, BillingTerms.Terms terms, Money offset, PaymentState paid) {
        Money zero = Money.zero(invoice.currency());
        Money credited = sum(invoice, Credit.Kind.CREDIT_NOTE);
        Money due = invoice.status().isUnpaid() ? invoice.payable().minus(offset).minus(invoice.paid()) : zero;
        LocalDate payUntil = invoice.issueDate().plusDays(terms.netPaymentDays().orElse(0));
        boolean overdue = invoice.status() == InvoiceStatus.FINALISED && !invoice.payable().equals(invoice.paid())
                && payUntil.isBefore(call.now().atZone(ZoneOffset.UTC).toLocalDate());
        return Json.object("lago_id", invoice.id().value(), "billing_entity_code", "default",
                "sequential_id", sequence(invoice), "number", invoice.number().orElse(""),
                "purchase_order_number", null, "issuing_date", invoice.issueDate().toString(),
                "payment_due_date", payUntil.toString(), "net_payment_term", terms.netPaymentDays().orElse(0),
                "invoice_type", type(invoice), "status", status(invoice), "payment_status", paid.status(),
                "payment_dispute_lost_at", Times.of(paid.disputeLostAt()), "payment_overdue", overdue,
                "currency", invoice.currency().getCurrencyCode(), "fees_amount_cents", Cents.of(invoice.subtotal()),
                "taxes_amount_cents", Cents.of(invoice.tax()), "progressive_billing_credit_amount_cents", 0,
                "coupons_amount_cents", Cents.of(invoice.discount()), "credit_notes_amount_cents", Cents.of(credited),
                "sub_total_excluding_taxes_amount_cents", Cents.of(invoice.subtotal().minus(invoice.discount())),
                "sub_total_including_taxes_amount_cents", Cents.of(invoice.total()),
                "total_amount_cents", Cents.of(invoice.payable()), "total_due_amount_cents", Cents.of(due),
                "total_paid_amount_cents", Cents.of(invoice.paid()),
                "prepaid_credit_amount_cents", Cents.of(sum(invoice, Credit.Kind.PREPAID)),
                "prepaid_granted_credit_amount_cents", null, "prepaid_purchased_credit_amount_cents", null,
                "file_url", fileUrl(call, invoice), "xml_url", null, "web_url", null, "version_number", VERSION,
                "self_billed", false, "created_at", Times.of(invoice.due()), "updated_at", Times.of(invoice.due()),
                "voided_at", invoice.status() == InvoiceStatus.VOID ? Times.of(invoice.due()) : null,
                "metadata", List.of(), "error_details", List.of());
    }

    /** Where its document is; drafts have none. */
    static String fileUrl(Call call, Invoice invoice) {
        return invoice.status() == InvoiceStatus.DRAFT ? null : call.origin() + "/invoices/" + invoice.id() + "/pdf";
    }

    private static Money sum(Invoice invoice, Credit.Kind kind) {
        return invoice.credits().stream().filter(credit -> credit.kind() == kind).map(Credit::amount)
                .reduce(Money.zero(invoice.currency()), Money::plus);
    }

    private static long sequence(Invoice invoice) {
        return invoice.number().map(number -> number.replaceAll(".*[^0-9]", "")).filter(digits -> !digits.isEmpty())
                .map(Long::parseLong).orElse(0L);
    }

    static String status(Invoice invoice) {
        return switch (invoice.status()) {
            case DRAFT -> "draft";
            case VOID -> "voided";
            case FINALISED, PAID, UNCOLLECTIBLE, REGROUPED -> "finalized";
        };
    }

    static String type(Invoice invoice) {
        return type(invoice.reason().kind());
    }

    static String type(InvoiceReason.Kind kind) {
        return switch (kind) {
            case ONE_OFF -> "one_off";
            case CREDITS -> "credit";
            case INTERIM -> "progressive_billing";
            case SUBSCRIPTION, USAGE, ADJUSTMENT, REGROUPED, FIXED -> "subscription";
        };
    }

    private static Json period(Invoice invoice, Subscription subscription) {
        SubscriptionId id = subscription.id();
        List<InvoiceLine> own = invoice.lines().stream().filter(line -> line.origin().map(LineOrigin::subscription)
                .or(invoice::subscription).filter(id::equals).isPresent()).toList();
        Optional<Instant> from = own.stream().map(line -> line.explanation().period().start()).min(Instant::compareTo);
        Optional<Instant> to = own.stream().map(line -> line.explanation().period().end()).max(Instant::compareTo);
        String usageFrom = Times.of(invoice.usagePeriod().map(period -> period.start()));
        String usageTo = Times.of(invoice.usagePeriod().map(period -> period.end().minusSeconds(1)));
        return Json.object("lago_subscription_id", id.value(), "external_subscription_id", subscription.externalId(),
                "subscription_from_datetime", Times.of(from), "subscription_to_datetime",
                Times.of(to.map(end -> end.minusSeconds(1))), "charges_from_datetime", usageFrom,
                "charges_to_datetime", usageTo, "fixed_charges_from_datetime", null, "fixed_charges_to_datetime", null,
                "invoicing_reason", "subscription_periodic");
    }

    private static List<Json> credits(Invoice invoice, PaymentState paid) {
        List<Json> credits = new ArrayList<>();
        for (Discount discount : invoice.discounts()) {
            credits.add(credit(invoice, paid, discount.appliedCoupon(), discount.amount(), true, "coupon", discount.code()));
        }
        for (Credit credit : invoice.credits()) {
            boolean note = credit.kind() == Credit.Kind.CREDIT_NOTE;
            credits.add(credit(invoice, paid, credit.source(), credit.amount(), false, note ? "credit_note" : "wallet",
                    credit.source().toString()));
        }
        return credits;
    }

    private static Json credit(Invoice invoice, PaymentState paid, UUID source, Money amount, boolean beforeTaxes,
                               String type, String code) {
        return Json.object("lago_id", Uuids.of(invoice.id().value(), "credit " + source), "amount_cents", Cents.of(amount),
                "amount_currency", amount.currency().getCurrencyCode(), "before_taxes", beforeTaxes,
                "item", Json.object("lago_item_id", source, "type", type, "code", code, "name", code),
                "invoice", Json.object("lago_id", invoice.id().value(), "payment_status", paid.status()));
    }

    private List<Json> taxes(Invoice invoice) {
        Function<TaxAmount, Json> named = taxes.charged(invoice.service(), invoice.taxes());
        return invoice.taxes().stream().map(tax -> Json.object("lago_id",
                Uuids.of(invoice.id().value(), "tax " + tax.code() + tax.lines()), "lago_invoice_id", invoice.id().value())
                .withAll(named.apply(tax)).with("amount_cents", Cents.of(tax.amount()))
                .with("amount_currency", tax.amount().currency().getCurrencyCode())
                .with("fees_amount_cents", Cents.of(tax.base())).with("created_at", Times.of(invoice.due()))).toList();
    }

    /** Together, in percent. */
    static BigDecimal rate(List<TaxAmount> taxes) {
        return taxes.stream().map(TaxAmount::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
