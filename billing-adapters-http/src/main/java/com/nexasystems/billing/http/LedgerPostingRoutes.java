package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.ledger.PostEntries.BulkOutcome;
import com.nexasystems.billing.ledger.PostReport;
import com.nexasystems.billing.ledger.PostedEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * {@code /ledger/postings}: what a person adds to the books for good. Some entries are posted while one waits; all of them,
 * and the proof that they are what was posted, take their time, and are done in the background.
 */
final class LedgerPostingRoutes {

    private static final int MOST = 100;
    private static final Pattern LINK = Pattern.compile("[0-9a-f]{64}");

    private final Billing billing;
    private final LedgerWork work;
    private final LedgerJson json;

    LedgerPostingRoutes(Billing billing, LedgerWork work, LedgerSetup setup) {
        this.billing = billing;
        this.work = work;
        this.json = new LedgerJson(setup.chart());
    }

    List<Route> routes() {
        return List.of(Route.post("/ledger/postings", this::post).needing(OPERATE).committingItself(),
                Route.get("/ledger/postings/{id}", call -> work.show(call, Kind.POSTING, "ledger_posting")).needing(OPERATE),
                Route.post("/ledger/reversals", this::reverse).needing(OPERATE),
                Route.post("/ledger/verifications", this::verify).needing(OPERATE).committingItself(),
                Route.get("/ledger/verifications/{id}",
                        call -> work.show(call, Kind.VERIFICATION, "ledger_verification")).needing(OPERATE));
    }

    private Answer post(Call call) {
        Fields fields = call.body();
        boolean all = fields.flag("all").orElse(false);
        Optional<String> bypass = LedgerFields.reason(fields, "bypass_reason");
        List<EntryKey> entries = entries(fields);
        if (all == fields.has("entries") && !fields.hasProblem("all")) {
            fields.problem("entries", all ? "value_is_invalid" : "value_is_mandatory", "send some, or all: true");
        }
        if (!all && bypass.isPresent()) {
            fields.problem("bypass_reason", "value_is_invalid",
                    "is for all entries: what refuses a single one is never bypassed");
        }
        fields.check();
        return all ? postAll(call, bypass) : call.once(() -> postSome(call, entries));
    }

    private static List<EntryKey> entries(Fields fields) {
        List<String> texts = fields.texts("entries");
        if (fields.has("entries") && (texts.isEmpty() || texts.size() > MOST) && !fields.hasProblem("entries")) {
            fields.problem("entries", "value_is_out_of_range",
                    "has between 1 and " + MOST + " entries; post more with all: true");
        }
        var keys = new ArrayList<EntryKey>();
        for (int i = 0; i < Math.min(MOST, texts.size()); i++) {
            LedgerFields.entry(fields, "entries[" + i + "]", texts.get(i)).ifPresent(keys::add);
        }
        return keys;
    }

    private Answer postSome(Call call, List<EntryKey> entries) {
        PostReport report = billing.posting().some(entries, call.actor());
        if (report.posted() == 0) {
            Map<String, Refusal> refusals = new LinkedHashMap<>();
            report.refused().forEach(refused -> refusals.put(refused.key().toString(), refused.why()));
            throw refused(refusals);
        }
        Operators.audit(billing, call, "POST /ledger/postings", LedgerWork.LEDGER, Map.of("posted",
                Long.toString(report.posted())));
        return Answer.ok(Json.object("posting", LedgerJson.of(report)));
    }

    private Answer postAll(Call call, Optional<String> bypass) {
        Actor by = call.actor();
        Json asked = Json.object("all", true, "bypass_reason", bypass.orElse(null));
        var task = new BackgroundTask(Kind.POSTING, asked, running -> postAll(by, bypass, running));
        return work.begin(call, task, asked, () -> checkGate(by, bypass));
    }

    /** What is refused now is said now. */
    private void checkGate(Actor by, Optional<String> bypass) {
        if (bypass.isEmpty() && billing.posting().check(by) instanceof GateResult.Refused refused) {
            Map<String, Refusal> refusals = new LinkedHashMap<>();
            refused.refusals().forEach(refusal -> refusals.put(refusal.check(), refusal));
            throw refused(refusals);
        }
    }

    private Json postAll(Actor by, Optional<String> bypass, BackgroundTask task) {
        long[] seen = {0};
        BulkOutcome outcome = billing.posting().all(by, bypass.map(reason -> new Bypass(by, reason)), report -> {
            long now = report.posted() + report.refusals();
            task.step(now - seen[0]);
            seen[0] = now;
        });
        return gate(outcome.gate()).withAll(LedgerJson.of(outcome.report()));
    }

    static Json gate(GateResult gate) {
        return gate.fold(passed -> Json.object("gate", "passed", "missing", List.of()),
                bypassed -> Json.object("gate", "bypassed", "missing", LedgerJson.of(bypassed.refusals())),
                refused -> Json.object("gate", "refused", "missing", LedgerJson.of(refused.refusals())));
    }

    /** @param refusals by the entry that is refused, or by the check of all entries that refuses */
    private static ApiError refused(Map<String, Refusal> refusals) {
        Map<String, Object> details = new LinkedHashMap<>();
        refusals.forEach((what, refusal) -> details.put(what, LedgerJson.of(refusal)));
        return ApiError.refused("posting_refused", details, refusals.entrySet().stream()
                .map(each -> each.getKey() + ": " + each.getValue().missing() + "; " + each.getValue().remedy())
                .collect(Collectors.joining(". ")));
    }

    private Answer reverse(Call call) {
        Fields fields = call.body();
        Optional<EntryKey> entry = Optional.of(fields.mandatory("entry")).filter(text -> !text.isEmpty())
                .flatMap(text -> LedgerFields.entry(fields, "entry", text));
        Optional<LocalDate> date = ShadowFields.day(fields, "date");
        String reason = LedgerFields.mandatoryReason(fields, "reason");
        fields.check();
        PostedEntry reversal = billing.reversals().reverse(entry.orElseThrow(), date, reason, call.actor());
        call.audit("POST /ledger/reversals", LedgerWork.LEDGER);
        return Answer.ok(Json.object("reversal", json.of(reversal)));
    }

    private Answer verify(Call call) {
        Fields fields = call.body();
        Optional<String> anchor = fields.text("anchor");
        if (anchor.isPresent() && !LINK.matcher(anchor.get()).matches()) {
            fields.problem("anchor", "value_is_invalid", "is a link of an entry: 64 digits, 0 to 9 and a to f");
        }
        fields.check();
        Json asked = Json.object("anchor", anchor.orElse(null));
        var task = new BackgroundTask(Kind.VERIFICATION, asked, running -> {
            long[] seen = {0};
            return LedgerJson.of(billing.journalVerification().verify(anchor, now -> {
                running.step(now - seen[0]);
                seen[0] = now;
            }));
        });
        return work.begin(call, task, asked, () -> { });
    }
}
