package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.production.Jobs;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

final class JpaJobs implements Jobs {

    private static final Batch<Job> JOBS = ActorColumns.in(QuantityColumns.in(new Batch<Job>()
            .uuid("id", Job::id)
            .uuid("service_id", job -> job.service().value())
            .text("number", Job::number)
            .text("order_number", Job::order)
            .texts("line_items", job -> job.master().lines().stream().map(OrderLine::item).toList())
            .texts("line_processes", job -> job.master().lines().stream().map(line -> line.process().orElse(null)).toList())
            .text("spec_code", of(MasterData::specification, spec -> Optional.of(spec.code())))
            .text("spec_revision", of(MasterData::specification, Specification::revision))
            .text("spec_signer", of(MasterData::specification, Specification::signer))
            .text("company_signer", job -> job.master().companySigner().orElse(null))
            .text("customer", of(MasterData::customer, customer -> Optional.of(customer.id())))
            .text("contact_name", of(MasterData::customer, customer -> customer.contact().map(Contact::name)))
            .text("contact_email", of(MasterData::customer, customer -> customer.contact().flatMap(Contact::email)))
            .texts("certificate_types", Job::certificateTypes)
            .instant("completed_at", job -> job.completion().map(Completion::at).orElse(null))
            .bool("bypassed", job -> job.completion().filter(Completion::bypassed).isPresent()), Job::quantities),
            "completed_by", job -> job.completion().map(Completion::by).orElse(null));

    private final JpaUnitOfWork unitOfWork;

    JpaJobs(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    private static <T> Function<Job, String> of(Function<MasterData, Optional<T>> part, Function<T, Optional<String>> text) {
        return job -> part.apply(job.master()).flatMap(text).orElse(null);
    }

    /** Waits for who is about to add the same number. */
    @Override
    public boolean add(Job job) {
        return unitOfWork.inConnection(connection -> JOBS.update(connection,
                "INSERT INTO production_job (%s) SELECT * FROM %s ON CONFLICT (service_id, number) DO NOTHING"
                        .formatted(JOBS.names(), JOBS.rows()), List.of(job))) == 1;
    }

    @Override
    public void update(Job job) {
        unitOfWork.inConnection(connection -> JOBS.update(connection, """
                UPDATE production_job j SET order_number = batch.order_number, received = batch.received, done = batch.done,
                       scrapped = batch.scrapped, rejected = batch.rejected, line_items = batch.line_items,
                       line_processes = batch.line_processes, spec_code = batch.spec_code,
                       spec_revision = batch.spec_revision, spec_signer = batch.spec_signer,
                       company_signer = batch.company_signer, customer = batch.customer,
                       contact_name = batch.contact_name, contact_email = batch.contact_email,
                       certificate_types = batch.certificate_types, completed_by_kind = batch.completed_by_kind,
                       completed_by_name = batch.completed_by_name, completed_at = batch.completed_at,
                       bypassed = batch.bypassed
                FROM %s WHERE j.id = batch.id
                """.formatted(JOBS.rows()), List.of(job)));
    }

    @Override
    public Optional<Job> find(ServiceId service, String number) {
        return jobs("service_id = ? AND number = ?", service.value(), number).stream().findFirst();
    }

    @Override
    public Optional<Job> find(ServiceId service, UUID id) {
        return jobs("service_id = ? AND id = ?", service.value(), id).stream().findFirst();
    }

    @Override
    public Optional<Job> claim(ServiceId service, String number) {
        return jobs("service_id = ? AND number = ? FOR UPDATE", service.value(), number).stream().findFirst();
    }

    @Override
    public Page<Job> list(ServiceId service, Optional<Boolean> completed, PageRequest request) {
        String wanted = "service_id = ?" + completed.map(yes -> " AND completed_at IS " + (yes ? "NOT " : "") + "NULL")
                .orElse("");
        return unitOfWork.call(() -> new Page<>(
                jobs(wanted + " ORDER BY number LIMIT ? OFFSET ?", service.value(), request.size(), request.offset()),
                unitOfWork.inConnection(connection -> Sql.query(connection,
                        "SELECT count(*) FROM production_job WHERE " + wanted, row -> row.getLong(1), service.value()))
                        .get(0)));
    }

    @Override
    public List<Job> open(ServiceId service, Optional<String> after, int limit) {
        return jobs("service_id = ? AND completed_at IS NULL AND number > ? ORDER BY number LIMIT ?", service.value(),
                after.orElse(""), limit);
    }

    @Override
    public List<Job> lackingCertificates(Optional<ServiceId> service, Optional<Job> after, int limit) {
        return jobs("""
                completed_at IS NOT NULL AND (?::uuid IS NULL OR service_id = ?::uuid)
                    AND (?::uuid IS NULL OR (service_id, number) > (?::uuid, ?))
                    AND EXISTS (SELECT FROM unnest(certificate_types) AS required (type) WHERE NOT EXISTS (
                        SELECT FROM certificate c WHERE c.job_id = production_job.id AND c.type = required.type))
                ORDER BY service_id, number LIMIT ?
                """, value(service), value(service), value(after.map(Job::service)), value(after.map(Job::service)),
                after.map(Job::number).orElse(""), limit);
    }

    private static Object value(Optional<ServiceId> service) {
        return service.map(ServiceId::value).orElse(null);
    }

    private List<Job> jobs(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM production_job WHERE " + condition,
                JpaJobs::read, parameters));
    }

    private static Job read(ResultSet row) throws SQLException {
        Instant completedAt = Sql.instant(row, "completed_at");
        return new Job(Sql.uuid(row, "id"), new ServiceId(Sql.uuid(row, "service_id")), row.getString("number"),
                row.getString("order_number"), QuantityColumns.read(row), master(row),
                List.of(Sql.texts(row, "certificate_types")), completedAt == null ? Optional.empty()
                        : Optional.of(new Completion(ActorColumns.read(row, "completed_by"), completedAt,
                                row.getBoolean("bypassed"))));
    }

    private static MasterData master(ResultSet row) throws SQLException {
        String[] items = Sql.texts(row, "line_items");
        String[] processes = Sql.texts(row, "line_processes");
        Optional<String> revision = Sql.textIfAny(row, "spec_revision");
        Optional<String> signer = Sql.textIfAny(row, "spec_signer");
        Optional<String> email = Sql.textIfAny(row, "contact_email");
        Optional<Contact> contact = Sql.textIfAny(row, "contact_name").map(name -> new Contact(name, email));
        return new MasterData(IntStream.range(0, items.length)
                .mapToObj(i -> new OrderLine(items[i], Optional.ofNullable(processes[i]))).toList(),
                Sql.textIfAny(row, "spec_code").map(code -> new Specification(code, revision, signer)),
                Sql.textIfAny(row, "company_signer"),
                Sql.textIfAny(row, "customer").map(id -> new JobCustomer(id, contact)));
    }
}
