package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Deliveries.Outcome;
import com.nexasystems.billing.webhook.Delivery;
import com.nexasystems.billing.webhook.Delivery.State;
import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.DeliveryId;
import com.nexasystems.billing.webhook.EndpointId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;

/** Deliveries and their attempts as rows. */
final class DeliveryRow {

    static final Batch<Delivery> BATCH = new Batch<Delivery>()
            .uuid("endpoint_id", delivery -> delivery.endpoint().value())
            .uuid("event_id", Delivery::event)
            .uuid("id", delivery -> delivery.id().value())
            .uuid("service_id", delivery -> delivery.service().value())
            .text("type", delivery -> delivery.type().code())
            .text("body", Delivery::body)
            .text("state", delivery -> delivery.state().code())
            .integer("tries", Delivery::tries)
            .instant("next_at", delivery -> delivery.nextAt().orElse(null))
            .instant("created_at", Delivery::createdAt)
            .instant("ended_at", delivery -> ended(delivery, delivery.createdAt()));

    /** The delivery and its attempt, of which the one may be changed and the other is added. */
    static final Batch<Outcome> OUTCOMES = new Batch<Outcome>()
            .uuid("endpoint_id", outcome -> outcome.after().endpoint().value())
            .uuid("event_id", outcome -> outcome.after().event())
            .uuid("id", outcome -> outcome.after().id().value())
            .text("state", outcome -> outcome.after().state().code())
            .integer("tries", outcome -> outcome.after().tries())
            .instant("next_at", outcome -> outcome.after().nextAt().orElse(null))
            .instant("ended_at", outcome -> ended(outcome.after(), outcome.attempt().at()))
            .instant("at", outcome -> outcome.attempt().at())
            .bigint("took_millis", outcome -> outcome.attempt().took().toMillis())
            .integer("status", outcome -> statusOrNull(outcome.attempt()))
            .text("detail", outcome -> outcome.attempt().detail());

    private DeliveryRow() {
    }

    private static Instant ended(Delivery delivery, Instant at) {
        return delivery.state() == State.PENDING ? null : at;
    }

    private static Integer statusOrNull(DeliveryAttempt attempt) {
        return attempt.status().isPresent() ? attempt.status().getAsInt() : null;
    }

    static Delivery read(ResultSet row) throws SQLException {
        return new Delivery(new DeliveryId(Sql.uuid(row, "id")), new EndpointId(Sql.uuid(row, "endpoint_id")),
                new ServiceId(Sql.uuid(row, "service_id")), Sql.uuid(row, "event_id"),
                JpaEventLog.TYPES.get(row.getString("type")), row.getString("body"),
                State.valueOf(PaymentRow.upper(row, "state")), row.getInt("tries"), Sql.instantIfAny(row, "next_at"),
                Sql.instant(row, "created_at"));
    }

    static DeliveryAttempt readAttempt(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        OptionalInt answered = row.wasNull() ? OptionalInt.empty() : OptionalInt.of(status);
        return new DeliveryAttempt(new DeliveryId(Sql.uuid(row, "delivery_id")), Sql.instant(row, "at"),
                Duration.ofMillis(row.getLong("took_millis")), answered, row.getString("detail"));
    }
}
