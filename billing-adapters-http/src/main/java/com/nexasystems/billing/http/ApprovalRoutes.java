package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.ApprovalAnswer;
import com.nexasystems.billing.approval.AskForApproval.Asked;
import com.nexasystems.billing.identity.KeyScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /approvals}: operators ask a person to approve something; and {@code /approval_links}: that person decides, once,
 * by the link alone. Looking decides nothing: links are also followed by programs.
 */
final class ApprovalRoutes {

    private static final String ROOT = "approval";
    private static final String LINK = "/approval_links/{token}";
    private static final long VALID_HOURS = 72;
    private static final long MOST_HOURS = 720;
    private static final Map<Class<? extends ApprovalAnswer>, String> STATES = Map.of(ApprovalAnswer.Open.class, "open",
            ApprovalAnswer.Decided.class, "decided", ApprovalAnswer.AlreadyDecided.class, "already_decided",
            ApprovalAnswer.Expired.class, "expired");

    private final Billing billing;

    ApprovalRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.post("/approvals", this::ask).needing(KeyScope.OPERATE),
                Route.get("/approvals", this::list).needing(KeyScope.OPERATE),
                Route.get("/approvals/{id}", this::one).needing(KeyScope.OPERATE),
                Route.get(LINK, this::look).bySecret(),
                Route.post(LINK, this::decide).bySecret().committingItself());
    }

    private Answer ask(Call call) {
        Fields fields = call.body(ROOT);
        String subject = fields.mandatory("subject");
        String text = fields.mandatory("text");
        String approver = fields.mandatory("approver");
        long hours = fields.integer("valid_hours", 1, MOST_HOURS).orElse(VALID_HOURS);
        fields.check();
        Asked asked = billing.approvalRequests().ask(subject, text, approver, call.actor(), Duration.ofHours(hours));
        call.secret("; ask for the approval anew for another link");
        call.audit("approval.ask", asked.approval().id().toString());
        return Answer.ok(Json.object(ROOT, json(call, asked.approval())
                .with("url", call.origin() + "/approval_links/" + asked.token())));
    }

    private Answer list(Call call) {
        String subject = call.query("subject").orElseThrow(() -> ApiError.invalid("subject", "value_is_mandatory"));
        return Answer.ok(Json.object("approvals", billing.ports().approvals().of(subject).stream()
                .map(approval -> json(call, approval)).toList()));
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(ROOT, json(call, Uuids.parse(call.path("id")).flatMap(billing.ports().approvals()::find)
                .orElseThrow(() -> ApiError.notFound(ROOT)))));
    }

    private static Json json(Call call, Approval approval) {
        return Json.object("lago_id", approval.id().toString(), "subject", approval.subject(), "text", approval.text(),
                "approver", ReconciliationJson.of(approval.approver()),
                "asked_by", ReconciliationJson.of(approval.askedBy()),
                "asked_at", Times.of(approval.askedAt()), "expires_at", Times.of(approval.until()),
                "status", approval.decision().map(Decision::word).orElseGet(() ->
                        call.now().isBefore(approval.until()) ? "open" : "expired"),
                "comment", approval.decision().map(Decision::comment).orElse(null),
                "decided_at", Times.of(approval.decision().map(Decision::at)));
    }

    private Answer look(Call call) {
        return answer(call, billing.approvalDecisions().look(call.path("token")));
    }

    private Answer decide(Call call) {
        Fields fields = ApprovalPage.isForm(call) ? ApprovalPage.form(call) : call.body();
        Optional<Boolean> approved = fields.flag("approved");
        if (approved.isEmpty() && !fields.hasProblem("approved")) {
            fields.problem("approved", "value_is_mandatory");
        }
        String comment = fields.text("comment").map(String::strip).orElse("");
        fields.check();
        return answer(call, billing.approvalDecisions().decide(call.path("token"), approved.orElseThrow(), comment));
    }

    /** Kindly, also where nothing is left to decide. */
    private static Answer answer(Call call, ApprovalAnswer answer) {
        if (ApprovalPage.isWanted(call)) {
            return ApprovalPage.of(answer);
        }
        Approval known = answer.known().orElseThrow(() -> ApiError.notFound("approval_link"));
        return Answer.ok(Json.object(ROOT, Json.object("state", STATES.get(answer.getClass()), "message", answer.text(),
                "subject", known.subject(), "text", known.text(), "approver", known.approver().name(),
                "asked_by", known.askedBy().name(), "expires_at", Times.of(known.until()),
                "approved", known.decision().map(Decision::approved).orElse(null),
                "comment", known.decision().map(Decision::comment).orElse(null),
                "decided_at", Times.of(known.decision().map(Decision::at)))));
    }
}
