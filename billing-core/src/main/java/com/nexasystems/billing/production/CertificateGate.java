package com.nexasystems.billing.production;

import com.nexasystems.billing.gate.Check;
import com.nexasystems.billing.gate.Check.Problem;
import com.nexasystems.billing.gate.Gate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What must be so before a certificate is issued. Nobody goes around it: there is no incomplete certificate. */
public final class CertificateGate {

    /** Its checks, in the order in which they run. */
    public static final Gate<Issuable> ISSUE = new Gate<Issuable>("certificate-issue", List.of(
            field("specification", "reference of the specification", CertificateFields::specification,
                    "give the customer's specification of the job a code and a revision"),
            field("process", "process description", CertificateFields::process,
                    "describe the process in the recipe of the order's first line"),
            field("signer", "signer", CertificateFields::signer,
                    "give the customer's specification a signer, or the company a default one"),
            field("contact", "contact", CertificateFields::contact, "give the customer a default contact"),
            field("contact-email", "contact's e-mail", CertificateFields::contactEmail,
                    "enter the e-mail of the customer's default contact"),
            Check.of("quantities", CertificateGate::quantities))).bypassableBy();

    private CertificateGate() {
    }

    private static Check<Issuable> field(String name, String missing, Function<CertificateFields, Optional<String>> value,
                                         String masterData) {
        return Check.of(name, of -> Problem.when(value.apply(of.certificate().fields()).isEmpty(),
                "the " + of.certificate() + " has no " + missing,
                masterData + " and fill the draft again; or enter it in the draft"));
    }

    private static Optional<Problem> quantities(Issuable of) {
        Quantities stated = of.certificate().quantities();
        String name = "the " + of.certificate();
        return Problem.when(!stated.equals(of.job().quantities()), name + " states " + stated + "; the job has by now "
                        + of.job().quantities(), "fill the draft again")
                .or(() -> Problem.when(stated.received().isEmpty(), "the quantity received is not known for " + name + " ("
                        + stated.outcome() + ")", "enter it in the job, and fill the draft again"))
                .or(() -> JobGate.quantities(name, stated))
                .or(() -> Problem.when(stated.shipped().signum() < 0, name
                                + " would state a shipped quantity below zero: done " + stated.done().toPlainString()
                                + " - scrapped " + stated.scrapped().toPlainString() + " = "
                                + stated.shipped().toPlainString(),
                        "count again, and correct the quantities of the job"));
    }
}
