package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.Kind;
import com.nexasystems.billing.http.CustomerStore.Asked;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.CreditNote.Reason;
import com.nexasystems.billing.invoicing.CreditNote.RefundStatus;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.IssueCreditNote.Estimate;
import com.nexasystems.billing.invoicing.IssueCreditNote.Request;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code /credit_notes}: what is given back of invoices. */
final class CreditNoteRoutes {

    private static final String ROOT = "credit_note";
    private static final String ONE = "/credit_notes/{id}";
    private static final Map<String, Reason> REASONS = Arrays.stream(Reason.values())
            .collect(Collectors.toMap(Reason::code, Function.identity()));
    private static final Map<String, RefundStatus> REFUNDS = Arrays.stream(RefundStatus.values())
            .collect(Collectors.toMap(RefundStatus::code, Function.identity()));

    private final Billing billing;
    private final CustomerStore customers;
    private final CreditNoteJson json;
    private final TaxCodes taxes;

    CreditNoteRoutes(Billing billing) {
        this.billing = billing;
        this.customers = new CustomerStore(billing);
        this.json = new CreditNoteJson(billing);
        this.taxes = new TaxCodes(billing);
    }

    List<Route> routes() {
        return List.of(Route.post("/credit_notes", this::create), Route.get("/credit_notes", this::list),
                Route.get("/customers/{external_id}/credit_notes", this::list),
                Route.post("/credit_notes/estimate", this::estimate).needing(KeyScope.READ),
                Route.get(ONE, this::one), Route.put(ONE, this::change), Route.put(ONE + "/void", this::withdraw),
                Route.post(ONE + "/download", this::download));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        Invoice invoice = invoice(call, fields);
        List<Item> items = items(invoice, fields);
        Reason reason = fields.choice("reason", REASONS).orElse(Reason.OTHER);
        String description = fields.text("description").orElse("");
        Money zero = Money.zero(invoice.currency());
        Money credit = fields.cents("credit_amount_cents", invoice.currency()).orElse(zero);
        Money refund = fields.cents("refund_amount_cents", invoice.currency()).orElse(zero);
        Money offset = fields.cents("offset_amount_cents", invoice.currency()).orElse(zero);
        fields.check();
        if (credit.isNegative() || refund.isNegative() || offset.isNegative()) {
            throw ApiError.invalid("base", "total_amount_must_be_positive");
        }
        if (!refund.isZero() && invoice.status() != InvoiceStatus.PAID) {
            throw ApiError.invalid("refund_amount_cents", "cannot_refund_unpaid_invoice");
        }
        try {
            Money total = billing.creditNotes().estimate(call.serviceId(), invoice.id(), items).total();
            Given given = matching(total, credit, refund, offset);
            CreditNote note = billing.creditNotes().issue(call.serviceId(), new Request(invoice.id(),
                    call.header(Writes.KEY).orElse(call.requestId()), reason, description, items, given), call.actor());
            keep(call, note, fields);
            return answer(call, "credit_note.issued", note);
        } catch (InvalidValue e) {
            throw refused(e);
        }
    }

    /** As Lago does, a cent of difference is let pass: the largest of the amounts takes it. */
    private static Given matching(Money total, Money credit, Money refund, Money offset) {
        Money difference = total.minus(credit.plus(refund).plus(offset));
        BigDecimal cent = BigDecimal.ONE.movePointLeft(total.currency().getDefaultFractionDigits());
        if (difference.amount().abs().compareTo(cent) > 0) {
            throw ApiError.invalid("base", "does_not_match_item_amounts", "the items come to " + total + ", taxes included");
        }
        Money largest = Collections.max(List.of(credit, refund, offset), Money::compareTo);
        return largest.equals(credit) ? new Given(credit.plus(difference), refund, offset)
                : largest.equals(refund) ? new Given(credit, refund.plus(difference), offset)
                : new Given(credit, refund, offset.plus(difference));
    }

    private static ApiError refused(InvalidValue e) {
        return switch (e.field()) {
            case "items" -> e.reason().contains("of line") ? ApiError.invalid("amount_cents",
                    "higher_than_remaining_fee_amount", e.reason()) : e.reason().contains("come to nothing")
                    ? ApiError.invalid("base", "total_amount_must_be_positive", e.reason())
                    : ApiError.invalid("base", "higher_than_remaining_invoice_amount", e.reason());
            case "refund_amount" -> ApiError.invalid("refund_amount_cents", "higher_than_remaining_invoice_amount",
                    e.reason());
            case "offset_amount" -> ApiError.invalid("offset_amount_cents", "higher_than_remaining_invoice_amount",
                    e.reason());
            default -> ApiError.of(e);
        };
    }

    private Invoice invoice(Call call, Fields fields) {
        Invoice invoice = InvoiceRoutes.find(billing, call, fields.mandatory("invoice_id"));
        if (invoice.status() == InvoiceStatus.DRAFT || invoice.status() == InvoiceStatus.VOID
                || invoice.status() == InvoiceStatus.REGROUPED || invoice.reason().kind() == InvoiceReason.Kind.CREDITS) {
            throw ApiError.notAllowed("invalid_type_or_status");
        }
        return invoice;
    }

    private static List<Item> items(Invoice invoice, Fields fields) {
        List<Item> items = new ArrayList<>();
        for (Fields sent : fields.objects("items")) {
            Optional<UUID> fee = sent.text("fee_id").flatMap(Uuids::parse);
            int line = fee.flatMap(id -> FeeJson.line(invoice, id)).orElseThrow(() -> ApiError.notFound("fee"));
            Optional<Money> amount = sent.cents("amount_cents", invoice.currency());
            if (amount.isEmpty() && !sent.hasProblem("amount_cents")) {
                sent.problem("amount_cents", "value_is_mandatory");
            }
            amount.ifPresent(money -> items.add(new Item(line, money)));
        }
        if (items.isEmpty()) {
            fields.problem("items", "value_is_mandatory");
        }
        fields.check();
        return items;
    }

    private Answer estimate(Call call) {
        Fields fields = call.body(ROOT);
        Invoice invoice = invoice(call, fields);
        List<Item> items = items(invoice, fields);
        Estimate estimate;
        try {
            estimate = billing.creditNotes().estimate(call.serviceId(), invoice.id(), items);
        } catch (InvalidValue e) {
            throw refused(e);
        }
        Function<TaxAmount, Json> named = taxes.charged(call.serviceId(), estimate.taxes());
        Money tax = estimate.taxes().stream().map(each -> each.amount()).reduce(Money.zero(invoice.currency()), Money::plus);
        return Answer.ok(Json.object("estimated_credit_note", Json.object("lago_invoice_id", invoice.id().value(),
                "invoice_number", invoice.number().orElse(""), "currency", invoice.currency().getCurrencyCode(),
                "taxes_amount_cents", Cents.of(tax), "precise_taxes_amount_cents", String.valueOf(Cents.of(tax)),
                "taxes_rate", InvoiceJson.rate(estimate.taxes()),
                "sub_total_excluding_taxes_amount_cents", Cents.of(estimate.total().minus(tax)),
                "max_creditable_amount_cents", Cents.of(estimate.mostCredit()),
                "max_refundable_amount_cents", Cents.of(estimate.mostRefund()),
                "max_offsettable_amount_cents", Cents.of(estimate.mostOffset()),
                "coupons_adjustment_amount_cents", Cents.of(estimate.discount()),
                "precise_coupons_adjustment_amount_cents", String.valueOf(Cents.of(estimate.discount())),
                "items", items.stream().map(item -> Json.object("amount_cents", Cents.of(item.amount()),
                        "precise_amount_cents", String.valueOf(Cents.of(item.amount())),
                        "lago_fee_id", FeeJson.id(invoice.id(), item.line()))).toList(),
                "applied_taxes", estimate.taxes().stream().map(each -> named.apply(each)
                        .with("base_amount_cents", Cents.of(each.base())).with("amount_cents", Cents.of(each.amount()))
                        .with("amount_currency", invoice.currency().getCurrencyCode())).toList())));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Asked asked = customers.asked(call);
        if (asked.isNobody()) {
            return Answer.ok(Pages.of("credit_notes", new Page<Object>(List.of(), 0), request, any -> any));
        }
        Page<CreditNote> page = billing.ports().creditNotes().list(call.serviceId(), asked.customer(), request);
        return Answer.ok(Pages.of("credit_notes", page, request, note -> json.of(call, note)));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(ROOT, json.of(call, find(call))));
    }

    private Answer change(Call call) {
        CreditNote note = find(call);
        call.before(json.of(call, note));
        Fields fields = call.body(ROOT);
        Optional<RefundStatus> refund = fields.choice("refund_status", REFUNDS);
        fields.check();
        if (refund.isPresent()) {
            billing.refunds().record(call.serviceId(), note.id(), refund.get(), call.actor());
        }
        keep(call, note, fields);
        return answer(call, "credit_note.changed", find(call));
    }

    private void keep(Call call, CreditNote note, Fields fields) {
        String id = note.id().toString();
        Optional<Entry> entry = billing.ports().directory().find(call.serviceId(), Kind.CREDIT_NOTE, id);
        Map<String, String> attributes = new TreeMap<>(entry.map(Entry::attributes).orElse(Map.of()));
        Metadata.readObject(fields, attributes);
        fields.check();
        if (entry.isPresent()) {
            billing.ports().directory().update(entry.get().with(attributes, call.now()));
        } else if (!attributes.isEmpty()) {
            billing.ports().directory().add(Entry.of(billing.ports().ids().next(), call.serviceId(), Kind.CREDIT_NOTE, id, id,
                    call.now(), attributes));
        }
    }

    private Answer withdraw(Call call) {
        CreditNote note = find(call);
        call.before(json.of(call, note));
        try {
            return answer(call, "credit_note.voided",
                    billing.voidCreditNote().withdraw(call.serviceId(), note.id(), call.actor()));
        } catch (InvalidValue e) {
            throw e.field().equals("balance") ? ApiError.notAllowed("no_voidable_amount", e.reason()) : e;
        }
    }

    private Answer download(Call call) {
        return answer(call, "credit_note.downloaded", find(call));
    }

    private Answer answer(Call call, String action, CreditNote note) {
        call.audit(action, "credit note " + note.id());
        return Answer.ok(Json.object(ROOT, json.of(call, note)));
    }

    private CreditNote find(Call call) {
        return find(billing, call, call.path("id"));
    }

    static CreditNote find(Billing billing, Call call, String id) {
        return Uuids.parse(id).map(CreditNoteId::new).flatMap(known -> billing.ports().creditNotes().find(known))
                .filter(note -> note.holder().service().equals(call.serviceId()))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
