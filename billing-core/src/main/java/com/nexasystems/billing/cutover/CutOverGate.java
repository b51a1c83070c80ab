package com.nexasystems.billing.cutover;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Gate;
import com.nexasystems.billing.shadow.ImportReport;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must be so before this engine bills instead of the application. */
public final class CutOverGate {

    /** Its checks, in the order in which they run. */
    public static final Gate<Readiness> GATE = new Gate<>("cut-over", List.of(
            check("import", CutOverGate::imported), check("subscriptions", CutOverGate::subscriptions),
            check("cycles", CutOverGate::cycles), check("differences", CutOverGate::differences),
            check("unlinked-revenue", CutOverGate::unlinked), check("payment-method", CutOverGate::payable)));

    private CutOverGate() {
    }

    private static Check<Readiness> check(String name, Function<Readiness, Optional<Check.Problem>> look) {
        return new Check<>() {

            @Override
            public String name() {
                return name;
            }

            @Override
            public Optional<Problem> look(Readiness subject) {
                return look.apply(subject);
            }
        };
    }

    private static Optional<Check.Problem> when(boolean missing, String what, String remedy) {
        return missing ? Optional.of(new Check.Problem(what, remedy)) : Optional.empty();
    }

    private static Optional<Check.Problem> imported(Readiness of) {
        if (of.imported().isEmpty()) {
            return when(true, "nothing has been imported", "run the shadow import");
        }
        ImportReport report = of.imported().get().report();
        String first = report.problems().stream().filter(problem -> problem.outcome() == ImportReport.Outcome.FAILED)
                .limit(3).map(problem -> problem.kind().code() + " " + problem.id() + " (" + problem.reason() + ")")
                .collect(Collectors.joining("; "));
        return when(report.failed() > 0, report.failed() + " rows of the last import failed: " + first,
                "put them right in the application, and import again");
    }

    private static Optional<Check.Problem> subscriptions(Readiness of) {
        return when(of.subscriptions() == 0, "there is no shadow subscription to flip"
                        + of.terms().user().map(user -> " of user " + user).orElse(""),
                "run the shadow import, or name a user who has a subscription");
    }

    private static Optional<Check.Problem> cycles(Readiness of) {
        if (of.stale().all() > 0) {
            return when(true, of.stale().all() + " subscriptions have had a full cycle since the last import: " + of.stale(),
                    "import again, so that what was billed for it is compared too");
        }
        return when(of.subscriptions() > 0 && of.rows() == 0, "no full cycle has been compared",
                "wait until a cycle is over, and import again");
    }

    private static Optional<Check.Problem> differences(Readiness of) {
        String first = of.open().first().stream().map(open -> open.subscription() + " " + open.start() + " ("
                        + open.delta().toPlainString() + ", unexplained " + open.unexplained().toPlainString() + ")")
                .collect(Collectors.joining("; "));
        String cycles = of.terms().cycles() == 1 ? "the last full cycle" : "the last " + of.terms().cycles() + " full cycles";
        return when(of.open().all() > 0, of.open().all() + (of.open().all() == 1 ? " period" : " periods") + " of " + cycles
                        + (of.open().all() == 1 ? " differs: " : " differ: ") + first,
                "find out why and put it right; or accept each with a note, or adopt the rules that explain them");
    }

    private static Optional<Check.Problem> unlinked(Readiness of) {
        String over = of.unlinked().entrySet().stream()
                .filter(sum -> sum.getValue().compareTo(of.terms().threshold()) > 0)
                .sorted(Comparator.comparing(sum -> sum.getKey().getCurrencyCode()))
                .map(sum -> plain(sum.getValue()) + " " + sum.getKey()).collect(Collectors.joining(", "));
        return when(!over.isEmpty(), over + " were charged that no subscription accounts for; up to "
                        + plain(of.terms().threshold()) + " may be",
                "link those invoices to subscriptions, or raise the threshold to what will be billed otherwise");
    }

    private static String plain(BigDecimal amount) {
        return (amount.scale() < 2 ? amount.setScale(2) : amount).toPlainString();
    }

    private static Optional<Check.Problem> payable(Readiness of) {
        return when(of.unpayable().all() > 0, of.unpayable().all()
                        + " subscriptions have no payment method: " + of.unpayable(),
                "have their users set one up, and import again");
    }
}
