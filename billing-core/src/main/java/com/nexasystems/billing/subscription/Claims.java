package com.nexasystems.billing.subscription;

import com.nexasystems.billing.boundary.UnitOfWork;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Changes a subscription as it is once nobody else bills or changes it, in one unit of work. */
public final class Claims {

    private final Subscriptions subscriptions;
    private final UnitOfWork unitOfWork;

    public Claims(Subscriptions subscriptions, UnitOfWork unitOfWork) {
        this.subscriptions = subscriptions;
        this.unitOfWork = unitOfWork;
    }

    /**
     * @param reference our id or the service's external id
     * @param then      is told of the change, in the same unit of work
     * @throws InvalidValue if the service has no such subscription
     */
    public Subscription change(ServiceId service, String reference, UnaryOperator<Subscription> change,
                        Consumer<Subscription> then) {
        return unitOfWork.call(() -> {
            Subscription found = subscriptions.resolve(service, List.of(reference)).get(reference);
            if (found == null) {
                throw new InvalidValue("subscription", "does not exist: " + reference);
            }
            Subscription changed = change.apply(subscriptions.claim(List.of(found.id())).get(0));
            subscriptions.update(List.of(changed));
            then.accept(changed);
            return changed;
        });
    }
}
