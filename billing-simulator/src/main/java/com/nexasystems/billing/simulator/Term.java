package com.nexasystems.billing.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is billed at once, in days of the biller's zone.
 *
 * @param whole where the period would begin had the subscription been there already
 * @param from  first day that is charged
 * @param to    first day after it
 * @param began when the subscription began, if within the period
 */
record Term(LocalDate whole, LocalDate from, LocalDate to, Optional<Instant> began) {

    boolean partial() {
        return began.isPresent();
    }

    Term part(LocalDate from, LocalDate to) {
        return new Term(whole, from, to, Optional.empty());
    }
}
