package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.DraftUpdate.Held;
import com.nexasystems.billing.quantity.InvalidValue;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Brings drafts up to date before they are finalised, for whoever looks at them. Finalising does so anyway: this may run
 * never, or as often as anybody likes.
 */
public final class RefreshDrafts {

    private static final int PAGE = 500;

    private final DraftUpdate update;
    private final Invoices invoices;
    private final UnitOfWork unitOfWork;

    @Inject
    public RefreshDrafts(DraftUpdate update, Invoices invoices, UnitOfWork unitOfWork) {
        this.update = update;
        this.invoices = invoices;
        this.unitOfWork = unitOfWork;
    }

    /**
     * One invoice as it is now. What was issued already stays as it is.
     *
     * @throws InvalidValue if the service has no such invoice, or it cannot be rated
     */
    public Invoice refresh(ServiceId service, InvoiceId id) {
        return unitOfWork.call(() -> {
            Invoice seen = invoices.find(id).filter(own -> own.service().equals(service))
                    .orElseThrow(() -> new InvalidValue("invoice", "does not exist: " + id));
            Held held = update.hold(List.of(seen), () -> invoices.find(id).stream()
                    .filter(invoice -> invoice.status() == InvoiceStatus.DRAFT).toList());
            held.failed().stream().findFirst().ifPresent(failure -> {
                throw new InvalidValue("invoice", "cannot be rated: " + failure.reason());
            });
            return held.current().stream().findFirst().orElseGet(() -> invoices.find(id).orElseThrow());
        });
    }

    /**
     * All drafts that were due by then, page by page, each in a unit of work of its own.
     *
     * @param refreshed is told of each draft that changed, after it is durable
     * @throws PortFailure if a port failed; the next call does the rest
     */
    public BillingReport refreshAll(Instant dueUntil, Consumer<Invoice> refreshed) {
        var report = new ReportBuilder();
        Optional<Invoice> after = Optional.empty();
        do {
            Optional<Invoice> from = after;
            List<Invoice> page = invoices.drafts(dueUntil, from, PAGE);
            Held held = unitOfWork.call(() -> update.hold(page, () -> invoices.drafts(dueUntil, from, PAGE)));
            held.changed().forEach(refreshed);
            report.add(held.changed().size(), held.failed());
            after = page.isEmpty() ? Optional.empty() : Optional.of(page.get(page.size() - 1));
        } while (after.isPresent());
        return report.build();
    }
}
