package com.nexasystems.billing.app;

/** How a command ended; {@code --help} says the same to people. */
final class ExitCode {

    static final int OK = 0;
    /**
     * Some input was bad, or a subscription could not be billed, and the rest was kept; or what was asked is not so: a gate
     * is closed, a certificate does not hold.
     */
    static final int PARTIAL = 1;
    /** Wrong options or nothing usable: nothing was done. */
    static final int USAGE = 2;
    /** The database or the file system failed. */
    static final int ENVIRONMENT = 3;

    private ExitCode() {
    }
}
