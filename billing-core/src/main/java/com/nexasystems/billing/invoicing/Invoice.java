package com.nexasystems.billing.invoicing;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An invoice of one service to one customer, in one currency. Lines, less discounts, plus tax, is its total; less credits,
 * what is to be paid.
 *
 * @param reason       unique; gives the id
 * @param customerName as it was when the invoice was drafted
 * @param billed       the subscription it is for; empty if it is for none, or for several
 * @param number       empty until it is finalised; of one that was regrouped, that of the invoice its lines stand on
 * @param due          when the stretch that is billed was over (in advance: began)
 * @param issueDate    {@code due} on the customer's calendar; decides the tax rates
 * @param taxPolicy    by which the taxes were computed
 * @param lines        none with amount zero
 * @param discounts    taken off when it is finalised
 * @param taxes        on the lines less discounts
 * @param credits      drawn when it is finalised; together not above the total
 * @param paid         the money that has come for it; with credit notes that offset what is due, not above what is to be paid
 */
public record Invoice(InvoiceReason reason, ServiceId service, CustomerId customer, String customerName,
                      Optional<BilledSubscription> billed, InvoiceStatus status, Optional<String> number, Instant due,
                      LocalDate issueDate, Currency currency, TaxPolicy taxPolicy, List<InvoiceLine> lines,
                      List<Discount> discounts, List<TaxAmount> taxes, List<Credit> credits, Money paid) {

    public Invoice {
        lines = List.copyOf(lines);
        discounts = List.copyOf(discounts);
        taxes = List.copyOf(taxes);
        credits = List.copyOf(credits);
        int count = lines.size();
        for (InvoiceLine line : lines) {
            if (!line.amount().currency().equals(currency)) {
                throw new CurrencyMismatchException(currency, line.amount().currency());
            }
            if (line.amount().isZero()) {
                throw new IllegalArgumentException("a line with amount zero: " + line.description());
            }
        }
        if (discounts.stream().anyMatch(discount -> discount.shares().size() != count)) {
            throw new IllegalArgumentException("a discount has a share for each line: " + reason);
        }
        if (!paid.currency().equals(currency)) {
            throw new CurrencyMismatchException(currency, paid.currency());
        }
        if (paid.isNegative() || !status.isNumbered() && !paid.isZero()) {
            throw new IllegalArgumentException("what is paid of an invoice is not below zero, and nothing of a draft: " + paid);
        }
        if (status.isNumbered() != number.isPresent()) {
            throw new IllegalArgumentException("an invoice has a number if and only if it was issued: " + reason);
        }
    }

    /** One that nothing was paid of yet. */
    public Invoice(InvoiceReason reason, ServiceId service, CustomerId customer, String customerName,
                   Optional<BilledSubscription> billed, InvoiceStatus status, Optional<String> number, Instant due,
                   LocalDate issueDate, Currency currency, TaxPolicy taxPolicy, List<InvoiceLine> lines,
                   List<Discount> discounts, List<TaxAmount> taxes, List<Credit> credits) {
        this(reason, service, customer, customerName, billed, status, number, due, issueDate, currency, taxPolicy, lines,
                discounts, taxes, credits, Money.zero(currency));
    }

    public InvoiceId id() {
        return reason.invoiceId();
    }

    /** The subscription it is for; empty if it is for none, or for several. */
    public Optional<SubscriptionId> subscription() {
        return billed.map(BilledSubscription::id);
    }

    /** Where the lines of an invoice for several subscriptions come from, each subscription once; empty if it is for one. */
    public List<LineOrigin> origins() {
        return List.copyOf(lines.stream().flatMap(line -> line.origin().stream())
                .collect(Collectors.toMap(LineOrigin::subscription, Function.identity(), (first, more) -> first,
                        LinkedHashMap::new)).values());
    }

    /** The subscriptions it bills; none if it is for something else. */
    public List<SubscriptionId> subscriptions() {
        return Stream.concat(subscription().stream(), origins().stream().map(LineOrigin::subscription)).toList();
    }

    /** The stretch whose usage is billed; empty if none is. */
    public Optional<BillingPeriod> usagePeriod() {
        return billed.flatMap(BilledSubscription::usagePeriod);
    }

    public boolean isOf(SubscriptionId wanted) {
        return reason.subject().equals(wanted.value());
    }

    /** The sum of the lines, before discounts and tax. */
    public Money subtotal() {
        return lines.stream().map(InvoiceLine::amount).reduce(Money.zero(currency), Money::plus);
    }

    public Money discount() {
        return discounts.stream().map(Discount::amount).reduce(Money.zero(currency), Money::plus);
    }

    public Money tax() {
        return taxes.stream().map(TaxAmount::amount).reduce(Money.zero(currency), Money::plus);
    }

    /** Discounts taken off, tax included; below zero if adjustments credit more than is billed. */
    public Money total() {
        return subtotal().minus(discount()).plus(tax());
    }

    /**
     * What of the total is not paid from credit notes and prepaid credits. Nothing if the total is below zero: a credit note
     * makes that good.
     */
    public Money payable() {
        Money left = credits.stream().map(Credit::amount).reduce(total(), Money::minus);
        return left.isNegative() ? Money.zero(currency) : left;
    }

    /** The lines' amounts without what coupons take off each of them; in the order of the lines. */
    public List<Money> netLines() {
        return IntStream.range(0, lines.size()).mapToObj(i -> discounts.stream().map(discount -> discount.shares().get(i))
                .reduce(lines.get(i).amount(), Money::minus)).toList();
    }

    /** The same invoice in another status; which ones may follow each other is {@link InvoiceStatus}'s business. */
    public Invoice in(InvoiceStatus next) {
        return as(next, number);
    }

    /** The draft as it is issued. */
    public Invoice numbered(String newNumber) {
        return as(InvoiceStatus.FINALISED, Optional.of(newNumber));
    }

    /** The draft whose lines were issued on another invoice, under that number. */
    public Invoice regroupedInto(String otherNumber) {
        return as(InvoiceStatus.REGROUPED, Optional.of(otherNumber));
    }

    /** The issued invoice after money has come for it. */
    public Invoice paid(Money newPaid, InvoiceStatus next) {
        return new Invoice(reason, service, customer, customerName, billed, next, number, due, issueDate, currency,
                taxPolicy, lines, discounts, taxes, credits, newPaid);
    }

    private Invoice as(InvoiceStatus next, Optional<String> newNumber) {
        return new Invoice(reason, service, customer, customerName, billed, next, newNumber, due, issueDate, currency,
                taxPolicy, lines, discounts, taxes, credits, paid);
    }

    /** The draft with other taxes on its lines. */
    Invoice taxed(List<TaxAmount> newTaxes) {
        return new Invoice(reason, service, customer, customerName, billed, status, number, due, issueDate, currency,
                taxPolicy, lines, discounts, newTaxes, credits, paid);
    }

    /** The draft with other lines; its taxes are still those on the lines before. */
    Invoice withLines(List<InvoiceLine> newLines) {
        return withLines(newLines, taxes);
    }

    /** The draft with other lines, and the taxes on them. */
    public Invoice withLines(List<InvoiceLine> newLines, List<TaxAmount> newTaxes) {
        return new Invoice(reason, service, customer, customerName, billed, status, number, due, issueDate, currency,
                taxPolicy, newLines, discounts, newTaxes, credits, paid);
    }

    /** The draft with what coupons, and the taxes after them, and credits make of it. */
    public Invoice settled(List<Discount> newDiscounts, List<TaxAmount> newTaxes, List<Credit> newCredits) {
        return new Invoice(reason, service, customer, customerName, billed, status, number, due, issueDate, currency,
                taxPolicy, lines, newDiscounts, newTaxes, newCredits, paid);
    }
}
