package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

@Entity
@Table(name = "service")
class ServiceRow {

    @Id
    UUID id;
    String code;
    String name;
    boolean active;
    boolean lenientEvents;
    boolean completeInvoices;

    Service toDomain() {
        return new Service(new ServiceId(id), code, name, active, lenientEvents, completeInvoices);
    }
}
