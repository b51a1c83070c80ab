package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.CertificateFields;
import com.nexasystems.billing.production.Quantities;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** An issued certificate as PDF. There is none of a draft, which could be taken for an issued one. */
public final class CertificatePdf {

    private CertificatePdf() {
    }

    /**
     * The same for the same certificate, to the byte.
     *
     * @throws IllegalArgumentException if it was not issued
     */
    public static byte[] of(Service issuer, Certificate certificate) {
        Certificate.Issue issue = certificate.issue().orElseThrow(() -> new IllegalArgumentException(
                "not issued: the " + certificate));
        CertificateFields fields = certificate.fields();
        Quantities quantities = certificate.quantities();
        return Pdf.certificate(Map.of(
                "issuer", issuer.name(), "number", issue.number(), "type", certificate.type(),
                "facts", List.of(row("Job", certificate.jobNumber()), row("Order", certificate.order()),
                        row("Issued", issue.date().toString())),
                "fields", List.of(row("Specification", fields.specification().orElseThrow()),
                        row("Process", fields.process().orElseThrow()), row("Contact", fields.contact().orElseThrow()),
                        row("E-mail of the contact", fields.contactEmail().orElseThrow())),
                "quantities", List.of(row("Received", quantities.received().orElseThrow()), row("Done", quantities.done()),
                        row("Non-conforming (scrapped, or rejected at inspection)", quantities.nonConforming()),
                        row("Shipped", quantities.shipped())),
                "signer", fields.signer().orElseThrow()));
    }

    private static Map<String, String> row(String label, BigDecimal quantity) {
        return row(label, quantity.toPlainString());
    }

    private static Map<String, String> row(String label, String value) {
        return Map.of("label", label, "value", value);
    }

    /** Letters and digits, whatever is in the number. */
    public static String fileName(Certificate certificate) {
        return (certificate.jobNumber() + "-" + certificate.type()).replaceAll("[^A-Za-z0-9._-]", "_") + ".pdf";
    }
}
