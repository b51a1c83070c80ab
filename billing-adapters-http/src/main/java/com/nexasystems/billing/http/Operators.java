package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.identity.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What operators do, on the audit trail: for routes that commit by themselves. */
final class Operators {

    private Operators() {
    }

    static void audit(Billing billing, Call call, String action, Service service, Map<String, String> details) {
        audit(billing, call, action, "service " + service.code(), details);
    }

    static void audit(Billing billing, Call call, String action, String subject, Map<String, String> details) {
        Map<String, String> all = new HashMap<>(details);
        all.put("request_id", call.requestId());
        all.put("key", call.caller().key());
        billing.ports().auditTrail().add(List.of(new AuditEntry(call.now(), call.actor(), action,
                subject, all)));
    }
}
