package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.cutover.CutOver;
import com.nexasystems.billing.cutover.CutOverTerms;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.reconciliation.CertifyParity.Verdict;
import com.nexasystems.billing.reconciliation.Inference;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.ReconciledRow;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Summary;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ImportReport;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the demo of the shadow tells, step by step. */
final class ShadowStory {

    private static final Actor OPERATOR = Actor.person("demo");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Host host;
    private final PrintStream out;
    private final DemoClock clock;
    private final Engine engine;
    private final DemoCompany company;
    private final Service service;
    private int step;

    ShadowStory(Host host, DemoClock clock, Engine engine, DemoCompany company) {
        this.host = host;
        this.out = host.out();
        this.clock = clock;
        this.engine = engine;
        this.company = company;
        this.service = engine.billing().register("hosting", "Hosting");
    }

    int tell(CertificateFile file, String name) {
        firstCycle();
        rules();
        differences();
        closedGate();
        secondCycle();
        boolean open = cutOver();
        boolean holds = certificate(file, name);
        suggest(name);
        return open && holds ? ExitCode.OK : ExitCode.PARTIAL;
    }

    private void step(String title) {
        step++;
        out.print((step == 1 ? "" : "\n") + step + ". " + title + "\n");
    }

    private void firstCycle() {
        step("Import a company that bills by rules of its own");
        company.writeFirstCycle(engine);
        out.print(DemoCompany.CUSTOMERS + " customers, " + DemoCompany.DEPLOYMENTS + " deployments, August to October 2026;"
                + " read only, the connection refuses to write\n");
        ImportReport report = imported();
        ImportText.printTallies(out, report);
        ImportText.printProblems(out, report);
        step("Compare by the engine's own rules");
        reconciled().printSummary(out);
    }

    private ImportReport imported() {
        try (HostingPlatform platform = SourceOptions.open(engine.demoCompany());
             Progress progress = Progress.of(host, "Importing", platform.counts().all())) {
            return engine.billing().importShadow().run(service, platform, ImportOptions.DEFAULT.withInactive(),
                    progress::step, problem -> { });
        }
    }

    private ReconciliationText reconciled() {
        return new ReconciliationText(engine, service,
                ShadowReconcileCommand.run(host, engine, Reconcile.Request.of(service.id())));
    }

    private void rules() {
        step("Find the company's rules in its own charges");
        Inference found = ShadowInferCommand.infer(host, engine, service);
        InferenceText.print(out, found);
        out.print("The truth, which only the simulator knows: " + SimulatedRules.words(company.truth().rules()) + "\n");
        step("Adopt them, and compare again");
        engine.billing().adoptRules().adopt(service.id(), found.best(), OPERATOR);
        ReconciliationText text = reconciled();
        text.printSummary(out);
        text.printCauses(out);
    }

    private void differences() {
        step("The differences, beside the truth that was planted");
        new PlantedScore(engine, service, company.truth().planted()).print(out);
    }

    private void closedGate() {
        step("Try to cut over");
        GateText.print(out, service, engine.billing().cutOver().flip(CutOverTerms.of(service.id()), OPERATOR, done -> { }));
    }

    private void secondCycle() {
        step("A month later: rows put right, means of payment added, November billed without a slip");
        clock.advanceTo(DemoCompany.SECOND_CYCLE);
        company.writeSecondCycle(engine);
        ImportText.printTallies(out, imported());
        reconciled().printSummary(out);
    }

    private boolean cutOver() {
        CutOver.Outcome looked = engine.billing().cutOver().check(CutOverTerms.of(service.id()), done -> { });
        List<ReconciledRow> accepted = acceptOldOnes();
        if (!accepted.isEmpty()) {
            step("Accept what is left of the last cycle, with a note");
            out.print("Their causes are known; if the figures change, they are open again\n");
            ReconciliationText.printRows(out, accepted);
        }
        step("Cut over");
        BigDecimal threshold = looked.readiness().unlinked().values().stream().reduce(BigDecimal.ZERO, BigDecimal::max)
                .divide(HUNDRED, 0, RoundingMode.UP).multiply(HUNDRED);
        if (threshold.signum() > 0) {
            out.print("What is sold once names no subscription and will be billed otherwise: --threshold "
                    + threshold.toPlainString() + "\n");
        }
        CutOver.Outcome outcome = engine.billing().cutOver().flip(CutOverTerms.of(service.id()).upTo(threshold), OPERATOR,
                done -> { });
        GateText.print(out, service, outcome);
        return outcome.flip().isPresent();
    }

    /** The last periods of those who are billed by the year, or whose last month was no November. */
    private List<ReconciledRow> acceptOldOnes() {
        var latest = new ArrayList<ReconciledRow>();
        Rows.each(engine.ports().reconciliations(), RowQuery.of(service.id()), row -> {
            if (!latest.isEmpty() && latest.get(latest.size() - 1).subscription().equals(row.subscription())) {
                latest.remove(latest.size() - 1);
            }
            latest.add(row);
        });
        return latest.stream().filter(row -> row.status() == Status.DELTA).map(row -> engine.billing().resolveDelta()
                .resolve(row, OPERATOR, "billed before things were put right: " + ReconciliationText.causes(row))).toList();
    }

    private boolean certificate(CertificateFile file, String name) {
        step("Certify it");
        ParityCertificate issued = ShadowCertificateCommand.issue(engine, service, Optional.of(LocalDate.of(2026, 11, 1)),
                Optional.of(LocalDate.of(2026, 12, 1)), OPERATOR);
        file.write(issued);
        Coverage.of(issued.summary()).forEach(headline -> out.print(headline + "\n"));
        tellRest(issued);
        out.print("written: " + name + "\n");
        if (name.endsWith(".pdf")) {
            return true;
        }
        HeldCertificate.Answer answer = HeldCertificate.read(host.resolve(name)).verify(engine);
        out.print(answer + "\n");
        return answer.verdict() == Verdict.HOLDS;
    }

    private void tellRest(ParityCertificate issued) {
        long invoices = issued.summary().months().stream().mapToLong(Summary.Month::unlinked).sum();
        BigDecimal sum = issued.summary().months().stream().map(Summary.Month::unlinkedSum)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        if (invoices > 0 && issued.summary().deltas() == 0) {
            out.print("The rest, " + Amounts.plain(sum) + ", is on " + invoices + (invoices == 1 ? " invoice" : " invoices")
                    + " for what is sold once\n");
        }
    }

    private void suggest(String name) {
        String schema = "  BILLING_DB_SCHEMA=" + Engine.DEMO_SHADOW_SCHEMA + " ./billing ";
        out.print("\nGo on with\n");
        out.print(schema + "certificate verify " + name + "\n");
        out.print(schema + "shadow report --status delta,resolved --format xlsx --out differences.xlsx\n");
        out.print(schema + "shadow revert --by you\n");
    }
}
