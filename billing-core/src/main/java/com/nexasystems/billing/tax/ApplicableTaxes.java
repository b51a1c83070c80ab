package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;

/**
 * Finds the rates that apply to a customer on a day. None for an exempt customer or one without an address. Rates by
 * configuration win over the Canadian ones that ship.
 */
public final class ApplicableTaxes {

    private final TaxRates configured;

    @Inject
    public ApplicableTaxes(TaxRates configured) {
        this.configured = configured;
    }

    /** @throws InvalidValue if nothing is known of the customer's jurisdiction on that day: no tax is not a guess to make */
    public List<TaxRate> of(Customer customer, LocalDate day) {
        if (customer.taxExempt() || customer.address().isEmpty()) {
            return List.of();
        }
        Jurisdiction jurisdiction = Jurisdiction.of(customer.address().get());
        List<TaxRate> rates = configured.inForce(jurisdiction, day);
        if (rates.isEmpty()) {
            rates = CanadianTaxRates.all().stream()
                    .filter(rate -> rate.jurisdiction().equals(jurisdiction) && rate.inForceOn(day)).toList();
        }
        if (rates.isEmpty()) {
            throw new InvalidValue("tax", "no rate is known for " + jurisdiction + " on " + day + " (customer "
                    + customer.name() + "); configure one, which may be 0, or mark the customer exempt");
        }
        return rates;
    }
}
