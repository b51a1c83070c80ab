package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Known;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionSearch;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What customers may see of themselves, by a link that their service hands them. Drafts are not for them. */
final class PortalRoutes {

    private static final Set<InvoiceStatus> SHOWN = EnumSet.complementOf(EnumSet.of(InvoiceStatus.DRAFT,
            InvoiceStatus.REGROUPED));

    private final Billing billing;
    private final CustomerStore customers;
    private final SubscriptionJson subscriptions;
    private final InvoiceJson invoices;
    private final WalletRoutes wallets;
    private final DocumentRoutes documents;

    PortalRoutes(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.subscriptions = new SubscriptionJson(billing);
        this.invoices = new InvoiceJson(billing);
        this.wallets = new WalletRoutes(billing);
        this.documents = new DocumentRoutes(billing);
    }

    List<Route> routes() {
        return List.of(Route.get("/customers/{external_id}/portal_url", this::url),
                Route.get("/portal/{token}", this::portal).byLink(),
                Route.get("/portal/{token}/invoices", this::invoices).byLink(),
                Route.get("/portal/{token}/invoices/{id}/pdf", this::pdf).byLink());
    }

    private Answer url(Call call) {
        Known customer = customers.one(call, call.path("external_id"));
        var key = UUID.fromString(call.caller().key());
        ApiKeyHash hash = billing.ports().apiKeys().find(key).orElseThrow().hash();
        var link = new PortalLink(key, customer.entry().id(), call.now().plus(PortalLink.VALID).truncatedTo(ChronoUnit.SECONDS));
        return Answer.ok(Json.object("customer", Json.object("portal_url", call.origin() + "/portal/" + link.token(hash),
                "expires_at", Times.of(link.until()))));
    }

    private Answer portal(Call call) {
        Known customer = customer(call);
        List<Subscription> own = billing.ports().subscriptions().search(SubscriptionSearch.of(call.serviceId())
                .of(customer.customer().id()), PageRequest.first(PageRequest.LARGEST)).items();
        Map<Subscription, Json> shown = subscriptions.all(call.service(), own, call.now());
        return Answer.ok(Json.object("portal", Json.object("customer", customers.json(customer),
                "subscriptions", own.stream().map(shown::get).toList(), "wallets", wallets.all(call, customer))));
    }

    private Answer invoices(Call call) {
        PageRequest request = call.page();
        Page<Invoice> page = billing.ports().invoices().search(InvoiceSearch.of(call.serviceId())
                .of(customer(call).customer().id()).in(SHOWN), request);
        Map<Invoice, Json> shown = invoices.all(call, page.items());
        return Answer.ok(Pages.of("invoices", page, request, invoice -> shown.get(invoice).with("file_url",
                call.origin() + "/portal/" + call.path("token") + "/invoices/" + invoice.id() + "/pdf")));
    }

    private Answer pdf(Call call) {
        Invoice invoice = InvoiceRoutes.find(billing, call, call.path("id"));
        if (!SHOWN.contains(invoice.status()) || !invoice.customer().equals(customer(call).customer().id())) {
            throw ApiError.notFound("invoice");
        }
        return documents.invoice(call);
    }

    private Known customer(Call call) {
        return PortalLink.read(call.path("token"))
                .flatMap(read -> billing.ports().directory().find(call.serviceId(), Kind.CUSTOMER, read.link().customer()))
                .flatMap(entry -> customers.find(call.serviceId(), entry.code()))
                .orElseThrow(() -> ApiError.notFound("customer"));
    }
}
