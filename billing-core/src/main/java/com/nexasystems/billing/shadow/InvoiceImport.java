package com.nexasystems.billing.shadow;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.Intake.Read;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Invoices of the application, kept as they are, for comparison. */
final class InvoiceImport {

    private static final int MOST_DIGITS = 30;
    private static final int LONGEST = 2_000;

    private final ShadowRecords records;
    private final Intake intake;
    private Optional<String> last = Optional.empty();

    InvoiceImport(ShadowRecords records, Intake intake) {
        this.records = records;
        this.intake = intake;
    }

    void page(List<SourceRow<SourceInvoice>> page) {
        List<SourceInvoice> invoices = intake.each(Kind.INVOICE, intake.readable(Kind.INVOICE, page), this::checked);
        for (ShadowRecords.Put put : records.put(intake.service().id(), invoices)) {
            intake.count(Kind.INVOICE, switch (put) {
                case CREATED -> Outcome.CREATED;
                case UPDATED -> Outcome.UPDATED;
                case UNCHANGED -> Outcome.UNCHANGED;
            }, 1);
        }
        Optional<String> through = Optional.of(page.get(page.size() - 1).id());
        forget(through, page.stream().map(SourceRow::id).toList());
        last = through;
        intake.done(page.size());
    }

    void end() {
        forget(Optional.empty(), List.of());
    }

    /** What is not in the application any more was not charged. */
    private void forget(Optional<String> through, List<String> present) {
        intake.count(Kind.INVOICE, Outcome.UPDATED, records.keepOnly(intake.service().id(), last, through, present));
    }

    private SourceInvoice checked(Read<SourceInvoice> row) {
        SourceInvoice invoice = row.value();
        String currency = invoice.currency().strip().toUpperCase(Locale.ROOT);
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException e) {
            throw new InvalidValue("currency", "is no ISO 4217 code: " + invoice.currency());
        }
        InvalidValue.checkText("status", invoice.status(), LONGEST);
        checkDigits("subtotal", invoice.subtotal());
        checkDigits("tax", invoice.tax());
        for (SourceItem item : invoice.items()) {
            checkDigits("invoice_items.amount", item.amount());
            Stream.of(item.quantity(), item.unitPrice())
                    .forEach(figure -> figure.ifPresent(value -> checkDigits("invoice_items", value)));
            if (item.description().length() > LONGEST) {
                throw new InvalidValue("invoice_items.description", "is longer than " + LONGEST + " characters");
            }
        }
        return new SourceInvoice(invoice.id(), invoice.userId(), invoice.subscriptionId(), invoice.billedAt(),
                invoice.number(), currency, invoice.status().strip().toLowerCase(Locale.ROOT), invoice.subtotal(),
                invoice.tax(), invoice.createdAt(), invoice.items());
    }

    private static void checkDigits(String field, BigDecimal figure) {
        if (figure.precision() > MOST_DIGITS || Math.abs(figure.scale()) > MOST_DIGITS) {
            throw new InvalidValue(field, "has more than " + MOST_DIGITS + " digits");
        }
    }
}
