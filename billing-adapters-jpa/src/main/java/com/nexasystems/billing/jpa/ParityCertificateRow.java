package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ParityCertificate.Open;
import com.nexasystems.billing.reconciliation.ParityCertificate.Waiver;
import com.nexasystems.billing.reconciliation.Summary;
import com.nexasystems.billing.reconciliation.Summary.Month;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A certificate with its months, what was waived, and what is open. */
final class ParityCertificateRow {

    private static final Batch<ParityCertificate> CERTIFICATES = ActorColumns.in(BillerRulesColumns.in(
            new Batch<ParityCertificate>()
                    .uuid("id", ParityCertificate::id)
                    .uuid("service_id", certificate -> certificate.service().value())
                    .text("service_name", ParityCertificate::serviceName)
                    .date("from_day", ParityCertificate::from)
                    .date("until_day", ParityCertificate::until)
                    .bool("adopted", ParityCertificate::adopted)
                    .numeric("tolerance", ParityCertificate::tolerance)
                    .text("digest", ParityCertificate::digest)
                    .instant("at", ParityCertificate::at), ParityCertificate::rules), "by", ParityCertificate::by);

    private static final Batch<Numbered<Month>> MONTHS = new Batch<Numbered<Month>>()
            .uuid("certificate_id", Numbered::whole)
            .integer("position", Numbered::position)
            .date("month", one -> one.part().month())
            .text("currency", one -> one.part().currency().getCurrencyCode())
            .bigint("matched", one -> one.part().matched())
            .bigint("deltas", one -> one.part().deltas())
            .bigint("resolved", one -> one.part().resolved())
            .numeric("computed", one -> one.part().computed())
            .numeric("actual", one -> one.part().actual())
            .numeric("matched_actual", one -> one.part().matchedActual())
            .numeric("unexplained", one -> one.part().unexplained())
            .bigint("unlinked", one -> one.part().unlinked())
            .numeric("unlinked_sum", one -> one.part().unlinkedSum());

    private static final Batch<Numbered<Waiver>> WAIVERS = ActorColumns.resolution(new Batch<Numbered<Waiver>>()
            .uuid("certificate_id", Numbered::whole)
            .integer("position", Numbered::position)
            .text("subscription", one -> one.part().subscription())
            .date("start_day", one -> one.part().start())
            .numeric("delta", one -> one.part().delta()), one -> one.part().resolution());

    private static final Batch<Numbered<Open>> OPEN = new Batch<Numbered<Open>>()
            .uuid("certificate_id", Numbered::whole)
            .integer("position", Numbered::position)
            .text("subscription", one -> one.part().subscription())
            .date("start_day", one -> one.part().start())
            .numeric("delta", one -> one.part().delta())
            .numeric("unexplained", one -> one.part().unexplained());

    private ParityCertificateRow() {
    }

    static int add(Connection connection, ParityCertificate certificate) throws SQLException {
        CERTIFICATES.insert(connection, "parity_certificate", List.of(certificate));
        MONTHS.insert(connection, "parity_month", Numbered.of(certificate.id(), certificate.summary().months()));
        WAIVERS.insert(connection, "parity_waiver", Numbered.of(certificate.id(), certificate.waivers()));
        return OPEN.insert(connection, "parity_open", Numbered.of(certificate.id(), certificate.open()));
    }

    static Optional<ParityCertificate> find(Connection connection, UUID id) throws SQLException {
        return Sql.query(connection, "SELECT * FROM parity_certificate WHERE id = ?", row -> read(connection, row), id)
                .stream().findFirst();
    }

    private static ParityCertificate read(Connection connection, ResultSet row) throws SQLException {
        UUID id = Sql.uuid(row, "id");
        return new ParityCertificate(id, new ServiceId(Sql.uuid(row, "service_id")), row.getString("service_name"),
                Sql.day(row, "from_day"), Sql.day(row, "until_day"), BillerRulesColumns.read(row),
                row.getBoolean("adopted"), row.getBigDecimal("tolerance"), new Summary(months(connection, id)),
                waivers(connection, id), open(connection, id), row.getString("digest"), ActorColumns.read(row, "by"),
                Sql.instant(row, "at"));
    }

    private static List<Month> months(Connection connection, UUID certificate) throws SQLException {
        return parts(connection, "parity_month", certificate, row -> new Month(Sql.day(row, "month"), Sql.currency(row),
                row.getLong("matched"), row.getLong("deltas"), row.getLong("resolved"), row.getBigDecimal("computed"),
                row.getBigDecimal("actual"), row.getBigDecimal("matched_actual"), row.getBigDecimal("unexplained"),
                row.getLong("unlinked"), row.getBigDecimal("unlinked_sum")));
    }

    private static List<Waiver> waivers(Connection connection, UUID certificate) throws SQLException {
        return parts(connection, "parity_waiver", certificate, row -> new Waiver(row.getString("subscription"),
                Sql.day(row, "start_day"), row.getBigDecimal("delta"), ActorColumns.resolution(row)));
    }

    private static List<Open> open(Connection connection, UUID certificate) throws SQLException {
        return parts(connection, "parity_open", certificate, row -> new Open(row.getString("subscription"),
                Sql.day(row, "start_day"), row.getBigDecimal("delta"), row.getBigDecimal("unexplained")));
    }

    private static <T> List<T> parts(Connection connection, String table, UUID certificate, Sql.RowReader<T> reader)
            throws SQLException {
        return Sql.query(connection, "SELECT * FROM " + table + " WHERE certificate_id = ? ORDER BY position", reader,
                certificate);
    }
}
