package com.nexasystems.billing.jpa;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the role that the engine works as may do in a schema that another one owns: all that the engine does, and nothing of
 * what would change the books, or who did what. Looked at after every migration, whatever tables it has made.
 */
final class RuntimeRights {

    private static final String LOCK = "billing rights in ";
    private static final Set<String> USUAL = Set.of("DELETE", "INSERT", "SELECT", "UPDATE");
    private static final Set<String> OF_SEQUENCES = Set.of("SELECT", "USAGE");
    private static final Map<String, Set<String>> FEWER = Map.of(
            "audit_entry", Set.of("INSERT", "SELECT"),
            "journal_entry", Set.of("INSERT", "SELECT"), "journal_posting", Set.of("INSERT", "SELECT"),
            "journal_seal", Set.of("INSERT", "SELECT"), "ledger_evidence", Set.of("DELETE", "INSERT", "SELECT"),
            "period_lock", Set.of("SELECT", "UPDATE"), "flyway_schema_history", Set.of("SELECT"));

    /** What the role holds itself; what it has as a member of others is none of the engine's business. */
    private static final String HELD = """
            SELECT c.relname, c.relkind = 'S' AS sequence, array_agg(a.privilege_type::text) FILTER (
                WHERE a.grantee = r.oid AND NOT a.is_grantable) AS held
            FROM pg_class c CROSS JOIN pg_roles r
                LEFT JOIN LATERAL aclexplode(c.relacl) a ON true
            WHERE c.relnamespace = ?::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S') AND r.rolname = ?
              AND c.relowner <> r.oid
            GROUP BY c.relname, c.relkind
            """;

    private RuntimeRights() {
    }

    private record Held(String name, boolean sequence, Set<String> rights) {

        private Set<String> wanted() {
            return sequence ? OF_SEQUENCES : FEWER.getOrDefault(name, USUAL);
        }

        private String correction(String schema, String role) {
            String place = (sequence ? " ON SEQUENCE " : " ON TABLE ") + schema + "." + quoted(name);
            return (rights.isEmpty() ? "" : "REVOKE ALL" + place + " FROM " + role + "; ")
                    + "GRANT " + String.join(", ", new TreeSet<>(wanted())) + place + " TO " + role + "; ";
        }
    }

    /** Gives them, and takes away what is too much. Whoever does so at the same time waits. */
    static void give(Connection owner, String schema, String role) throws SQLException {
        owner.setAutoCommit(false);
        Sql.query(owner, "SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", row -> true, LOCK + schema);
        var corrections = new StringBuilder("GRANT USAGE ON SCHEMA " + schema + " TO " + quoted(role) + "; ");
        for (Held held : Sql.query(owner, HELD, row -> new Held(row.getString("relname"), row.getBoolean("sequence"),
                rights(Sql.texts(row, "held"))), schema, role)) {
            if (!held.rights.equals(held.wanted())) {
                corrections.append(held.correction(schema, quoted(role)));
            }
        }
        try (Statement statement = owner.createStatement()) {
            statement.execute(corrections.toString());
        }
        owner.commit();
    }

    private static Set<String> rights(String[] held) {
        return held == null ? Set.of() : new TreeSet<>(List.of(held));
    }

    private static String quoted(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
