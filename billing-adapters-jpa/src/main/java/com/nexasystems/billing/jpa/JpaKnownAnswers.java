package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.KnownAnswers;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class JpaKnownAnswers implements KnownAnswers {

    private static final int MOST_FORGOTTEN = 5_000;

    private final JpaUnitOfWork unitOfWork;

    JpaKnownAnswers(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public Optional<KnownAnswer> claim(String caller, String key, Instant now) {
        return unitOfWork.inConnection(connection -> {
            int claimed = Sql.update(connection, """
                    INSERT INTO known_answer (caller, key, claimed_at) VALUES (?, ?, ?::timestamptz)
                    ON CONFLICT DO NOTHING
                    """, caller, key, Sql.text(now));
            if (claimed == 1) {
                return Optional.empty();
            }
            List<KnownAnswer> known = Sql.query(connection,
                    "SELECT fingerprint, answer FROM known_answer WHERE caller = ? AND key = ? AND answer IS NOT NULL",
                    row -> new KnownAnswer(row.getString("fingerprint"), row.getString("answer")), caller, key);
            return known.stream().findFirst();
        });
    }

    @Override
    public void keep(String caller, String key, KnownAnswer answer) {
        unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE known_answer SET fingerprint = ?, answer = ? WHERE caller = ? AND key = ?", answer.fingerprint(),
                answer.text(), caller, key));
    }

    @Override
    public int forget(Instant olderThan) {
        return unitOfWork.inConnection(connection -> Sql.update(connection, """
                DELETE FROM known_answer WHERE (caller, key) IN
                    (SELECT caller, key FROM known_answer WHERE claimed_at < ?::timestamptz LIMIT ? FOR UPDATE SKIP LOCKED)
                """, Sql.text(olderThan), MOST_FORGOTTEN));
    }
}
