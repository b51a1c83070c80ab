package com.nexasystems.billing.tax;

import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import java.util.Locale;

/**
 * What a service can put its taxes on.
 *
 * @param subject which one: the id of a customer, the code of a plan or of something sold once
 * @param part    code of the charge of a plan; empty text for all else
 */
public record TaxTarget(ServiceId service, Kind kind, String subject, String part) {

    /** What it is. */
    public enum Kind {
        CUSTOMER, PLAN,
        /** A charge of a plan, metered or fixed. */
        CHARGE,
        /** The minimum commitment of a plan. */
        COMMITMENT, ADD_ON;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static TaxTarget customer(ServiceId service, CustomerId customer) {
        return new TaxTarget(service, Kind.CUSTOMER, customer.toString(), "");
    }

    public static TaxTarget plan(ServiceId service, String plan) {
        return new TaxTarget(service, Kind.PLAN, plan, "");
    }

    public static TaxTarget charge(ServiceId service, String plan, String charge) {
        return new TaxTarget(service, Kind.CHARGE, plan, charge);
    }

    public static TaxTarget commitment(ServiceId service, String plan) {
        return new TaxTarget(service, Kind.COMMITMENT, plan, "");
    }

    public static TaxTarget addOn(ServiceId service, String code) {
        return new TaxTarget(service, Kind.ADD_ON, code, "");
    }
}
