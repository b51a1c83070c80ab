package com.nexasystems.billing.app;

import com.nexasystems.billing.cutover.CutOver;
import com.nexasystems.billing.cutover.Flip;
import com.nexasystems.billing.gate.GateResult;
import com.nexasystems.billing.gate.GateResult.Refusal;
import com.nexasystems.billing.identity.Service;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** What gates answered, that of the cut-over above all, for people and for programs. */
final class GateText {

    private static final int WIDTH = 118;

    private GateText() {
    }

    static void print(PrintStream out, Service service, CutOver.Outcome outcome) {
        List<Refusal> refusals = refusals(outcome.gate());
        if (!refusals.isEmpty()) {
            out.print("The gate is closed: " + refusals.size() + (refusals.size() == 1 ? " condition is" : " conditions are")
                    + " not met. Nothing was changed.\n");
            print(out, refusals);
            return;
        }
        outcome.flip().ifPresentOrElse(flip -> printFlip(out, service, flip), () -> out.print("The gate is open: "
                + outcome.readiness().subscriptions() + " subscriptions and " + outcome.readiness().rows()
                + " of their last periods were looked at. Nothing was changed.\n"));
    }

    static void print(PrintStream out, List<Refusal> refusals) {
        refusals.forEach(refusal -> out.print("\n  " + refusal.check() + "\n"
                + wrapped("missing: ", ImportText.printable(refusal.missing()))
                + wrapped("way out: ", refusal.remedy())));
    }

    /** Lines that a terminal need not break. */
    private static String wrapped(String title, String text) {
        var lines = new StringBuilder("    " + title);
        int column = lines.length();
        int indent = column;
        for (String word : text.split(" ")) {
            if (column > indent && column + word.length() > WIDTH) {
                lines.append('\n').append(" ".repeat(indent));
                column = indent;
            }
            lines.append(column > indent ? " " : "").append(word);
            column += word.length() + 1;
        }
        return lines.append('\n').toString();
    }

    private static void printFlip(PrintStream out, Service service, Flip flip) {
        out.print("The gate is open. " + flip.subscriptions() + " subscriptions"
                + flip.user().map(one -> " of user " + one).orElse("") + " are billed by this engine, the earliest from "
                + flip.since() + " on.\n\nWhat happens next\n");
        out.print("  Switch the biller off that you have had: what it charges from now on is charged twice.\n");
        out.print("  './billing serve' bills in time; './billing bill --period YYYY-MM --dry-run' shows what it will"
                + " draft.\n");
        out.print("  Until the first invoice is written, './billing shadow revert --service " + service.code()
                + " --by NAME' takes it back.\n");
    }

    static Map<String, Object> json(Service service, CutOver.Outcome outcome) {
        Map<String, Object> json = Json.object("service", service.code(), "open", outcome.gate().opens(),
                "subscriptions", outcome.readiness().subscriptions(), "periods", outcome.readiness().rows(),
                "refusals", refusals(outcome.gate()).stream().map(refusal -> Json.object("condition", refusal.check(),
                        "missing", refusal.missing(), "remedy", refusal.remedy())).toList());
        json.put("cut_over", outcome.flip().map(GateText::json).orElse(null));
        return json;
    }

    static Map<String, Object> json(Flip flip) {
        return Json.object("id", flip.id().toString(), "user", flip.user().orElse(null), "since", flip.since().toString(),
                "subscriptions", flip.subscriptions(), "by", flip.by().name(), "at", flip.at().toString(),
                "reverted_at", flip.reverted().map(back -> back.at().toString()).orElse(null));
    }

    static List<Refusal> refusals(GateResult result) {
        return result instanceof GateResult.Refused refused ? refused.refusals() : List.of();
    }
}
