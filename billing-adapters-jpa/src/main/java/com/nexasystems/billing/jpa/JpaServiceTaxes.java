package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxTarget;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

final class JpaServiceTaxes implements ServiceTaxes {

    private static final Batch<ServiceId> SERVICES = new Batch<ServiceId>().uuid("service_id", ServiceId::value);
    private static final Batch<TaxTarget> TARGETS = new Batch<TaxTarget>()
            .uuid("service_id", target -> target.service().value()).text("kind", target -> target.kind().code())
            .text("subject", TaxTarget::subject).text("part", TaxTarget::part);
    private static final Batch<Put> PUT = new Batch<Put>()
            .uuid("service_id", put -> put.target.service().value()).text("kind", put -> put.target.kind().code())
            .text("subject", put -> put.target.subject()).text("part", put -> put.target.part())
            .text("tax_code", Put::code).integer("position", Put::position);

    private final JpaUnitOfWork unitOfWork;

    private record Put(TaxTarget target, String code, int position) { }

    JpaServiceTaxes(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(ServiceTax tax) {
        return unitOfWork.inConnection(connection -> Sql.update(connection, """
                INSERT INTO service_tax (service_id, code, name, percent, applied_to_all) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (service_id, code) DO NOTHING
                """, tax.service().value(), tax.code(), tax.name(), tax.percent(), tax.appliedToAll())) == 1;
    }

    @Override
    public void update(ServiceTax tax) {
        unitOfWork.inConnection(connection -> Sql.update(connection, """
                UPDATE service_tax SET name = ?, percent = ?, applied_to_all = ? WHERE service_id = ? AND code = ?
                """, tax.name(), tax.percent(), tax.appliedToAll(), tax.service().value(), tax.code()));
    }

    @Override
    public void remove(ServiceId service, String code) {
        unitOfWork.inConnection(connection -> Sql.update(connection,
                "DELETE FROM service_tax WHERE service_id = ? AND code = ?", service.value(), code));
    }

    @Override
    public Map<ServiceId, List<ServiceTax>> of(Collection<ServiceId> services) {
        return unitOfWork.inConnection(connection -> SERVICES.query(connection, """
                SELECT * FROM service_tax WHERE service_id IN (SELECT service_id FROM %s) ORDER BY code
                """.formatted(SERVICES.rows()), services, JpaServiceTaxes::read)).stream()
                .collect(Collectors.groupingBy(ServiceTax::service));
    }

    private static ServiceTax read(ResultSet row) throws SQLException {
        return new ServiceTax(new ServiceId(row.getObject("service_id", UUID.class)), row.getString("code"),
                row.getString("name"), row.getBigDecimal("percent"), row.getBoolean("applied_to_all"));
    }

    /** The taxes are held, so that none is removed until the unit of work ends. */
    @Override
    public boolean put(TaxTarget target, List<String> codes) {
        List<String> each = codes.stream().distinct().toList();
        return unitOfWork.inConnection(connection -> {
            int known = Sql.query(connection, """
                    SELECT code FROM service_tax WHERE service_id = ? AND code = ANY (?::text[]) ORDER BY code FOR SHARE
                    """, row -> row.getString(1), target.service().value(), Sql.arrayLiteral(each.iterator())).size();
            if (known < each.size()) {
                return false;
            }
            Sql.update(connection, "DELETE FROM tax_target WHERE service_id = ? AND kind = ? AND subject = ? AND part = ?",
                    target.service().value(), target.kind().code(), target.subject(), target.part());
            PUT.update(connection, "INSERT INTO tax_target (%s) SELECT * FROM %s".formatted(PUT.names(), PUT.rows()),
                    IntStream.range(0, each.size()).mapToObj(i -> new Put(target, each.get(i), i)).toList());
            return true;
        });
    }

    @Override
    public Map<TaxTarget, List<String>> on(Collection<TaxTarget> targets) {
        var codes = new HashMap<TaxTarget, List<String>>();
        unitOfWork.inConnection(connection -> TARGETS.query(connection, """
                SELECT t.* FROM tax_target t WHERE (t.service_id, t.kind, t.subject, t.part) IN (SELECT * FROM %s)
                ORDER BY t.position
                """.formatted(TARGETS.rows()), targets,
                row -> codes.computeIfAbsent(target(row), any -> new ArrayList<>()).add(row.getString("tax_code"))));
        return codes;
    }

    private static TaxTarget target(ResultSet row) throws SQLException {
        return new TaxTarget(new ServiceId(row.getObject("service_id", UUID.class)),
                TaxTarget.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("subject"),
                row.getString("part"));
    }
}
