package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.Service;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

@Entity
@Table(name = "service_key")
@IdClass(ServiceKeyRow.Key.class)
class ServiceKeyRow {

    /** What identifies a row. */
    record Key(UUID serviceId, int position) implements Serializable { }

    @Id
    UUID serviceId;
    @Id
    int position;
    String sha256;

    static List<ServiceKeyRow> from(Service service) {
        return IntStream.range(0, service.keys().size()).mapToObj(i -> from(service, i, service.keys().get(i))).toList();
    }

    private static ServiceKeyRow from(Service service, int position, ApiKeyHash key) {
        var row = new ServiceKeyRow();
        row.serviceId = service.id().value();
        row.position = position;
        row.sha256 = key.sha256();
        return row;
    }
}
