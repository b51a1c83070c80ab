package com.nexasystems.billing.http;

import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.BillingTerms;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A customer as one service sees it. What the service wrote is the service's own; what decides invoices (billing e-mail,
 * address, tax id, currency, time zone, language) is the customer's, whom several services may share.
 */
final class CustomerJson {

    private static final List<String> TEXTS = List.of("name", "firstname", "lastname", "email", "country", "address_line1",
            "address_line2", "city", "state", "zipcode", "url", "phone", "logo_url", "legal_name", "legal_number",
            "tax_identification_number", "currency", "timezone", "customer_type", "finalize_zero_amount_invoice",
            "external_salesforce_id");
    private static final List<String> SHIPPING = List.of("address_line1", "address_line2", "city", "zipcode", "state",
            "country");
    private static final List<String> ADDRESS = List.of("country", "address_line1", "address_line2", "city", "state",
            "zipcode");
    private static final List<String> CONFIGURATION = List.of("payment_provider", "payment_provider_code",
            "provider_customer_id", "sync", "sync_with_provider", "document_locale");
    private static final int MOST_METADATA = 5;
    private static final Pattern EMAIL = Pattern.compile("[^\\s@,]+@[^\\s@,]+\\.[^\\s@,]+");
    private static final Pattern REGION = Pattern.compile("[A-Z0-9]{1,3}");
    private static final Map<String, String> PROVINCES = Map.ofEntries(Map.entry("alberta", "AB"),
            Map.entry("british columbia", "BC"), Map.entry("manitoba", "MB"), Map.entry("new brunswick", "NB"),
            Map.entry("newfoundland and labrador", "NL"), Map.entry("nova scotia", "NS"),
            Map.entry("northwest territories", "NT"), Map.entry("nunavut", "NU"), Map.entry("ontario", "ON"),
            Map.entry("prince edward island", "PE"), Map.entry("quebec", "QC"), Map.entry("québec", "QC"),
            Map.entry("saskatchewan", "SK"), Map.entry("yukon", "YT"));

    private CustomerJson() {
    }

    static Json of(Entry entry, Customer customer, BillingTerms.Terms terms) {
        Json json = Json.object("lago_id", entry.id(), "billing_entity_code", "default", "external_id", entry.code(),
                "account_type", "customer", "sequential_id", entry.number(), "slug", slug(entry),
                "created_at", Times.of(entry.createdAt()), "updated_at", Times.of(entry.updatedAt()));
        TEXTS.forEach(name -> json.with(name, entry.attribute(name).orElse(null)));
        return json.with("applicable_timezone", customer.zone().getId())
                .with("net_payment_term", terms.netPaymentDays().orElse(null))
                .with("shipping_address", shipping(entry))
                .with("billing_configuration", configuration(entry, customer, terms))
                .with("metadata", Metadata.list(entry)).with("taxes", List.of())
                .with("integration_customers", List.of()).with("applicable_invoice_custom_sections", List.of())
                .with("skip_invoice_custom_sections", false).with("error_details", List.of());
    }

    private static String slug(Entry entry) {
        return "CUS-" + String.format(Locale.ROOT, "%06d", entry.number());
    }

    private static Json shipping(Entry entry) {
        Json json = Json.object();
        SHIPPING.forEach(name -> json.with(name, entry.attribute("shipping_" + name).orElse(null)));
        return json;
    }

    private static Json configuration(Entry entry, Customer customer, BillingTerms.Terms terms) {
        return Json.object("invoice_grace_period", terms.graceDays().orElse(null),
                "payment_provider", entry.attribute("payment_provider").orElse(null),
                "payment_provider_code", entry.attribute("payment_provider_code").orElse(null),
                "provider_customer_id", customer.stripeCustomerId().orElse(null),
                "sync", entry.attribute("sync").map(Boolean::valueOf).orElse(null),
                "sync_with_provider", entry.attribute("sync_with_provider").map(Boolean::valueOf).orElse(null),
                "document_locale", customer.locale().getLanguage(), "provider_payment_methods", List.of());
    }

    /** Keeps what was sent; fields that were not keep what they had. */
    static void read(Fields fields, Map<String, String> attributes) {
        TEXTS.forEach(name -> keep(fields, name, name, attributes));
        fields.object("shipping_address").ifPresent(address ->
                SHIPPING.forEach(name -> keep(address, name, "shipping_" + name, attributes)));
        fields.object("billing_configuration").ifPresent(configuration ->
                CONFIGURATION.forEach(name -> keep(configuration, name, name, attributes)));
        Metadata.read(fields, attributes, MOST_METADATA);
        check(fields, attributes);
    }

    private static void keep(Fields fields, String name, String attribute, Map<String, String> attributes) {
        if (!fields.has(name)) {
            return;
        }
        Optional<String> text = fields.text(name).filter(found -> !found.isEmpty());
        text.filter(found -> found.length() > 2000).ifPresent(found -> fields.problem(name, "value_is_too_long"));
        attributes.remove(attribute);
        text.ifPresent(found -> attributes.put(attribute, found));
    }

    private static void check(Fields fields, Map<String, String> attributes) {
        problemIf(fields, "email", attributes, text -> !EMAIL.matcher(text).matches() || text.length() > 320,
                "invalid_email_format");
        problemIf(fields, "country", attributes, text -> !Arrays.asList(Locale.getISOCountries()).contains(text),
                "value_is_invalid");
        problemIf(fields, "timezone", attributes, text -> zone(text).isEmpty(), "value_is_invalid");
        problemIf(fields, "name", attributes, text -> text.length() > 255, "value_is_too_long");
        fields.currency("currency");
        fields.object("billing_configuration").flatMap(object -> object.text("document_locale"))
                .filter(text -> !text.matches("[a-z]{2}(-[A-Z]{2})?"))
                .ifPresent(text -> fields.problem("document_locale", "value_is_invalid"));
    }

    private static void problemIf(Fields fields, String name, Map<String, String> attributes,
                                  Predicate<String> wrong, String code) {
        if (fields.has(name) && attributes.containsKey(name) && wrong.test(attributes.get(name))) {
            fields.problem(name, code);
        }
    }

    private static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text)).filter(zone -> ZoneId.getAvailableZoneIds().contains(zone.getId()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * The customer with what was sent that decides invoices. What the service kept before and did not send is left out:
     * another service may have written the customer since. An address is one thing, of which a part changes the whole.
     */
    static Customer apply(Customer customer, Fields fields, Map<String, String> kept) {
        Map<String, String> sent = new TreeMap<>(kept);
        Optional<Fields> configuration = fields.object("billing_configuration");
        sent.keySet().removeIf(name -> !fields.has(name) && configuration.filter(object -> object.has(name)).isEmpty());
        Optional<Address> address = ADDRESS.stream().anyMatch(fields::has) ? address(kept) : Optional.empty();
        return new Customer(customer.id(), name(sent, kept).orElse(customer.name()),
                Optional.ofNullable(sent.get("email")).or(customer::email), address.or(customer::address),
                Optional.ofNullable(sent.get("tax_identification_number")).or(customer::taxId), customer.taxExempt(),
                Optional.ofNullable(sent.get("currency")).map(Currency::getInstance).or(customer::currency),
                Optional.ofNullable(sent.get("provider_customer_id")).or(customer::stripeCustomerId),
                Optional.ofNullable(sent.get("timezone")).map(ZoneId::of).orElse(customer.zone()),
                Optional.ofNullable(sent.get("document_locale")).map(CustomerJson::locale).orElse(customer.locale()));
    }

    /** The legal name stands in only for a service that keeps no other. */
    private static Optional<String> name(Map<String, String> sent, Map<String, String> kept) {
        return Optional.ofNullable(sent.get(kept.containsKey("name") ? "name" : "legal_name"))
                .filter(text -> !text.isBlank());
    }

    private static Locale locale(String text) {
        Locale locale = Locale.forLanguageTag(text);
        return locale.getCountry().isEmpty() ? new Locale(locale.getLanguage(), "CA") : locale;
    }

    private static Optional<Address> address(Map<String, String> written) {
        return Optional.ofNullable(written.get("country")).map(country -> new Address(
                Optional.ofNullable(written.get("address_line1")), Optional.ofNullable(written.get("address_line2")),
                Optional.ofNullable(written.get("city")), region(country, written.get("state")),
                Optional.ofNullable(written.get("zipcode")), country));
    }

    /** Lago takes any text; taxes are found by the code of the region. */
    private static Optional<String> region(String country, String state) {
        if (state == null) {
            return Optional.empty();
        }
        String upper = state.strip().toUpperCase(Locale.ROOT);
        if (country.equals("CA") && PROVINCES.containsKey(state.strip().toLowerCase(Locale.ROOT))) {
            return Optional.of(PROVINCES.get(state.strip().toLowerCase(Locale.ROOT)));
        }
        String code = upper.startsWith(country + "-") ? upper.substring(country.length() + 1) : upper;
        return Optional.of(code).filter(text -> REGION.matcher(text).matches());
    }
}
