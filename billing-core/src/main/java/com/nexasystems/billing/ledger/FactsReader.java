package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.Sale;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what {@link FactsWriter} has written, in that order. */
final class FactsReader {

    private final String text;
    private int next;
    private int rows;
    private Currency currency;

    FactsReader(String text) {
        this.text = text;
    }

    InvoiceFacts facts() {
        if (!text.startsWith(FactsText.VERSION + "\n")) {
            throw new InvalidValue("facts", "do not begin with " + FactsText.VERSION);
        }
        next = FactsText.VERSION.length() + 1;
        InvoiceFacts facts = invoice(row("invoice"));
        if (next < text.length()) {
            throw new InvalidValue("facts", "have a row after their end, or in the wrong place: row " + (rows + 1));
        }
        return facts;
    }

    private InvoiceFacts invoice(FactsRow row) {
        String id = row.text("id");
        Optional<String> number = row.optional("number");
        State state = row.choice("state", State.values());
        var party = new Party(row.text("party"), row.text("name"));
        Optional<Jurisdiction> jurisdiction = row.optional("jurisdiction").map(Jurisdiction::new);
        currency = row.currency("currency");
        var issued = row.optionalInstant("issued");
        var due = row.optionalDate("due");
        var writtenOff = row.optionalInstant("written-off");
        var settled = row.optionalInstant("settled");
        Optional<String> revisedBy = row.optional("revised-by");
        row.end();
        Totals totals = totals(row("totals"));
        return new InvoiceFacts(id, number, state, party, jurisdiction, currency, issued, due, all("line", this::line),
                all("tax", tax -> tax("", tax)), totals, all("payment", this::payment), all("note", this::note),
                all("refund", this::refund), writtenOff, settled, revisedBy, all("unexplained", this::words));
    }

    private Totals totals(FactsRow row) {
        return row.ended(new Totals(row.money("excluding-tax", currency), row.money("total", currency),
                row.money("to-balance", currency), row.money("prepaid", currency), row.money("offset", currency),
                row.money("due", currency), row.money("paid", currency), row.money("remaining", currency),
                row.money("overpaid", currency)));
    }

    private Line line(FactsRow row) {
        String id = row.text("id");
        String description = row.text("description");
        Optional<String> item = row.optional("item");
        boolean proration = row.flag("proration");
        Sale sale = row.choice("sale", Sale.values());
        var amount = row.money("amount", currency);
        var discount = row.money("discount", currency);
        var included = row.money("included", currency);
        var credits = new ArrayList<String>();
        while (row.hasMore()) {
            credits.add(row.text("credits"));
        }
        return new Line(id, description, item, proration, credits, sale, amount, discount, included);
    }

    private Tax tax(String prefix, FactsRow row) {
        String name = row.text("name");
        var percent = row.optionalNumber("percent");
        boolean inclusive = row.flag("inclusive");
        var base = row.money("base", currency);
        var amount = row.money("amount", currency);
        row.end();
        return new Tax(name, percent, inclusive, base, all(prefix + "part", part ->
                part.ended(new Tax.Part(part.money("base", currency), part.money("amount", currency)))), amount);
    }

    private Payment payment(FactsRow row) {
        return row.ended(new Payment(row.text("id"), row.text("provider"), row.money("amount", currency),
                row.instant("at")));
    }

    private CreditNote note(FactsRow row) {
        String id = row.text("id");
        Optional<String> number = row.optional("number");
        var issued = row.instant("issued");
        var total = row.money("total", currency);
        var offset = row.money("offset", currency);
        var toBalance = row.money("to-balance", currency);
        var refunded = row.money("refunded", currency);
        var outside = row.money("outside", currency);
        row.end();
        return new CreditNote(id, number, issued, all("note-line", this::credited),
                all("note-tax", tax -> tax("note-", tax)), total, offset, toBalance, refunded, outside);
    }

    private CreditedLine credited(FactsRow row) {
        return row.ended(new CreditedLine(row.optional("line"), row.text("description"), row.money("net", currency)));
    }

    private Refund refund(FactsRow row) {
        return row.ended(new Refund(row.text("id"), row.text("provider"), row.money("amount", currency), row.instant("at"),
                row.flag("surplus")));
    }

    private String words(FactsRow row) {
        return row.ended(row.text("text"));
    }

    /** As many rows of that kind as follow one another; what belongs to one of them comes before the next. */
    private <T> List<T> all(String kind, Function<FactsRow, T> read) {
        var all = new ArrayList<T>();
        while (text.startsWith(kind + "\t", next)) {
            all.add(read.apply(row(kind)));
        }
        return all;
    }

    private FactsRow row(String kind) {
        rows++;
        int end = text.indexOf('\n', next);
        if (end < 0 || !text.startsWith(kind + "\t", next)) {
            throw new InvalidValue(kind, "is missing, as row " + rows);
        }
        List<String> cells = List.of(text.substring(next + kind.length() + 1, end).split("\t", -1));
        next = end + 1;
        return new FactsRow(kind + "[" + rows + "]", cells);
    }
}
