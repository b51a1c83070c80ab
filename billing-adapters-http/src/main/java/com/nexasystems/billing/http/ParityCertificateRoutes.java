package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.reconciliation.CertifyParity.Verdict;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** {@code /parity_certificates}: what a reconciliation came to, for people who were not there. */
final class ParityCertificateRoutes {

    private static final String CERTIFICATE = "parity_certificate";

    private final Billing billing;
    private final BackgroundWork background;

    ParityCertificateRoutes(Billing billing, BackgroundWork background) {
        this.billing = billing;
        this.background = background;
    }

    List<Route> routes() {
        return List.of(Route.post("/parity_certificates", this::issue).needing(OPERATE).committingItself(),
                Route.post("/parity_certificates/verify", this::verify).needing(OPERATE).committingItself(),
                Route.get("/parity_certificates/{id}", this::show).needing(OPERATE));
    }

    private Answer issue(Call call) {
        Fields fields = call.body();
        LocalDate from = ShadowFields.mandatoryDay(fields, "from");
        LocalDate until = ShadowFields.mandatoryDay(fields, "until");
        Service service = ShadowFields.service(billing, fields);
        if (!from.isBefore(until)) {
            throw ApiError.invalid("until", "value_is_out_of_range", "is the first day that it is not for, after from");
        }
        return background.alone(call, service, "issuing a certificate", () -> {
            ParityCertificate issued = billing.certifyParity().issue(service, from, until, call.actor());
            Operators.audit(billing, call, "parity.certified", service, Map.of("certificate", issued.id().toString()));
            return Answer.ok(Json.object(CERTIFICATE, json(issued)));
        });
    }

    private Answer show(Call call) {
        return Uuids.parse(call.path("id")).flatMap(billing.ports().reconciliations()::certificate)
                .map(found -> Answer.ok(Json.object(CERTIFICATE, json(found))))
                .orElseThrow(() -> ApiError.notFound(CERTIFICATE));
    }

    /** Changes nothing. */
    private Answer verify(Call call) {
        Fields held = call.body(CERTIFICATE);
        Optional<UUID> id = Uuids.parse(held.mandatory("lago_id"));
        held.check();
        var altered = new AtomicReference<Optional<String>>(Optional.empty());
        Verdict verdict = id.map(known -> billing.certifyParity().verify(known, issued -> {
            altered.set(ParityCertificateJson.altered(json(issued), call.body().raw(CERTIFICATE)));
            return altered.get().isEmpty();
        })).orElse(Verdict.NOT_ISSUED_HERE);
        return Answer.ok(Json.object("verification", Json.object("verdict", ShadowFields.word(verdict),
                "altered", altered.get().orElse(null))));
    }

    private Json json(ParityCertificate issued) {
        return ParityCertificateJson.of(issued, billing.ports().services().find(issued.service()).map(Service::code)
                .orElse(issued.service().toString()));
    }
}
