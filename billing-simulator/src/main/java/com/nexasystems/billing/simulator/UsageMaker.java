package com.nexasystems.billing.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Makes the usage of a deployment, the same each time it is asked for: so much of it is not kept in memory. */
final class UsageMaker {

    private static final int HOURS_PER_MONTH = 730;
    private static final int HOURS_PER_DAY = 24;
    private static final int SECONDS_PER_HOUR = 3600;
    private static final int MARGIN_DAYS = 3;
    private static final int TIES_PER_MILLE = 350;
    /** A charge for 2 core-hours more than a multiple of 4 ends in half a cent. */
    private static final long TIE = 2 * Biller.HOUR;
    private static final long TIE_DISTANCE = 4 * Biller.HOUR;
    /** Usual usage of a month, as percents of the quota. */
    private static final int[] OF_QUOTA = {50, 110, 140, 180, 250, 400};

    private final Seeds seeds;
    private final Biller biller;
    private final UsagePattern pattern;
    private final Instant base;
    private final int days;
    private final int hoursPerRecord;

    UsageMaker(CompanySpec spec, Seeds seeds, Biller biller, UsagePattern pattern) {
        this.seeds = seeds;
        this.biller = biller;
        this.pattern = pattern;
        this.hoursPerRecord = spec.hoursPerRecord();
        LocalDate first = spec.start().minusDays(MARGIN_DAYS);
        this.base = first.atStartOfDay(ZoneOffset.UTC).toInstant();
        this.days = (int) Duration.between(base, spec.end().plusDays(MARGIN_DAYS).atStartOfDay(ZoneOffset.UTC).toInstant())
                .toDays();
    }

    UsageSeries series(Deployment deployment) {
        SplittableRandom random = seeds.random("usage", deployment.index());
        long[] hours = pattern.hours(random, base, days);
        long cores = cores(deployment.plan(), hours, random);
        UsageSeries series = new UsageSeries(base, hoursPerRecord * SECONDS_PER_HOUR, records(hours, cores));
        return halfCents(deployment, only(series, deployment), random);
    }

    /** So many that the quota is exceeded in most months. */
    private long cores(Plan plan, long[] hours, SplittableRandom random) {
        long month = Arrays.stream(hours).filter(used -> used > 0).sum() * HOURS_PER_MONTH / (days * HOURS_PER_DAY);
        long wanted = plan.quota() * Biller.HOUR * OF_QUOTA[random.nextInt(OF_QUOTA.length)] / 100;
        boolean idle = month < HOURS_PER_MONTH * Biller.HOUR / 50;
        return idle ? 1 : Math.max(1, (wanted + month / 2) / month);
    }

    private long[] records(long[] hours, long cores) {
        long[] records = new long[hours.length / hoursPerRecord];
        Arrays.fill(records, UsagePattern.NONE);
        for (int hour = 0; hour < hours.length; hour++) {
            if (hours[hour] != UsagePattern.NONE) {
                int record = hour / hoursPerRecord;
                records[record] = Math.max(0, records[record]) + hours[hour] * cores;
            }
        }
        return records;
    }

    private static UsageSeries only(UsageSeries series, Deployment deployment) {
        for (int index = 0; index < series.size(); index++) {
            boolean there = !series.start(index).isBefore(deployment.usedFrom())
                    && series.start(index).isBefore(deployment.usedTo());
            if (!there && series.recorded(index)) {
                series.add(index, UsagePattern.NONE - series.micros(index));
            }
        }
        return series;
    }

    /** Real meters seldom hit half a cent; here they often do, or rounding could not be told from the invoices. */
    private UsageSeries halfCents(Deployment deployment, UsageSeries series, SplittableRandom random) {
        for (Term term : deployment.finished()) {
            int from = series.indexFrom(biller.usageFrom(term));
            int to = series.indexFrom(biller.usageTo(term));
            long beyond = biller.beyond(deployment.plan().quota(), series.sum(from, to));
            if (Seeds.perMille(random, TIES_PER_MILLE) && beyond > 0) {
                int last = to - 1;
                while (series.micros(last) <= 0) {
                    last--;
                }
                series.add(last, Math.floorMod(TIE - beyond, TIE_DISTANCE));
            }
        }
        return series;
    }
}
