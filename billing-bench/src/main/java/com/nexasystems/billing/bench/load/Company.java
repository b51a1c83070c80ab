package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.identity.Account;
import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.BillingPeriod;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.usage.UsageSubmission;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** A service with many subscriptions to one plan, of a customer each, all of which began on New Year's Day. */
final class Company {

    static final int WORKERS = 2;
    static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    static final Instant NOW = Instant.parse("2026-02-04T00:00:00Z");
    static final BillingPeriod JANUARY = new BillingPeriod(NEW_YEAR, FEBRUARY, ZoneOffset.UTC);

    private static final Duration GRACE_IS_OVER = Duration.ofDays(40);
    private static final int HOURS = 700;

    private final Ports ports;
    private final Database database;
    private final Billing billing;
    private final Service service;
    private final List<Metric> metrics;
    private final int size;

    private Company(Ports ports, Database database, int size, List<String> metrics) {
        this.ports = ports;
        this.database = database;
        this.size = size;
        this.billing = Billing.over(ports).clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
        this.service = billing.register("hosting", "Hosting");
        this.metrics = metrics.stream().map(code -> billing.define(Metric.of(code, Aggregation.SUM, "unit"))).toList();
    }

    /** The first subscription is made by the engine; the others are that one again, under other names. */
    static Company with(Ports ports, Database database, int subscriptions, String... metrics) {
        var company = new Company(ports, database, subscriptions, List.of(metrics));
        company.startOne();
        company.multiply();
        return company;
    }

    private void startOne() {
        billing.plans().publish(plan("20", "0.0075"));
        Customer customer = billing.customers().resolveAll(service.id(), List.of(Account.of("model")),
                known -> known.withAddress(Address.in("CA", "ON"))).get(0);
        ports.unitOfWork().run(() -> ports.taxRates().add(new TaxRate(new Jurisdiction("CA-ON"), "HST-ON",
                List.of(new TaxRate.Component("HST", new BigDecimal("13"))), LocalDate.of(2026, 1, 1), Optional.empty())));
        billing.subscriptions().start(service.id(),
                new Request(customer, "model", plan("20", "0.0075").code(), BillingTime.CALENDAR, NEW_YEAR));
    }

    private void multiply() {
        String ids = "generate_series(0, " + (size - 1) + ") AS i,"
                + " CAST('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') AS uuid) AS own";
        database.execute(
                "INSERT INTO customer SELECT made.* FROM customer c, " + ids
                        + ", jsonb_populate_record(c, jsonb_build_object('id', own, 'name', 'customer ' || i)) AS made",
                "INSERT INTO subscription SELECT made.* FROM subscription s, " + ids + ", jsonb_populate_record(s,"
                        + " jsonb_build_object('id', own, 'customer_id', own, 'external_id', 'deployment-' || i)) AS made",
                "INSERT INTO subscription_name SELECT service_id, 'deployment-' || i, own FROM subscription_name, " + ids,
                "INSERT INTO subscription_plan SELECT plan_code, own, own FROM subscription_plan, " + ids,
                "DELETE FROM subscription_plan WHERE subscription_id IN (SELECT id FROM subscription"
                        + " WHERE external_id = 'model')",
                "DELETE FROM subscription WHERE external_id = 'model'",
                "DELETE FROM subscription_name WHERE external_id = 'model'",
                "DELETE FROM account_link",
                "VACUUM (ANALYZE) customer", "VACUUM (ANALYZE) subscription", "VACUUM (ANALYZE) subscription_name",
                "VACUUM (ANALYZE) subscription_plan");
    }

    /** Every metric costs the same, beyond five units. */
    Plan plan(String flat, String price) {
        return Plan.of("starter", Interval.MONTHLY, false, Money.of(Currency.getInstance("CAD"), flat), NEW_YEAR,
                metrics.stream().map(metric -> Charge.of(metric.code(), Quota.of("5"), Standard.of(price, "3")))
                        .toArray(Charge[]::new));
    }

    /** Records of every subscription and metric: hour after hour, subscription after subscription, as usage comes in. */
    void fill(int records) {
        database.execute("""
                INSERT INTO usage_record (subscription_id, metric_code, idempotency_key, start_at, end_at, quantity, source,
                    recorded_at, fingerprint)
                SELECT s.id, m.code, 'hour-' || hour, s.phase_starts[1] + hour * interval '1 hour',
                       s.phase_starts[1] + (hour + 1) * interval '1 hour', 12.5, 'hosting', now(),
                       hashtextextended(s.id::text, hour)
                FROM generate_series(0, %d) AS hour, metric m, subscription s
                """.formatted(records - 1), "VACUUM (ANALYZE) usage_record");
    }

    /** January is to be billed again, and nothing but the usage is left of what was done about it. */
    void unbill() {
        database.execute("TRUNCATE invoice, invoice_line, invoice_tax, invoice_number, billing_event, late_usage,"
                        + " fresh_usage, threshold_mark",
                "UPDATE subscription SET state = 'active', ended_at = NULL, unused_time = NULL, last_invoice_at = NULL,"
                        + " billed_through = phase_starts[1], flat_through = phase_starts[1],"
                        + " next_invoice_at = '" + FEBRUARY + "'",
                "VACUUM (FULL, ANALYZE) subscription", "CHECKPOINT");
    }

    /** As on a server that tidies up by itself. */
    void analyse() {
        database.execute("ANALYZE invoice", "ANALYZE invoice_line", "ANALYZE invoice_tax");
    }

    void draft() {
        expect(size, billing.billingRun().run(FEBRUARY, WORKERS, drafted -> { }).invoices());
    }

    void finalise() {
        expect(size, billing.finalise().finalise(FEBRUARY.plus(GRACE_IS_OVER), invoice -> { }).invoices());
    }

    /** A benchmark that measures how fast nothing is done must not go unnoticed. */
    static void expect(long wanted, long done) {
        if (done != wanted) {
            throw new IllegalStateException("did " + done + " of " + wanted);
        }
    }

    int size() {
        return size;
    }

    Ports ports() {
        return ports;
    }

    Billing billing() {
        return billing;
    }

    Service service() {
        return service;
    }

    List<Metric> metrics() {
        return metrics;
    }

    static SubscriptionId subscription(int i) {
        return new SubscriptionId(new UUID(0x7000L, 0x8000_0000_0000_0000L | i));
    }

    static String externalId(int i) {
        return "deployment-" + i;
    }

    /** One record of January, of the metrics in turn. */
    UsageSubmission hour(int subscription, int number) {
        Instant start = NEW_YEAR.plus(Duration.ofHours(number % HOURS));
        return UsageSubmission.counter(externalId(subscription), metrics.get(number % metrics.size()).code().value(), start,
                start.plus(Duration.ofHours(1)), "12.5", "key-" + number);
    }

    /** What becomes of a counter in the table, as COPY reads it. */
    static String row(UsageSubmission counter, long fingerprint) {
        return subscription(Integer.parseInt(counter.subscription().substring("deployment-".length()))) + "\t"
                + counter.metric() + "\t" + counter.idempotencyKey() + "\t" + counter.start() + "\t"
                + counter.end().orElseThrow() + "\t" + counter.quantity() + "\t\\N\t\\N\t\\N\thosting\t" + NOW + "\t"
                + fingerprint + "\n";
    }

    /** A part of the subscriptions for each worker, as a condition on their id. */
    String partOf(int worker, String column) {
        return column + " >= '" + subscription(size / WORKERS * worker) + "' AND " + column + " < '"
                + subscription(worker == WORKERS - 1 ? size : size / WORKERS * (worker + 1)) + "'";
    }

    /** The numbers of the subscriptions, in pieces. */
    List<List<Integer>> pages(int length) {
        return IntStream.range(0, (size + length - 1) / length).mapToObj(page ->
                IntStream.range(page * length, Math.min(size, (page + 1) * length)).boxed().toList()).toList();
    }
}
