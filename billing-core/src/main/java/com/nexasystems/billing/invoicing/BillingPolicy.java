package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import java.math.RoundingMode;
import java.time.Duration;

/**
 * What an operator decides about invoices.
 *
 * @param rounding  of a line's exact amount to the minor unit
 * @param proration of a flat price that is not due in whole
 * @param grace     how long an invoice stays a draft after it was due, so that late usage still gets onto it
 * @param regroup   whether what a customer has to pay to a service in one currency on one day is one invoice
 * @param unknown   where an address decides the taxes, and no rate is known there
 * @param needs     where the law asks for what of a customer on invoices; for services that ask for complete ones
 */
public record BillingPolicy(RoundingMode rounding, TaxPolicy tax, ProrationPolicy proration, Duration grace,
                            boolean regroup, UnknownJurisdiction unknown, InvoiceNeeds needs) {

    /** Half up, tax on the total per rate, by day, finalised at once, an invoice for each subscription, no tax guessed. */
    public static final BillingPolicy DEFAULT = new BillingPolicy(RoundingMode.HALF_UP, TaxPolicy.DEFAULT,
            ProrationPolicy.BY_DAY, Duration.ZERO, false, UnknownJurisdiction.REFUSED, InvoiceNeeds.DEFAULT);

    public BillingPolicy with(TaxPolicy newTax) {
        return new BillingPolicy(rounding, newTax, proration, grace, regroup, unknown, needs);
    }

    public BillingPolicy with(ProrationPolicy newProration) {
        return new BillingPolicy(rounding, tax, newProration, grace, regroup, unknown, needs);
    }

    public BillingPolicy withGrace(Duration newGrace) {
        return new BillingPolicy(rounding, tax, proration, newGrace, regroup, unknown, needs);
    }

    /** What a customer has to pay to a service in one currency on one day is one invoice. */
    public BillingPolicy regrouping() {
        return new BillingPolicy(rounding, tax, proration, grace, true, unknown, needs);
    }

    public BillingPolicy with(UnknownJurisdiction newUnknown) {
        return new BillingPolicy(rounding, tax, proration, grace, regroup, newUnknown, needs);
    }

    public BillingPolicy with(InvoiceNeeds newNeeds) {
        return new BillingPolicy(rounding, tax, proration, grace, regroup, unknown, newNeeds);
    }
}
