package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.PortFailure.Effect;
import java.sql.SQLException;

/** What a failure of the database means for whoever asked. */
final class PortFailures {

    private static final String INTEGRITY_VIOLATION = "23";
    private static final String ROLLED_BACK = "40";
    private static final String COMPLETION_UNKNOWN = "40003";

    private PortFailures() {
    }

    /** Nothing is kept of a transaction whose commit was never asked for. */
    static PortFailure beforeCommit(Exception e) {
        return new PortFailure(Effect.NONE, message(e), e);
    }

    /** Only a database that says why it refused to commit has certainly not done so. */
    static PortFailure atCommit(RuntimeException e) {
        String state = sqlState(e);
        boolean refused = state.startsWith(INTEGRITY_VIOLATION)
                || state.startsWith(ROLLED_BACK) && !state.equals(COMPLETION_UNKNOWN);
        return new PortFailure(refused ? Effect.NONE : Effect.UNKNOWN, message(e), e);
    }

    private static String message(Exception e) {
        return "the database failed (" + sqlState(e) + "): " + e.getMessage();
    }

    private static String sqlState(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "no SQL state";
    }
}
