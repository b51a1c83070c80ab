package com.nexasystems.billing.app;

import com.nexasystems.billing.reconciliation.CertifyParity.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Verifies certificates; 'shadow certificate' issues them. */
@Command(name = "certificate", description = "Verifies certificates of parity; 'billing shadow certificate' issues them.")
final class CertificateCommand {

    private final Host host;

    @Mixin
    private HelpOption help;

    CertificateCommand(Host host) {
        this.host = host;
    }

    @Command(name = "verify", description = {"Says whether a certificate holds: issued here, as it stands, and of the rows"
            + " that are here.", "Exit code 0 if it does, 1 if not."})
    int verify(
            @Parameters(paramLabel = "FILE", description = "The certificate, as .json or as .html.") String name,
            @Mixin ReportOptions options) {
        HeldCertificate held = HeldCertificate.read(host.resolve(name));
        HeldCertificate.Answer answer;
        try (Engine engine = Engine.open(host)) {
            answer = held.verify(engine);
        }
        if (options.json) {
            Json.write(host.out(), Json.object("certificate", answer.number().toString(),
                    "verdict", Words.of(answer.verdict()), "altered", answer.altered().orElse(null)));
        } else {
            host.out().print(answer + "\n");
        }
        return answer.verdict() == Verdict.HOLDS ? ExitCode.OK : ExitCode.PARTIAL;
    }
}
