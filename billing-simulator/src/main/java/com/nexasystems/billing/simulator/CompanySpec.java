package com.nexasystems.billing.simulator;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What kind of company to invent. Equal specs make equal companies.
 *
 * @param deployments          one subscription each
 * @param months               calendar months of usage, 1 to 4
 * @param end                  first day after them, the first of a month
 * @param hoursPerRecord       how much time a usage row covers, from midnight UTC on: 1, 6 or 24 hours
 * @param rules                empty to have them drawn from the seed
 * @param deviations           those that may be planted
 * @param deviatingPerMille    share of the billed subscription periods that deviate; unless this is 0, each possible deviation
 *                             is planted once at least
 * @param oneOffPerMille       share of all revenue on invoices without a subscription, below 1000; needs
 *                             {@link Deviation#ONE_OFF_UNLINKED}
 * @param withoutPaymentMethod how many customers have no Stripe id
 * @param itemsInUtc           whether bounds of items are midnights of UTC rather than of the biller's zone; empty to have
 *                             it drawn from the seed
 * @param usage                a gzipped CSV with the columns customer, deployment, hour_start, cpu_seconds, to draw hourly
 *                             patterns from; empty to invent them
 * @param putRight             from when on nothing deviates, no row is bad and everybody has a means of payment, the first
 *                             of a month; the tables of before are kept as well. Empty if nothing is put right
 */
public record CompanySpec(long seed, int customers, int deployments, int months, LocalDate end, int hoursPerRecord,
                          Optional<BillerRules> rules, Set<Deviation> deviations, int deviatingPerMille, int oneOffPerMille,
                          int withoutPaymentMethod, Optional<Boolean> itemsInUtc, Optional<Path> usage,
                          Optional<LocalDate> putRight) {

    private static final int MOST_MONTHS = 4;
    private static final Set<Integer> RECORD_HOURS = Set.of(1, 6, 24);

    public CompanySpec {
        Objects.requireNonNull(rules, "rules");
        Objects.requireNonNull(itemsInUtc, "items in UTC");
        Objects.requireNonNull(usage, "usage");
        Objects.requireNonNull(putRight, "put right");
        require(customers >= 1 && deployments >= 1, "a company has customers and deployments");
        require(months >= 1 && months <= MOST_MONTHS, "months are 1 to " + MOST_MONTHS);
        require(end.getDayOfMonth() == 1, "the end is the first of a month");
        require(RECORD_HOURS.contains(hoursPerRecord), "a record covers 1, 6 or 24 hours");
        require(deviatingPerMille >= 0 && deviatingPerMille <= 1000, "a share is 0 to 1000");
        require(oneOffPerMille >= 0 && oneOffPerMille < 1000, "the share of one-off revenue is 0 to 999");
        require(withoutPaymentMethod >= 0 && withoutPaymentMethod <= customers, "at most all are without payment method");
        require(putRight.stream().allMatch(day -> day.getDayOfMonth() == 1 && day.isBefore(end)
                && day.isAfter(end.minusMonths(months))), "things are put right on the first of a month within the months");
        EnumSet<Deviation> sorted = EnumSet.noneOf(Deviation.class);
        sorted.addAll(deviations);
        deviations = Collections.unmodifiableSet(sorted);
    }

    /** 120 customers, 400 deployments, August to October 2026 by the hour; all deviations, in 60 of 1000 periods. */
    public static CompanySpec of(long seed) {
        return new CompanySpec(seed, 120, 400, 3, LocalDate.of(2026, 11, 1), 1, Optional.empty(),
                EnumSet.allOf(Deviation.class), 60, 150, 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public CompanySpec withSize(int customers, int deployments) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    /** @param end first day after the months */
    public CompanySpec withMonths(int months, LocalDate end) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withHoursPerRecord(int hoursPerRecord) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withRules(BillerRules rules) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, Optional.of(rules), deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withDeviations(Collection<Deviation> deviations) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, Set.copyOf(deviations),
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withoutDeviations() {
        return withDeviations(List.of());
    }

    public CompanySpec withDeviatingPerMille(int deviatingPerMille) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withOneOffPerMille(int oneOffPerMille) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, putRight);
    }

    public CompanySpec withoutPaymentMethod(int customers) {
        return new CompanySpec(seed, this.customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, customers, itemsInUtc, usage, putRight);
    }

    public CompanySpec withItemsInUtc(boolean itemsInUtc) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, Optional.of(itemsInUtc), usage, putRight);
    }

    public CompanySpec withUsage(Path trace) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, Optional.of(trace), putRight);
    }

    public CompanySpec withPutRight(LocalDate day) {
        return new CompanySpec(seed, customers, deployments, months, end, hoursPerRecord, rules, deviations,
                deviatingPerMille, oneOffPerMille, withoutPaymentMethod, itemsInUtc, usage, Optional.of(day));
    }

    /** First day of the months. */
    public LocalDate start() {
        return end.minusMonths(months);
    }

    private static void require(boolean condition, String rule) {
        if (!condition) {
            throw new IllegalArgumentException(rule);
        }
    }
}
