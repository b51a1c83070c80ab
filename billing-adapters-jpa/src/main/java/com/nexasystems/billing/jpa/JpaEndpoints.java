package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Endpoints;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Locks are rows: an endpoint's before those of its deliveries. */
final class JpaEndpoints implements Endpoints {

    private final JpaUnitOfWork unitOfWork;

    JpaEndpoints(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    /** One after the other for a service: its row is locked. */
    @Override
    public boolean add(Endpoint endpoint, int most) {
        return unitOfWork.inConnection(connection -> {
            UUID service = endpoint.service().value();
            Sql.query(connection, "SELECT 1 FROM service WHERE id = ? FOR NO KEY UPDATE", row -> 1, service);
            long before = Sql.query(connection, "SELECT count(*) FROM webhook_endpoint WHERE service_id = ?",
                    row -> row.getLong(1), service).get(0);
            return before < most && EndpointRow.BATCH.insert(connection, "webhook_endpoint", List.of(endpoint)) == 1;
        });
    }

    @Override
    public void update(Endpoint endpoint) {
        unitOfWork.inConnection(connection -> EndpointRow.BATCH.update(connection, """
                UPDATE webhook_endpoint e SET name = batch.name, url = batch.url, format = batch.format,
                       event_types = batch.event_types, secrets = batch.secrets, secrets_until = batch.secrets_until,
                       disabled_reason = batch.disabled_reason, disabled_at = batch.disabled_at
                FROM %s WHERE e.id = batch.id
                """.formatted(EndpointRow.BATCH.rows()), List.of(endpoint)));
    }

    /** Whoever adds deliveries holds the endpoint: once it is locked to be removed, they are all there. */
    @Override
    public boolean remove(ServiceId service, EndpointId id) {
        return unitOfWork.inConnection(connection -> {
            boolean removed = Sql.update(connection, "DELETE FROM webhook_endpoint WHERE id = ? AND service_id = ?",
                    id.value(), service.value()) == 1;
            if (removed) {
                JpaDeliveries.removeAll(connection, id);
            }
            return removed;
        });
    }

    @Override
    public Optional<Endpoint> find(ServiceId service, EndpointId id) {
        return read("WHERE id = ? AND service_id = ?", id.value(), service.value()).stream().findFirst();
    }

    @Override
    public Optional<Endpoint> hold(ServiceId service, EndpointId id) {
        return read("WHERE id = ? AND service_id = ? FOR NO KEY UPDATE", id.value(), service.value()).stream().findFirst();
    }

    @Override
    public Page<Endpoint> list(ServiceId service, PageRequest request) {
        return unitOfWork.call(() -> new Page<>(read(
                "WHERE service_id = ? ORDER BY created_at DESC, id DESC LIMIT ? OFFSET ?", service.value(), request.size(),
                request.offset()), unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT count(*) FROM webhook_endpoint WHERE service_id = ?", row -> row.getLong(1), service.value()).get(0))));
    }

    @Override
    public List<Endpoint> of(Collection<ServiceId> services) {
        return unitOfWork.inConnection(connection -> read(
                "WHERE service_id = ANY (?) AND disabled_at IS NULL ORDER BY id",
                Sql.uuids(connection, services.stream().map(ServiceId::value))));
    }

    private List<Endpoint> read(String condition, Object... parameters) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM webhook_endpoint " + condition,
                EndpointRow::read, parameters));
    }
}
