package com.nexasystems.billing.stripe;

import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import com.stripe.model.Address;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The fields of Stripe's answers, each of which may be null whatever the documentation says.
 *
 * @param currency of the invoice, as Stripe writes it
 */
record StripeFields(String currency) {

    /** By name without accents, as people type it in; Stripe asks for the code, and takes everything. */
    private static final Map<String, String> PROVINCES = Arrays.stream(("ALBERTA AB|BRITISH COLUMBIA BC|MANITOBA MB|"
            + "NEW BRUNSWICK NB|NEWFOUNDLAND NL|NEWFOUNDLAND AND LABRADOR NL|NOVA SCOTIA NS|NORTHWEST TERRITORIES NT|"
            + "NUNAVUT NU|ONTARIO ON|PRINCE EDWARD ISLAND PE|QUEBEC QC|SASKATCHEWAN SK|YUKON YT").split("\\|"))
            .collect(Collectors.toMap(line -> line.substring(0, line.length() - 3),
                    line -> line.substring(line.length() - 2)));

    /** @throws InvalidValue if it is missing, or cannot be said in the currency */
    Money money(String field, Long amount) {
        if (amount == null) {
            throw missing(field);
        }
        try {
            return StripeAmounts.fromStripe(currency, amount);
        } catch (InvalidValue e) {
            throw new InvalidValue(field, e.field() + " " + e.reason());
        }
    }

    /** Where nothing said is nothing. */
    Money orZero(String field, Long amount) {
        return money(field, Optional.ofNullable(amount).orElse(0L));
    }

    Money zero() {
        return money("currency", 0L);
    }

    /** The sum of what may be missing as a whole, and not in its parts. */
    <T> Money sum(List<T> parts, Function<T, Money> amount) {
        return list(parts).stream().map(amount).reduce(zero(), Money::plus);
    }

    static <T> List<T> list(List<T> list) {
        return Optional.ofNullable(list).orElse(List.of());
    }

    /** @throws InvalidValue if it is in another one */
    void checkCurrency(String field, String other) {
        if (!currency.equals(other)) {
            throw new InvalidValue(field, "is " + other + " on an invoice in " + currency);
        }
    }

    static <T> T given(String field, T value) {
        if (value == null) {
            throw missing(field);
        }
        return value;
    }

    private static InvalidValue missing(String field) {
        return new InvalidValue(field, "is missing in Stripe's answer");
    }

    static Instant instant(String field, Long seconds) {
        try {
            return InvalidValue.checkInstant(field, Instant.ofEpochSecond(given(field, seconds)));
        } catch (DateTimeException e) {
            throw new InvalidValue(field, "is no time: " + seconds);
        }
    }

    static Optional<Instant> time(String field, Long seconds) {
        return Optional.ofNullable(seconds).map(known -> instant(field, known));
    }

    /** Cut, and without what cannot be stored; empty if nothing is left. */
    static Optional<String> text(String text, int longest) {
        return Optional.ofNullable(text).map(known -> known.codePoints().map(point -> isStorable(point) ? point : ' ')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()
                        .strip())
                .map(known -> known.length() <= longest ? known
                        : known.substring(0, Character.isHighSurrogate(known.charAt(longest - 1)) ? longest - 1 : longest))
                .filter(known -> !known.isBlank());
    }

    private static boolean isStorable(int point) {
        return !Character.isISOControl(point) && Character.getType(point) != Character.SURROGATE;
    }

    static Optional<Jurisdiction> jurisdiction(Address address) {
        return Optional.ofNullable(address).flatMap(known -> jurisdiction(known.getCountry(), known.getState()));
    }

    /** A region that is neither a code nor a province's name is left out. */
    static Optional<Jurisdiction> jurisdiction(String country, String state) {
        return plain(country).filter(code -> code.matches("[A-Z]{2}")).map(code -> new Jurisdiction(Stream.concat(
                Stream.of(code), region(code, plain(state)).stream()).collect(Collectors.joining("-"))));
    }

    private static Optional<String> region(String country, Optional<String> typed) {
        return typed.map(state -> state.startsWith(country + "-") ? state.substring(country.length() + 1) : state)
                .map(state -> "CA".equals(country) ? PROVINCES.getOrDefault(state, state) : state)
                .filter(state -> state.matches("[A-Z0-9]{1,3}"));
    }

    private static Optional<String> plain(String typed) {
        return Optional.ofNullable(typed).map(text -> Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "").strip().toUpperCase(Locale.ROOT));
    }
}
