package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.EntryKey.Kind;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An entry that does not balance does not exist. */
class JournalEntryTest {

    private static final LedgerAccount HOSTING = LedgerAccount.revenue("hosting");

    @Test
    void debits_and_credits_are_equal() {
        assertThat(entry(cad(LedgerAccount.RECEIVABLE, "113.00"), cad(HOSTING, "-100.00"),
                cad(LedgerAccount.tax("HST-ON"), "-13.00")).postings()).hasSize(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry(cad(LedgerAccount.RECEIVABLE, "113.00"), cad(HOSTING, "-112.99")))
                .withMessageContaining("differ by 0.01 CAD").withMessageContaining("in_1#invoice##1");
    }

    @Test
    void they_are_equal_in_each_currency_by_itself() {
        Posting dollars = cad(LedgerAccount.RECEIVABLE, "5.00");
        Posting usd = posting(HOSTING, "USD", "-5.00");
        assertThatIllegalArgumentException().isThrownBy(() -> entry(dollars, usd)).withMessageContaining("5.00 CAD");
        assertThat(entry(dollars, usd, cad(HOSTING, "-5.00"), posting(LedgerAccount.RECEIVABLE, "USD", "5.00")).postings())
                .hasSize(4);
    }

    @Test
    void one_leg_is_not_an_entry() {
        assertThatIllegalArgumentException().isThrownBy(() -> entry()).withMessageContaining("at least two");
        assertThatIllegalArgumentException().isThrownBy(() -> entry(cad(HOSTING, "5.00")))
                .withMessageContaining("at least two");
    }

    @Test
    void a_leg_of_nothing_is_not_a_leg() {
        assertThatIllegalArgumentException().isThrownBy(() -> cad(HOSTING, "0.00")).withMessageContaining("nothing on");
    }

    @Test
    void the_order_of_its_legs_is_always_the_same() {
        Posting[] legs = {cad(LedgerAccount.RECEIVABLE, "10.00"), cad(HOSTING, "-7.00"),
                cad(LedgerAccount.revenue("add-ons"), "-3.00")};
        assertThat(entry(legs[2], legs[0], legs[1])).isEqualTo(entry(legs));
        assertThat(entry(legs).postings()).extracting(Posting::account).containsExactly(LedgerAccount.RECEIVABLE,
                LedgerAccount.revenue("add-ons"), HOSTING);
    }

    @Test
    void its_reversal_says_the_opposite_of_the_same_party() {
        JournalEntry entry = entry(cad(LedgerAccount.RECEIVABLE, "10.00"), cad(HOSTING, "-10.00"));
        JournalEntry reversal = entry.reversedOn(LocalDate.of(2026, 4, 1), "wrong customer");
        assertThat(Desk.said(reversal))
                .isEqualTo("2026-04-01 reversal invoice//1: receivable -10.00, revenue:hosting 10.00");
        assertThat(reversal.party()).isEqualTo(entry.party());
        assertThat(reversal.text()).isEqualTo("wrong customer");
    }

    @Test
    void it_says_the_same_whatever_its_revision_and_not_of_another_fact() {
        JournalEntry entry = entry(cad(LedgerAccount.RECEIVABLE, "10.00"), cad(HOSTING, "-10.00"));
        assertThat(entry.withRevision(2).saysTheSameAs(entry)).isTrue();
        assertThat(new JournalEntry(EntryKey.first("in_2", Kind.INVOICE, ""), entry.date(), entry.party(), entry.text(),
                entry.postings()).saysTheSameAs(entry)).isFalse();
        assertThat(new JournalEntry(entry.key(), entry.date().plusDays(1), entry.party(), entry.text(), entry.postings())
                .saysTheSameAs(entry)).isFalse();
    }

    @Test
    void a_key_is_read_as_it_is_written() {
        for (Kind kind : Kind.values()) {
            EntryKey key = new EntryKey("lago:1a-2b", kind, kind == Kind.INVOICE ? "" : "py_1/x", 3);
            assertThat(EntryKey.parse(key.toString())).isEqualTo(key);
        }
        for (String text : List.of("", "in_1", "in_1#invoice#", "in_1#invoice##0", "in_1#invoice##x", "in_1#nothing##1",
                "#invoice##1", "in_1#invoice##1#")) {
            assertThatThrownBy(() -> EntryKey.parse(text)).as(text)
                    .isInstanceOf(InvalidValue.class);
        }
    }

    @Test
    void an_account_is_read_as_it_is_written() {
        for (LedgerAccount account : List.of(LedgerAccount.RECEIVABLE, LedgerAccount.CUSTOMER_BALANCE, LedgerAccount.PREPAID,
                LedgerAccount.BAD_DEBT, HOSTING, LedgerAccount.tax("HST-ON"), LedgerAccount.clearing("stripe"))) {
            assertThat(LedgerAccount.ofCode(account.code())).isEqualTo(account);
        }
        for (String code : List.of("", "revenue", "revenue:", "receivable:x", "nothing", "Revenue:x")) {
            assertThatThrownBy(() -> LedgerAccount.ofCode(code)).as(code)
                    .isInstanceOf(InvalidValue.class);
        }
    }

    private static JournalEntry entry(Posting... legs) {
        return new JournalEntry(EntryKey.first("in_1", Kind.INVOICE, ""), LocalDate.of(2026, 3, 2), "cus_1", "Invoice 1",
                List.of(legs));
    }

    private static Posting cad(LedgerAccount account, String amount) {
        return posting(account, "CAD", amount);
    }

    private static Posting posting(LedgerAccount account, String currency, String amount) {
        return new Posting(account, Money.of(Currency.getInstance(currency), amount));
    }
}
