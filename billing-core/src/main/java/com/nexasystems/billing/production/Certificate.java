package com.nexasystems.billing.production;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/**
 * A certificate of a job; one for each type.
 *
 * @param job        its id
 * @param jobNumber  the service's own number of the job
 * @param type       such as {@code conformity}
 * @param quantities the job's, as the certificate states them
 * @param issue      empty while it is a draft; an issued certificate has every field, and quantities that add up
 */
public record Certificate(UUID id, UUID job, ServiceId service, String jobNumber, String order, String type,
                          CertificateFields fields, Quantities quantities, Instant createdAt, Optional<Issue> issue) {

    private static final int LONGEST_TYPE = 32;

    /**
     * That it was issued.
     *
     * @param number of the certificate; unique in the service, as it is made of the job's number and the type
     * @param date   of {@code at}, in UTC
     */
    public record Issue(String number, LocalDate date, Instant at, Actor by) {

        public Issue {
            at = at.truncatedTo(ChronoUnit.MICROS);
        }
    }

    public Certificate {
        checkType(type);
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        if (issue.isPresent() && !(fields.areComplete() && quantities.addUp() && quantities.shipped().signum() >= 0)) {
            throw new IllegalArgumentException("an issued certificate is complete: " + jobNumber + "/" + type);
        }
    }

    static void checkType(String type) {
        InvalidValue.checkText("certificate_type", type, LONGEST_TYPE);
        if (!type.matches("[a-z0-9][a-z0-9_-]*")) {
            throw new InvalidValue("certificate_type", "is made of a-z, 0-9, '_' and '-': " + type);
        }
    }

    public boolean isIssued() {
        return issue.isPresent();
    }

    Certificate with(CertificateFields newFields, Quantities newQuantities) {
        return new Certificate(id, job, service, jobNumber, order, type, newFields, newQuantities, createdAt, issue);
    }

    Certificate issued(Issue now) {
        return new Certificate(id, job, service, jobNumber, order, type, fields, quantities, createdAt, Optional.of(now));
    }

    @Override
    public String toString() {
        return type + " certificate of job " + jobNumber + " of order " + order;
    }
}
