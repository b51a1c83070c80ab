package com.nexasystems.billing.jpa;

import com.nexasystems.billing.cutover.CutOvers;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.cutover.Flip.Reverted;
import com.nexasystems.billing.identity.ServiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class JpaCutOvers implements CutOvers {

    private static final Batch<Flip> FLIPS = ActorColumns.in(ActorColumns.in(new Batch<Flip>()
            .uuid("id", Flip::id)
            .uuid("service_id", flip -> flip.service().value())
            .text("user_id", flip -> flip.user().orElse(null))
            .instant("since", Flip::since)
            .bigint("subscriptions", Flip::subscriptions)
            .instant("at", Flip::at)
            .instant("reverted_at", flip -> flip.reverted().map(Reverted::at).orElse(null)), "by", Flip::by),
            "reverted_by", flip -> flip.reverted().map(Reverted::by).orElse(null));

    private final JpaUnitOfWork unitOfWork;

    JpaCutOvers(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void claim(ServiceId service) {
        unitOfWork.inConnection(connection -> {
            Sql.update(connection, "INSERT INTO cut_over_claim (service_id) VALUES (?) ON CONFLICT DO NOTHING",
                    service.value());
            return Sql.query(connection, "SELECT 1 FROM cut_over_claim WHERE service_id = ? FOR UPDATE", row -> 1,
                    service.value());
        });
    }

    @Override
    public void add(Flip flip) {
        unitOfWork.inConnection(connection -> FLIPS.insert(connection, "cut_over", List.of(flip)));
    }

    @Override
    public void update(Flip flip) {
        unitOfWork.inConnection(connection -> FLIPS.update(connection, """
                UPDATE cut_over c SET reverted_at = batch.reverted_at, reverted_by_kind = batch.reverted_by_kind,
                       reverted_by_name = batch.reverted_by_name
                FROM %s WHERE c.id = batch.id
                """.formatted(FLIPS.rows()), List.of(flip)));
    }

    @Override
    public List<Flip> of(ServiceId service) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM cut_over WHERE service_id = ? ORDER BY place", JpaCutOvers::flip, service.value()));
    }

    private static Flip flip(ResultSet row) throws SQLException {
        Instant revertedAt = Sql.instant(row, "reverted_at");
        return new Flip(Sql.uuid(row, "id"), new ServiceId(Sql.uuid(row, "service_id")), Sql.textIfAny(row, "user_id"),
                Sql.instant(row, "since"), row.getLong("subscriptions"), ActorColumns.read(row, "by"),
                Sql.instant(row, "at"), revertedAt == null ? Optional.empty()
                        : Optional.of(new Reverted(ActorColumns.read(row, "reverted_by"), revertedAt)));
    }
}
