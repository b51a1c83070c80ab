package com.nexasystems.billing.production;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.gate.Bypass;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A plant that hardens bolts: each job requires a certificate of conformity and one of analysis, unless it says
 * otherwise.
 */
final class Plant {

    static final Actor ADA = Actor.person("ada");
    static final List<String> BOTH = List.of("analysis", "conformity");
    static final MasterData KNOWN = new MasterData(
            List.of(new OrderLine("bolts", Optional.of("hardened")), new OrderLine("nuts", Optional.of("annealed"))),
            Optional.of(new Specification("AMS-2750", Optional.of("G"), Optional.of("Grace"))), Optional.of("Edsger"),
            Optional.of(new JobCustomer("C-1", Optional.of(new Contact("Charles", Optional.of("charles@example.com"))))));

    final TestClock clock = new TestClock(Shop.MARCH);
    final Billing billing;
    final ServiceId service;

    Plant() {
        this(Ports.inMemory());
    }

    Plant(Ports ports) {
        billing = Billing.over(ports).clock(clock).build();
        service = billing.register("plant", "Plant").id();
    }

    static BigDecimal number(String text) {
        return new BigDecimal(text);
    }

    /** @param received and rejected may be null, as nobody has counted them */
    static Quantities quantities(String received, String done, String scrapped, String rejected) {
        return new Quantities(Optional.ofNullable(received).map(BigDecimal::new), number(done), number(scrapped),
                Optional.ofNullable(rejected).map(BigDecimal::new));
    }

    static Quantities good() {
        return quantities("10", "7", "2", "1");
    }

    static Bypass bypass(String role) {
        return new Bypass(Actor.person("max"), role, "the scale is broken");
    }

    Job job(String number, Quantities quantities) {
        return job(number, quantities, KNOWN);
    }

    Job job(String number, Quantities quantities, MasterData master) {
        return billing.jobs().put(service, new JobDetails(number, "O-7", quantities, master, BOTH), ADA);
    }

    CompleteJob.Outcome complete(String number) {
        return billing.completions().complete(service, number, ADA, Optional.empty());
    }

    CompleteJob.Outcome complete(String number, Bypass bypass) {
        return billing.completions().complete(service, number, ADA, Optional.of(bypass));
    }

    /** The certificate of conformity of a completed job that has this master data. */
    Certificate certificate(MasterData master) {
        job("J-1", good(), master);
        complete("J-1");
        return certificate();
    }

    Certificate certificate() {
        return certificates("J-1").stream().filter(each -> each.type().equals("conformity")).findFirst().orElseThrow();
    }

    List<Certificate> certificates(String number) {
        return billing.ports().certificates().of(find(number).id());
    }

    IssueCertificate.Outcome issue() {
        return billing.certificates().issue(service, "J-1", "conformity", ADA);
    }

    Certificate refill() {
        return billing.certificateDrafts().refill(service, "J-1", "conformity", ADA);
    }

    Job find(String number) {
        return billing.ports().jobs().find(service, number).orElseThrow();
    }

    List<AuditEntry> audited(Object subject) {
        return billing.ports().auditTrail().of(subject.toString());
    }
}
