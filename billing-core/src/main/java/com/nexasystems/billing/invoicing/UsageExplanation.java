package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.usage.UsageRecord;
import java.util.List;

/**
 * Where a usage record went.
 *
 * @param period  the stretch in which it is billed
 * @param verdict in one word
 * @param reason  in one sentence
 * @param lines   that bill the record's metric and period, the latest last; the latest counted the record
 */
public record UsageExplanation(UsageRecord record, BillingPeriod period, Verdict verdict, String reason,
                               List<BilledLine> lines) {

    /** What became of the record. */
    public enum Verdict { COUNTED, COUNTED_AT_NO_CHARGE, WAITING, NOT_CHARGED }

    /** @param number of the line on its invoice, from 1 */
    public record BilledLine(Invoice invoice, int number, InvoiceLine line) { }
}
