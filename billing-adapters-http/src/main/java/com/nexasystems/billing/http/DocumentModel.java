package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Credit;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.Discount;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceLine;
import com.nexasystems.billing.invoicing.InvoiceStatus;
import com.nexasystems.billing.invoicing.InvoiceText;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.rating.Explanation.Counted;
import com.nexasystems.billing.tax.TaxAmount;
import java.math.BigDecimal;
import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What stands on a document, in the customer's language. Amounts are written from their exact decimals. */
final class DocumentModel {

    private static final String STRONG = "strong";

    private final Locale locale;
    private final ResourceBundle words;
    private final Map<String, Object> model = new HashMap<>();

    private DocumentModel(Customer customer) {
        boolean french = customer.locale().getLanguage().equals("fr");
        this.locale = french ? Locale.CANADA_FRENCH : Locale.CANADA;
        this.words = ResourceBundle.getBundle("com.nexasystems.billing.http.documents", locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    static Map<String, Object> of(Service service, Customer customer, Invoice invoice, int netPaymentDays,
                                  boolean explained) {
        var document = new DocumentModel(customer);
        document.head(service, customer, "invoice", invoice.number().orElseThrow()
                + (invoice.status() == InvoiceStatus.VOID ? " (" + document.word("void") + ")" : ""));
        document.model.put("facts", document.facts(invoice, netPaymentDays));
        document.model.put("lines", invoice.lines().stream().map(document::line).toList());
        document.model.put("totals", document.totals(invoice));
        document.explain(explained, IntStream.rangeClosed(1, invoice.lines().size())
                .mapToObj(number -> InvoiceText.explainLine(invoice, number)).toList());
        return document.model;
    }

    static Map<String, Object> of(Service service, Customer customer, Invoice invoice, CreditNote note, boolean explained) {
        var document = new DocumentModel(customer);
        document.head(service, customer, "credit_note", note.number());
        document.model.put("facts", List.of(document.fact("issued", document.day(note.issueDate())),
                document.fact("for_invoice", invoice.number().orElse("")),
                document.fact("reason", note.reason().code().replace('_', ' ')),
                document.fact("currency", note.currency().getCurrencyCode())));
        document.model.put("lines", note.items().stream().map(item -> document.item(invoice, item)).toList());
        document.model.put("totals", document.totals(note));
        if (!note.description().isEmpty()) {
            document.model.put("note", note.description());
        }
        document.explain(explained, List.of(InvoiceText.explain(note, invoice)));
        return document.model;
    }

    private void head(Service service, Customer customer, String title, String number) {
        model.put("lang", locale.toLanguageTag());
        model.put("title", word(title));
        model.put("number", number);
        model.put("issuer", service.name());
        model.put("footer", (service.name() + " · " + number).replaceAll("[\"\\\\<>\\p{Cntrl}]", " "));
        model.put("toWord", word("to"));
        model.put("to", addressee(customer));
        model.put("descriptionWord", word("description"));
        model.put("unitsWord", word("units"));
        model.put("amountWord", word("amount"));
        model.put("explanationWord", word("explanation"));
        model.put("pageWord", word("page"));
    }

    private List<String> addressee(Customer customer) {
        List<String> lines = new ArrayList<>();
        lines.add(customer.name());
        customer.address().ifPresent(address -> lines.addAll(lines(address)));
        customer.email().ifPresent(lines::add);
        customer.taxId().ifPresent(id -> lines.add(word("tax_id") + " " + id));
        return lines;
    }

    private List<String> lines(Address address) {
        String place = String.join(" ", Stream.of(address.city(), address.region(), address.postalCode())
                .flatMap(Optional::stream).toList());
        return Stream.of(address.line1(), address.line2(), Optional.of(place),
                        Optional.of(new Locale("", address.country()).getDisplayCountry(locale)))
                .flatMap(Optional::stream).filter(line -> !line.isBlank()).toList();
    }

    private List<Map<String, Object>> facts(Invoice invoice, int netPaymentDays) {
        List<Map<String, Object>> facts = new ArrayList<>();
        facts.add(fact("issued", day(invoice.issueDate())));
        facts.add(fact("due", day(invoice.issueDate().plusDays(netPaymentDays))));
        invoice.usagePeriod().ifPresent(period -> facts.add(fact("period", span(period))));
        facts.add(fact("currency", invoice.currency().getCurrencyCode()));
        return facts;
    }

    private Map<String, Object> fact(String label, String value) {
        return Map.of("label", word(label), "value", value);
    }

    private Map<String, Object> line(InvoiceLine line) {
        Map<String, Object> shown = new HashMap<>();
        shown.put("description", line.description());
        shown.put("period", line.kind() == InvoiceLine.Kind.ADD_ON ? "" : span(line.explanation().period()));
        BigDecimal units = line.explanation().counted().map(Counted::quantity)
                .orElse(line.explanation().priced().units());
        shown.put("units", line.explanation().counted().isPresent() || line.kind() == InvoiceLine.Kind.ADD_ON
                || line.kind() == InvoiceLine.Kind.FIXED ? number(units) : "");
        shown.put("amount", money(line.amount()));
        return shown;
    }

    private Map<String, Object> item(Invoice invoice, CreditNote.Item item) {
        InvoiceLine line = invoice.lines().get(item.line());
        return Map.of("description", line.description(), "period", span(line.explanation().period()), "units", "",
                "amount", money(item.amount()));
    }

    private List<Map<String, Object>> totals(Invoice invoice) {
        List<Map<String, Object>> totals = new ArrayList<>();
        totals.add(total("", word("subtotal"), invoice.subtotal()));
        for (Discount discount : invoice.discounts()) {
            totals.add(total("", word("discount", discount.code()), discount.amount().negated()));
        }
        taxes(totals, invoice.taxes());
        totals.add(total("", word("total"), invoice.total()));
        for (Credit credit : invoice.credits()) {
            totals.add(total("", word(credit.kind() == Credit.Kind.CREDIT_NOTE ? "credit_note_used" : "prepaid"),
                    credit.amount().negated()));
        }
        totals.add(total(STRONG, word(invoice.status() == InvoiceStatus.PAID ? "paid" : "to_pay"), invoice.payable()));
        return totals;
    }

    private List<Map<String, Object>> totals(CreditNote note) {
        List<Map<String, Object>> totals = new ArrayList<>();
        totals.add(total("", word("subtotal"), note.subtotal()));
        taxes(totals, note.taxes());
        totals.add(total(STRONG, word("total"), note.total()));
        Map<String, Money> given = new LinkedHashMap<>();
        given.put("credited", note.given().credit());
        given.put("refunded", note.given().refund());
        given.put("offset", note.given().offset());
        given.forEach((label, amount) -> {
            if (!amount.isZero()) {
                totals.add(total("", word(label), amount));
            }
        });
        return totals;
    }

    private void taxes(List<Map<String, Object>> totals, List<TaxAmount> taxes) {
        taxes.forEach(tax -> totals.add(total("", word("tax", tax.code(), number(tax.percent()), money(tax.base())),
                tax.amount())));
    }

    private Map<String, Object> total(String style, String label, Money amount) {
        return Map.of("style", style, "label", label, "amount", money(amount));
    }

    private void explain(boolean explained, List<String> explanations) {
        model.put("explained", explained);
        model.put("explanations", explanations);
    }

    private String word(String key, Object... with) {
        return new MessageFormat(words.getString(key), locale).format(with);
    }

    private String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
    }

    private String span(BillingPeriod period) {
        LocalDate first = period.start().atZone(period.zone()).toLocalDate();
        LocalDate last = period.end().minusNanos(1000).atZone(period.zone()).toLocalDate();
        return first.equals(last) ? day(first) : day(first) + " – " + day(last);
    }

    private String number(BigDecimal value) {
        NumberFormat format = NumberFormat.getNumberInstance(locale);
        format.setMaximumFractionDigits(Math.max(0, value.scale()));
        return plainSpaces(format.format(value));
    }

    private String money(Money money) {
        NumberFormat format = NumberFormat.getCurrencyInstance(locale);
        format.setCurrency(money.currency());
        format.setMinimumFractionDigits(money.currency().getDefaultFractionDigits());
        format.setMaximumFractionDigits(money.currency().getDefaultFractionDigits());
        return plainSpaces(format.format(money.amount()));
    }

    /** The narrow space that French puts between digits is in few fonts. */
    private static String plainSpaces(String text) {
        return text.replace('\u202f', '\u00a0');
    }
}
