package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.http.BackgroundWork.Subject;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/** What operators start in the ledger: of each kind one at a time, and each found by its id while this server runs. */
final class LedgerWork {

    /** What the ledger's subject is called on the audit trail. */
    static final String LEDGER = "ledger";

    /** Ingestions, postings and verifications do not wait for each other. */
    static final int KINDS = 3;

    private static final int REMEMBERED = 100;

    private final Billing billing;
    private final BackgroundWork background;
    private final Map<Kind, Map<String, BackgroundTask>> tasks = new EnumMap<>(Kind.class);

    LedgerWork(Billing billing, BackgroundWork background) {
        this.billing = billing;
        this.background = background;
    }

    /** @param check throws if it is not to begin */
    Answer begin(Call call, BackgroundTask task, Json asked, Runnable check) {
        UUID id = billing.ports().ids().next();
        var begun = new AtomicBoolean();
        Answer answer = background.begin(call, subject(task.kind()), task, () -> {
            check.run();
            Operators.audit(billing, call, "ledger." + task.kind().name().toLowerCase(Locale.ROOT) + "_started", LEDGER,
                    Map.of("attempt", id.toString(), "asked", Writes.shortened(Json.text(asked))));
            begun.set(true);
            return Answer.of(202, json(id.toString(), task));
        });
        if (begun.get()) {
            remember(id, task);
        }
        return answer;
    }

    private static Subject subject(Kind kind) {
        return new Subject(LEDGER + " " + kind, "the ledger", "ledger_is_busy");
    }

    private synchronized void remember(UUID id, BackgroundTask task) {
        Map<String, BackgroundTask> known = tasks.computeIfAbsent(task.kind(), kind -> new LinkedHashMap<>());
        known.put(id.toString(), task);
        if (known.size() > REMEMBERED) {
            known.remove(known.keySet().iterator().next());
        }
    }

    /** How far the one that the path names has come. */
    Answer show(Call call, Kind kind, String resource) {
        String id = call.path("id");
        return Answer.ok(json(id, find(kind, id, resource)));
    }

    private synchronized BackgroundTask find(Kind kind, String id, String resource) {
        BackgroundTask task = tasks.getOrDefault(kind, Map.of()).get(id);
        if (task == null) {
            throw ApiError.notFound(resource);
        }
        return task;
    }

    private static Json json(String id, BackgroundTask task) {
        return Json.object("lago_id", id, "attempt", task.json());
    }
}
