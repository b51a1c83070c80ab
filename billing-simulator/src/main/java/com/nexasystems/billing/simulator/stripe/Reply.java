package com.nexasystems.billing.simulator.stripe;

/**
 * An answer.
 *
 * @param kept     whether it is the answer to that key from then on
 * @param replayed whether it is the first answer once more
 */
record Reply(int status, String body, boolean kept, boolean replayed) {

    static Reply of(Object json) {
        return new Reply(200, Json.text(json), true, false);
    }

    Reply again() {
        return new Reply(status, body, kept, true);
    }
}
