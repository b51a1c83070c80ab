package com.nexasystems.billing.production;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;

/**
 * What stands on a certificate besides its quantities. Text that is empty or blank counts as absent.
 *
 * @param specification reference of the specification: its code plus revision
 * @param process       process description
 * @param contact       name of the customer's contact
 */
public record CertificateFields(Optional<String> specification, Optional<String> process, Optional<String> signer,
                                Optional<String> contact, Optional<String> contactEmail) {

    private static final int LONGEST_REFERENCE = 600;

    /** @throws InvalidValue if a text is too long or cannot be stored, or the e-mail is none */
    public CertificateFields {
        specification = MasterData.filled("specification", specification, LONGEST_REFERENCE);
        process = MasterData.filled("process", process, MasterData.LONGEST_PROCESS);
        signer = MasterData.filled("signer", signer, MasterData.LONGEST_NAME);
        contact = MasterData.filled("contact", contact, MasterData.LONGEST_NAME);
        contactEmail = MasterData.checkedEmail("contact_email", contactEmail);
    }

    public boolean areComplete() {
        return specification.isPresent() && process.isPresent() && signer.isPresent() && contact.isPresent()
                && contactEmail.isPresent();
    }

    /** The same, and what is missing from others. A contact goes together with their own e-mail. */
    CertificateFields or(CertificateFields others) {
        boolean samePerson = contact.isEmpty() || contact.equals(others.contact);
        return new CertificateFields(specification.or(() -> others.specification), process.or(() -> others.process),
                signer.or(() -> others.signer), contact.or(() -> others.contact),
                contactEmail.or(() -> samePerson ? others.contactEmail : Optional.empty()));
    }
}
