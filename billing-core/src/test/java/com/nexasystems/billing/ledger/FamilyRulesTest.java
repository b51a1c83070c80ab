package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.ledger.Booking.Booked;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.IngestedInvoice.UnmatchedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.CreditedLine;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which family the revenue of a line belongs to. */
class FamilyRulesTest {

    @Test
    void the_first_rule_that_matches_decides() {
        assertThat(family(FactsSample.of("in_1").line("Managed Growth plan", "1.00"))).contains("managed");
        var other = new FamilyRules(List.of(Desk.FAMILIES.rules().get(2), Desk.FAMILIES.rules().get(1)));
        assertThat(other.familyOf("Managed Growth plan")).contains("hosting");
    }

    @Test
    void a_rule_matches_any_part_in_whatever_case_and_an_item_as_a_whole() {
        assertThat(family(FactsSample.of("in_1").line("8 × GROWTH (monthly)", "1.00"))).contains("hosting");
        assertThat(family(FactsSample.of("in_1").item("Something", "price_backup", "1.00"))).contains("add-ons");
        assertThat(family(FactsSample.of("in_1").item("Something", "price_backup_2", "1.00"))).isEmpty();
        assertThat(new FamilyRules(List.of(new Rule("été", Target.DESCRIPTION, "été"))).familyOf("ÉTÉ 2026"))
                .contains("été");
    }

    @Test
    void a_proration_has_the_family_of_what_the_source_says_it_prorates() {
        FactsSample sample = FactsSample.of("in_1").item("Growth plan", "price_1", "100.00")
                .proration("Verbleibende Zeit für Wachstum nach dem 27. Mai 2026", "price_1", "12.00");
        assertThat(family(sample)).contains("hosting");
    }

    @Test
    void what_it_gives_back_of_goes_before_the_item_and_the_text() {
        FactsSample sample = FactsSample.of("in_1").item("Managed database", "price_2", "30.00")
                .item("Growth plan", "price_1", "100.00")
                .proration("Unused time on Storage after 27 May 2026", "price_1", "-12.00", "il_1");
        assertThat(family(sample)).contains("managed");
    }

    @Test
    void what_is_given_back_of_another_invoice_is_told_by_item_or_text() {
        assertThat(family(FactsSample.of("in_1").proration("Temps inutilisé", "price_backup", "-12.00", "il_other")))
                .contains("add-ons");
        assertThat(family(FactsSample.of("in_1").proration("Unused time on Storage after 27 May 2026", "", "-12.00",
                "il_other"))).contains("add-ons");
    }

    @Test
    void an_item_of_which_no_rule_knows_leaves_it_to_the_text() {
        assertThat(family(FactsSample.of("in_1").item("Something", "price_9", "100.00")
                .proration("Remaining time on 8 × Growth after 27 May 2026", "price_9", "12.00"))).contains("hosting");
    }

    @Test
    void the_text_is_looked_at_without_what_makes_it_a_proration() {
        var anchored = new FamilyRules(List.of(new Rule("time", Target.DESCRIPTION, "time"),
                new Rule("growth", Target.DESCRIPTION, "^growth$")));
        for (String text : List.of("Remaining time on 8 × Growth after 27 May 2026", "Unused time on Growth",
                "remaining time on Growth after 1 Sept. 2026", "Unused time on 3 x growth after 27 May 2026")) {
            assertThat(anchored.familyOf(line(text, true), List.of(line(text, true)))).as(text).contains("growth");
        }
    }

    @Test
    void the_flag_says_what_a_proration_is_and_not_the_text() {
        var anchored = new FamilyRules(List.of(new Rule("books", Target.DESCRIPTION, "^remaining time on"),
                new Rule("growth", Target.DESCRIPTION, "growth")));
        Line book = line("Remaining time on Growth", false);
        assertThat(anchored.familyOf(book, List.of(book))).contains("books");
        Line proration = line("Remaining time on Growth", true);
        assertThat(anchored.familyOf(proration, List.of(proration))).contains("growth");
    }

    @Test
    void a_line_that_no_rule_matches_is_booked_as_other_and_listed() {
        var booked = (Booked) new Desk().book(FactsSample.of("in_1").line("Consulting", "70.00").line("Growth plan", "30.00")
                .prepaidLine("Consulting credits", "10.00"));
        assertThat(booked.entries()).extracting(Desk::said).containsExactly("2026-03-02 invoice: receivable 110.00,"
                + " prepaid -10.00, revenue:hosting -30.00, revenue:other -70.00");
        assertThat(booked.unmatched()).containsExactly(new UnmatchedLine("il_1", "Consulting",
                FactsSample.of("x").money("70.00")));
    }

    @Test
    void so_is_a_line_of_a_credit_note_that_is_for_no_line() {
        FactsSample sample = FactsSample.hosting("in_1");
        var booked = (Booked) new Desk().book(sample.note("cn_1", "2026-03-04",
                List.of(new CreditedLine(Optional.of("il_1"), "whatever", sample.money("1.00")),
                        new CreditedLine(Optional.empty(), "Goodwill", sample.money("2.00"))), List.of(),
                uses -> uses.puts("3.00")));
        assertThat(booked.entries()).extracting(Desk::said).contains("2026-03-04 credit-note cn_1: customer-balance -3.00,"
                + " revenue:hosting 1.00, revenue:other 2.00");
        assertThat(booked.unmatched()).containsExactly(new UnmatchedLine("cn_1", "Goodwill", sample.money("-2.00")));
    }

    @Test
    void a_rule_is_checked_when_it_is_made() {
        assertThatThrownBy(() -> new Rule("hosting", Target.DESCRIPTION, "(")).isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is not a regular expression");
        assertThatThrownBy(() -> new Rule(" ", Target.ITEM, "price_1")).isInstanceOf(InvalidValue.class);
        assertThat(new Rule("hosting", Target.ITEM, "(").pattern()).isEqualTo("(");
    }

    private static Line line(String text, boolean proration) {
        Line line = FactsSample.of("in_1").line(text, "1.00").facts().lines().get(0);
        return new Line(line.id(), line.description(), line.item(), proration, line.credits(), line.sale(), line.amount(),
                line.discount(), line.included());
    }

    /** Of the last line. */
    private static Optional<String> family(FactsSample sample) {
        List<Line> lines = sample.facts().lines();
        return Desk.FAMILIES.familyOf(lines.get(lines.size() - 1), lines);
    }
}
