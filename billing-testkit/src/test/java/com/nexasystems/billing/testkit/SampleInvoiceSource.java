package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.PortFailure.Effect;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A source as simple as can be: an invoice is a text, with its date and one line for each amount. */
final class SampleInvoiceSource implements InvoiceSource {

    private static final Currency CAD = Currency.getInstance("CAD");
    private static final String END = "end";

    private final Map<String, Invoice> invoices = new LinkedHashMap<>();
    private boolean unreachable;

    record Invoice(String id, Instant at, boolean draft, List<Money> lines) {

        String text() {
            return at + "\n" + String.join("", lines.stream().map(line -> line.amount() + "\n").toList()) + END;
        }
    }

    String put(Instant at, boolean draft, List<Money> lines) {
        String id = "sample:" + (invoices.size() + 1);
        invoices.put(id, new Invoice(id, at, draft, lines));
        return id;
    }

    void makeUnreachable() {
        unreachable = true;
    }

    void ask() {
        if (unreachable) {
            throw new PortFailure(Effect.NONE, "out of reach", new IllegalStateException());
        }
    }

    List<Invoice> all() {
        return List.copyOf(invoices.values());
    }

    @Override
    public String name() {
        return "sample";
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith("sample:");
    }

    @Override
    public List<Fetched> fetch(List<String> ids) {
        return ids.stream().map(this::fetch).toList();
    }

    Fetched fetch(String id) {
        if (unreachable) {
            return new Fetched.Unreachable(id, "out of reach");
        }
        return Optional.ofNullable(invoices.get(id)).<Fetched>map(invoice -> new Fetched.Found(new Evidence(id, invoice.at,
                        List.of(new Document("invoice", invoice.text().getBytes(StandardCharsets.UTF_8))))))
                .orElseGet(() -> new Fetched.Missing(id, "is not there"));
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        List<String> text = text(evidence);
        if (text.isEmpty() || !END.equals(text.get(text.size() - 1))) {
            throw new InvalidValue("invoice", "is cut off");
        }
        return facts(evidence, text.subList(1, text.size() - 1), "Hosting");
    }

    static List<String> text(Evidence evidence) {
        return evidence.documents("invoice").stream()
                .flatMap(document -> new String(document.bytes(), StandardCharsets.UTF_8).lines()).toList();
    }

    static InvoiceFacts facts(Evidence evidence, List<String> amounts, String description) {
        Money zero = Money.zero(CAD);
        var lines = new ArrayList<Line>();
        amounts.forEach(amount -> lines.add(new Line("line" + lines.size(), description, Optional.empty(), false,
                List.of(), Sale.SERVICE, Money.of(CAD, amount), zero, zero)));
        Money sum = lines.stream().map(Line::net).reduce(zero, Money::plus);
        return new InvoiceFacts(evidence.invoice(), Optional.empty(), State.OPEN, new Party("1", "Ada"), Optional.empty(),
                CAD, Optional.of(evidence.fetchedAt()), Optional.empty(), lines, List.of(),
                new Totals(sum, sum, zero, zero, zero, sum, zero, sum, zero), List.of(), List.of(), List.of(),
                Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        ask();
        List<String> wanted = all().stream().filter(invoice -> !invoice.draft
                && since.map(from -> !invoice.at.isBefore(from)).orElse(true)).map(Invoice::id).toList();
        for (int i = 0; i < wanted.size(); i += PAGE) {
            page.accept(wanted.subList(i, Math.min(wanted.size(), i + PAGE)));
        }
    }
}
