package com.nexasystems.billing.simulator;

/** Something in a simulated company that its own rules do not explain. At most one befalls a subscription's period. */
public enum Deviation {
    /** The plan's price rose within the period, and two flat items split it by days. The plan shows the new price. */
    PRICE_CHANGE_MID_MONTH,
    /** Charged at the price that the plan had before. */
    OLD_PRICE,
    /** Charged at the price of another plan, under the own plan's name and quota. */
    OTHER_PLAN_PRICE,
    /** Something that is paid once stands on the subscription's invoice. */
    ONE_OFF_ON_INVOICE,
    /** An invoice without a subscription. */
    ONE_OFF_UNLINKED,
    /** A void twin beside the invoice. */
    VOID_INVOICE,
    /** An invoice over nothing beside the one that counts. */
    ZERO_INVOICE,
    /** Usage that has two rows, and was billed twice. */
    DUPLICATED_USAGE_BILLED,
    /** Usage that has two rows, and was billed once. */
    DUPLICATED_USAGE_IGNORED,
    /** Usage that was billed, and whose rows vanished afterwards. */
    MISSING_HOURS_IN_RECORDS,
    /** Usage that has rows, and was not billed. */
    MISSING_HOURS_IN_BILL,
    /** One invoice holds the tax in its items. Cannot befall a company whose rule that is. */
    TAX_INCLUDED,
    /** An invoice is marked USD, with the amounts of CAD. */
    CURRENCY_SLIP,
    /** No invoice. */
    NOT_BILLED,
    /** The same invoice under two numbers. */
    BILLED_TWICE,
    /** A partial first period charged by another method. Cannot befall a company without partial periods. */
    PRORATION_OTHER,
    /** A row that cannot be imported, or whose parent is missing. */
    BAD_ROW
}
