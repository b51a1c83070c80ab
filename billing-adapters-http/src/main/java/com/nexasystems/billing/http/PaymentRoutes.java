package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.http.CustomerStore.Asked;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.PaymentId;
import com.nexasystems.billing.payment.RetryPayment;
import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /payments}, and how invoices are collected. */
final class PaymentRoutes {

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");
    private static final String ROOT = "payment";
    private static final String NO_PROVIDER = "this server has no payment provider; see BILLING_STRIPE_KEY";

    private final Billing billing;
    private final Optional<PaymentProvider> provider;
    private final CustomerStore customers;
    private final PaymentJson json;

    PaymentRoutes(Billing billing, Optional<PaymentProvider> provider) {
        this.billing = billing;
        this.provider = provider;
        this.customers = new CustomerStore(billing);
        this.json = new PaymentJson(billing, provider.map(known -> known.gateway().provider()));
    }

    List<Route> routes() {
        return List.of(Route.post("/payments", this::record), Route.get("/payments", this::list),
                Route.get("/customers/{external_id}/payments", this::list), Route.get("/payments/{id}", this::one),
                Route.post("/invoices/{id}/retry_payment", this::retry),
                Route.get("/invoices/{id}/collection", this::collection),
                Route.post("/customers/{external_id}/checkout_url", this::checkoutUrl).committingItself());
    }

    /** What has arrived in another way than through the provider. */
    private Answer record(Call call) {
        Fields fields = call.body(ROOT);
        String id = fields.mandatory("invoice_id");
        String reference = fields.mandatory("reference");
        Optional<Instant> paidAt = fields.instant("paid_at");
        if (!fields.has("amount_cents") || fields.isNull("amount_cents")) {
            fields.problem("amount_cents", "value_is_mandatory");
        }
        fields.check();
        Invoice invoice = InvoiceRoutes.find(billing, call, id);
        Optional<Money> amount = fields.cents("amount_cents", invoice.currency());
        fields.check();
        if (invoice.status() == InvoiceStatus.DRAFT || invoice.status() == InvoiceStatus.VOID) {
            throw ApiError.notAllowed("invalid_status", "nothing is to be paid of it; the invoice is "
                    + invoice.status().code());
        }
        Payment payment = billing.recordPayment().received(call.serviceId(), invoice.id(), amount.orElseThrow(), reference,
                paidAt, call.actor());
        call.audit("payment.recorded", "payment " + payment.id());
        return Answer.ok(Json.object(ROOT, json.one(call.serviceId(), payment)));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Asked asked = customers.asked(call);
        Optional<InvoiceId> invoice = call.query("invoice_id").flatMap(Uuids::parse).map(InvoiceId::new);
        if (asked.isNobody() || call.query("invoice_id").isPresent() && invoice.isEmpty()) {
            return Answer.ok(Pages.of("payments", new Page<Object>(List.of(), 0), request, any -> any));
        }
        Page<Payment> page = billing.ports().payments().list(call.serviceId(), asked.customer(), invoice, request);
        Map<Payment, Json> shown = json.all(call.serviceId(), page.items());
        return Answer.ok(Pages.of("payments", page, request, shown::get));
    }

    private Answer one(Call call) {
        Payment payment = Uuids.parse(call.path("id")).map(PaymentId::new)
                .flatMap(id -> billing.ports().payments().find(call.serviceId(), id))
                .orElseThrow(() -> ApiError.notFound(ROOT));
        return Answer.ok(Json.object(ROOT, json.one(call.serviceId(), payment)));
    }

    /** The next run of the job that collects makes the attempt. */
    private Answer retry(Call call) {
        Invoice invoice = InvoiceRoutes.find(billing, call, call.path("id"));
        linked();
        try {
            billing.retryPayment().again(call.serviceId(), invoice.id(), call.actor());
        } catch (InvalidValue e) {
            throw ApiError.notAllowed("invalid_status", e.reason());
        } catch (RetryPayment.AlreadyAsked e) {
            throw ApiError.notAllowed("payment_processor_is_currently_handling_payment", e.getMessage());
        }
        call.audit("invoice.payment_retried", "invoice " + invoice.id());
        return Answer.empty();
    }

    private Answer collection(Call call) {
        return Answer.ok(Json.object("collection",
                json.collection(call.serviceId(), InvoiceRoutes.find(billing, call, call.path("id")))));
    }

    /** Asks the provider, and so commits by itself: no connection to the database is held meanwhile. */
    private Answer checkoutUrl(Call call) {
        Known known = customers.one(call, call.path("external_id"));
        PaymentProvider linked = linked();
        URI page;
        try {
            page = billing.with(linked.gateway(), linked.plan()).setUp().page(known.customer().id(), linked.returnTo());
        } catch (PortFailure e) {
            LOG.warn("request {}: the payment provider gave no page: {}", call.requestId(), e.getMessage());
            throw ApiError.refused("third_party_error", Map.of("third_party", linked.gateway().provider(), "error",
                    "payment_provider_failed"), "the payment provider cannot be asked now; asking again is safe");
        }
        billing.ports().unitOfWork().run(() -> billing.ports().auditTrail().add(List.of(new AuditEntry(call.now(),
                call.actor(), "customer.checkout_url", "customer " + known.customer().id(),
                Map.of("request_id", call.requestId(), "key", call.caller().key())))));
        String name = linked.gateway().provider();
        return Answer.ok(Json.object("customer", Json.object("lago_customer_id", known.entry().id(),
                "external_customer_id", known.entry().code(), "payment_provider", name, "payment_provider_code", name,
                "checkout_url", page.toString())));
    }

    private PaymentProvider linked() {
        return provider.orElseThrow(() -> ApiError.invalid("base", "no_linked_payment_provider", NO_PROVIDER));
    }
}
