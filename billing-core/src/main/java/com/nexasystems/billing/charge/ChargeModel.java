package com.nexasystems.billing.charge;

/** How a quantity is priced. Closed: a new model is a new record here. */
public sealed interface ChargeModel
        permits Standard, PackageModel, Graduated, Volume, Percentage, GraduatedPercentage, Dynamic {

    /** Prices what one charge has to price in one whole billing period. Pure. */
    Priced price(Billable billable);

    /** The model's name in catalogues and documents, as Lago spells it. */
    String code();

    /** Whether {@link #price} looks at {@link Billable#events}; whoever gathers usage fetches them only then. */
    default boolean looksAtEvents() {
        return false;
    }

    /** Whether units that a quota includes can be left out before pricing: not when the model prices single events. */
    default boolean allowsQuota() {
        return true;
    }
}
