package com.nexasystems.billing.ledger;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.AuditTrail;
import com.nexasystems.billing.ledger.Journal.End;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Entries that are appended to the journal together, each linked to the one before. */
final class PostedBatch {

    private final List<PostedEntry> entries = new ArrayList<>();
    private final long first;
    private final Actor by;
    private final Instant at;
    private long next;
    private String chain;

    PostedBatch(End end, Actor by, Instant now) {
        this.first = end.sequence() + 1;
        this.next = first;
        this.chain = end.chain();
        this.by = by;
        this.at = now.truncatedTo(ChronoUnit.MICROS);
    }

    void add(JournalEntry entry, String evidence, Optional<Long> reverses) {
        chain = EntryChain.next(chain, next, entry, evidence, reverses, by, at);
        entries.add(new PostedEntry(next, entry, evidence, reverses, by, at, chain));
        next++;
    }

    String chain() {
        return chain;
    }

    PostedEntry last() {
        return entries.get(entries.size() - 1);
    }

    /** Seals them, and says on the audit trail who did it. */
    void postTo(Journal journal, AuditTrail trail, String action, Map<String, String> details) {
        journal.post(entries, new Seal(first, next - 1, chain, by, at));
        var all = new TreeMap<>(details);
        all.put("first", Long.toString(first));
        all.put("last", Long.toString(next - 1));
        all.put("chain", chain);
        trail.add(List.of(new AuditEntry(at, by, action, "ledger", all)));
    }
}
