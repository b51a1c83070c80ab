package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.lago.NewInvoice;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Whatever Lago computes, the facts are its figures, and the lines are whole and add up. */
class LagoRandomInvoicesTest {

    private static final int SEEDS = 300;

    /** An invoice, and what was told of it. */
    private record Made(String id, NewInvoice order, List<Long> fees, int seed) { }

    @Test
    void facts_are_what_lago_says_and_add_up() {
        try (LagoFixture fixture = LagoFixture.opened()) {
            List<Made> all = IntStream.range(0, SEEDS).mapToObj(seed -> made(fixture, seed)).toList();
            for (int from = 0; from < SEEDS; from += 100) {
                List<Made> page = all.subList(from, from + 100);
                List<Fetched> fetched = fixture.source.fetch(page.stream().map(made -> "lago:" + made.id).toList());
                IntStream.range(0, page.size()).forEach(i -> check(fixture, page.get(i), (Fetched.Found) fetched.get(i)));
            }
        }
    }

    private static Made made(LagoFixture fixture, int seed) {
        var random = new Random(seed);
        NewInvoice order = NewInvoice.of("c" + seed, List.of("CAD", "JPY", "KWD").get(random.nextInt(3)),
                LocalDate.of(2026, 1, 1).plusDays(random.nextInt(200)));
        List<String> taxes = List.of("GST", "QST").subList(0, random.nextInt(3));
        taxes.forEach(tax -> order.tax(tax, tax.equals("GST") ? "5" : "9.975"));
        var fees = new ArrayList<Long>();
        long charges = 0;
        for (int i = 0; i <= random.nextInt(6); i++) {
            boolean isCharge = random.nextBoolean();
            fees.add(random.nextInt(5) == 0 ? 0 : 1L + random.nextInt(20_000));
            charges += isCharge ? fees.get(i) : 0;
            String[] taxed = random.nextInt(4) == 0 ? new String[0] : taxes.toArray(String[]::new);
            order.fee(isCharge ? "charge" : "subscription", "item" + i, "Item " + i, fees.get(i), taxed);
        }
        long sum = fees.stream().mapToLong(Long::longValue).sum();
        long progressive = random.nextInt(3) == 0 ? part(random, charges) : 0;
        long coupons = random.nextInt(2) == 0 ? part(random, sum - progressive) : 0;
        long net = sum - progressive - coupons;
        order.progressive(progressive).coupons(coupons).creditNotes(random.nextInt(3) == 0 ? part(random, net / 2) : 0)
                .prepaid(random.nextInt(3) == 0 ? part(random, net / 2) : 0);
        String id = fixture.lago.issue(order);
        happen(fixture, id, fees, random);
        return new Made(id, order, fees, seed);
    }

    private static long part(Random random, long most) {
        return most <= 0 ? 0 : random.nextInt((int) most + 1);
    }

    private static void happen(LagoFixture fixture, String id, List<Long> fees, Random random) {
        var items = new LinkedHashMap<Integer, Long>();
        IntStream.range(0, fees.size()).filter(i -> fees.get(i) > 0 && random.nextInt(3) == 0)
                .forEach(i -> items.put(i, 1 + part(random, fees.get(i) - 1)));
        long due = (Long) fixture.lago.invoice(id).get("total_due_amount_cents");
        Instant at = Instant.parse("2026-08-01T00:00:00Z");
        for (int i = 0; i < random.nextInt(4) && due > 0; i++) {
            long paid = i == 2 ? due : 1 + part(random, due - 1);
            if (random.nextBoolean()) {
                fixture.lago.pay(id, paid, at.plusSeconds(i));
            } else {
                fixture.lago.payByHand(id, paid, at.plusSeconds(i));
            }
            due -= paid;
        }
        if (!items.isEmpty()) {
            fixture.lago.credit(id, LocalDate.of(2026, 8, 2), items, part(random, 500), part(random, due));
        }
    }

    private static void check(LagoFixture fixture, Made made, Fetched.Found found) {
        try {
            InvoiceFacts facts = fixture.source.read(found.evidence());
            Map<String, Object> said = fixture.lago.invoice(made.id);
            assertThat(facts.unexplained()).isEmpty();
            checkFees(made, facts);
            checkTotals(facts, said);
            Money zero = Money.zero(facts.currency());
            Money taxes = LagoFixture.sum(zero, facts.taxes().stream().map(Tax::amount));
            if (taxes.equals(money(facts, said.get("taxes_amount_cents")))) {
                LagoFixture.assertAddsUp(facts);
            }
        } catch (AssertionError | RuntimeException e) {
            Assertions.fail("seed " + made.seed, e);
        }
    }

    private static void checkFees(Made made, InvoiceFacts facts) {
        assertThat(facts.lines()).extracting(Line::amount)
                .containsExactlyElementsOf(made.fees.stream().map(fee -> money(facts, fee)).toList());
        assertThat(facts.lines()).allSatisfy(line -> {
            assertThat(line.discount().isNegative()).isFalse();
            assertThat(line.net().isNegative()).isFalse();
        });
    }

    private static void checkTotals(InvoiceFacts facts, Map<String, Object> said) {
        assertThat(LagoFixture.sum(Money.zero(facts.currency()), facts.lines().stream().map(Line::net)))
                .isEqualTo(facts.totals().excludingTax())
                .isEqualTo(money(facts, said.get("sub_total_excluding_taxes_amount_cents")));
        assertThat(facts.totals().total()).isEqualTo(money(facts, said.get("sub_total_including_taxes_amount_cents")));
        assertThat(facts.totals().paid()).isEqualTo(money(facts, said.get("total_paid_amount_cents")));
        assertThat(facts.totals().remaining()).isEqualTo(money(facts, said.get("total_due_amount_cents")));
        assertThat(LagoFixture.sum(Money.zero(facts.currency()), facts.payments().stream().map(Payment::amount)))
                .isEqualTo(facts.totals().paid());
        assertThat(facts.totals().prepaid()).isEqualTo(money(facts, said.get("prepaid_credit_amount_cents")));
        assertThat(facts.totals().toBalance()).isEqualTo(money(facts, said.get("credit_notes_amount_cents")));
    }

    private static Money money(InvoiceFacts facts, Object cents) {
        Currency currency = facts.currency();
        return Money.ofMinor(currency, new BigDecimal(String.valueOf(cents)).toBigIntegerExact());
    }
}
