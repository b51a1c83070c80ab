package com.nexasystems.billing.ledger;

/** What came of asking a source for an invoice. */
public sealed interface Fetched {

    /** As it was asked for. */
    String invoice();

    /** What it answered. */
    record Found(Evidence evidence) implements Fetched {

        @Override
        public String invoice() {
            return evidence.invoice();
        }
    }

    /** The source knows no such invoice, or does not give it out; asking again at once is of no use. */
    record Missing(String invoice, String reason) implements Fetched { }

    /** The source did not answer, or limits how often it is asked; it is asked again in a later run. */
    record Unreachable(String invoice, String reason) implements Fetched { }
}
