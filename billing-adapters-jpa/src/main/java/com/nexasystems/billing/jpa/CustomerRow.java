package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.ZoneId;
import java.util.Currency;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

@Entity
@Table(name = "customer")
class CustomerRow {

    static final Batch<Customer> BATCH = new Batch<Customer>()
            .uuid("id", customer -> customer.id().value())
            .text("name", Customer::name)
            .text("email", customer -> customer.email().orElse(null))
            .text("line1", address(Address::line1))
            .text("line2", address(Address::line2))
            .text("city", address(Address::city))
            .text("region", address(Address::region))
            .text("postal_code", address(Address::postalCode))
            .text("country", address(address -> Optional.of(address.country())))
            .text("tax_id", customer -> customer.taxId().orElse(null))
            .bool("tax_exempt", Customer::taxExempt)
            .text("currency", customer -> customer.currency().map(Currency::getCurrencyCode).orElse(null))
            .text("stripe_customer_id", customer -> customer.stripeCustomerId().orElse(null))
            .text("zone", customer -> customer.zone().getId())
            .text("locale", customer -> customer.locale().toLanguageTag());

    @Id
    UUID id;
    String name;
    String email;
    String line1;
    String line2;
    String city;
    String region;
    String postalCode;
    String country;
    String taxId;
    boolean taxExempt;
    String currency;
    String stripeCustomerId;
    String zone;
    String locale;

    Customer toDomain() {
        return new Customer(new CustomerId(id), name, Optional.ofNullable(email), address(), Optional.ofNullable(taxId),
                taxExempt, Optional.ofNullable(currency).map(Currency::getInstance), Optional.ofNullable(stripeCustomerId),
                ZoneId.of(zone), Locale.forLanguageTag(locale));
    }

    private Optional<Address> address() {
        return Optional.ofNullable(country).map(code -> new Address(Optional.ofNullable(line1), Optional.ofNullable(line2),
                Optional.ofNullable(city), Optional.ofNullable(region), Optional.ofNullable(postalCode), code));
    }

    private static Function<Customer, String> address(Function<Address, Optional<String>> part) {
        return customer -> customer.address().flatMap(part).orElse(null);
    }
}
