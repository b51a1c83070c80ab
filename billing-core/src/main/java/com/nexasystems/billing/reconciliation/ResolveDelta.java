package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Accepts a difference, with a note. It counts as long as the figures are what they were. */
public final class ResolveDelta {

    private final Reconciliations reconciliations;
    private final AuditTrail trail;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public ResolveDelta(Reconciliations reconciliations, AuditTrail trail, Clock clock, UnitOfWork unitOfWork) {
        this.reconciliations = reconciliations;
        this.trail = trail;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param seen the row as the operator looked at it
     * @throws InvalidValue if the row is not a difference any more, or has other figures now; or if there is no note
     */
    public ReconciledRow resolve(ReconciledRow seen, Actor by, String note) {
        var resolution = new Resolution(by, clock.instant(), note);
        return unitOfWork.call(() -> {
            if (!reconciliations.resolve(seen, resolution)) {
                throw new InvalidValue("row", "is no open difference of " + seen.computed().toPlainString() + " and "
                        + seen.actual().toPlainString() + " any more; look at it again");
            }
            trail.add(List.of(new AuditEntry(resolution.at(), by, "reconciliation.resolved",
                    seen.service() + "/" + seen.subscription() + "/" + seen.start(),
                    Map.of("computed", seen.computed().toPlainString(), "actual", seen.actual().toPlainString(),
                            "note", note))));
            return seen.resolved(resolution);
        });
    }
}
