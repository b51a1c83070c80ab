package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.AuthenticationLog.Attempt;
import com.nexasystems.billing.identity.KeyScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who did what, and who tried: for operators. */
final class TrailRoutes {

    private static final int MOST = 1_000;

    private final Billing billing;

    TrailRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.get("/audit_entries", this::entries).needing(KeyScope.OPERATE),
                Route.get("/authentication_attempts", this::attempts).needing(KeyScope.OPERATE));
    }

    private Answer entries(Call call) {
        PageRequest request = call.page();
        String subject = call.query("subject").orElseThrow(() -> ApiError.invalid("subject", "value_is_mandatory"));
        List<AuditEntry> newestFirst = new ArrayList<>(billing.ports().auditTrail().of(subject));
        Collections.reverse(newestFirst);
        return Answer.ok(Pages.of("audit_entries", Page.of(newestFirst, request), request, entry -> Json.object(
                "at", Times.millis(entry.at()), "actor_kind", entry.actor().kind(), "actor", entry.actor().name(),
                "action", entry.action(), "subject", entry.subject(), "details", entry.details())));
    }

    private Answer attempts(Call call) {
        PageRequest request = call.page();
        Page<Attempt> page = Page.of(billing.ports().authenticationLog().latest(MOST), request);
        return Answer.ok(Pages.of("authentication_attempts", page, request, attempt -> Json.object("at",
                Times.millis(attempt.at()), "succeeded", attempt.succeeded(), "key_id", attempt.key().orElse(null),
                "address", attempt.address(), "request_id", attempt.request())));
    }
}
