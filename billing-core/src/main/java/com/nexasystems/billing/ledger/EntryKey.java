package com.nexasystems.billing.ledger;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Comparator;
import java.util.Locale;

/**
 * What a journal entry is of: one fact of one invoice is booked once.
 *
 * @param invoice  the id that the invoice's source knows it by, such as {@code in_1abc} or {@code lago:...}
 * @param fact     the id of the payment (also of one that was too much), credit note or refund; of a recovery, what brought
 *                 it, and of a reversal, what it reverses; empty for what an invoice has only one of
 * @param revision counted from 1: a fact is booked anew, under the next one, after its entry was reversed
 */
public record EntryKey(String invoice, Kind kind, String fact, int revision) implements Comparable<EntryKey> {

    private static final Comparator<EntryKey> ORDER = Comparator.comparing(EntryKey::invoice)
            .thenComparing(EntryKey::kind).thenComparing(EntryKey::fact).thenComparing(EntryKey::revision);
    private static final int LONGEST = 255;

    /** Which fact. */
    public enum Kind {
        INVOICE, BALANCE, PREPAID, CREDIT_NOTE, PAYMENT, OVERPAYMENT, REFUND, WRITE_OFF, RECOVERY, REVERSAL;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @throws InvalidValue if it is not the code of a kind */
        public static Kind ofCode(String code) {
            for (Kind kind : values()) {
                if (kind.code().equals(code)) {
                    return kind;
                }
            }
            throw new InvalidValue("kind", "is not known: " + code);
        }
    }

    public EntryKey {
        InvalidValue.checkText("invoice", invoice, LONGEST);
        if (!fact.isEmpty()) {
            InvalidValue.checkText("fact", fact, 2 * LONGEST);
        }
        if (invoice.contains("#") || fact.contains("#")) {
            throw new InvalidValue("entry", "must not contain #: " + invoice + ", " + fact);
        }
        if (revision < 1) {
            throw new InvalidValue("revision", "is counted from 1: " + revision);
        }
    }

    static EntryKey first(String invoice, Kind kind, String fact) {
        return new EntryKey(invoice, kind, fact, 1);
    }

    /** The entry that takes this one back. */
    EntryKey reversal() {
        return new EntryKey(invoice, Kind.REVERSAL, kind.code() + "/" + fact + "/" + revision, 1);
    }

    /** Whether both are of one fact, whatever the revision. */
    public boolean isOfSameFact(EntryKey other) {
        return invoice.equals(other.invoice) && kind == other.kind && fact.equals(other.fact);
    }

    EntryKey withRevision(int next) {
        return new EntryKey(invoice, kind, fact, next);
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws InvalidValue if it is something else
     */
    public static EntryKey parse(String text) {
        String[] parts = text.split("#", -1);
        if (parts.length != 4 || !parts[3].matches("[0-9]{1,6}")) {
            throw new InvalidValue("entry", "is written invoice#kind#fact#revision: " + text);
        }
        return new EntryKey(parts[0], Kind.ofCode(parts[1]), parts[2], Integer.parseInt(parts[3]));
    }

    /** Such as {@code in_1abc#payment#inpay_1#1}. */
    @Override
    public String toString() {
        return invoice + "#" + kind.code() + "#" + fact + "#" + revision;
    }

    @Override
    public int compareTo(EntryKey other) {
        return ORDER.compare(this, other);
    }
}
