package com.nexasystems.billing.invoicing;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.subscription.Subscription;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Work on many subscriptions at once, of which one that fails does not take the others down. */
final class Isolated {

    private Isolated() {
    }

    /**
     * All at once; if that fails, half by half, until what fails is alone.
     *
     * @param failed gets those that failed
     * @throws PortFailure if a port failed: that is not a subscription's fault
     */
    static <T> List<T> each(List<Subscription> subscriptions, Function<List<Subscription>, List<T>> work,
                            List<BillingFailure> failed) {
        try {
            return work.apply(subscriptions);
        } catch (PortFailure e) {
            throw e;
        } catch (RuntimeException e) {
            if (subscriptions.size() == 1) {
                failed.add(BillingFailure.of(subscriptions.get(0).id(), subscriptions.get(0).externalId(), e));
                return List.of();
            }
            int half = subscriptions.size() / 2;
            var done = new ArrayList<>(each(subscriptions.subList(0, half), work, failed));
            done.addAll(each(subscriptions.subList(half, subscriptions.size()), work, failed));
            return done;
        }
    }
}
