package com.nexasystems.billing.approval;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who was asked to approve what, and what they have decided, for good. {@code ApprovalsContract} checks these rules.
 *
 * <p>AP-1 An approval that was added is found by its id, exactly as it was.
 * <p>AP-2 It is decided once, also by concurrent units of work: the first decision stands, another answers false.
 * <p>AP-3 A decision replaces nothing but that it was open.
 * <p>AP-4 The approvals of a subject come in the order in which they were added, and are not there for another.
 */
public interface Approvals {

    void add(Approval approval);

    Optional<Approval> find(UUID id);

    /** @return false if it was decided before, or is not there */
    boolean decide(UUID id, Approval.Decision decision);

    List<Approval> of(String subject);
}
