package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.AuthenticationLog;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class JpaAuthenticationLog implements AuthenticationLog {

    private static final Batch<Attempt> ATTEMPTS = new Batch<Attempt>()
            .instant("at", Attempt::at)
            .bool("succeeded", Attempt::succeeded)
            .text("key_id", attempt -> attempt.key().orElse(null))
            .text("address", Attempt::address)
            .text("request_id", Attempt::request);

    private final JpaUnitOfWork unitOfWork;

    JpaAuthenticationLog(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void record(List<Attempt> attempts) {
        unitOfWork.inConnection(connection -> ATTEMPTS.update(connection, """
                INSERT INTO authentication_attempt (%s) SELECT * FROM %s
                """.formatted(ATTEMPTS.names(), ATTEMPTS.rows()), attempts));
    }

    @Override
    public long failuresSince(Instant from) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT count(*) FROM authentication_attempt WHERE NOT succeeded AND at >= ?::timestamptz",
                row -> row.getLong(1), Sql.text(from))).get(0);
    }

    @Override
    public List<Attempt> latest(int most) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM (SELECT * FROM authentication_attempt ORDER BY id DESC LIMIT ?) AS last ORDER BY at DESC, id
                """, row -> new Attempt(Sql.instant(row, "at"), row.getBoolean("succeeded"),
                Optional.ofNullable(row.getString("key_id")), row.getString("address"), row.getString("request_id")), most));
    }

    @Override
    public boolean raise(long window) {
        return unitOfWork.inConnection(connection -> Sql.update(connection,
                "INSERT INTO authentication_alert (time_window) VALUES (?) ON CONFLICT DO NOTHING", window)) == 1;
    }
}
