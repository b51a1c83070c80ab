package com.nexasystems.billing.http;

import com.nexasystems.billing.production.CertificateFields;
import com.nexasystems.billing.production.JobDetails;
import com.nexasystems.billing.production.MasterData;
import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.OrderLine;
import com.nexasystems.billing.production.MasterData.Specification;
import com.nexasystems.billing.production.Quantities;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads jobs, and what is entered in certificates. What is wrong is named by its path in the body. */
final class JobFields {

    private JobFields() {
    }

    static JobDetails job(Fields fields) {
        String number = fields.mandatory("number");
        String order = fields.mandatory("order");
        Optional<Quantities> quantities = quantities(fields);
        List<OrderLine> lines = fields.objects("lines").stream().flatMap(line -> line(line).stream()).toList();
        Optional<Specification> specification = fields.object("specification").flatMap(JobFields::specification);
        Optional<String> signer = fields.text("company_signer");
        Optional<JobCustomer> customer = fields.object("customer").flatMap(JobFields::customer);
        List<String> types = fields.texts("certificate_types");
        fields.check();
        return new JobDetails(number, order, quantities.orElseThrow(),
                new MasterData(lines, specification, signer, customer), types);
    }

    private static Optional<Quantities> quantities(Fields fields) {
        Optional<BigDecimal> received = fields.decimal("received");
        BigDecimal done = fields.decimal("done").orElse(BigDecimal.ZERO);
        BigDecimal scrapped = fields.decimal("scrapped").orElse(BigDecimal.ZERO);
        Optional<BigDecimal> rejected = fields.decimal("rejected");
        return made(fields, () -> new Quantities(received, done, scrapped, rejected));
    }

    private static Optional<OrderLine> line(Fields fields) {
        String item = fields.mandatory("item");
        return made(fields, () -> new OrderLine(item, fields.text("process")));
    }

    private static Optional<Specification> specification(Fields fields) {
        String code = fields.mandatory("code");
        return made(fields, () -> new Specification(code, fields.text("revision"), fields.text("signer")));
    }

    private static Optional<JobCustomer> customer(Fields fields) {
        String id = fields.mandatory("id");
        Optional<Contact> contact = fields.object("contact").flatMap(JobFields::contact);
        return made(fields, () -> new JobCustomer(id, contact));
    }

    private static Optional<Contact> contact(Fields fields) {
        String name = fields.mandatory("name");
        return made(fields, () -> new Contact(name, fields.text("email")));
    }

    /** What is left out stays as it is in the draft. */
    static CertificateFields certificate(Fields fields) {
        Optional<CertificateFields> read = made(fields, () -> new CertificateFields(fields.text("specification"),
                fields.text("process"), fields.text("signer"), fields.text("contact"), fields.text("contact_email")));
        fields.check();
        return read.orElseThrow();
    }

    /** A problem that was found before is not told a second time. */
    private static <T> Optional<T> made(Fields fields, Supplier<T> made) {
        try {
            return Optional.of(made.get());
        } catch (InvalidValue e) {
            String field = e.field().substring(e.field().lastIndexOf('.') + 1);
            if (!fields.hasProblem(field)) {
                fields.problem(field, ApiError.code(e.reason()), e.reason());
            }
            return Optional.empty();
        }
    }
}
