package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the rates that apply to a customer by the address, on a day. None for an exempt customer or one without an address. Rates by
 * configuration win over the Canadian ones that ship.
 */
public final class ApplicableTaxes {

    private final TaxRates configured;
    private final UnknownJurisdiction unknown;

    public ApplicableTaxes(TaxRates configured, UnknownJurisdiction unknown) {
        this.configured = configured;
        this.unknown = unknown;
    }

    /** Refuses unknown jurisdictions. */
    @Inject
    public ApplicableTaxes(TaxRates configured) {
        this(configured, UnknownJurisdiction.REFUSED);
    }

    /** The same for many customers: asks once for each jurisdiction and day. Not to be kept, for rates can be added. */
    public ApplicableTaxes remembering() {
        return new ApplicableTaxes(new Remembered(configured), unknown);
    }

    /** @throws InvalidValue if nothing is known of the customer's jurisdiction on that day, and that is to be refused */
    public List<TaxRate> of(Customer customer, LocalDate day) {
        if (customer.taxExempt() || customer.address().isEmpty()) {
            return List.of();
        }
        Jurisdiction jurisdiction = Jurisdiction.of(customer.address().get());
        List<TaxRate> rates = inForce(jurisdiction, day);
        if (rates.isEmpty() && unknown == UnknownJurisdiction.REFUSED) {
            throw new InvalidValue("tax", "no rate is known for " + jurisdiction + " on " + day + " (customer "
                    + customer.name() + "); configure one, which may be 0, or mark the customer exempt");
        }
        return rates;
    }

    /** Those of a jurisdiction on a day; none if nothing is known of it. */
    public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
        List<TaxRate> own = configured.inForce(jurisdiction, day);
        return !own.isEmpty() ? own : CanadianTaxRates.all().stream()
                .filter(rate -> rate.jurisdiction().equals(jurisdiction) && rate.inForceOn(day)).toList();
    }

    /** What was asked before is answered from memory. */
    private static final class Remembered implements TaxRates {

        private final TaxRates asked;
        private final Map<Question, List<TaxRate>> answers = new HashMap<>();

        private record Question(Jurisdiction jurisdiction, LocalDate day) { }

        Remembered(TaxRates asked) {
            this.asked = asked;
        }

        @Override
        public boolean add(TaxRate rate) {
            answers.clear();
            return asked.add(rate);
        }

        @Override
        public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
            return answers.computeIfAbsent(new Question(jurisdiction, day),
                    question -> asked.inForce(question.jurisdiction, question.day));
        }
    }
}
