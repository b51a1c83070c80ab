package com.nexasystems.billing.jpa;

import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxRate;
import com.nexasystems.billing.tax.TaxRates;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.hibernate.StatelessSession;

final class JpaTaxRates implements TaxRates {

    private final JpaUnitOfWork unitOfWork;

    JpaTaxRates(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(TaxRate rate) {
        return unitOfWork.call(() -> {
            boolean free = unitOfWork.inConnection(connection -> {
                lock(connection, rate.jurisdiction());
                return isFree(connection, rate);
            });
            if (free) {
                unitOfWork.inSession(session -> insert(session, rate));
            }
            return free;
        });
    }

    /** Rates of one jurisdiction are added one after the other, so that each sees those before it. */
    private static void lock(Connection connection, Jurisdiction jurisdiction) throws SQLException {
        Sql.update(connection, "INSERT INTO tax_jurisdiction (code) VALUES (?) ON CONFLICT DO NOTHING", jurisdiction.code());
        Sql.query(connection, "SELECT code FROM tax_jurisdiction WHERE code = ? FOR UPDATE", row -> row.getString(1),
                jurisdiction.code());
    }

    private static boolean isFree(Connection connection, TaxRate rate) throws SQLException {
        return Sql.query(connection, """
                SELECT 1 FROM tax_rate WHERE jurisdiction = ? AND code = ?
                AND from_day < coalesce(?::date, 'infinity') AND coalesce(until_day, 'infinity') > ?
                LIMIT 1
                """, row -> 1, rate.jurisdiction().code(), rate.code(), rate.until().orElse(null), rate.from()).isEmpty();
    }

    private static Void insert(StatelessSession session, TaxRate rate) {
        session.insert(TaxRateRow.from(rate));
        session.insertMultiple(TaxRateComponentRow.from(rate));
        return null;
    }

    @Override
    public List<TaxRate> inForce(Jurisdiction jurisdiction, LocalDate day) {
        return unitOfWork.inSession(session -> {
            List<TaxRateRow> rates = session.createSelectionQuery("""
                            from TaxRateRow where jurisdiction = :jurisdiction
                            and fromDay <= :day and (untilDay is null or untilDay > :day) order by code
                            """, TaxRateRow.class)
                    .setParameter("jurisdiction", jurisdiction.code()).setParameter("day", day).list();
            if (rates.isEmpty()) {
                return List.of();
            }
            List<TaxRateComponentRow> components = session.createSelectionQuery(
                            "from TaxRateComponentRow where jurisdiction = :jurisdiction order by position",
                            TaxRateComponentRow.class)
                    .setParameter("jurisdiction", jurisdiction.code()).list();
            return rates.stream().map(rate -> rate.toDomain(components)).toList();
        });
    }
}
