package com.nexasystems.billing.jpa;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.Plans;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

final class JpaPlans implements Plans {

    private final JpaUnitOfWork unitOfWork;

    JpaPlans(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Plan plan) {
        return unitOfWork.call(() -> {
            PlanRow row = PlanRow.from(plan);
            int added = unitOfWork.inConnection(connection -> Sql.update(connection, """
                    INSERT INTO plan (code, name, currency, billed_interval, in_advance, active) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, row.code, row.name, row.currency, row.billedInterval, row.inAdvance, row.active));
            if (added == 1) {
                plan.versions().forEach(version -> publish(plan.code(), version));
            }
            return added == 1;
        });
    }

    @Override
    public boolean publish(PlanCode plan, PlanVersion version) {
        return unitOfWork.call(() -> {
            PlanVersionRow row = PlanVersionRow.from(plan, version);
            int added = unitOfWork.inConnection(connection -> Sql.update(connection, """
                    INSERT INTO plan_version (plan_code, version, effective_from, flat_price)
                    VALUES (?, ?, ?::timestamptz, ?)
                    ON CONFLICT (plan_code, version) DO NOTHING
                    """, row.planCode, row.version, Sql.text(row.effectiveFrom), row.flatPrice));
            if (added == 1) {
                unitOfWork.inSession(session -> insertCharges(session, row, version.charges()));
            }
            return added == 1;
        });
    }

    private static Void insertCharges(StatelessSession session, PlanVersionRow version, List<Charge> charges) {
        var rows = new ArrayList<ChargeRow>();
        var tiers = new ArrayList<ChargeTierRow>();
        for (int i = 0; i < charges.size(); i++) {
            ChargeRow row = ChargeRow.from(version, i, charges.get(i));
            rows.add(row);
            tiers.addAll(ChargeTierRow.from(row, ChargeRow.tiers(charges.get(i).model())));
        }
        session.insertMultiple(rows);
        session.insertMultiple(tiers);
        return null;
    }

    @Override
    public Optional<Plan> find(PlanCode code) {
        return unitOfWork.inSession(session -> plans(session, session
                .createSelectionQuery("from PlanRow where code = :code", PlanRow.class)
                .setParameter("code", code.value()).list())).stream().findFirst();
    }

    @Override
    public List<Plan> all() {
        return unitOfWork.inSession(session -> plans(session,
                session.createSelectionQuery("from PlanRow order by code", PlanRow.class).list()));
    }

    private static List<Plan> plans(StatelessSession session, List<PlanRow> plans) {
        List<String> codes = plans.stream().map(plan -> plan.code).toList();
        var parts = new Parts(of(session, "PlanVersionRow", "version", PlanVersionRow.class, codes),
                of(session, "ChargeRow", "position", ChargeRow.class, codes),
                of(session, "ChargeTierRow", "position", ChargeTierRow.class, codes));
        return plans.stream().map(plan -> plan.toDomain(parts.versions(plan))).toList();
    }

    private static <T> List<T> of(StatelessSession session, String entity, String order, Class<T> type, List<String> plans) {
        return session.createSelectionQuery("from " + entity + " where planCode in :plans order by " + order, type)
                .setParameter("plans", plans).list();
    }

    /** The rows that belong to some plans, each kind in the order in which the domain keeps it. */
    private record Parts(List<PlanVersionRow> versions, List<ChargeRow> charges, List<ChargeTierRow> tiers) {

        List<PlanVersion> versions(PlanRow plan) {
            return versions.stream().filter(version -> version.planCode.equals(plan.code))
                    .map(version -> version.toDomain(plan.currency(), charges(version))).toList();
        }

        private List<Charge> charges(PlanVersionRow version) {
            return charges.stream()
                    .filter(charge -> charge.planCode.equals(version.planCode) && charge.version == version.version)
                    .map(charge -> charge.toDomain(tiers.stream().filter(tier -> tier.planCode.equals(charge.planCode)
                                    && tier.version == charge.version && tier.chargePosition == charge.position)
                            .map(ChargeTierRow::toDomain).toList()))
                    .toList();
        }
    }
}
