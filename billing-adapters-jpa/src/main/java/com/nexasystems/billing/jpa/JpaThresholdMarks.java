package com.nexasystems.billing.jpa;

import com.nexasystems.billing.rating.ThresholdMarks;
import com.nexasystems.billing.subscription.SubscriptionId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Whoever sets marks waits for others that are about to set the same ones, in the order of the primary key. */
final class JpaThresholdMarks implements ThresholdMarks {

    private static final Batch<Mark> MARKS = new Batch<Mark>()
            .uuid("subscription_id", mark -> mark.subscription().value())
            .text("charge", Mark::charge)
            .instant("period_start", Mark::period)
            .integer("percent", Mark::percent);

    private static final String SET = """
            INSERT INTO threshold_mark (%s)
            SELECT * FROM %s ORDER BY subscription_id, charge COLLATE "C", period_start, percent
            ON CONFLICT DO NOTHING RETURNING *
            """.formatted(MARKS.names(), MARKS.rows());

    private final JpaUnitOfWork unitOfWork;

    JpaThresholdMarks(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public Set<Mark> set(Collection<Mark> marks) {
        return new HashSet<>(unitOfWork.inConnection(connection -> MARKS.query(connection, SET, marks, row -> new Mark(
                new SubscriptionId(Sql.uuid(row, "subscription_id")), row.getString("charge"),
                Sql.instant(row, "period_start"), row.getInt("percent")))));
    }
}
