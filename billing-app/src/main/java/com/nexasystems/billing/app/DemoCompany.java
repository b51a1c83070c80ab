package com.nexasystems.billing.app;

import com.nexasystems.billing.simulator.BillerRules;
import com.nexasystems.billing.simulator.CompanySpec;
import com.nexasystems.billing.simulator.SimulatedCompany;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** The hosting company of the shadow's demo: three months of a biller with rules of its own, and a fourth in good order. */
final class DemoCompany {

    /** A while after the third month, and after the fourth. */
    static final Instant FIRST_CYCLE = Instant.parse("2026-11-08T12:00:00Z");
    static final Instant SECOND_CYCLE = Instant.parse("2026-12-08T12:00:00Z");

    static final int CUSTOMERS = 60;
    static final int DEPLOYMENTS = 200;

    private static final BillerRules RULES = BillerRules.plain()
            .withRounding(BillerRules.RoundingLevel.TOTAL, RoundingMode.HALF_EVEN)
            .withProration(BillerRules.ProrationRule.BY_SECOND).withZone(ZoneId.of("America/Toronto"));

    private final SimulatedCompany company;

    DemoCompany(long seed) {
        this.company = SimulatedCompany.of(CompanySpec.of(seed).withSize(CUSTOMERS, DEPLOYMENTS).withHoursPerRecord(6)
                .withRules(RULES).withItemsInUtc(false).withOneOffPerMille(30).withDeviatingPerMille(50)
                .withoutPaymentMethod(1).withMonths(4, LocalDate.of(2026, 12, 1)).withPutRight(LocalDate.of(2026, 11, 1)));
    }

    SimulatedCompany truth() {
        return company;
    }

    void writeFirstCycle(Engine engine) {
        write(engine, company::writeEarlierTo);
    }

    void writeSecondCycle(Engine engine) {
        write(engine, company::writeTo);
    }

    /** Writes a company's tables into a schema. */
    @FunctionalInterface
    private interface Tables {

        void writeTo(Connection connection, String schema) throws SQLException;
    }

    private static void write(Engine engine, Tables tables) {
        engine.dropDemoCompany();
        try (Connection connection = engine.ownerConnection()) {
            tables.writeTo(connection, Engine.DEMO_COMPANY);
        } catch (SQLException e) {
            throw new EnvironmentFailure("the invented company cannot be written: " + e.getMessage(), e);
        }
    }
}
