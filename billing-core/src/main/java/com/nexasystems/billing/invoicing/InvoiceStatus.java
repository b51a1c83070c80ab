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
    /** Can only be withdrawn together with a credit note that gives all of it back. */
    PAID,
    /** Withdrawn. Keeps its number. */
    VOID,
    UNCOLLECTIBLE,
    /** Its lines stand on another invoice, together with those of others. Has the number of that one. */
    REGROUPED;

    public boolean canBecome(InvoiceStatus next) {
        return successors().contains(next);
    }

    /** Whether its lines were issued under a number. */
    public boolean isNumbered() {
        return this != DRAFT;
    }

    /** Whether what is to be paid of it is still open. */
    public boolean isUnpaid() {
        return this == FINALISED || this == UNCOLLECTIBLE;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    private Set<InvoiceStatus> successors() {
        return switch (this) {
            case DRAFT -> EnumSet.of(FINALISED, REGROUPED);
            case FINALISED -> EnumSet.of(PAID, VOID, UNCOLLECTIBLE);
            case UNCOLLECTIBLE -> EnumSet.of(PAID);
            case PAID -> EnumSet.of(VOID);
            case VOID, REGROUPED -> EnumSet.noneOf(InvoiceStatus.class);
        };
    }
}
