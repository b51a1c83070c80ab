package com.nexasystems.billing.jpa;

import com.nexasystems.billing.subscription.SubscriptionId;
import com.nexasystems.billing.usage.FreshUsage;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class JpaFreshUsage implements FreshUsage {

    private static final Batch<SubscriptionId> IDS = new Batch<SubscriptionId>()
            .uuid("subscription_id", SubscriptionId::value);
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final JpaUnitOfWork unitOfWork;

    JpaFreshUsage(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void mark(Collection<SubscriptionId> subscriptions) {
        unitOfWork.inConnection(connection -> IDS.update(connection, """
                INSERT INTO fresh_usage (subscription_id) SELECT * FROM %s ORDER BY subscription_id ON CONFLICT DO NOTHING
                """.formatted(IDS.rows()), new HashSet<>(subscriptions)));
    }

    @Override
    public List<SubscriptionId> waiting(Optional<SubscriptionId> after, int limit) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT subscription_id FROM fresh_usage WHERE subscription_id > ? ORDER BY subscription_id LIMIT ?
                """, row -> new SubscriptionId(row.getObject("subscription_id", UUID.class)),
                after.map(SubscriptionId::value).orElse(BEFORE_ALL), limit));
    }

    @Override
    public void settle(Collection<SubscriptionId> subscriptions) {
        unitOfWork.inConnection(connection -> IDS.update(connection, """
                DELETE FROM fresh_usage f USING %s WHERE f.subscription_id = batch.subscription_id
                """.formatted(IDS.rows()), subscriptions));
    }
}
