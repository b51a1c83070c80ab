package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Asked;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceSearch;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Currency;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /invoices}: what was billed. */
final class InvoiceRoutes {

    private static final String ONE = "/invoices/{id}";
    private static final Map<String, Set<InvoiceStatus>> STATUSES = Map.of("draft", EnumSet.of(InvoiceStatus.DRAFT),
            "finalized", EnumSet.of(InvoiceStatus.FINALISED, InvoiceStatus.PAID, InvoiceStatus.UNCOLLECTIBLE),
            "voided", EnumSet.of(InvoiceStatus.VOID), "failed", EnumSet.noneOf(InvoiceStatus.class),
            "pending", EnumSet.noneOf(InvoiceStatus.class));
    private static final int MOST_METADATA = 5;
    private static final int MOST_NAMED = 1_000;

    private final Billing billing;
    private final CustomerStore customers;
    private final InvoiceJson json;
    private final LineExplanation explanations;

    InvoiceRoutes(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.json = new InvoiceJson(billing);
        this.explanations = new LineExplanation(new Codes(billing));
    }

    List<Route> routes() {
        return List.of(Route.get("/invoices", this::list), Route.get("/customers/{external_id}/invoices", this::list),
                Route.get(ONE, this::one), Route.put(ONE, this::change), Route.delete(ONE, this::remove),
                Route.put(ONE + "/finalize", this::finalise), Route.put(ONE + "/refresh", this::refresh),
                Route.post(ONE + "/void", this::withdraw), Route.post(ONE + "/download", this::download),
                Route.get(ONE + "/lines/{line}/explain", this::explain));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Optional<InvoiceSearch> search = search(call);
        if (search.isEmpty()) {
            return Answer.ok(Pages.of("invoices", new Page<Object>(List.of(), 0), request, any -> any));
        }
        Page<Invoice> page = billing.ports().invoices().search(search.get(), request);
        Map<Invoice, Json> shown = json.all(call, page.items());
        return Answer.ok(Pages.of("invoices", page, request, shown::get));
    }

    /** Empty if nothing can be found: it asks for a customer, or metadata, that are not there. */
    private Optional<InvoiceSearch> search(Call call) {
        Fields parameters = call.parameters();
        InvoiceSearch search = InvoiceSearch.of(call.serviceId());
        Asked asked = customers.asked(call);
        if (asked.isNobody()) {
            return Optional.empty();
        }
        search = asked.customer().map(search::of).orElse(search);
        List<String> statuses = words(call, "status", "statuses");
        if (!statuses.isEmpty()) {
            search = search.in(statuses.stream().flatMap(word -> Optional.ofNullable(STATUSES.get(word))
                    .orElseThrow(() -> ApiError.invalid("status", "value_is_invalid")).stream())
                    .collect(Collectors.toSet()));
        }
        if (!call.queries("invoice_type").isEmpty()) {
            search = search.kinds(Arrays.stream(InvoiceReason.Kind.values())
                    .filter(kind -> call.queries("invoice_type").contains(InvoiceJson.type(kind)))
                    .collect(Collectors.toSet()));
        }
        search = paymentStatus(call, search);
        Optional<Boolean> overdue = parameters.flag("payment_overdue");
        if (overdue.isPresent()) {
            search = search.overdue(call.now().atZone(ZoneOffset.UTC).toLocalDate(), overdue.get());
        }
        search = search.issued(parameters.date("issuing_date_from"), parameters.date("issuing_date_to"));
        Optional<Currency> currency = parameters.currency("currency");
        int decimals = currency.map(Currency::getDefaultFractionDigits).orElse(2);
        search = search.total(major(parameters, "amount_from", decimals), major(parameters, "amount_to", decimals));
        parameters.check();
        search = currency.isPresent() ? search.in(currency.get()) : search;
        search = call.query("search_term").isPresent() ? search.text(call.query("search_term").get()) : search;
        return withMetadata(call, search);
    }

    private static List<String> words(Call call, String one, String several) {
        return call.queries(one).isEmpty() ? call.queries(several) : call.queries(one);
    }

    /** Failed and pending are told apart by how it is collected, succeeded by what is left to pay. */
    private static InvoiceSearch paymentStatus(Call call, InvoiceSearch search) {
        Set<String> wanted = Set.copyOf(words(call, "payment_status", "payment_statuses"));
        if (!Set.of("pending", "succeeded", "failed").containsAll(wanted)) {
            throw ApiError.invalid("payment_status", "value_is_invalid");
        }
        if (wanted.equals(Set.of("succeeded", "failed"))) {
            throw ApiError.invalid("payment_status", "value_is_invalid", "succeeded and failed are asked for one by one");
        }
        if (wanted.equals(Set.of("succeeded"))) {
            return search.settled(true);
        }
        InvoiceSearch some = wanted.isEmpty() || wanted.contains("succeeded") ? search : search.settled(false);
        return wanted.isEmpty() || wanted.containsAll(Set.of("pending", "failed")) ? some
                : some.failed(wanted.contains("failed"));
    }

    private static Optional<BigDecimal> major(Fields parameters, String name, int decimals) {
        return parameters.integer(name, -(1L << 53), 1L << 53).map(cents -> BigDecimal.valueOf(cents, decimals));
    }

    private Optional<InvoiceSearch> withMetadata(Call call, InvoiceSearch search) {
        Map<String, List<String>> wanted = new HashMap<>();
        call.nested("metadata").forEach((key, value) -> wanted.put(Metadata.attribute(key), List.of(value)));
        if (wanted.isEmpty()) {
            return Optional.of(search);
        }
        List<Entry> entries = billing.ports().directory().list(call.serviceId(), Kind.INVOICE,
                new EntryQuery(Optional.empty(), wanted), PageRequest.first(MOST_NAMED)).items();
        return entries.isEmpty() ? Optional.empty() : Optional.of(search.among(entries.stream()
                .flatMap(entry -> Uuids.parse(entry.subject()).stream()).map(InvoiceId::new).collect(Collectors.toSet())));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object("invoice", json.one(call, find(call, "id"))));
    }

    /** Metadata, and whether it was paid. */
    private Answer change(Call call) {
        Invoice invoice = find(call, "id");
        call.before(json.one(call, invoice));
        Fields fields = call.body("invoice");
        Optional<String> status = fields.choice("payment_status", Map.of("pending", "pending", "succeeded", "succeeded",
                "failed", "failed"));
        fields.check();
        if (invoice.status() == InvoiceStatus.VOID) {
            throw ApiError.notAllowed("update_on_voided_invoice");
        }
        if (status.isPresent() && invoice.status() == InvoiceStatus.DRAFT) {
            throw ApiError.notAllowed("payment_status_update_on_draft_invoice");
        }
        String known = PaymentState.of(billing.ports().payments(), List.of(invoice)).get(invoice).status();
        status.filter(word -> !word.equals(known)).ifPresent(word -> pay(call, invoice, word));
        keep(call, invoice, fields);
        return answer(call, "invoice.changed", find(call, "id"));
    }

    private void pay(Call call, Invoice invoice, String word) {
        if (!word.equals("succeeded")) {
            throw ApiError.notAllowed("invalid_status", "a payment is pending until it has succeeded; what a payment provider"
                    + " says of one that failed, it says itself");
        }
        billing.recordPayment().paid(call.serviceId(), invoice.id(), call.actor());
    }

    private void keep(Call call, Invoice invoice, Fields fields) {
        String id = invoice.id().toString();
        Optional<Entry> entry = billing.ports().directory().find(call.serviceId(), Kind.INVOICE, id);
        Map<String, String> attributes = new TreeMap<>(entry.map(Entry::attributes).orElse(Map.of()));
        Metadata.read(fields, attributes, MOST_METADATA);
        fields.check();
        if (entry.isPresent()) {
            billing.ports().directory().update(entry.get().with(attributes, call.now()));
        } else if (!attributes.isEmpty()) {
            billing.ports().directory().add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.INVOICE, id, id,
                    call.now(), attributes));
        }
    }

    /** Its usage would be lost: a draft is issued, and then voided. */
    private Answer remove(Call call) {
        find(call, "id");
        throw ApiError.notAllowed("not_deletable", "what it bills would be lost; finalize it, and void it then");
    }

    private Answer finalise(Call call) {
        Invoice draft = find(call, "id");
        if (draft.status() != InvoiceStatus.DRAFT) {
            throw ApiError.notFound("invoice");
        }
        return answer(call, "invoice.finalised", billing.finalise().finaliseNow(call.serviceId(), draft.id()));
    }

    private Answer refresh(Call call) {
        Invoice invoice = find(call, "id");
        return answer(call, "invoice.refreshed", invoice.status() == InvoiceStatus.DRAFT
                ? billing.drafts().refresh(call.serviceId(), invoice.id()) : invoice);
    }

    private Answer withdraw(Call call) {
        Invoice invoice = find(call, "id");
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw ApiError.notAllowed("not_voidable");
        }
        call.before(json.one(call, invoice));
        Fields fields = call.hasBody() ? call.body() : Fields.of(Map.of());
        boolean crediting = fields.flag("generate_credit_note").orElse(false);
        Money refund = fields.cents("refund_amount", invoice.currency()).orElse(Money.zero(invoice.currency()));
        fields.check();
        try {
            Invoice voided = crediting
                    ? billing.voidInvoice().withdrawCrediting(call.serviceId(), invoice.id(), refund, call.actor(), "void")
                    : billing.voidInvoice().withdraw(call.serviceId(), invoice.id(), call.actor(), "void");
            return answer(call, "invoice.voided", voided);
        } catch (InvalidValue e) {
            throw e.field().equals("status") ? ApiError.notAllowed("not_voidable", e.getMessage())
                    : e.field().equals("refund_amount") ? ApiError.invalid("credit_refund_amount",
                    "total_amount_must_be_positive", e.reason()) : e;
        }
    }

    private Answer download(Call call) {
        Invoice invoice = find(call, "id");
        if (invoice.status() == InvoiceStatus.DRAFT) {
            throw ApiError.notFound("invoice");
        }
        return answer(call, "invoice.downloaded", invoice);
    }

    private Answer explain(Call call) {
        Invoice invoice = find(call, "id");
        int line = Optional.of(call.path("line")).filter(text -> text.matches("[0-9]{1,4}")).map(Integer::parseInt)
                .filter(number -> number >= 1 && number <= invoice.lines().size())
                .orElseThrow(() -> ApiError.notFound("line"));
        return call.wantsText() ? Answer.text(InvoiceText.explainLine(invoice, line))
                : Answer.ok(Json.object("explanation", explanations.of(call.service(), invoice, line - 1)));
    }

    private Answer answer(Call call, String action, Invoice invoice) {
        call.audit(action, "invoice " + invoice.id());
        return Answer.ok(Json.object("invoice", json.one(call, invoice)));
    }

    private Invoice find(Call call, String parameter) {
        return find(billing, call, call.path(parameter));
    }

    static Invoice find(Billing billing, Call call, String id) {
        Function<InvoiceId, Optional<Invoice>> own = known -> billing.ports().invoices().find(known)
                .filter(invoice -> invoice.service().equals(call.serviceId()));
        return Uuids.parse(id).map(InvoiceId::new).flatMap(own).orElseThrow(() -> ApiError.notFound("invoice"));
    }
}
