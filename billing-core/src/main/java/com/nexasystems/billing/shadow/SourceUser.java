package com.nexasystems.billing.shadow;

import java.util.Optional;

/**
 * A user of the application.
 *
 * @param country          a code or a name, as the application has it
 * @param stripeCustomerId who pays: empty if no means of payment is known
 */
public record SourceUser(String id, Optional<String> email, Optional<String> fullName, Optional<String> company,
                         Optional<String> billingEmail, Optional<String> address, Optional<String> city,
                         Optional<String> state, Optional<String> postalCode, Optional<String> country,
                         Optional<String> taxId, Optional<String> stripeCustomerId) { }
