package com.nexasystems.billing.identity;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service knows of one of its accounts.
 *
 * @param externalId   the service's id, kept to the letter
 * @param accountEmail what the user signs in with
 * @param billingEmail where invoices go; wins over the account e-mail
 */
public record Account(String externalId, Optional<String> name, Optional<String> company, Optional<String> accountEmail,
                      Optional<String> billingEmail) {

    public static Account of(String externalId) {
        return new Account(externalId, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Optional<String> email() {
        return firstFilled(Stream.of(billingEmail, accountEmail));
    }

    /** The name, else the company, else the e-mail, else the external id. */
    public String displayName() {
        return firstFilled(Stream.of(name, company, email())).orElse(externalId);
    }

    private static Optional<String> firstFilled(Stream<Optional<String>> texts) {
        return texts.flatMap(Optional::stream).map(String::strip).filter(text -> !text.isEmpty()).findFirst();
    }
}
