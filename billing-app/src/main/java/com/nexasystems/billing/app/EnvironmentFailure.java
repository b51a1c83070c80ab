package com.nexasystems.billing.app;

/** What the application stands on is not there: a database, a folder it may write to. Ends a command with exit code 3. */
final class EnvironmentFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EnvironmentFailure(String message) {
        super(message);
    }

    EnvironmentFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
