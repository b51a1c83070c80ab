package com.nexasystems.billing.usage;

import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The records of a subscription and metric, added up by hours, days or months of a calendar.
 *
 * @param from  records that start at it or later
 * @param until and before it
 */
public record UsageSeries(SubscriptionId subscription, MetricCode metric, Instant from, Instant until, Step step,
                          ZoneId zone) {

    /** How long what is added up is. */
    public enum Step {
        HOUR, DAY, MONTH;

        /** Where the hour, day or month around an instant begins. */
        public Instant begin(Instant instant, ZoneId zone) {
            ZonedDateTime local = instant.atZone(zone);
            return switch (this) {
                case HOUR -> local.truncatedTo(ChronoUnit.HOURS).toInstant();
                case DAY -> local.toLocalDate().atStartOfDay(zone).toInstant();
                case MONTH -> local.toLocalDate().withDayOfMonth(1).atStartOfDay(zone).toInstant();
            };
        }
    }

    /**
     * What started in one hour, day or month; those without records are left out.
     *
     * @param quantity the sum, whatever the aggregation of the metric
     */
    public record Point(Instant start, long records, BigDecimal quantity) { }
}
