package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.Booking.Held;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.TaxPolicy.Level;
import com.nexasystems.billing.testing.Cases;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rate whose tax is what the source says, to the minor unit; never another tax. */
class TaxDerivationTest {

    private static final TaxPolicy ON_TOTAL = TaxPolicy.DEFAULT;
    private static final TaxPolicy PER_COMPONENT = new TaxPolicy(Level.PER_COMPONENT, RoundingMode.HALF_UP);
    private static final TaxPolicy PER_LINE = new TaxPolicy(Level.PER_LINE, RoundingMode.HALF_UP);

    private final Desk desk = new Desk();

    // --- rounding

    @Test
    void the_tax_on_31_95_is_4_15_as_one_rate_and_4_16_as_two() {
        assertTax(one("31.95", "HST", "13", "4.15"), "HST-ON 4.15", ON_TOTAL);
        assertTax(one("31.95", "HST", "13", "4.16"), "HST-ON 4.16", PER_COMPONENT);
        assertHeld(one("31.95", "HST", "13", "4.16"), "is what no configured rate comes to", ON_TOTAL);
        assertHeld(one("31.95", "HST", "13", "4.15"), "is what no configured rate comes to", PER_COMPONENT);
        assertHeld(one("31.95", "HST", "13", "4.17"),
                "tax HST of 13 % 4.17 CAD on 31.95 CAD is what no configured rate comes to");
    }

    @Test
    void a_tax_can_be_rounded_on_each_line() {
        FactsSample lines = FactsSample.of("in_1").line("Growth plan", "0.05").line("Growth plan", "0.05")
                .line("Growth plan", "0.05").taxByLine("HST", "13", false, "0.01", "0.01", "0.01");
        assertTax(lines, "HST-ON 0.03", PER_LINE);
        assertHeld(lines, "0.03 CAD on 0.15 CAD", ON_TOTAL);
    }

    @Test
    void a_half_cent_can_be_rounded_to_even() {
        assertTax(one("2.50", "HST", "13", "0.33"), "HST-ON 0.33", ON_TOTAL);
        assertTax(one("2.50", "HST", "13", "0.32"), "HST-ON 0.32", new TaxPolicy(Level.ON_TOTAL, RoundingMode.HALF_EVEN));
        assertHeld(one("2.50", "HST", "13", "0.32"), "0.32 CAD", ON_TOTAL, PER_LINE, PER_COMPONENT);
    }

    @Test
    void a_tax_in_the_price_is_taken_out_of_the_price() {
        assertTax(contained("31.95", "3.68"), "HST-ON 3.68", ON_TOTAL);
        assertHeld(contained("31.95", "3.69"), "3.69 CAD on 28.26 CAD, included", ON_TOTAL);
        // 5/113 and 8/113 of 10.14 are 0.449 and 0.718: 1.17 as one, and 1.17 as two; of 10.30, 1.185 and 0.456 + 0.729.
        assertTax(contained("10.30", "1.18"), "HST-ON 1.18", ON_TOTAL);
        assertTax(contained("10.30", "1.19"), "HST-ON 1.19", PER_COMPONENT);
        assertTax(FactsSample.of("in_1").line("Growth plan", "0.05", "0", "0.01").line("Growth plan", "0.05", "0", "0.01")
                .line("Growth plan", "0.05", "0", "0.01").taxByLine("HST", "13", true, "0.01", "0.01", "0.01"),
                "HST-ON 0.03", PER_LINE);
    }

    @Test
    void a_currency_that_is_paid_in_coarser_steps_can_be_taxed_in_them() {
        assertTax(one("KWD", "81.600", "HST", "13", "10.608"), "HST-ON 10.608");
        assertTax(one("KWD", "81.600", "HST", "13", "10.610"), "HST-ON 10.610");
        assertHeld(one("KWD", "81.600", "HST", "13", "10.620"), "no configured rate");
        assertHeld(one("KWD", "81.600", "HST", "13", "10.609"), "no configured rate");
        assertTax(one("MGA", "4625", "HST", "13", "601"), "HST-ON 601.00");
        assertHeld(one("MGA", "4625", "HST", "13", "602"), "no configured rate");
        assertHeld(one("4625", "HST", "13", "601"), "no configured rate");
    }

    @Test
    void a_proration_down_gives_tax_back() {
        assertTax(FactsSample.of("in_1").proration("Unused time on Growth", "", "-31.95").tax("HST", "13", "-4.15")
                .toBalance("-36.10"), "HST-ON -4.15");
        assertTax(FactsSample.of("in_1").proration("Unused time on Growth", "", "-31.95").tax("HST", "13", "-4.16")
                .toBalance("-36.11"), "HST-ON -4.16");
        assertTax(FactsSample.of("in_1").from("CA-QC").proration("Unused time on Growth", "", "-31.95")
                .tax("GST/QST", "14.975", "-4.78").toBalance("-36.73"), "GST -1.60, QST -3.18");
    }

    @Test
    void whatever_is_rounded_by_a_policy_is_derived_and_never_with_another_amount() {
        Cases.check(300, random -> {
            Money base = Money.ofMinor(Currency.getInstance("CAD"), BigInteger.valueOf(random.nextInt(1, 1_000_000)));
            TaxPolicy policy = Cases.oneOf(random, LedgerPolicy.ALL_TAX_POLICIES);
            BigDecimal exact = base.amount().multiply(BigDecimal.valueOf(13)).movePointLeft(2);
            BigDecimal tax = policy.level() != Level.PER_COMPONENT ? exact.setScale(2, policy.rounding())
                    : base.amount().multiply(BigDecimal.valueOf(5)).movePointLeft(2).setScale(2, policy.rounding())
                    .add(base.amount().multiply(BigDecimal.valueOf(8)).movePointLeft(2).setScale(2, policy.rounding()));
            FactsSample right = one(base.amount().toPlainString(), "HST", "13", tax.toPlainString());
            assertThat(taxes(desk.book(right.facts(), policy(policy))))
                    .isEqualTo(tax.signum() == 0 ? "" : "HST-ON " + tax.toPlainString());
            String wrong = tax.add(new BigDecimal("0.03")).toPlainString();
            assertThat(desk.book(one(base.amount().toPlainString(), "HST", "13", wrong))).isInstanceOf(Held.class);
        });
    }

    // --- which rate

    @Test
    void the_rate_of_where_the_customer_is_goes_before_all_others() {
        assertTax(one("100.00", "HST", "15", "15.00").from("CA-NB"), "HST-NB 15.00");
        assertTax(one("100.00", "HST", "15", "15.00").from("CA-PE"), "HST-PE 15.00");
        assertTax(one("100.00", "HST", "13", "13.00").from("CA-AB"), "HST-ON 13.00");
    }

    @Test
    void a_rate_that_the_place_has_no_more_is_not_that_of_another_place() {
        assertHeld(one("100.00", "HST", "15", "15.00").from("CA-NS").issued("2025-05-01"), "is what no configured rate comes to");
    }

    @Test
    void a_tax_that_two_rates_come_to_is_held_and_names_them() {
        assertHeld(one("100.00", "HST", "15", "15.00").from(""),
                "tax HST of 15 % 15.00 CAD on 100.00 CAD could be any of [HST-NB, HST-NL, HST-PE]");
        assertHeld(one("0.10", "Tax", "", "0.01").from("CA-QC"), "tax Tax 0.01 CAD on 0.10 CAD could be any of [GST, QST]");
    }

    @Test
    void the_percent_that_the_source_states_decides_what_the_amount_leaves_open() {
        assertTax(one("0.10", "Tax", "5", "0.01").from("CA-QC"), "GST 0.01");
        assertTax(one("0.10", "Tax", "9.9750", "0.01").from("CA-QC"), "QST 0.01");
        assertHeld(one("100.00", "HST", "12.5", "13.00"), "tax HST of 12.5 % 13.00 CAD");
    }

    @Test
    void so_does_the_name_if_it_is_our_code() {
        assertTax(one("0.10", "QST", "", "0.01").from("CA-QC"), "QST 0.01");
        assertTax(one("100.00", "HST-NL", "15", "15.00").from(""), "HST-NL 15.00");
        assertHeld(one("100.00", "HST-ON", "15", "15.10").from("CA-ON"), "is what no configured rate comes to");
    }

    @Test
    void a_tax_of_one_rate_is_not_taken_for_the_sum_of_two() {
        assertTax(one("100.00", "GST", "", "5.00").from("CA-SK"), "GST 5.00");
        assertTax(one("100.00", "Tax", "", "11.00").from("CA-SK"), "GST 5.00, PST-SK 6.00");
        assertHeld(one("100.00", "Tax", "12", "12.00").from(""), "could be any of [GST + PST-BC, GST + RST-MB]");
    }

    @Test
    void a_sum_is_of_both_rounded_or_rounded_as_one() {
        assertTax(one("31.95", "GST/QST", "14.975", "4.79").from("CA-QC"), "GST 1.60, QST 3.19");
        assertTax(one("31.95", "GST/QST", "14.975", "4.78").from("CA-QC"), "GST 1.60, QST 3.18");
        assertHeld(one("31.95", "GST/QST", "14.975", "4.80").from("CA-QC"), "4.80 CAD on 31.95 CAD");
        assertTax(FactsSample.of("in_1").from("CA-QC").line("Growth plan", "114.98", "0", "14.98")
                .included("GST/QST", "14.975", "14.98"), "GST 5.00, QST 9.98");
    }

    @Test
    void a_rate_changes_on_its_day() {
        assertTax(one("100.00", "HST", "15", "15.00").from("CA-NS").issued("2025-03-31"), "HST-NS 15.00");
        assertTax(one("100.00", "HST", "14", "14.00").from("CA-NS").issued("2025-04-01"), "HST-NS 14.00");
        assertHeld(one("100.00", "HST", "14", "14.00").from("CA-NS").issued("2025-03-31"), "no configured rate");
    }

    @Test
    void a_place_without_rates_has_none() {
        assertHeld(one("100.00", "VAT", "19", "19.00").from("DE"), "tax VAT of 19 % 19.00 CAD on 100.00 CAD");
    }

    @Test
    void a_tax_of_nothing_needs_no_rate() {
        assertTax(one("0.03", "HST", "13", "0.00"), "");
        assertTax(one("100.00", "reverse charge", "", "0.00"), "");
    }

    @Test
    void a_service_has_taxes_of_its_own_which_are_not_summed_up() {
        var service = new ServiceId(UUID.nameUUIDFromBytes(new byte[] {1}));
        desk.ports.services().add(Service.of(service, "chat", "Chat"));
        desk.ports.serviceTaxes().add(new ServiceTax(service, "eco", "Eco fee", new BigDecimal("3"), true));
        desk.ports.serviceTaxes().add(new ServiceTax(service, "house", "House tax", new BigDecimal("13"), false));
        assertTax(one("100.00", "Eco fee", "3", "3.00"), "eco 3.00");
        assertTax(one("100.00", "house", "13", "13.00"), "house 13.00");
        assertTax(one("100.00", "HST", "13", "13.00"), "HST-ON 13.00");
        assertHeld(one("100.00", "HST", "13", "13.00").from(""), "could be any of [house, HST-ON]");
        assertHeld(one("100.00", "both", "16", "16.00"), "no configured rate");
    }

    @Test
    void only_the_configured_places_are_looked_at() {
        var ontario = new LedgerPolicy(Desk.POLICY.zone(), Desk.FAMILIES, List.of(new Jurisdiction("CA-ON")),
                LedgerPolicy.ALL_TAX_POLICIES);
        assertThat(desk.book(one("100.00", "HST", "15", "15.00").from("").facts(), ontario)).isInstanceOf(Held.class);
        assertThat(taxes(desk.book(one("100.00", "HST", "13", "13.00").from("").facts(), ontario)))
                .isEqualTo("HST-ON 13.00");
    }

    private static FactsSample one(String net, String name, String percent, String tax) {
        return one("CAD", net, name, percent, tax);
    }

    private static FactsSample one(String currency, String net, String name, String percent, String tax) {
        return FactsSample.of("in_1").in(currency).line("Growth plan", net).tax(name, percent, tax);
    }

    private static FactsSample contained(String price, String tax) {
        return FactsSample.of("in_1").line("Growth plan", price, "0", tax).included("HST", "13", tax);
    }

    private static LedgerPolicy policy(TaxPolicy... policies) {
        return new LedgerPolicy(Desk.POLICY.zone(), Desk.FAMILIES, Desk.CANADA, List.of(policies));
    }

    private Booking book(FactsSample sample, TaxPolicy... policies) {
        return policies.length == 0 ? desk.book(sample) : desk.book(sample.facts(), policy(policies));
    }

    private void assertTax(FactsSample sample, String taxes, TaxPolicy... policies) {
        assertThat(taxes(book(sample, policies))).isEqualTo(taxes);
    }

    private static String taxes(Booking booking) {
        assertThat(booking).isInstanceOf(Booked.class);
        JournalEntry invoice = ((Booked) booking).entries().get(0);
        return String.join(", ", invoice.postings().stream()
                .filter(posting -> posting.account().type() == LedgerAccount.Type.TAX)
                .map(posting -> posting.account().detail() + " " + posting.amount().amount().negate().toPlainString())
                .toList());
    }

    private void assertHeld(FactsSample sample, String text, TaxPolicy... policies) {
        assertThat(book(sample, policies)).isInstanceOfSatisfying(Held.class, held -> {
            assertThat(held.reason().code()).isEqualTo("tax");
            assertThat(held.reason().text()).contains(text);
        });
    }
}
