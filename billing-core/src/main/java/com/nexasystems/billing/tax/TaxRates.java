package com.nexasystems.billing.tax;

import java.time.LocalDate;
import java.util.List;

/**
 * Tax rates by configuration. {@code TaxRatesContract} checks these rules.
 *
 * <p>TR-1 A rate that was added is in force from its first day to before its end, exactly as it was, and on no other day.
 * <p>TR-2 The same code of a jurisdiction cannot have two rates on one day: adding the second answers false.
 * <p>TR-3 The rates of one jurisdiction are not those of another, and come sorted by code.
 */
public interface TaxRates {

    /** @return false if the jurisdiction has a rate of that code on one of the days */
    boolean add(TaxRate rate);

    List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day);
}
