package com.nexasystems.billing.shadow;

import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Addresses as people type them, to addresses that decide a tax. */
final class SourceAddresses {

    private static final Map<String, String> COUNTRIES = countries();
    private static final Map<String, String> PROVINCES = Map.ofEntries(Map.entry("alberta", "AB"),
            Map.entry("british columbia", "BC"), Map.entry("manitoba", "MB"), Map.entry("new brunswick", "NB"),
            Map.entry("newfoundland and labrador", "NL"), Map.entry("newfoundland", "NL"), Map.entry("nova scotia", "NS"),
            Map.entry("northwest territories", "NT"), Map.entry("nunavut", "NU"), Map.entry("ontario", "ON"),
            Map.entry("prince edward island", "PE"), Map.entry("quebec", "QC"), Map.entry("québec", "QC"),
            Map.entry("saskatchewan", "SK"), Map.entry("yukon", "YT"));

    private SourceAddresses() {
    }

    private static Map<String, String> countries() {
        var codes = new HashMap<String, String>();
        for (String code : Locale.getISOCountries()) {
            for (Locale language : List.of(Locale.ENGLISH, Locale.FRENCH)) {
                codes.put(new Locale("", code).getDisplayCountry(language).toLowerCase(Locale.ROOT), code);
            }
            codes.put(code.toLowerCase(Locale.ROOT), code);
        }
        codes.putAll(Map.of("usa", "US", "united states of america", "US", "uk", "GB", "great britain", "GB"));
        return codes;
    }

    /**
     * Empty without a country: then no tax is known.
     *
     * @throws InvalidValue if there is no such country, or no such province of Canada, on which the tax depends
     */
    static Optional<Address> of(SourceUser user) {
        return user.country().map(text -> {
            String country = Optional.ofNullable(COUNTRIES.get(text.strip().toLowerCase(Locale.ROOT)))
                    .orElseThrow(() -> new InvalidValue("billing_country", "is no code or name of a country: " + text));
            return new Address(user.address(), Optional.empty(), user.city(), region(country, user.state()),
                    user.postalCode(), country);
        });
    }

    private static Optional<String> region(String country, Optional<String> state) {
        Optional<String> known = state.map(String::strip).flatMap(text -> code(country, text));
        if (country.equals("CA") && state.isPresent() && known.isEmpty()) {
            throw new InvalidValue("billing_state", "is no province of Canada: " + state.get());
        }
        return known;
    }

    private static Optional<String> code(String country, String text) {
        if (country.equals("CA")) {
            String upper = text.toUpperCase(Locale.ROOT);
            return PROVINCES.containsValue(upper) ? Optional.of(upper)
                    : Optional.ofNullable(PROVINCES.get(text.toLowerCase(Locale.ROOT)));
        }
        return Arrays.stream(new String[] {text.toUpperCase(Locale.ROOT)}).filter(code -> code.matches("[A-Z0-9]{1,3}"))
                .findFirst();
    }
}
