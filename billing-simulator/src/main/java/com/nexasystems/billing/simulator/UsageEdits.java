package com.nexasystems.billing.simulator;

import java.util.BitSet;

/** What befell the usage rows of a deployment after they were metered. */
record UsageEdits(BitSet removed, BitSet doubled) {

    UsageEdits() {
        this(new BitSet(), new BitSet());
    }

    void add(UsageEdits others) {
        removed.or(others.removed);
        doubled.or(others.doubled);
    }

    static UsageEdits removing(int from, int to) {
        UsageEdits edits = new UsageEdits();
        edits.removed.set(from, to);
        return edits;
    }

    static UsageEdits doubling(int from, int to) {
        UsageEdits edits = new UsageEdits();
        edits.doubled.set(from, to);
        return edits;
    }
}
