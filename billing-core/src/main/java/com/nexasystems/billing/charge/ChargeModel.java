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

    /** Whether the model can price units that count for some days of the period only. */
    default boolean allowsProration() {
        return false;
    }

    /**
     * As {@link #price}, of units that count for the days in which they were there. Flat fees stay whole. Pure.
     *
     * @throws IllegalStateException if the model does not {@linkplain #allowsProration allow} it
     */
    default Priced price(Prorated prorated) {
        throw new IllegalStateException(code() + " does not prorate");
    }
}
