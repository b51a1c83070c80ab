package com.nexasystems.billing.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * What keeps posted entries as they are, beside the chain that shows whether they are.
 *
 * @param owned whether the role that the engine works as owns them, as every superuser does: then it could do away with the
 *              triggers. See {@link JpaSettings#owner}
 * @param off   triggers that are not there, or switched off, such as {@code journal_entry.append_only}; none if all is well
 */
public record JournalProtection(boolean owned, List<String> off) {

    private static final List<String> TRIGGERS = List.of("journal_entry.append_only", "journal_entry.continues",
            "journal_entry.is_sealed", "journal_posting.append_only", "journal_posting.is_open", "journal_seal.append_only",
            "journal_seal.holds", "ledger_evidence.append_only", "period_lock.always_there");

    public JournalProtection {
        off = List.copyOf(off);
    }

    /** Whether nothing is left to be desired. */
    public boolean isComplete() {
        return !owned && off.isEmpty();
    }

    static JournalProtection in(Connection connection, String schema) throws SQLException {
        boolean owned = Sql.query(connection, """
                SELECT bool_or(pg_has_role(c.relowner, 'MEMBER') OR pg_has_role(n.nspowner, 'MEMBER'))
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND (c.relname LIKE 'journal\\_%' OR c.relname IN ('ledger_evidence', 'period_lock'))
                """, row -> row.getBoolean(1), schema).get(0);
        Set<String> on = Set.copyOf(Sql.query(connection, """
                SELECT c.relname || '.' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                WHERE c.relnamespace = ?::regnamespace AND t.tgenabled IN ('O', 'A') AND NOT t.tgisinternal
                """, row -> row.getString(1), schema));
        return new JournalProtection(owned, TRIGGERS.stream().filter(trigger -> !on.contains(trigger)).toList());
    }
}
