package com.nexasystems.billing.cutover;

import com.nexasystems.billing.identity.ServiceId;
import java.util.List;

/**
 * Which services, or users of one, this engine bills. {@code CutOversContract} checks these rules.
 *
 * <p>FL-1 What one unit of work has claimed, no other claims until it has ended.
 * <p>FL-2 A flip that was added is given, exactly as it was, with those of its service in the order in which they were added.
 * <p>FL-3 An update replaces whether it was reverted, and nothing else.
 * <p>FL-4 The flips of one service are not there for another.
 */
public interface CutOvers {

    /** Claims the service's cut-over for this unit of work, and waits for those who have. Must be called inside one. */
    void claim(ServiceId service);

    void add(Flip flip);

    void update(Flip flip);

    List<Flip> of(ServiceId service);
}
