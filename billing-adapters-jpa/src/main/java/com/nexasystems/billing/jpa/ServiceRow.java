package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import java.util.UUID;

@Entity
@Table(name = "service")
class ServiceRow {

    @Id
    UUID id;
    String code;
    String name;
    boolean active;

    Service toDomain(List<ServiceKeyRow> keys) {
        return new Service(new ServiceId(id), code, name, keys.stream().filter(key -> key.serviceId.equals(id))
                .map(key -> new ApiKeyHash(key.sha256)).toList(), active);
    }
}
