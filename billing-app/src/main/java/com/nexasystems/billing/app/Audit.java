package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import java.util.List;
import java.util.Map;

/** The trail of what is done at the machine itself. */
final class Audit {

    private Audit() {
    }

    static void keep(Host host, Engine engine, String action, String subject) {
        engine.ports().unitOfWork().run(() -> engine.ports().auditTrail().add(List.of(new AuditEntry(host.clock().instant(),
                Actor.person("command line"), action, subject, Map.of()))));
    }
}
