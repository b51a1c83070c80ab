/**
 * Every port of the core on PostgreSQL, through {@link com.nexasystems.billing.jpa.JpaPorts}.
 *
 * <p>Hibernate maps what is read and written one at a time; whatever comes in thousands goes through set-based SQL on
 * the same connection, so that the number of statements depends on the number of pages, never on the number of records.
 * A {@code …Row} maps itself to the domain, which carries no annotation. Does not own any business rule.
 */
package com.nexasystems.billing.jpa;
