package com.nexasystems.billing.simulator.lago;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an invoice is to be of; {@link FakeLago#issue} computes the rest. Amounts are in the currency's smallest unit. Not
 * for several threads.
 */
public final class NewInvoice {

    final String customer;
    final String currency;
    final LocalDate issued;
    final List<Fee> fees = new ArrayList<>();
    final Map<String, BigDecimal> taxes = new LinkedHashMap<>();
    String type = "subscription";
    String status = "finalized";
    String country = "CA";
    String region = "ON";
    long coupons;
    long progressive;
    long creditNotes;
    long prepaid;

    record Fee(String type, String code, String name, long amount, List<String> taxes) { }

    private NewInvoice(String customer, String currency, LocalDate issued) {
        this.customer = customer;
        this.currency = currency;
        this.issued = issued;
    }

    /** @param customer the customer's external id */
    public static NewInvoice of(String customer, String currency, LocalDate issued) {
        return new NewInvoice(customer, currency, issued);
    }

    /** @param lagoType such as {@code credit}; else {@code subscription} */
    public NewInvoice type(String lagoType) {
        type = lagoType;
        return this;
    }

    /** @param lagoStatus such as {@code draft}; else {@code finalized} */
    public NewInvoice status(String lagoStatus) {
        status = lagoStatus;
        return this;
    }

    /** A tax that fees may name, in percent. */
    public NewInvoice tax(String code, String rate) {
        taxes.put(code, new BigDecimal(rate));
        return this;
    }

    /**
     * A fee.
     *
     * @param feeType such as {@code subscription}, {@code charge}, {@code add_on}, {@code credit}
     * @param taxCodes which are on it
     */
    public NewInvoice fee(String feeType, String code, String name, long amount, String... taxCodes) {
        fees.add(new Fee(feeType, code, name, amount, List.of(taxCodes)));
        return this;
    }

    /** Taken off before taxes, from all fees. */
    public NewInvoice coupons(long amount) {
        coupons = amount;
        return this;
    }

    /** What progressive invoices have billed already: taken off the charges before coupons and taxes. */
    public NewInvoice progressive(long amount) {
        progressive = amount;
        return this;
    }

    /** Earlier credit notes that pay for it. */
    public NewInvoice creditNotes(long amount) {
        creditNotes = amount;
        return this;
    }

    /** A wallet that pays for it. */
    public NewInvoice prepaid(long amount) {
        prepaid = amount;
        return this;
    }

    /** Where the customer is; else in Ontario. */
    public NewInvoice in(String lagoCountry, String lagoState) {
        country = lagoCountry;
        region = lagoState;
        return this;
    }
}
