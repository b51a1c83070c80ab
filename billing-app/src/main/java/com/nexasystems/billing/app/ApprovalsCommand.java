package com.nexasystems.billing.app;

import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.AskForApproval.Asked;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Who is asked to approve something, and what they have decided. */
@Command(name = "approvals", description = "Asks people to approve what a gate wants approved, and lists what they decided.")
final class ApprovalsCommand {

    private static final String LINK = "/api/billing/v1/approval_links/";
    private static final int MOST_HOURS = 720;

    private final Host host;

    @Mixin
    private HelpOption help;

    ApprovalsCommand(Host host) {
        this.host = host;
    }

    @Command(name = "ask", description = {"Asks a person to approve something, and shows the link, this once.",
            "They decide by it on the running server; send it to nobody else."})
    int ask(
            @Parameters(paramLabel = "SUBJECT", description = "As the gate calls it, such as cut-over:hosting.")
                    String subject,
            @Option(names = "--approver", required = true, paramLabel = "NAME",
                    description = "Who is asked; somebody else than who asks.") String approver,
            @Option(names = "--text", required = true, paramLabel = "TEXT", description = "What the approver reads.")
                    String text,
            @Option(names = "--hours", defaultValue = "72", paramLabel = "HOURS",
                    description = "How long the link is good, up to 720 (default: ${DEFAULT-VALUE}).") int hours,
            @Mixin ByOption by,
            @Mixin ReportOptions options) {
        Actor actor = by.actor();
        if (hours < 1 || hours > MOST_HOURS) {
            throw new InvalidValue("--hours", "must be from 1 to " + MOST_HOURS + ": " + hours);
        }
        try (Engine engine = Engine.open(host)) {
            Asked asked = engine.billing().approvalRequests().ask(subject, text, approver, actor, Duration.ofHours(hours));
            if (options.json) {
                Map<String, Object> json = json(asked.approval());
                json.put("link", LINK + asked.token());
                Json.write(host.out(), json);
            } else {
                host.out().print(approver + " is asked to approve " + subject + " until " + asked.approval().until()
                        + ". The link, shown this once, behind the server's address:\n  " + LINK + asked.token() + "\n");
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Lists the approvals of a subject, in the order in which they were asked for.")
    int list(
            @Parameters(paramLabel = "SUBJECT", description = "As the gate calls it.") String subject,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            List<Approval> all = engine.ports().approvals().of(subject);
            if (options.json) {
                Json.write(host.out(), Json.object("approvals", all.stream().map(this::json).toList()));
            } else {
                Table.print(host.out(), List.of("Asked", "By", "Approver", "Status", "Decided", "Comment"), all.stream()
                        .map(each -> List.of(each.askedAt().toString(), each.askedBy().name(), each.approver().name(),
                                status(each), each.decision().map(Decision::at).map(Instant::toString).orElse(""),
                                each.decision().map(Decision::comment).orElse(""))).toList());
            }
        }
        return ExitCode.OK;
    }

    private String status(Approval approval) {
        return approval.decision().map(Decision::word).orElseGet(() ->
                host.clock().instant().isBefore(approval.until()) ? "open" : "expired");
    }

    private Map<String, Object> json(Approval approval) {
        return Json.object("id", approval.id().toString(), "subject", approval.subject(), "text", approval.text(),
                "approver", approval.approver().name(), "asked_by", approval.askedBy().name(),
                "asked_at", approval.askedAt().toString(), "expires_at", approval.until().toString(),
                "status", status(approval), "comment", approval.decision().map(Decision::comment).orElse(null),
                "decided_at", approval.decision().map(decision -> decision.at().toString()).orElse(null));
    }
}
