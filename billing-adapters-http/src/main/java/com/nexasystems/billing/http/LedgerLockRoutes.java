package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PeriodLock.UnlockRequest;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** {@code /ledger/lock}: until when nothing is posted any more. One key locks; unlocking takes two. */
final class LedgerLockRoutes {

    private final Billing billing;

    LedgerLockRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.get("/ledger/lock", call -> answer(billing.ports().journal().lock())).needing(OPERATE),
                Route.post("/ledger/lock", this::lock).needing(OPERATE),
                Route.post("/ledger/unlock_requests", this::request).needing(OPERATE),
                Route.post("/ledger/unlock_approvals", this::approve).needing(OPERATE));
    }

    private static Answer answer(PeriodLock lock) {
        return Answer.ok(Json.object("lock", LedgerJson.of(lock)));
    }

    private Answer lock(Call call) {
        Fields fields = call.body();
        LocalDate until = ShadowFields.mandatoryDay(fields, "until");
        fields.check();
        call.audit("POST /ledger/lock", LedgerWork.LEDGER);
        return answer(billing.periodLocks().lock(until, call.actor()));
    }

    private Answer request(Call call) {
        Fields fields = call.body();
        Optional<LocalDate> until = LedgerFields.dayOrNone(fields, "until");
        String reason = LedgerFields.mandatoryReason(fields, "reason");
        fields.check();
        call.audit("POST /ledger/unlock_requests", LedgerWork.LEDGER);
        return answer(billing.periodLocks().requestUnlock(until, reason, call.actor()));
    }

    /** What is agreed to is said, so that nobody agrees to another wish than the one that was looked at. */
    private Answer approve(Call call) {
        Fields fields = call.body();
        Optional<LocalDate> until = LedgerFields.dayOrNone(fields, "until");
        fields.check();
        billing.ports().journal().claimEnd();
        Optional<UnlockRequest> request = billing.ports().journal().lock().request();
        if (request.isPresent() && !request.get().until().equals(until)) {
            throw ApiError.invalid("until", "request_has_changed", "what is asked for is "
                    + request.get().until().map(day -> "to unlock what is after " + day).orElse("to unlock everything")
                    + "; look at it again, and send the day that you agree to");
        }
        call.audit("POST /ledger/unlock_approvals", LedgerWork.LEDGER);
        return answer(billing.periodLocks().approveUnlock(call.actor()));
    }
}
