package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.FixedCharge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import com.nexasystems.billing.charge.ChargeModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.hibernate.StatelessSession;

final class JpaPlans implements Plans {

    private static final int MOST_KNOWN = 1_000;

    private static final String VERSION = """
            SELECT %s || (SELECT string_agg('/' || %s, '' ORDER BY v.version) FROM plan_version v WHERE v.plan_code = p.code)
            FROM plan p WHERE p.code = ?
            """.formatted(KnownRows.version("p"), KnownRows.version("v"));

    private final JpaUnitOfWork unitOfWork;
    private final Map<PlanCode, Known> known = new ConcurrentHashMap<>();

    /** A plan as it was read, and what its rows were before that. The other rows of a version are written with it. */
    private record Known(String version, Plan plan) { }

    JpaPlans(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Plan plan) {
        return unitOfWork.call(() -> {
            PlanRow row = PlanRow.from(plan);
            int added = unitOfWork.inConnection(connection -> Sql.update(connection, """
                    INSERT INTO plan (code, name, currency, billed_interval, in_advance, active, trial_days, usage_monthly,
                                      fixed_charges_monthly, overrides, shadow)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, row.code, row.name, row.currency, row.billedInterval, row.inAdvance, row.active, row.trialDays,
                    row.usageMonthly, row.fixedChargesMonthly, row.overrides, row.shadow));
            if (added == 1) {
                plan.versions().forEach(version -> publish(plan.code(), version));
            }
            return added == 1;
        });
    }

    /**
     * Rivals wait for the row of the plan. Two that insert at the same instant would both pass the number they name in
     * ON CONFLICT and meet in the other key, that of the date, which is then a failure and no answer.
     */
    @Override
    public boolean publish(PlanCode plan, PlanVersion version) {
        return unitOfWork.call(() -> {
            unitOfWork.inConnection(connection -> Sql.query(connection,
                    "SELECT 1 FROM plan WHERE code = ? FOR NO KEY UPDATE", row -> row.getInt(1), plan.value()));
            PlanVersionRow row = PlanVersionRow.from(plan, version);
            int added = unitOfWork.inConnection(connection -> Sql.update(connection, """
                    INSERT INTO plan_version (plan_code, version, effective_from, flat_price, commitment)
                    VALUES (?, ?, ?::timestamptz, ?, ?::numeric)
                    ON CONFLICT (plan_code, version) DO NOTHING
                    """, row.planCode, row.version, Sql.text(row.effectiveFrom), row.flatPrice, row.commitment));
            if (added == 1) {
                unitOfWork.inSession(session -> insertParts(session, row, version));
            }
            return added == 1;
        });
    }

    private static Void insertParts(StatelessSession session, PlanVersionRow row, PlanVersion version) {
        var charges = new ArrayList<ChargeRow>();
        int position = 0;
        for (Charge charge : version.charges()) {
            charges.addAll(ChargeRow.from(row, position++, charge));
        }
        for (FixedCharge charge : version.fixedCharges()) {
            charges.add(ChargeRow.from(row, position++, charge));
        }
        session.insertMultiple(charges);
        session.insertMultiple(charges.stream().flatMap(charge -> charge.tierRows().stream()).toList());
        session.insertMultiple(UsageThresholdRow.from(row, version.thresholds()));
        return null;
    }

    /** A billing run asks for the same plans page after page: what nobody has changed is not read twice. */
    @Override
    public Optional<Plan> find(PlanCode code) {
        return unitOfWork.call(() -> version(code).map(version -> {
            Known found = known.get(code);
            if (found != null && found.version.equals(version)) {
                return found.plan;
            }
            Plan plan = read(code);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(code, new Known(version, plan));
            return plan;
        }));
    }

    private Optional<String> version(PlanCode code) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, VERSION, row -> row.getString(1), code.value()))
                .stream().findFirst();
    }

    private Plan read(PlanCode code) {
        return unitOfWork.inSession(session -> plans(session, session
                .createSelectionQuery("from PlanRow where code = :code", PlanRow.class)
                .setParameter("code", code.value()).list())).get(0);
    }

    @Override
    public void setShadow(Collection<PlanCode> plans, boolean shadow) {
        unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE plan SET shadow = ? WHERE code = ANY (?::text[])", shadow,
                Sql.arrayLiteral(plans.stream().map(PlanCode::value).iterator())));
    }

    @Override
    public List<Plan> all() {
        return unitOfWork.inSession(session -> plans(session,
                session.createSelectionQuery("from PlanRow order by code", PlanRow.class).list()));
    }

    private static List<Plan> plans(StatelessSession session, List<PlanRow> plans) {
        List<String> codes = plans.stream().map(plan -> plan.code).toList();
        var parts = new Parts(of(session, "PlanVersionRow", "version", PlanVersionRow.class, codes),
                of(session, "ChargeRow", "position, filter", ChargeRow.class, codes),
                of(session, "ChargeTierRow", "position", ChargeTierRow.class, codes),
                of(session, "UsageThresholdRow", "position", UsageThresholdRow.class, codes));
        return plans.stream().map(plan -> plan.toDomain(parts.versions(plan))).toList();
    }

    private static <T> List<T> of(StatelessSession session, String entity, String order, Class<T> type, List<String> plans) {
        return session.createSelectionQuery("from " + entity + " where planCode in :plans order by " + order, type)
                .setParameter("plans", plans).list();
    }

    /** The rows that belong to some plans, each kind in the order in which the domain keeps it. */
    private record Parts(List<PlanVersionRow> versions, List<ChargeRow> charges, List<ChargeTierRow> tiers,
                         List<UsageThresholdRow> thresholds) {

        List<PlanVersion> versions(PlanRow plan) {
            return versions.stream().filter(version -> version.planCode.equals(plan.code))
                    .map(version -> version.toDomain(plan.currency(),
                            own(version).filter(row -> !row.isFixed() && row.filter == 0).map(this::charge).toList(),
                            own(version).filter(ChargeRow::isFixed).map(row -> row.toFixedCharge(model(row))).toList(),
                            thresholds.stream().filter(row -> row.planCode.equals(version.planCode)
                                    && row.version == version.version).map(row -> row.toDomain(plan.currency())).toList()))
                    .toList();
        }

        private Stream<ChargeRow> own(PlanVersionRow version) {
            return charges.stream()
                    .filter(charge -> charge.planCode.equals(version.planCode) && charge.version == version.version);
        }

        private Charge charge(ChargeRow row) {
            return row.toCharge(model(row), charges.stream()
                    .filter(other -> other.planCode.equals(row.planCode) && other.version == row.version
                            && other.position == row.position && other.filter > 0)
                    .map(filter -> filter.toFilter(model(filter))).toList());
        }

        private ChargeModel model(ChargeRow row) {
            return row.model(tiers.stream().filter(tier -> tier.planCode.equals(row.planCode) && tier.version == row.version
                            && tier.chargePosition == row.position && tier.chargeFilter == row.filter)
                    .map(ChargeTierRow::toDomain).toList());
        }
    }
}
