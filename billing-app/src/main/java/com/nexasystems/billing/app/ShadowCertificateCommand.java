package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.reconciliation.Total;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Issues a certificate. */
@Command(name = "certificate", description = {"Issues a certificate of what the last comparison came to.",
        "It has a number and a digest of the rows; 'billing certificate verify FILE' says whether it holds."})
final class ShadowCertificateCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ServiceOption service;

    @Option(names = "--from", paramLabel = "YYYY-MM-DD", description = "Of periods that begin on it or later"
            + " (default: all that were compared).")
    private Optional<String> from = Optional.empty();

    @Option(names = "--until", paramLabel = "YYYY-MM-DD", description = "And before it.")
    private Optional<String> until = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = {"FILE.html or FILE.pdf to print, FILE.json for programs;"
            + " may be", "repeated. Without it, the JSON goes to standard output."})
    private List<String> names = List.of();

    @Mixin
    private ByOption by;

    @Mixin
    private HelpOption help;

    ShadowCertificateCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Optional<LocalDate> first = from.map(text -> OptionText.day("--from", text));
        Optional<LocalDate> end = until.map(text -> OptionText.day("--until", text));
        Actor actor = by.actor();
        try (Engine engine = Engine.open(host); Closing files = new Closing()) {
            Service owner = service.find(engine);
            names.forEach(name -> files.all.add(CertificateFile.open(host.resolve(name))));
            ParityCertificate issued = issue(engine, owner, first, end, actor);
            files.all.forEach(file -> file.write(issued));
            tell(issued);
        }
        return ExitCode.OK;
    }

    /** Files that are closed together. */
    private static final class Closing implements AutoCloseable {

        private final List<CertificateFile> all = new ArrayList<>();

        @Override
        public void close() {
            all.forEach(CertificateFile::close);
        }
    }

    static ParityCertificate issue(Engine engine, Service owner, Optional<LocalDate> from, Optional<LocalDate> until,
                                   Actor actor) {
        List<LocalDate> months = engine.ports().reconciliations().totals(RowQuery.of(owner.id())).stream().map(Total::month)
                .sorted(Comparator.naturalOrder()).toList();
        LocalDate first = from.orElse(months.isEmpty() ? RowQuery.FIRST_DAY : months.get(0));
        LocalDate end = until.orElse(months.isEmpty() ? RowQuery.LAST_DAY : months.get(months.size() - 1).plusMonths(1));
        return engine.billing().certifyParity().issue(owner, first, end, actor);
    }

    private void tell(ParityCertificate issued) {
        if (names.isEmpty()) {
            Json.write(host.out(), CertificateJson.of(issued));
            return;
        }
        host.out().print("Certificate " + issued.id() + " of " + issued.from() + " to before " + issued.until() + "\n");
        Coverage.of(issued.summary()).forEach(headline -> host.out().print(headline + "\n"));
        host.out().print(issued.summary().matched() + " periods match, " + issued.summary().deltas() + " differ, "
                + issued.waivers().size() + " differences are accepted\n");
        names.forEach(name -> host.out().print("written: " + name + "\n"));
        names.stream().filter(name -> !name.endsWith(".pdf")).findFirst().ifPresent(name ->
                host.out().print("Go on with\n  ./billing certificate verify " + name + "\n"));
    }
}
