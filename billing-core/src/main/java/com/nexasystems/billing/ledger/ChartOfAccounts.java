package com.nexasystems.billing.ledger;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the accounts are called in the company's books.
 *
 * @param numbers by {@link LedgerAccount#code}, such as {@code revenue:hosting}, or by the code of a type, such as
 *                {@code revenue}, for all of it that have no number of their own
 */
public record ChartOfAccounts(Map<String, String> numbers) {

    /** The numbers of a common chart: 1 what we have, 2 what we owe, 4 what we earned, 6 what it cost. */
    public static final ChartOfAccounts DEFAULT = new ChartOfAccounts(Map.of("clearing", "1050", "receivable", "1200",
            "customer-balance", "2200", "prepaid", "2250", "tax", "2300", "revenue", "4000", "bad-debt", "6900"));

    public ChartOfAccounts {
        numbers = Map.copyOf(numbers);
        numbers.forEach((code, number) -> {
            LedgerAccount.checkCode(code);
            InvalidValue.checkText("number", number, 32);
        });
    }

    /** With some numbers of one's own. */
    public ChartOfAccounts with(Map<String, String> own) {
        var all = new TreeMap<>(numbers);
        all.putAll(own);
        return new ChartOfAccounts(all);
    }

    /** Of an account, else of its type, else none. */
    public String numberOf(LedgerAccount account) {
        return numbers.getOrDefault(account.code(), numbers.getOrDefault(account.type().code(), ""));
    }
}
