package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.reconciliation.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Function;

/** The columns of who did something, and of why somebody accepted a difference. */
final class ActorColumns {

    private ActorColumns() {
    }

    /** @param prefix of the columns, such as {@code by} */
    static <T> Batch<T> in(Batch<T> batch, String prefix, Function<T, Actor> actor) {
        return batch.text(prefix + "_kind", row -> Nullable.map(actor.apply(row), Actor::kind))
                .text(prefix + "_name", row -> Nullable.map(actor.apply(row), Actor::name));
    }

    static Actor read(ResultSet row, String prefix) throws SQLException {
        return new Actor(row.getString(prefix + "_kind"), row.getString(prefix + "_name"));
    }

    /** @param resolution gives null for none */
    static <T> Batch<T> resolution(Batch<T> batch, Function<T, Resolution> resolution) {
        return in(batch, "resolved_by", row -> Nullable.map(resolution.apply(row), Resolution::by))
                .instant("resolved_at", row -> Nullable.map(resolution.apply(row), Resolution::at))
                .text("resolved_note", row -> Nullable.map(resolution.apply(row), Resolution::note));
    }

    /** @return null for none */
    static Resolution resolution(ResultSet row) throws SQLException {
        String note = row.getString("resolved_note");
        return note == null ? null : new Resolution(read(row, "resolved_by"), Sql.instant(row, "resolved_at"), note);
    }
}
