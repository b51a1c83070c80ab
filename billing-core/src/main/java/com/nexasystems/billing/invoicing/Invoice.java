package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxPolicy;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * An invoice of one service to one customer for one subscription, in one currency.
 *
 * @param reason                 unique; gives the id
 * @param customerName           as it was when the invoice was drafted
 * @param externalSubscriptionId the service's own id of the subscription
 * @param number                 empty until it is finalised
 * @param due                    when the stretch that is billed was over (in advance: began)
 * @param issueDate              {@code due} on the customer's calendar; decides the tax rates
 * @param usagePeriod            the stretch whose usage is billed; empty if none is
 * @param plan                   and the version whose prices apply; an adjustment line names its own
 * @param taxPolicy              by which the taxes were computed
 * @param lines                  none with amount zero
 */
public record Invoice(InvoiceReason reason, ServiceId service, CustomerId customer, String customerName,
                      String externalSubscriptionId, InvoiceStatus status, Optional<String> number, Instant due,
                      LocalDate issueDate, Optional<BillingPeriod> usagePeriod, PlanCode plan, int planVersion,
                      Currency currency, TaxPolicy taxPolicy, List<InvoiceLine> lines, List<TaxAmount> taxes) {

    public Invoice {
        lines = List.copyOf(lines);
        taxes = List.copyOf(taxes);
        for (InvoiceLine line : lines) {
            if (!line.amount().currency().equals(currency)) {
                throw new CurrencyMismatchException(currency, line.amount().currency());
            }
            if (line.amount().isZero()) {
                throw new IllegalArgumentException("a line with amount zero: " + line.description());
            }
        }
        if (number.isPresent() == (status == InvoiceStatus.DRAFT)) {
            throw new IllegalArgumentException("an invoice has a number if and only if it is no draft: " + reason);
        }
    }

    public InvoiceId id() {
        return reason.invoiceId();
    }

    public SubscriptionId subscription() {
        return reason.subscription();
    }

    /** The sum of the lines, before tax. */
    public Money subtotal() {
        return lines.stream().map(InvoiceLine::amount).reduce(Money.zero(currency), Money::plus);
    }

    public Money tax() {
        return taxes.stream().map(TaxAmount::amount).reduce(Money.zero(currency), Money::plus);
    }

    /** What is due, tax included; below zero if adjustments credit more than is billed. */
    public Money total() {
        return subtotal().plus(tax());
    }

    /** The same invoice in another status; which ones may follow each other is {@link InvoiceStatus}'s business. */
    public Invoice in(InvoiceStatus next) {
        return new Invoice(reason, service, customer, customerName, externalSubscriptionId, next, number, due, issueDate,
                usagePeriod, plan, planVersion, currency, taxPolicy, lines, taxes);
    }

    /** The draft as it is issued. */
    public Invoice numbered(String newNumber) {
        return new Invoice(reason, service, customer, customerName, externalSubscriptionId, InvoiceStatus.FINALISED,
                Optional.of(newNumber), due, issueDate, usagePeriod, plan, planVersion, currency, taxPolicy, lines, taxes);
    }

    /** The draft with other lines, and the taxes on them. */
    public Invoice withLines(List<InvoiceLine> newLines, List<TaxAmount> newTaxes) {
        return new Invoice(reason, service, customer, customerName, externalSubscriptionId, status, number, due, issueDate,
                usagePeriod, plan, planVersion, currency, taxPolicy, newLines, newTaxes);
    }
}
