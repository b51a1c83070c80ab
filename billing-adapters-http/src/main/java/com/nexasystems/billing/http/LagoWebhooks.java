package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.event.BillingEvent;
import com.nexasystems.billing.event.EventLog.Sequenced;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceReason.Kind;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What happened in Lago's words: its type, and the whole object as the API shows it, as of when it happened.
 *
 * <p>Lago knows no event of a comparison between two applications; of one-off and credit invoices it tells once, when they
 * are final. What is gone by now is not told of.
 */
final class LagoWebhooks {

    private static final String INVOICE = "invoice";
    private static final String SUBSCRIPTION = "subscription";
    private static final String PAYMENT_ERROR = "payment_provider_invoice_payment_error";

    private final Billing billing;
    private final InvoiceJson invoices;
    private final SubscriptionJson subscriptions;
    private final CustomerStore customers;

    LagoWebhooks(Billing billing) {
        this.billing = billing;
        this.invoices = new InvoiceJson(billing);
        this.subscriptions = new SubscriptionJson(billing);
        this.customers = new CustomerStore(billing);
    }

    static Json envelope(String type, String object, ServiceId service, Json fields) {
        return Json.object("webhook_type", type, "object_type", object, "organization_id", service.value(), object, fields);
    }

    Optional<Json> of(Sequenced sequenced) {
        return told(sequenced.event()).map(json -> json.with("sequence", sequenced.sequence()));
    }

    private Optional<Json> told(BillingEvent event) {
        return billing.ports().services().find(event.service()).flatMap(service -> switch (event.type()) {
            case INVOICE_CREATED, INVOICE_FINALIZED, INVOICE_PAYMENT_SUCCEEDED, INVOICE_PAYMENT_FAILED ->
                    invoice(event).flatMap(invoice -> ofInvoice(service, event, invoice));
            case SUBSCRIPTION_STARTED -> ofSubscription(service, event, "subscription.started");
            case SUBSCRIPTION_REACTIVATED -> ofSubscription(service, event, "subscription.updated");
            case SUBSCRIPTION_TERMINATED -> ofSubscription(service, event, "subscription.terminated");
            case USAGE_THRESHOLD_REACHED -> ofSubscription(service, event, "subscription.usage_threshold_reached");
            case RECONCILIATION_DELTA -> Optional.empty();
        });
    }

    private Optional<Invoice> invoice(BillingEvent event) {
        return Uuids.parse(event.data().getOrDefault("invoice_id", "")).map(InvoiceId::new)
                .flatMap(billing.ports().invoices()::find).filter(invoice -> invoice.service().equals(event.service()));
    }

    private Optional<Json> ofInvoice(Service service, BillingEvent event, Invoice invoice) {
        if (event.type() == EventType.INVOICE_PAYMENT_FAILED) {
            return Optional.of(envelope("invoice.payment_failure", PAYMENT_ERROR, event.service(), paymentError(invoice)));
        }
        Json json = invoices.one(call(service, event), invoice).with("file_url", null);
        return type(event.type(), invoice.reason().kind()).map(type -> envelope(type, INVOICE, event.service(), json));
    }

    private static Optional<String> type(EventType type, Kind kind) {
        boolean toldOnce = kind == Kind.ONE_OFF || kind == Kind.CREDITS;
        return switch (type) {
            case INVOICE_CREATED -> Optional.of("invoice.drafted").filter(drafted -> !toldOnce);
            case INVOICE_FINALIZED -> Optional.of(kind == Kind.ONE_OFF ? "invoice.one_off_created"
                    : kind == Kind.CREDITS ? "invoice.paid_credit_added" : "invoice.created");
            default -> Optional.of("invoice.payment_status_updated");
        };
    }

    private Json paymentError(Invoice invoice) {
        Known customer = customers.byId(invoice.service(), List.of(invoice.customer())).get(invoice.customer());
        return Json.object("lago_invoice_id", invoice.id().value(), "lago_customer_id", customer.entry().id(),
                "external_customer_id", customer.entry().code(),
                "provider_customer_id", customer.customer().stripeCustomerId().orElse(null),
                "payment_provider", customer.entry().attribute("payment_provider").orElse(null),
                "payment_provider_code", customer.entry().attribute("payment_provider_code").orElse(null),
                "provider_error", Json.object("message", "the last attempt to collect has failed", "error_code",
                        "payment_failed"), "error_details", null);
    }

    private Optional<Json> ofSubscription(Service service, BillingEvent event, String type) {
        return billing.ports().subscriptions().find(new SubscriptionId(event.subscription()))
                .filter(found -> found.service().equals(event.service())).map(found -> {
                    Json json = subscriptions.one(service, found, event.at())
                            .with("customer", customers.json(customers.byId(event.service(), List.of(found.customer()))
                                    .get(found.customer())));
                    if (event.type() == EventType.USAGE_THRESHOLD_REACHED) {
                        json.with("usage_threshold", threshold(event));
                    }
                    return envelope(type, SUBSCRIPTION, event.service(), json);
                });
    }

    /** Lago's thresholds are amounts and ours shares of a quota: those are named beside its fields. */
    private static Json threshold(BillingEvent event) {
        Json json = Json.object("lago_id", event.id(), "threshold_display_name", null, "amount_cents", null,
                "recurring", true, "created_at", Times.of(event.at()), "updated_at", Times.of(event.at()));
        json.putAll(event.data());
        return json;
    }

    /**
     * As if the service had asked when it happened: what is shown follows from the event alone, and not from when it is
     * sent.
     */
    private static Call call(Service service, BillingEvent event) {
        return new Call(new Caller(Optional.of(service), "", Set.of()), "", event.at(), "", Map.of(), Map.of(), Map.of(),
                InputStream::nullInputStream, (call, work) -> work.get());
    }
}
