package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.CreditNote;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Refund;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Totals;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Writes the facts of one invoice, row by row. {@link FactsReader} reads the same rows in the same order. */
final class FactsWriter {

    private final StringBuilder text = new StringBuilder(FactsText.VERSION).append('\n');

    String text(InvoiceFacts facts) {
        invoice(facts);
        totals(facts.totals());
        facts.lines().forEach(this::line);
        facts.taxes().forEach(tax -> tax("", tax));
        facts.payments().forEach(this::payment);
        facts.creditNotes().forEach(this::note);
        facts.refunds().forEach(this::refund);
        facts.unexplained().forEach(words -> row("unexplained").cell("text", words).end());
        return text.toString();
    }

    private void invoice(InvoiceFacts facts) {
        row("invoice").cell("id", facts.id()).cell("number", facts.number()).cell("state", facts.state().name())
                .cell("party", facts.party().id()).cell("name", facts.party().name())
                .cell("jurisdiction", facts.jurisdiction().map(Jurisdiction::code))
                .cell("currency", facts.currency().getCurrencyCode())
                .cell("issued", facts.issuedAt().map(at -> text("issued", at)))
                .cell("due", facts.due().map(FactsWriter::text))
                .cell("written-off", facts.writtenOffAt().map(at -> text("written-off", at)))
                .cell("settled", facts.settledAt().map(at -> text("settled", at)))
                .cell("revised-by", facts.revisedBy()).end();
    }

    private void totals(Totals totals) {
        row("totals").cell("excluding-tax", totals.excludingTax()).cell("total", totals.total())
                .cell("to-balance", totals.toBalance()).cell("prepaid", totals.prepaid()).cell("offset", totals.offset())
                .cell("due", totals.due()).cell("paid", totals.paid()).cell("remaining", totals.remaining())
                .cell("overpaid", totals.overpaid()).end();
    }

    private void line(Line line) {
        Row row = row("line").cell("id", line.id()).cell("description", line.description()).cell("item", line.item())
                .cell("proration", line.proration()).cell("sale", line.sale().name()).cell("amount", line.amount())
                .cell("discount", line.discount()).cell("included", line.included());
        line.credits().forEach(credited -> row.cell("credits", credited));
        row.end();
    }

    /** @param prefix of the rows: a credit note's are not the invoice's */
    private void tax(String prefix, Tax tax) {
        row(prefix + "tax").cell("name", tax.name()).cell("percent", tax.percent().map(percent -> text("percent", percent)))
                .cell("inclusive", tax.inclusive()).cell("base", tax.base()).cell("amount", tax.amount()).end();
        tax.parts().forEach(part -> row(prefix + "part").cell("base", part.base()).cell("amount", part.amount()).end());
    }

    private void payment(Payment payment) {
        row("payment").cell("id", payment.id()).cell("provider", payment.provider()).cell("amount", payment.amount())
                .cell("at", text("at", payment.at())).end();
    }

    private void note(CreditNote note) {
        row("note").cell("id", note.id()).cell("number", note.number()).cell("issued", text("issued", note.issuedAt()))
                .cell("total", note.total()).cell("offset", note.offset()).cell("to-balance", note.toBalance())
                .cell("refunded", note.refunded()).cell("outside", note.outside()).end();
        note.lines().forEach(this::credited);
        note.taxes().forEach(tax -> tax("note-", tax));
    }

    private void credited(CreditedLine line) {
        row("note-line").cell("line", line.line()).cell("description", line.description()).cell("net", line.net()).end();
    }

    private void refund(Refund refund) {
        row("refund").cell("id", refund.id()).cell("provider", refund.provider()).cell("amount", refund.amount())
                .cell("at", text("at", refund.at())).cell("surplus", refund.surplus()).end();
    }

    private static String text(String field, BigDecimal number) {
        Decimals.checked(field, number);
        return number.toPlainString();
    }

    private static String text(String field, Instant instant) {
        InvalidValue.checkInstant(field, instant);
        return instant.toString();
    }

    private static String text(LocalDate due) {
        InvalidValue.checkInstant("due", due.atStartOfDay(ZoneOffset.UTC).toInstant());
        return due.toString();
    }

    private Row row(String kind) {
        text.append(kind);
        return new Row();
    }

    /** The row that is being written. */
    private final class Row {

        Row cell(String name, String value) {
            text.append('\t').append(name).append('=');
            FactsEscapes.write(value, text);
            return this;
        }

        /** What is empty has no equals sign: an empty text is something else than none. */
        Row cell(String name, Optional<String> value) {
            if (value.isPresent()) {
                return cell(name, value.get());
            }
            text.append('\t').append(name);
            return this;
        }

        Row cell(String name, Money money) {
            return cell(name, text(name, money.amount()));
        }

        Row cell(String name, boolean is) {
            return cell(name, String.valueOf(is));
        }

        void end() {
            text.append('\n');
        }
    }
}
