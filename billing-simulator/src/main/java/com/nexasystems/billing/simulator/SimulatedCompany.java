package com.nexasystems.billing.simulator;

import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceUsage;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A hosting company that was invented from a seed, with some months of usage and the invoices of its own biller. Its rules
 * and what was planted in it are the truth that only the simulator knows.
 */
public final class SimulatedCompany {

    private final CompanySpec spec;
    private final Seeds seeds;
    private final BillerRules rules;
    private final Biller biller;
    private final List<Customer> customers;
    private final List<Plan> plans;
    private final List<Deployment> deployments;
    private final UsageMaker meter;
    private final Invoices invoices;
    private final ZoneId itemZone;
    private final Map<Integer, UsageEdits> edits = new HashMap<>();
    private final List<Planted> planted = new ArrayList<>();
    private final Optional<BadRows> badRows;

    private SimulatedCompany(CompanySpec spec) {
        this.spec = spec;
        seeds = new Seeds(spec.seed());
        rules = spec.rules().orElseGet(() -> BillerRules.random(new Random(seeds.random("rules", 0).nextLong())));
        itemZone = itemsInUtc() ? ZoneId.of("UTC") : rules.zone();
        Wording wording = new Wording(seeds);
        biller = new Biller(rules, wording);
        customers = Customers.of(spec, seeds);
        plans = Plans.of(seeds, wording);
        deployments = new Deployments(spec, seeds, biller, customers, plans).all();
        meter = new UsageMaker(spec, seeds, biller,
                spec.usage().<UsagePattern>map(TraceUsage::new).orElseGet(InventedUsage::new));
        invoices = new Invoices(spec, rules, seeds, wording, itemZone);
        bill(planting());
        if (spec.deviations().contains(Deviation.ONE_OFF_UNLINKED) && spec.oneOffPerMille() > 0) {
            planted.addAll(new OneOffs(spec, seeds, biller, customers).sell(invoices));
        }
        badRows = plantBadRows();
    }

    /** @throws java.io.UncheckedIOException if the trace of the spec cannot be read */
    public static SimulatedCompany of(CompanySpec spec) {
        return new SimulatedCompany(spec);
    }

    public CompanySpec spec() {
        return spec;
    }

    public BillerRules rules() {
        return rules;
    }

    /** Whose midnights the bounds of items and of current periods are; the biller's own, or UTC. */
    public ZoneId itemZone() {
        return itemZone;
    }

    /** All that the rules do not explain. */
    public List<Planted> planted() {
        return List.copyOf(planted);
    }

    /** First day of the simulated months, in the biller's zone. */
    public LocalDate firstCycleStart() {
        return spec.start();
    }

    /** First day after the last finished period, in the biller's zone. */
    public LocalDate lastCycleEnd() {
        return spec.end();
    }

    /** The tables as an application in memory. A million usage rows take some 250 MB. */
    public MemorySourceApplication source() {
        return new SourceTables(this).application();
    }

    /**
     * Makes a schema with the platform's tables, fills them, and commits.
     *
     * @param schema small letters, digits and underscores; must not be there
     * @throws SQLException if the database refuses; then nothing is there
     */
    public void writeTo(Connection connection, String schema) throws SQLException {
        new PlatformTables(connection, schema).write(CompanyState.last(this));
    }

    /**
     * The same with the tables as they were before things were put right: with the invoices and the usage until then.
     *
     * @throws IllegalStateException if the spec does not say when that was
     */
    public void writeEarlierTo(Connection connection, String schema) throws SQLException {
        new PlatformTables(connection, schema).write(CompanyState.earlier(this));
    }

    List<Customer> customers() {
        return customers;
    }

    List<Plan> plans() {
        return plans;
    }

    List<Deployment> deployments() {
        return deployments;
    }

    Invoices invoices() {
        return invoices;
    }

    /** As long as nothing is put right. */
    Optional<BadRows> badRows() {
        return badRows;
    }

    Biller biller() {
        return biller;
    }

    /** By rising start; made anew each time. */
    void usage(Deployment deployment, Consumer<SourceUsage> row) {
        new UsageRows(seeds).each(deployment, meter.series(deployment),
                edits.getOrDefault(deployment.index(), new UsageEdits()), row);
    }

    private boolean itemsInUtc() {
        return spec.itemsInUtc().orElseGet(() -> seeds.random("items in utc", 0).nextBoolean());
    }

    private Planting planting() {
        Deviator deviator = new Deviator(biller, rules, plans);
        Planting planting = new Planting(deviator, seeds, spec.putRight().orElse(spec.end()),
                spot -> billable(spot, meter.series(spot.deployment())));
        planting.plant(deployments, deviator.possible(spec.deviations()), spec.deviatingPerMille());
        planted.addAll(planting.planted());
        return planting;
    }

    private Billable billable(Planting.Spot spot, UsageSeries series) {
        return new Billable(spot.deployment(), spot.term(), biller, rules, series);
    }

    private void bill(Planting planting) {
        for (Deployment deployment : deployments) {
            UsageSeries series = meter.series(deployment);
            for (int number = 0; number < deployment.finished().size(); number++) {
                Planting.Spot spot = new Planting.Spot(deployment, number);
                Optional<Outcome> outcome = planting.outcome(spot);
                outcome.ifPresent(made -> edits.computeIfAbsent(deployment.index(), index -> new UsageEdits())
                        .add(made.edits()));
                outcome.map(Outcome::issued).orElseGet(() -> List.of(Issued.of(billable(spot, series).right())))
                        .forEach(issued -> invoices.add(deployment, spot.term(), issued));
            }
        }
    }

    private Optional<BadRows> plantBadRows() {
        if (!spec.deviations().contains(Deviation.BAD_ROW)) {
            return Optional.empty();
        }
        Deployment deployment = deployments.get(0);
        Instant hour = firstCycleStart().atTime(5, 0).toInstant(ZoneOffset.UTC);
        BadRows rows = BadRows.of(seeds, customers.get(0), plans.get(0), deployment, hour,
                hour.plusSeconds(spec.hoursPerRecord() * 3600L));
        planted.addAll(rows.planted(firstCycleStart()));
        return Optional.of(rows);
    }
}
