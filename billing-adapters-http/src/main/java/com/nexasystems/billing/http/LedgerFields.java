package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Optional;

/** What requests about the ledger have in common. */
final class LedgerFields {

    static final int LONGEST_REASON = 512;

    private LedgerFields() {
    }

    /** Which entries a report is of; the posted ones if nothing is said. */
    static Scope scope(Fields fields) {
        return fields.choice("scope", ShadowFields.words(Scope.class)).orElse(Scope.POSTED);
    }

    static Optional<EntryKey> entry(Fields fields, String field, String text) {
        try {
            return Optional.of(EntryKey.parse(text));
        } catch (InvalidValue e) {
            fields.problem(field, "value_is_invalid", e.reason());
            return Optional.empty();
        }
    }

    /** A text that people give for what they do. */
    static Optional<String> reason(Fields fields, String field) {
        return fields.text(field).filter(text -> isGood(fields, field, text));
    }

    static String mandatoryReason(Fields fields, String field) {
        String text = fields.mandatory(field);
        return !text.isEmpty() && isGood(fields, field, text) ? text : "";
    }

    private static boolean isGood(Fields fields, String field, String text) {
        try {
            InvalidValue.checkText(field, text, LONGEST_REASON);
            return true;
        } catch (InvalidValue e) {
            fields.problem(field, ApiError.code(e.reason()), e.reason());
            return false;
        }
    }

    /** A day that has to be said, if only as null, which means none at all. */
    static Optional<LocalDate> dayOrNone(Fields fields, String name) {
        Optional<LocalDate> day = ShadowFields.day(fields, name);
        if (day.isEmpty() && !fields.isNull(name) && !fields.hasProblem(name)) {
            fields.problem(name, "value_is_mandatory", "is a day, or null for none");
        }
        return day;
    }
}
