package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.DryRun;
import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.Subscriptions;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What an invoice would say: with the usage so far, and with the coupons, taxes, credit notes and prepaid credits as they
 * are now. It goes the way of a real one, and then nothing of it is kept.
 */
public final class Preview {

    private static final int MOST_DATES = 4;

    private final Drafting drafting;
    private final Settlement settlement;
    private final Subscriptions subscriptions;
    private final UnitOfWork unitOfWork;

    @Inject
    public Preview(Drafting drafting, Settlement settlement, Subscriptions subscriptions, UnitOfWork unitOfWork) {
        this.drafting = drafting;
        this.settlement = settlement;
        this.subscriptions = subscriptions;
        this.unitOfWork = unitOfWork;
    }

    /**
     * The next invoice of a subscription, as if it were written now.
     *
     * @param reference our id of it, or the service's own
     * @return a draft without a number; empty if no invoice follows
     * @throws InvalidValue if the service has no such subscription
     */
    public Optional<Invoice> next(ServiceId service, String reference) {
        return after(() -> Optional.ofNullable(subscriptions.resolve(service, List.of(reference)).get(reference))
                .orElseThrow(() -> new InvalidValue("subscription", "does not exist: " + reference)));
    }

    /**
     * The next invoice of a subscription after something that is not done: such as starting it, or changing its plan.
     *
     * @param change does it through the use cases of this engine, and answers the subscription; must not be called inside a
     *               unit of work, since nothing of that is kept
     */
    public Optional<Invoice> after(Supplier<Subscription> change) {
        return DryRun.of(unitOfWork, () -> Optional.of(change.get())
                .filter(subscription -> subscription.state().isBilled() && subscription.nextInvoiceAt().isPresent())
                .flatMap(this::next));
    }

    /** At a date at which nothing is billed, such as the start of a plan in arrears, the one after it is looked at. */
    private Optional<Invoice> next(Subscription subscription) {
        Subscription current = subscription;
        for (int date = 0; date < MOST_DATES && current.nextInvoiceAt().isPresent(); date++) {
            Drafting.Draft draft = drafting.draft(List.of(current)).get(0);
            if (draft.drafted().isPresent()) {
                return Optional.of(settlement.settle(List.of(draft.drafted().get().invoice())).get(0));
            }
            current = draft.billed();
        }
        return Optional.empty();
    }
}
