package com.nexasystems.billing.cutover;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.Reconciliations;
import com.nexasystems.billing.shadow.ShadowRecords;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Takes away what the shadow import of a service has made, and what was computed of it; nothing else. */
public final class PruneShadow {

    private final ShadowRecords records;
    private final Reconciliations reconciliations;
    private final CutOvers cutOvers;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public PruneShadow(ShadowRecords records, Reconciliations reconciliations, CutOvers cutOvers, AuditTrail trail, Clock clock,
                       UnitOfWork unitOfWork) {
        this.records = records;
        this.reconciliations = reconciliations;
        this.cutOvers = cutOvers;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /** @throws InvalidValue if a cut-over of the service is in force */
    public Pruned prune(ServiceId service, Actor by) {
        return unitOfWork.call(() -> {
            cutOvers.claim(service);
            if (cutOvers.of(service).stream().anyMatch(flip -> flip.reverted().isEmpty())) {
                throw new InvalidValue("service", "has been cut over to this engine; what was imported is what it bills");
            }
            Pruned pruned = records.prune(service);
            reconciliations.remove(service);
            trail.add(List.of(new AuditEntry(clock.instant(), by, "shadow.pruned", service.toString(), Map.of(
                    "subscriptions", Long.toString(pruned.subscriptions()), "usage", Long.toString(pruned.usage())))));
            return pruned;
        });
    }
}
