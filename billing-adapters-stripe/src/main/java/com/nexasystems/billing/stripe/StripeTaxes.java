package com.nexasystems.billing.stripe;

import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax.Part;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import com.stripe.model.CreditNote;
import com.stripe.model.CreditNoteLineItem;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.TaxRate;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Taxes of invoices, credit notes and their lines: the same fields in four types of the SDK. */
final class StripeTaxes {

    private static final int LONGEST_NAME = 100;

    private StripeTaxes() {
    }

    /**
     * A tax as it is stated somewhere.
     *
     * @param rate   its id; empty if none is said
     * @param full   the rate itself, if it came with it
     * @param reason why so much is taxed, such as {@code reverse_charge}
     * @param base   in Stripe's units
     */
    record Stated(String field, String rate, Optional<TaxRate> full, boolean inclusive, String reason, Optional<Long> base,
                  Money amount) {

        private boolean isOfSame(Stated other) {
            return rate.equals(other.rate) && inclusive == other.inclusive && reason.equals(other.reason);
        }

        private Money base(StripeFields fields) {
            return fields.money(field + ".taxable_amount", base.orElse(null));
        }

        private String name() {
            return full.flatMap(known -> StripeFields.text(known.getDisplayName(), LONGEST_NAME))
                    .or(() -> StripeFields.text(rate, LONGEST_NAME)).orElse("tax");
        }

        /** That in force, where Stripe computes the taxes; the other one is what the law has before exceptions. */
        private Optional<BigDecimal> percent() {
            return full.flatMap(known -> Optional.ofNullable(known.getEffectivePercentage())
                    .or(() -> Optional.ofNullable(known.getPercentage())));
        }
    }

    /** What comes to nothing, such as a reverse charge, is left out. */
    static List<Tax> of(List<Stated> totals, List<Stated> ofLines, StripeFields fields) {
        return totals.stream().filter(total -> !total.amount.isZero()).map(total -> new Tax(total.name(), total.percent(),
                total.inclusive, total.base(fields), ofLines.stream().filter(total::isOfSame)
                .map(part -> new Part(part.base(fields), part.amount)).toList(), total.amount)).toList();
    }

    /**
     * Whose taxes they are, as far as the rates say so. Before where the customer is: a rate is of one place, and customers
     * need not have left an address, or are taxed elsewhere.
     *
     * @param customer where he is; goes before a rate that names no more than his country
     */
    static Optional<Jurisdiction> place(List<Stated> taxes, Optional<Jurisdiction> customer) {
        List<Jurisdiction> places = taxes.stream().filter(tax -> !tax.amount.isZero())
                .flatMap(tax -> tax.full.stream()).flatMap(rate ->
                        StripeFields.jurisdiction(rate.getCountry(), rate.getState()).stream()).distinct().toList();
        List<Jurisdiction> regions = places.stream().filter(place -> place.code().contains("-")).toList();
        if (!regions.isEmpty()) {
            return regions.size() == 1 ? Optional.of(regions.get(0)) : customer;
        }
        return places.size() == 1 && customer.filter(place -> place.code().startsWith(places.get(0).code())).isEmpty()
                ? Optional.of(places.get(0)) : customer;
    }

    /** What of it is contained in the price. */
    static Money included(List<Stated> taxes, StripeFields fields) {
        return fields.sum(taxes.stream().filter(Stated::inclusive).toList(), Stated::amount);
    }

    static List<Stated> ofInvoice(List<Invoice.TotalTax> taxes, StripeFields fields) {
        return numbered("total_taxes", taxes, (name, tax) -> {
            var details = Optional.ofNullable(tax.getTaxRateDetails());
            return stated(name, details.map(Invoice.TotalTax.TaxRateDetails::getTaxRate),
                    details.map(Invoice.TotalTax.TaxRateDetails::getTaxRateObject), tax.getTaxBehavior(),
                    tax.getTaxabilityReason(), tax.getTaxableAmount(), fields.money(name + ".amount", tax.getAmount()));
        });
    }

    static List<Stated> ofLine(String line, List<InvoiceLineItem.Tax> taxes, StripeFields fields) {
        return numbered(line + ".taxes", taxes, (name, tax) -> {
            var details = Optional.ofNullable(tax.getTaxRateDetails());
            return stated(name, details.map(InvoiceLineItem.Tax.TaxRateDetails::getTaxRate), Optional.empty(),
                    tax.getTaxBehavior(), tax.getTaxabilityReason(), tax.getTaxableAmount(),
                    fields.money(name + ".amount", tax.getAmount()));
        });
    }

    static List<Stated> ofNote(String note, List<CreditNote.TotalTax> taxes, StripeFields fields) {
        return numbered(note + ".total_taxes", taxes, (name, tax) -> {
            var details = Optional.ofNullable(tax.getTaxRateDetails());
            return stated(name, details.map(CreditNote.TotalTax.TaxRateDetails::getTaxRate),
                    details.map(CreditNote.TotalTax.TaxRateDetails::getTaxRateObject), tax.getTaxBehavior(),
                    tax.getTaxabilityReason(), tax.getTaxableAmount(), fields.money(name + ".amount", tax.getAmount()));
        });
    }

    static List<Stated> ofNoteLine(String line, List<CreditNoteLineItem.Tax> taxes, StripeFields fields) {
        return numbered(line + ".taxes", taxes, (name, tax) -> {
            var details = Optional.ofNullable(tax.getTaxRateDetails());
            return stated(name, details.map(CreditNoteLineItem.Tax.TaxRateDetails::getTaxRate), Optional.empty(),
                    tax.getTaxBehavior(), tax.getTaxabilityReason(), tax.getTaxableAmount(),
                    fields.money(name + ".amount", tax.getAmount()));
        });
    }

    @FunctionalInterface
    private interface Reading<T> {
        Stated read(String field, T tax);
    }

    private static <T> List<Stated> numbered(String field, List<T> taxes, Reading<T> reading) {
        List<T> all = StripeFields.list(taxes);
        return IntStream.range(0, all.size()).mapToObj(i -> reading.read(field + "[" + i + "]", all.get(i))).toList();
    }

    private static Stated stated(String field, Optional<String> rate, Optional<TaxRate> full, String behavior,
                                 String reason, Long base, Money amount) {
        if (Stream.of("inclusive", "exclusive").noneMatch(known -> known.equals(behavior))) {
            throw new InvalidValue(field + ".tax_behavior", "is neither inclusive nor exclusive: " + behavior);
        }
        return new Stated(field, rate.orElse(""), full, "inclusive".equals(behavior),
                Optional.ofNullable(reason).orElse(""), Optional.ofNullable(base), amount);
    }
}
