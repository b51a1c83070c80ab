package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An operator's decision by which rules of the application's biller to compare. The next reconciliation does. */
public final class AdoptRules {

    private final Reconciliations reconciliations;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public AdoptRules(Reconciliations reconciliations, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.reconciliations = reconciliations;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    public AdoptedRules adopt(ServiceId service, BillerRules rules, Actor by) {
        Instant now = clock.instant();
        var adopted = new AdoptedRules(service, rules, by, now);
        unitOfWork.run(() -> {
            String before = reconciliations.adopted(service).map(known -> known.rules().toString()).orElse("none");
            reconciliations.adopt(adopted);
            trail.add(List.of(new AuditEntry(now, by, "reconciliation.rules_adopted", service.toString(),
                    Map.of("before", before, "after", rules.toString()))));
        });
        return adopted;
    }
}
