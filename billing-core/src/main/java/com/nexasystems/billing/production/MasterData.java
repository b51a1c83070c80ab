package com.nexasystems.billing.production;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;

/**
 * What the application knows besides the job itself, as it was when the job was handed over last. Certificates are prefilled
 * from it. Text that is empty or blank counts as absent.
 *
 * @param lines         of the order, in its order
 * @param specification the customer's, by which the work was done
 * @param companySigner who signs where the specification names nobody
 * @param customer      whom the work was done for
 */
public record MasterData(List<OrderLine> lines, Optional<Specification> specification, Optional<String> companySigner,
                         Optional<JobCustomer> customer) {

    /** Nothing is known. */
    public static final MasterData NONE = new MasterData(List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    static final int LONGEST_NAME = 255;
    static final int LONGEST_PROCESS = 4000;
    private static final int MOST_LINES = 1000;

    /** @throws InvalidValue if a text is too long or cannot be stored, or there are too many lines */
    public MasterData {
        lines = List.copyOf(lines);
        if (lines.size() > MOST_LINES) {
            throw new InvalidValue("lines", "are more than " + MOST_LINES);
        }
        companySigner = filled("company_signer", companySigner, LONGEST_NAME);
    }

    /**
     * A line of the order.
     *
     * @param process the process description of its recipe
     */
    public record OrderLine(String item, Optional<String> process) {

        public OrderLine {
            InvalidValue.checkText("item", item, LONGEST_NAME);
            process = filled("process", process, LONGEST_PROCESS);
        }
    }

    /** @param signer who signs for work by this specification */
    public record Specification(String code, Optional<String> revision, Optional<String> signer) {

        public Specification {
            InvalidValue.checkText("specification.code", code, LONGEST_NAME);
            revision = filled("specification.revision", revision, LONGEST_NAME);
            signer = filled("specification.signer", signer, LONGEST_NAME);
        }

        /** Code plus revision; empty while there is no revision, as a code alone names no text. */
        public Optional<String> reference() {
            return revision.map(known -> code + " " + known);
        }
    }

    /**
     * @param id      the application's own
     * @param contact the customer's default one
     */
    public record JobCustomer(String id, Optional<Contact> contact) {

        public JobCustomer {
            InvalidValue.checkText("customer.id", id, LONGEST_NAME);
        }
    }

    /** A person at the customer. */
    public record Contact(String name, Optional<String> email) {

        public Contact {
            InvalidValue.checkText("contact.name", name, LONGEST_NAME);
            email = checkedEmail("contact.email", email);
        }
    }

    static Optional<String> filled(String field, Optional<String> text, int longest) {
        Optional<String> filled = text.map(String::strip).filter(stripped -> !stripped.isEmpty());
        filled.ifPresent(stripped -> InvalidValue.checkText(field, stripped, longest));
        return filled;
    }

    static Optional<String> checkedEmail(String field, Optional<String> text) {
        Optional<String> email = filled(field, text, 320);
        email.filter(address -> !address.matches("[^@\\s]+@[^@\\s]+")).ifPresent(address -> {
            throw new InvalidValue(field, "is not an e-mail address: " + address);
        });
        return email;
    }
}
