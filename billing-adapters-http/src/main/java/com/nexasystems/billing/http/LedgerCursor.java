package com.nexasystems.billing.http;

import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Currency;
import java.util.List;

/** Where a page of drafts ended: date and key of its last one, which need not be there any more. */
final class LedgerCursor {

    private static final int DAY = "2026-01-31".length();
    private static final Posting SOMETHING = new Posting(LedgerAccount.RECEIVABLE,
            Money.of(Currency.getInstance("EUR"), "1"));

    private LedgerCursor() {
    }

    static String of(JournalEntry last) {
        return Base64.getUrlEncoder().withoutPadding()
                .encodeToString((last.date() + " " + last.key()).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * An entry at that place. Drafts come by date and key, so what it posts does not matter.
     *
     * @throws ApiError 422 if the text is no cursor
     */
    static JournalEntry place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (text.length() > DAY) {
                return new JournalEntry(EntryKey.parse(text.substring(DAY + 1)), LocalDate.parse(text.substring(0, DAY)),
                        "cursor", "cursor", List.of(SOMETHING, SOMETHING.negated()));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Said below, whatever was wrong with it.
        }
        throw ApiError.invalid("cursor", "value_is_invalid", "is not what next_cursor said");
    }
}
