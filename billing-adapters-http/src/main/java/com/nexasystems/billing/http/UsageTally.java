package com.nexasystems.billing.http;

import com.nexasystems.billing.http.UsageReader.Sent;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageOutcome;
import com.nexasystems.billing.usage.UsageRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** What became of the records of a request: counts, and those that were refused. */
final class UsageTally {

    /** More refusals than that are counted, and not listed. */
    private static final int MOST_LISTED = 1_000;
    private static final int MOST_OUTCOMES = 10_000;

    private final List<Json> refused = new ArrayList<>();
    private final List<Json> outcomes = new ArrayList<>();
    private final boolean all;
    private long count;
    private long stored;
    private long late;
    private long duplicates;
    private long replaced;
    private long conflicts;
    private long rejected;

    /** @param all whether the outcome of each record is wanted */
    UsageTally(boolean all) {
        this.all = all;
    }

    void add(List<Sent> sent, List<UsageOutcome> some) {
        for (int i = 0; i < some.size(); i++) {
            add(count, some.get(i));
            count++;
        }
    }

    long count() {
        return count;
    }

    private void add(long index, UsageOutcome outcome) {
        if (outcome instanceof UsageOutcome.Recorded recorded) {
            stored++;
            late += recorded.late() ? 1 : 0;
            outcome(index, "stored", recorded.key());
        } else if (outcome instanceof UsageOutcome.Duplicate duplicate) {
            duplicates++;
            outcome(index, "duplicate", duplicate.key());
        } else if (outcome instanceof UsageOutcome.Replaced correction) {
            replaced++;
            late += correction.late() ? 1 : 0;
            outcome(index, "replaced", correction.key());
        } else if (outcome instanceof UsageOutcome.Conflict conflict) {
            conflicts++;
            refuse(conflict(conflict).with("index", index));
            outcome(index, "conflict", conflict.key());
        } else if (outcome instanceof UsageOutcome.Refused refusal) {
            rejected++;
            refuse(refusal(refusal).with("index", index));
            outcome(index, "refused", null);
        } else {
            rejected++;
            outcome(index, "not_stored", null);
        }
    }

    static Json conflict(UsageOutcome.Conflict conflict) {
        return Json.object("field", "idempotency_key", "code", "value_already_exist", "message", "is there with other contents;"
                + " say replace to correct it", "stored", contents(conflict.stored()),
                "submitted", contents(conflict.submitted()));
    }

    private static Json contents(UsageRecord record) {
        return Json.object("start", record.start().toString(), "end", record.end().map(Object::toString).orElse(null),
                "quantity", record.quantity().toPlainString(),
                "amount", record.amount().map(amount -> amount.toPlainString()).orElse(null),
                "properties", record.properties());
    }

    static Json refusal(UsageOutcome.Refused refusal) {
        return Json.object("field", refusal.field(), "code", ApiError.code(refusal.reason()), "message",
                refusal.field() + ": " + refusal.reason());
    }

    private void refuse(Json json) {
        if (refused.size() < MOST_LISTED) {
            refused.add(json);
        }
    }

    private void outcome(long index, String word, UsageKey key) {
        if (all && outcomes.size() < MOST_OUTCOMES) {
            outcomes.add(Json.object("index", index, "outcome", word, "id", key == null ? null : id(key)));
        }
    }

    /** By which {@code /usage/{id}/explain} knows a record. */
    static String id(UsageKey key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.toString().getBytes(StandardCharsets.UTF_8));
    }

    Json json() {
        Json json = Json.object("records", count, "stored", stored, "late", late, "duplicates", duplicates,
                "replaced", replaced, "conflicts", conflicts, "refused", rejected, "errors", refused);
        return all ? json.with("outcomes", outcomes) : json;
    }
}
