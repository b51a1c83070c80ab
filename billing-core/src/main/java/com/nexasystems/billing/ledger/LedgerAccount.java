package com.nexasystems.billing.ledger;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * An account of the books. It holds every currency, each by itself.
 *
 * @param type   what it is for
 * @param detail which of its type, such as {@code stripe}, {@code HST-ON} or {@code hosting}; empty where there is only one
 */
public record LedgerAccount(Type type, String detail) implements Comparable<LedgerAccount> {

    /** What customers owe for invoices. */
    public static final LedgerAccount RECEIVABLE = new LedgerAccount(Type.RECEIVABLE, "");
    /** What is owed to customers and will pay their next invoices. */
    public static final LedgerAccount CUSTOMER_BALANCE = new LedgerAccount(Type.CUSTOMER_BALANCE, "");
    /** What customers have bought in advance and not used yet. */
    public static final LedgerAccount PREPAID = new LedgerAccount(Type.PREPAID, "");
    /** What will never be paid. */
    public static final LedgerAccount BAD_DEBT = new LedgerAccount(Type.BAD_DEBT, "");

    private static final Comparator<LedgerAccount> ORDER = Comparator.comparing(LedgerAccount::type)
            .thenComparing(LedgerAccount::detail);

    /** In the order of a balance sheet: what we have, what we owe, what we earned, what it cost. */
    public enum Type {
        CLEARING("clearing", Normal.DEBIT, true),
        RECEIVABLE("receivable", Normal.DEBIT, false),
        CUSTOMER_BALANCE("customer-balance", Normal.CREDIT, false),
        PREPAID("prepaid", Normal.CREDIT, false),
        TAX("tax", Normal.CREDIT, true),
        REVENUE("revenue", Normal.CREDIT, true),
        BAD_DEBT("bad-debt", Normal.DEBIT, false);

        private final String code;
        private final Normal normal;
        private final boolean detailed;

        Type(String code, Normal normal, boolean detailed) {
            this.code = code;
            this.normal = normal;
            this.detailed = detailed;
        }

        public String code() {
            return code;
        }

        /** The side on which it usually stands. */
        public Normal normal() {
            return normal;
        }
    }

    /** A side of an account. */
    public enum Normal { DEBIT, CREDIT }

    public LedgerAccount {
        if (type.detailed) {
            InvalidValue.checkText("account", detail, 128);
        } else if (!detail.isEmpty()) {
            throw new InvalidValue("account", "there is only one " + type.code + ", not one for " + detail);
        }
    }

    /** @param provider through which the money came, such as {@code stripe} */
    public static LedgerAccount clearing(String provider) {
        return new LedgerAccount(Type.CLEARING, provider);
    }

    /** @param rate code of the tax rate, such as {@code HST-ON} */
    public static LedgerAccount tax(String rate) {
        return new LedgerAccount(Type.TAX, rate);
    }

    public static LedgerAccount revenue(String family) {
        return new LedgerAccount(Type.REVENUE, family);
    }

    /** @throws InvalidValue if it is not the {@link #code} of an account */
    public static LedgerAccount ofCode(String code) {
        int colon = code.indexOf(':');
        String type = colon < 0 ? code : code.substring(0, colon);
        for (Type each : Type.values()) {
            if (each.code.equals(type)) {
                return new LedgerAccount(each, colon < 0 ? "" : code.substring(colon + 1));
            }
        }
        throw new InvalidValue("account", "is not known: " + code);
    }

    /** @throws InvalidValue if it is neither the code of an account nor that of a type */
    static void checkCode(String code) {
        if (Stream.of(Type.values()).noneMatch(type -> type.code.equals(code))) {
            ofCode(code);
        }
    }

    /** Such as {@code revenue:hosting} and {@code receivable}. */
    public String code() {
        return detail.isEmpty() ? type.code : type.code + ":" + detail;
    }

    @Override
    public int compareTo(LedgerAccount other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return code();
    }
}
