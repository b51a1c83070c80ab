package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.boundary.Ids;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ParityCertificate.Open;
import com.nexasystems.billing.reconciliation.ParityCertificate.Waiver;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconciliations.Cursor;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Issues certificates of what a reconciliation came to, and verifies them. */
public final class CertifyParity {

    private static final int PAGE = 1_000;

    private final Reconcile reconcile;
    private final Reconciliations reconciliations;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;
    private final UnitOfWork unitOfWork;

    @Inject
    public CertifyParity(Reconcile reconcile, Reconciliations reconciliations, AuditTrail trail, Ids ids, Clock clock,
                         UnitOfWork unitOfWork) {
        this.reconcile = reconcile;
        this.reconciliations = reconciliations;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
        this.unitOfWork = unitOfWork;
    }

    /**
     * Of the periods that begin in the days.
     *
     * @throws InvalidValue if the service has not been reconciled, or nothing begins in the days
     */
    public ParityCertificate issue(Service service, LocalDate from, LocalDate until, Actor by) {
        return unitOfWork.call(() -> {
            ReconciliationRun run = reconciliations.lastRun(service.id()).orElseThrow(() -> new InvalidValue("service",
                    "has not been reconciled yet: " + service.code()));
            RowQuery query = RowQuery.of(service.id()).between(from, until);
            RowDigest digest = reconcile.digest(query);
            if (digest.rows() == 0) {
                throw new InvalidValue("from", "no period of " + service.code() + " begins from " + from + " to before " + until);
            }
            var certificate = new ParityCertificate(ids.next(), service.id(), service.name(), from, until, run.rules(),
                    reconciliations.adopted(service.id()).filter(adopted -> adopted.rules().equals(run.rules())).isPresent(),
                    run.tolerance(), reconcile.summary(query), waivers(query), open(query), digest.hex(), by, clock.instant());
            reconciliations.add(certificate);
            trail.add(List.of(new AuditEntry(certificate.at(), by, "parity.certified", certificate.id().toString(),
                    Map.of("service", service.code(), "from", from.toString(), "until", until.toString(), "digest",
                            certificate.digest()))));
            return certificate;
        });
    }

    private List<Waiver> waivers(RowQuery query) {
        var waivers = new ArrayList<Waiver>();
        List<ReconciledRow> page = reconciliations.list(query.in(Status.RESOLVED), Optional.empty(), PAGE);
        while (!page.isEmpty()) {
            page.forEach(row -> waivers.add(new Waiver(row.subscription(), row.start(), row.delta(),
                    row.resolution().orElseThrow())));
            page = reconciliations.list(query.in(Status.RESOLVED), Optional.of(Cursor.of(page.get(page.size() - 1))), PAGE);
        }
        return waivers;
    }

    private List<Open> open(RowQuery query) {
        return reconciliations.list(query.in(Status.DELTA), Optional.empty(), ParityCertificate.MOST_OPEN).stream()
                .map(row -> new Open(row.subscription(), row.start(), row.delta(), row.unexplained())).toList();
    }

    /** Whether a certificate holds. */
    public enum Verdict {
        /** It was issued here as it stands, and the rows are the ones that it tells of. */
        HOLDS,
        /** It was issued here as it stands, but rows have changed since. */
        ROWS_HAVE_CHANGED,
        /** One of this number was issued here, and says something else. */
        ALTERED,
        NOT_ISSUED_HERE
    }

    /** @param stands whether what somebody holds in hand says what was issued */
    public Verdict verify(UUID id, Predicate<ParityCertificate> stands) {
        Optional<ParityCertificate> issued = reconciliations.certificate(id);
        if (issued.isEmpty()) {
            return Verdict.NOT_ISSUED_HERE;
        }
        ParityCertificate certificate = issued.get();
        if (!stands.test(certificate)) {
            return Verdict.ALTERED;
        }
        RowQuery query = RowQuery.of(certificate.service()).between(certificate.from(), certificate.until());
        return reconcile.digest(query).hex().equals(certificate.digest()) ? Verdict.HOLDS : Verdict.ROWS_HAVE_CHANGED;
    }
}
