package com.nexasystems.billing.invoicing;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The life of an invoice. */
public enum InvoiceStatus {
    /** Still follows its usage. Has no number. */
    DRAFT,
    /** Issued: has a number, and never changes but for its status. */
    FINALISED,
    PAID,
    /** Withdrawn. Keeps its number. */
    VOID,
    UNCOLLECTIBLE,
    /** Its lines stand on another invoice, together with those of others. Has no number. */
    REGROUPED;

    public boolean canBecome(InvoiceStatus next) {
        return successors().contains(next);
    }

    /** Whether it was issued under a number. */
    public boolean isNumbered() {
        return this != DRAFT && this != REGROUPED;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<InvoiceStatus> successors() {
        return switch (this) {
            case DRAFT -> EnumSet.of(FINALISED, REGROUPED);
            case FINALISED -> EnumSet.of(PAID, VOID, UNCOLLECTIBLE);
            case UNCOLLECTIBLE -> EnumSet.of(PAID);
            case PAID, VOID, REGROUPED -> EnumSet.noneOf(InvoiceStatus.class);
        };
    }
}
