package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificate.Issue;
import com.nexasystems.billing.production.CertificateFields;
import com.nexasystems.billing.production.Certificates;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JpaCertificates implements Certificates {

    private static final Batch<Certificate> CERTIFICATES = ActorColumns.in(QuantityColumns.in(new Batch<Certificate>()
            .uuid("id", Certificate::id)
            .uuid("job_id", Certificate::job)
            .uuid("service_id", certificate -> certificate.service().value())
            .text("job_number", Certificate::jobNumber)
            .text("order_number", Certificate::order)
            .text("type", Certificate::type)
            .text("specification", certificate -> certificate.fields().specification().orElse(null))
            .text("process", certificate -> certificate.fields().process().orElse(null))
            .text("signer", certificate -> certificate.fields().signer().orElse(null))
            .text("contact", certificate -> certificate.fields().contact().orElse(null))
            .text("contact_email", certificate -> certificate.fields().contactEmail().orElse(null))
            .instant("created_at", Certificate::createdAt)
            .text("number", certificate -> certificate.issue().map(Issue::number).orElse(null))
            .date("issued_on", certificate -> certificate.issue().map(Issue::date).orElse(null))
            .instant("issued_at", certificate -> certificate.issue().map(Issue::at).orElse(null)), Certificate::quantities),
            "issued_by", certificate -> certificate.issue().map(Issue::by).orElse(null));

    private final JpaUnitOfWork unitOfWork;

    JpaCertificates(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Certificate certificate) {
        return unitOfWork.inConnection(connection -> CERTIFICATES.update(connection,
                "INSERT INTO certificate (%s) SELECT * FROM %s ON CONFLICT (job_id, type) DO NOTHING"
                        .formatted(CERTIFICATES.names(), CERTIFICATES.rows()), List.of(certificate))) == 1;
    }

    @Override
    public boolean update(Certificate certificate) {
        return unitOfWork.inConnection(connection -> CERTIFICATES.update(connection, """
                UPDATE certificate c SET specification = batch.specification, process = batch.process, signer = batch.signer,
                       contact = batch.contact, contact_email = batch.contact_email, received = batch.received,
                       done = batch.done, scrapped = batch.scrapped, rejected = batch.rejected, number = batch.number,
                       issued_on = batch.issued_on, issued_at = batch.issued_at, issued_by_kind = batch.issued_by_kind,
                       issued_by_name = batch.issued_by_name
                FROM %s WHERE c.id = batch.id AND c.issued_at IS NULL
                """.formatted(CERTIFICATES.rows()), List.of(certificate))) == 1;
    }

    @Override
    public List<Certificate> of(UUID job) {
        return certificates("job_id = ? ORDER BY type", job);
    }

    @Override
    public Optional<Certificate> find(ServiceId service, UUID id) {
        return certificates("service_id = ? AND id = ?", service.value(), id).stream().findFirst();
    }

    @Override
    public Page<Certificate> list(ServiceId service, Optional<Boolean> issued, PageRequest request) {
        String wanted = "service_id = ?" + issued.map(yes -> " AND issued_at IS " + (yes ? "NOT " : "") + "NULL").orElse("");
        return unitOfWork.call(() -> new Page<>(certificates(wanted + " ORDER BY job_number, type LIMIT ? OFFSET ?",
                service.value(), request.size(), request.offset()),
                unitOfWork.inConnection(connection -> Sql.query(connection,
                        "SELECT count(*) FROM certificate WHERE " + wanted, row -> row.getLong(1), service.value()))
                        .get(0)));
    }

    private List<Certificate> certificates(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM certificate WHERE " + condition,
                JpaCertificates::read, parameters));
    }

    private static Certificate read(ResultSet row) throws SQLException {
        String number = row.getString("number");
        return new Certificate(Sql.uuid(row, "id"), Sql.uuid(row, "job_id"), new ServiceId(Sql.uuid(row, "service_id")),
                row.getString("job_number"), row.getString("order_number"), row.getString("type"),
                new CertificateFields(Sql.textIfAny(row, "specification"), Sql.textIfAny(row, "process"),
                        Sql.textIfAny(row, "signer"), Sql.textIfAny(row, "contact"), Sql.textIfAny(row, "contact_email")),
                QuantityColumns.read(row), Sql.instant(row, "created_at"), number == null ? Optional.empty()
                        : Optional.of(new Issue(number, Sql.day(row, "issued_on"), Sql.instant(row, "issued_at"),
                                ActorColumns.read(row, "issued_by"))));
    }
}
