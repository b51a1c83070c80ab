package com.nexasystems.billing.identity;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A billing address.
 *
 * @param country ISO 3166-1 alpha-2, upper case
 * @param region  province or state as ISO 3166-2 has it after the hyphen, upper case ("ON")
 */
public record Address(Optional<String> line1, Optional<String> line2, Optional<String> city, Optional<String> region,
                      Optional<String> postalCode, String country) {

    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    public Address {
        if (!COUNTRIES.contains(country)) {
            throw new InvalidValue("country", "is not an ISO 3166-1 alpha-2 code: " + country);
        }
        region.ifPresent(code -> {
            if (!code.matches("[A-Z0-9]{1,3}")) {
                throw new InvalidValue("region", "is not a code such as ON: " + code);
            }
        });
    }

    /** Enough of an address to know the taxes. */
    public static Address in(String country, String region) {
        return new Address(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(region), Optional.empty(),
                country);
    }
}
