package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.identity.Services;
import java.util.List;
import java.util.Optional;
import org.hibernate.StatelessSession;

final class JpaServices implements Services {

    private final JpaUnitOfWork unitOfWork;

    JpaServices(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Service service) {
        return unitOfWork.call(() -> {
            int added = unitOfWork.inConnection(connection -> Sql.update(connection, """
                    INSERT INTO service (id, code, name, active) VALUES (?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """, service.id().value(), service.code(), service.name(), service.active()));
            if (added == 1) {
                addKeys(service);
            }
            return added == 1;
        });
    }

    @Override
    public void update(Service service) {
        unitOfWork.run(() -> {
            unitOfWork.inConnection(connection -> Sql.update(connection,
                    "UPDATE service SET name = ?, active = ? WHERE id = ?",
                    service.name(), service.active(), service.id().value()));
            unitOfWork.inConnection(connection -> Sql.update(connection,
                    "DELETE FROM service_key WHERE service_id = ?", service.id().value()));
            addKeys(service);
        });
    }

    private void addKeys(Service service) {
        unitOfWork.inSession(session -> {
            session.insertMultiple(ServiceKeyRow.from(service));
            return null;
        });
    }

    @Override
    public Optional<Service> find(ServiceId id) {
        return one("from ServiceRow where id = :wanted", id.value());
    }

    @Override
    public Optional<Service> findByCode(String code) {
        return one("from ServiceRow where code = :wanted", code);
    }

    @Override
    public Optional<Service> findByKey(ApiKeyHash key) {
        return one("from ServiceRow where id in (select serviceId from ServiceKeyRow where sha256 = :wanted)"
                + " order by code", key.sha256());
    }

    private Optional<Service> one(String query, Object wanted) {
        return unitOfWork.inSession(session -> withKeys(session, session.createSelectionQuery(query, ServiceRow.class)
                .setParameter("wanted", wanted).setMaxResults(1).list())).stream().findFirst();
    }

    @Override
    public List<Service> all() {
        return unitOfWork.inSession(session -> withKeys(session,
                session.createSelectionQuery("from ServiceRow order by code", ServiceRow.class).list()));
    }

    private static List<Service> withKeys(StatelessSession session, List<ServiceRow> services) {
        List<ServiceKeyRow> keys = session.createSelectionQuery(
                        "from ServiceKeyRow where serviceId in :ids order by position", ServiceKeyRow.class)
                .setParameter("ids", services.stream().map(service -> service.id).toList()).list();
        return services.stream().map(service -> service.toDomain(keys)).toList();
    }
}
