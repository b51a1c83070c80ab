package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import java.util.List;
import java.util.Optional;

final class JpaServices implements Services {

    private final JpaUnitOfWork unitOfWork;

    JpaServices(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Service service) {
        return unitOfWork.inConnection(connection -> Sql.update(connection, """
                INSERT INTO service (id, code, name, active, lenient_events, complete_invoices)
                VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, service.id().value(), service.code(), service.name(), service.active(), service.lenientEvents(),
                service.completeInvoices())) == 1;
    }

    @Override
    public void update(Service service) {
        unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE service SET name = ?, active = ?, lenient_events = ?, complete_invoices = ? WHERE id = ?",
                service.name(), service.active(), service.lenientEvents(), service.completeInvoices(),
                service.id().value()));
    }

    @Override
    public Optional<Service> find(ServiceId id) {
        return one("from ServiceRow where id = :wanted", id.value());
    }

    @Override
    public Optional<Service> findByCode(String code) {
        return one("from ServiceRow where code = :wanted", code);
    }

    private Optional<Service> one(String query, Object wanted) {
        return unitOfWork.inSession(session -> session.createSelectionQuery(query, ServiceRow.class)
                .setParameter("wanted", wanted).setMaxResults(1).list()).stream().findFirst().map(ServiceRow::toDomain);
    }

    @Override
    public List<Service> all() {
        return unitOfWork.inSession(session -> session.createSelectionQuery("from ServiceRow order by code",
                ServiceRow.class).list()).stream().map(ServiceRow::toDomain).toList();
    }
}
