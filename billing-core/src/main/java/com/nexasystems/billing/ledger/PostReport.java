package com.nexasystems.billing.ledger;

import com.nexasystems.billing.gate.GateResult.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of posting.
 *
 * @param posted   entries that are posted now
 * @param refused  entries that are not, the first {@value #MOST_REFUSALS}
 * @param refusals how many they are
 * @param chain    the last posted entry's link; empty if nothing was posted
 */
public record PostReport(long posted, List<RefusedEntry> refused, long refusals, Optional<String> chain) {

    static final int MOST_REFUSALS = 1_000;

    public static final PostReport NOTHING = new PostReport(0, List.of(), 0, Optional.empty());

    /** An entry that its gate did not let through, or that the journal failed on. */
    public record RefusedEntry(EntryKey key, Refusal why) { }

    public PostReport {
        refused = List.copyOf(refused);
    }

    /** Both together, this one first. */
    public PostReport plus(PostReport next) {
        var all = new ArrayList<>(refused);
        all.addAll(next.refused.subList(0, Math.min(next.refused.size(), MOST_REFUSALS - all.size())));
        return new PostReport(posted + next.posted, all, refusals + next.refusals, next.chain.or(() -> chain));
    }
}
