package com.nexasystems.billing.wallet;

import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What wallets look at of an invoice.
 *
 * @param total   what is still owed: after coupons, tax and credit notes
 * @param amounts what it is owed for, in the currency of the total. If they come to less, the rest is no usage; if they come
 *                to more, for a credit note has paid some of it, no more than the total is paid all the same
 * @param at      when it is finalised
 */
public record Payable(UUID invoice, ServiceCustomer holder, Money total, List<Amount> amounts, Instant at) {

    /**
     * @param metric empty for what is no usage
     * @param amount with tax; nothing is paid for a negative one
     */
    public record Amount(Optional<MetricCode> metric, Money amount) { }

    public Payable {
        amounts = List.copyOf(amounts);
    }
}
