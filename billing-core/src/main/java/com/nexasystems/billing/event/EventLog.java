package com.nexasystems.billing.event;

import java.util.List;
import java.util.UUID;

/**
 * The outbox. {@code EventLogContract} checks these rules.
 *
 * <p>EL-1 What was appended is there exactly as it was, if and only if its unit of work succeeded.
 * <p>EL-2 Sequence numbers of a subscription are 1, 2, 3 … in the order of appending, without gap, also when several
 * threads append.
 */
public interface EventLog {

    void append(List<BillingEvent> events);

    /** The events of a subscription by rising sequence number. */
    List<Sequenced> of(UUID subscription);

    /** An event with its place among those of its subscription. */
    record Sequenced(long sequence, BillingEvent event) { }
}
