package com.nexasystems.billing.production;

import com.nexasystems.billing.production.MasterData.Contact;
import com.nexasystems.billing.production.MasterData.JobCustomer;
import com.nexasystems.billing.production.MasterData.Specification;
import java.util.Optional;

/** Where each field of a certificate comes from. */
final class Prefill {

    private Prefill() {
    }

    static CertificateFields of(Job job) {
        MasterData master = job.master();
        Optional<Contact> contact = master.customer().flatMap(JobCustomer::contact);
        return new CertificateFields(master.specification().flatMap(Specification::reference),
                master.lines().stream().findFirst().flatMap(MasterData.OrderLine::process),
                master.specification().flatMap(Specification::signer).or(master::companySigner), contact.map(Contact::name),
                contact.flatMap(Contact::email));
    }
}
