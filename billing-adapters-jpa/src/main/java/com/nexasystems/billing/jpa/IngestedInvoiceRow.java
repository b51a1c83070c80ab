package com.nexasystems.billing.jpa;

import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Document;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.IngestedInvoice.Reason;
import com.nexasystems.billing.ledger.IngestedInvoice.UnmatchedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Party;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What is known of an invoice, as a row of {@code ledger_invoice}. */
final class IngestedInvoiceRow {

    static final Batch<IngestedInvoice> BATCH = new Batch<IngestedInvoice>()
            .text("invoice", IngestedInvoice::invoice)
            .text("outcome", record -> record.outcome().code())
            .text("reason_code", record -> record.reason().map(Reason::code).orElse(null))
            .text("reason_text", record -> record.reason().map(Reason::text).orElse(null))
            .bool("settled", IngestedInvoice::settled)
            .text("number", record -> record.document().flatMap(Document::number).orElse(null))
            .text("party", record -> ofDocument(record, document -> document.party().id()))
            .text("party_name", record -> ofDocument(record, document -> document.party().name()))
            .date("issued", record -> record.document().flatMap(Document::issued).orElse(null))
            .date("due", record -> record.document().flatMap(Document::due).orElse(null))
            .text("currency", record -> ofDocument(record, document -> document.total().currency().getCurrencyCode()))
            .numeric("total", record -> ofDocument(record, document -> document.total().amount()))
            .text("evidence", record -> record.evidence().orElse(null))
            .texts("unmatched_lines", record -> ofLines(record, UnmatchedLine::line))
            .texts("unmatched_descriptions", record -> ofLines(record, UnmatchedLine::description))
            .numerics("unmatched_nets", record -> ofLines(record, line -> line.net().amount()))
            .texts("unmatched_currencies", record -> ofLines(record, line -> line.net().currency().getCurrencyCode()))
            .texts("changed", IngestedInvoice::changed)
            .instant("verified_at", record -> record.verifiedAt().orElse(null))
            .instant("tried_at", IngestedInvoice::triedAt);

    private IngestedInvoiceRow() {
    }

    private static <V> V ofDocument(IngestedInvoice record, Function<Document, V> value) {
        return record.document().map(value).orElse(null);
    }

    private static <V> List<V> ofLines(IngestedInvoice record, Function<UnmatchedLine, V> value) {
        return record.unmatched().stream().map(value).toList();
    }

    static IngestedInvoice read(ResultSet row) throws SQLException {
        Optional<Reason> reason = row.getString("reason_code") == null ? Optional.empty()
                : Optional.of(new Reason(row.getString("reason_code"), row.getString("reason_text")));
        return new IngestedInvoice(row.getString("invoice"), Outcome.ofCode(row.getString("outcome")), reason,
                row.getBoolean("settled"), document(row), Sql.textIfAny(row, "evidence"), unmatched(row),
                List.of(Sql.texts(row, "changed")), Sql.instantIfAny(row, "verified_at"), Sql.instant(row, "tried_at"));
    }

    /** Empty also if the row is not there, of an outer join. */
    static Optional<Document> document(ResultSet row) throws SQLException {
        String party = row.getString("party");
        return party == null ? Optional.empty() : Optional.of(new Document(Sql.textIfAny(row, "number"),
                new Party(party, row.getString("party_name")), Optional.ofNullable(Sql.day(row, "issued")),
                Optional.ofNullable(Sql.day(row, "due")), new Money(Sql.currency(row), row.getBigDecimal("total"))));
    }

    private static List<UnmatchedLine> unmatched(ResultSet row) throws SQLException {
        String[] lines = Sql.texts(row, "unmatched_lines");
        String[] descriptions = Sql.texts(row, "unmatched_descriptions");
        BigDecimal[] nets = (BigDecimal[]) row.getArray("unmatched_nets").getArray();
        String[] currencies = Sql.texts(row, "unmatched_currencies");
        return IntStream.range(0, lines.length).mapToObj(i -> new UnmatchedLine(lines[i], descriptions[i],
                new Money(Currency.getInstance(currencies[i]), nets[i]))).toList();
    }
}
