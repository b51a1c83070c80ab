package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;

/**
 * One real client, shared by all services.
 *
 * @param email            billing e-mail, normalised
 * @param address          billing address; decides the taxes. Without one no tax is charged
 * @param taxId            as the customer's authority writes it
 * @param taxExempt        no tax is charged, whatever the address says
 * @param currency         the only currency this customer may be billed in; empty = any, each subscription in its own
 * @param stripeCustomerId the id the customer already has there: reused, never created again
 * @param zone             billing periods begin and end at its midnight
 * @param locale           of documents
 */
public record Customer(CustomerId id, String name, Optional<String> email, Optional<Address> address,
                       Optional<String> taxId, boolean taxExempt, Optional<Currency> currency,
                       Optional<String> stripeCustomerId, ZoneId zone, Locale locale) {

    public Customer {
        InvalidValue.checkText("name", name, 255);
        email = email.map(Customer::normalised).filter(text -> !text.isEmpty());
        email.ifPresent(text -> InvalidValue.checkText("email", text, 320));
    }

    /** A customer of whom only the name is known: UTC, Canadian English. */
    public static Customer named(CustomerId id, String name) {
        return new Customer(id, name, Optional.empty(), Optional.empty(), Optional.empty(), false, Optional.empty(),
                Optional.empty(), ZoneId.of("UTC"), Locale.CANADA);
    }

    public Customer withEmail(String newEmail) {
        return new Customer(id, name, Optional.of(newEmail), address, taxId, taxExempt, currency, stripeCustomerId, zone,
                locale);
    }

    public Customer withAddress(Address newAddress) {
        return new Customer(id, name, email, Optional.of(newAddress), taxId, taxExempt, currency, stripeCustomerId, zone,
                locale);
    }

    public Customer withCurrency(Currency newCurrency) {
        return new Customer(id, name, email, address, taxId, taxExempt, Optional.of(newCurrency), stripeCustomerId, zone,
                locale);
    }

    public Customer withZone(ZoneId newZone) {
        return new Customer(id, name, email, address, taxId, taxExempt, currency, stripeCustomerId, newZone, locale);
    }

    public Customer withStripeCustomerId(String newId) {
        return new Customer(id, name, email, address, taxId, taxExempt, currency, Optional.of(newId), zone, locale);
    }

    public Customer exempt() {
        return new Customer(id, name, email, address, taxId, true, currency, stripeCustomerId, zone, locale);
    }

    /** Trimmed and lower-case: two spellings of one address are one customer. */
    public static String normalised(String email) {
        return email.strip().toLowerCase(Locale.ROOT);
    }
}
