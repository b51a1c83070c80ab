package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.CertificateFields;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Job.Completion;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Jobs and certificates that say as much as they can, and as little. */
final class ProductionSample {

    static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");
    static final Completion DONE = new Completion(Actor.person("zoë@example.com"), NOW, false);
    static final Quantities TEN = new Quantities(Optional.of(BigDecimal.TEN), new BigDecimal("8.500000000001"),
            new BigDecimal("1.499999999999"), Optional.of(BigDecimal.ZERO));
    static final CertificateFields NO_FIELDS = new CertificateFields(Optional.empty(), Optional.empty(), Optional.empty(),
            Optional.empty(), Optional.empty());
    static final CertificateFields ALL_FIELDS = new CertificateFields(Optional.of("AMS \"2750\" {G}"),
            Optional.of("Härten, dann anlassen 🚀"), Optional.of("Grace Hopper"), Optional.of("Ada, Countess"),
            Optional.of("ada@example.com"));

    private static final MasterData RICH = new MasterData(List.of(new OrderLine("bolts \"M8\", {zinc}",
            Optional.of("Härten")),
            new OrderLine("NULL", Optional.empty()), new OrderLine("ü", Optional.of("NULL"))),
            Optional.of(new Specification("AMS 2750", Optional.of("G"), Optional.of("Grace"))), Optional.of("Edsger"),
            Optional.of(new JobCustomer("C-1", Optional.of(new Contact("Ada", Optional.of("ada@example.com"))))));

    private ProductionSample() {
    }

    /** An open one of which as little is known as can be. */
    static Job job(Service service, String number) {
        return new Job(Samples.id(service.code() + number), service.id(), number, "O-1", Quantities.NONE, MasterData.NONE,
                List.of(), Optional.empty());
    }

    /** A completed one of which all is known. */
    static Job rich(Service service, String number, String... types) {
        return like(job(service, number), Optional.of(DONE), types);
    }

    static Job like(Job job, Optional<Completion> completion, String... types) {
        return new Job(job.id(), job.service(), job.number(), "Auftrag \"7\" 🚀", TEN, RICH, List.of(types), completion);
    }

    static Certificate draft(Job job, String type) {
        return new Certificate(Samples.id(job.id() + type), job.id(), job.service(), job.number(), job.order(), type,
                NO_FIELDS, Quantities.NONE, NOW, Optional.empty());
    }

    static Certificate issued(Certificate draft, String by) {
        return new Certificate(draft.id(), draft.job(), draft.service(), draft.jobNumber(), draft.order(), draft.type(),
                ALL_FIELDS, TEN, draft.createdAt(), Optional.of(new Certificate.Issue(draft.jobNumber() + "/" + draft.type(),
                LocalDate.of(2026, 2, 3), NOW, Actor.person(by))));
    }
}
