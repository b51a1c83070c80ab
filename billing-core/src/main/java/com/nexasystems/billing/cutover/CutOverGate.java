package com.nexasystems.billing.cutover;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.shadow.ImportReport;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must be so before this engine bills instead of the application. */
public final class CutOverGate {

    /** Its checks, in the order in which they run. */
    public static final Gate<Readiness> GATE = new Gate<>("cut-over", List.of(
            Check.of("import", CutOverGate::imported), Check.of("subscriptions", CutOverGate::subscriptions),
            Check.of("cycles", CutOverGate::cycles), Check.of("differences", CutOverGate::differences),
            Check.of("unlinked-revenue", CutOverGate::unlinked), Check.of("payment-method", CutOverGate::payable)));

    private CutOverGate() {
    }

    private static Optional<Problem> imported(Readiness of) {
        if (of.imported().isEmpty()) {
            return Problem.when(true, "nothing has been imported", "run the shadow import");
        }
        ImportReport report = of.imported().get().report();
        String first = report.problems().stream().filter(problem -> problem.outcome() == ImportReport.Outcome.FAILED)
                .limit(3).map(problem -> problem.kind().code() + " " + problem.id() + " (" + problem.reason() + ")")
                .collect(Collectors.joining("; "));
        return Problem.when(report.failed() > 0, report.failed() + " rows of the last import failed: " + first,
                "put them right in the application, and import again");
    }

    private static Optional<Problem> subscriptions(Readiness of) {
        return Problem.when(of.subscriptions() == 0, "there is no shadow subscription to flip"
                        + of.terms().user().map(user -> " of user " + user).orElse(""),
                "run the shadow import, or name a user who has a subscription");
    }

    private static Optional<Problem> cycles(Readiness of) {
        if (of.stale().all() > 0) {
            return Problem.when(true, of.stale().all() + " subscriptions have had a full cycle since the last import: " + of.stale(),
                    "import again, so that what was billed for it is compared too");
        }
        return Problem.when(of.subscriptions() > 0 && of.rows() == 0, "no full cycle has been compared",
                "wait until a cycle is over, and import again");
    }

    private static Optional<Problem> differences(Readiness of) {
        String first = of.open().first().stream().map(open -> open.subscription() + " " + open.start() + " ("
                        + open.delta().toPlainString() + ", unexplained " + open.unexplained().toPlainString() + ")")
                .collect(Collectors.joining("; "));
        String cycles = of.terms().cycles() == 1 ? "the last full cycle" : "the last " + of.terms().cycles() + " full cycles";
        return Problem.when(of.open().all() > 0, of.open().all() + (of.open().all() == 1 ? " period" : " periods") + " of " + cycles
                        + (of.open().all() == 1 ? " differs: " : " differ: ") + first,
                "find out why and put it right; or accept each with a note, or adopt the rules that explain them");
    }

    private static Optional<Problem> unlinked(Readiness of) {
        String over = of.unlinked().entrySet().stream()
                .filter(sum -> sum.getValue().compareTo(of.terms().threshold()) > 0)
                .sorted(Comparator.comparing(sum -> sum.getKey().getCurrencyCode()))
                .map(sum -> plain(sum.getValue()) + " " + sum.getKey()).collect(Collectors.joining(", "));
        return Problem.when(!over.isEmpty(), over + " were charged that no subscription accounts for; up to "
                        + plain(of.terms().threshold()) + " may be",
                "link those invoices to subscriptions, or raise the threshold to what will be billed otherwise");
    }

    private static String plain(BigDecimal amount) {
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }

    private static Optional<Problem> payable(Readiness of) {
        return Problem.when(of.unpayable().all() > 0, of.unpayable().all()
                        + " subscriptions have no payment method: " + of.unpayable(),
                "have their users set one up, and import again");
    }
}
