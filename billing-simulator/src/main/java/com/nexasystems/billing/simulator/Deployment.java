package com.nexasystems.billing.simulator;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A deployment and its subscription.
 *
 * @param began    when the subscription did
 * @param ended    first day without it, in the biller's zone
 * @param finished what was billed in the simulated months, in order
 * @param current  the period that the platform says it is in; its last one if it ended
 * @param usedFrom first instant with usage in the simulated months
 * @param usedTo   first instant without
 */
record Deployment(int index, String id, String subscriptionId, String name, Customer customer, Plan plan, String status,
                  boolean byYear, Instant began, Optional<LocalDate> ended, List<Term> finished, Term current,
                  Instant usedFrom, Instant usedTo) { }
