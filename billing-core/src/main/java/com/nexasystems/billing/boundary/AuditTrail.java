package com.nexasystems.billing.boundary;

import java.util.List;

/**
 * Who did what, for good. {@code AuditTrailContract} checks these rules.
 *
 * <p>AT-1 An entry is kept exactly as it was given, in the same unit of work as what it tells of.
 * <p>AT-2 The entries of a subject come back in the order in which they were added.
 * <p>AT-3 No entry changes or goes away.
 */
public interface AuditTrail {

    void add(List<AuditEntry> entries);

    List<AuditEntry> of(String subject);
}
