package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceFacts.Payment;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.ledger.InvoiceFacts.Tax;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.simulator.stripe.StripeInvoice;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hundreds of invoices of every kind: what is read adds up, and is what Stripe says. */
class StripeInvoicePropertyTest {

    private static final int SEEDS = 8;
    private static final int INVOICES = 50;

    @Test
    void what_is_read_adds_up_and_is_what_stripe_says() {
        Set<State> seen = EnumSet.noneOf(State.class);
        for (long seed = 1; seed <= SEEDS; seed++) {
            try (var world = new InvoiceWorld()) {
                var random = new SplittableRandom(seed);
                List<String> ids = IntStream.range(0, INVOICES).mapToObj(i -> new RandomStripeInvoice(random, world.stripe,
                        "in_" + i).made()).map(StripeInvoice::id).toList();
                for (Fetched fetched : world.source.fetch(ids)) {
                    InvoiceFacts facts = world.source.read(((Found) fetched).evidence());
                    seen.add(facts.state());
                    check(seed, facts, world.stripe.invoice(facts.id()));
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(State.values());
    }

    private static void check(long seed, InvoiceFacts facts, Map<String, Object> said) {
        try {
            assertThat(facts.state().code()).isEqualTo(said.get("status"));
            assertThat(facts.totals().total()).isEqualTo(money(said, "total"));
            assertThat(facts.totals().excludingTax()).isEqualTo(money(said, "total_excluding_tax"));
            assertThat(facts.totals().due()).isEqualTo(money(said, "amount_due"));
            assertThat(facts.totals().paid()).isEqualTo(money(said, "amount_paid"));
            assertThat(facts.totals().remaining()).isEqualTo(money(said, "amount_remaining"));
            assertThat(facts.totals().overpaid()).isEqualTo(money(said, "amount_overpaid"));
            assertThat(facts.totals().offset()).isEqualTo(money(said, "pre_payment_credit_notes_amount"));
            assertThat(facts.lines()).hasSize(((Long) ((Map<?, ?>) said.get("lines")).get("total_count")).intValue());
            if (facts.state() != State.DRAFT) {
                checkSums(facts);
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", invoice " + facts.id() + ": " + e.getMessage(), e);
        }
    }

    private static void checkSums(InvoiceFacts facts) {
        Money unlisted = facts.unexplained().isEmpty() ? Money.zero(facts.currency())
                : facts.totals().paid().minus(InvoiceWorld.sum(facts, facts.payments(), Payment::amount));
        assertThat(facts.unexplained()).allMatch(text -> text.startsWith(unlisted + " were paid outside of Stripe"));
        if (facts.unexplained().isEmpty()) {
            InvoiceWorld.assertAddsUp(facts);
        }
        assertThat(facts.taxes()).extracting(Tax::amount).noneMatch(Money::isZero);
        assertThat(facts.issuedAt()).isPresent();
    }

    private static Money money(Map<String, Object> said, String field) {
        return StripeAmounts.fromStripe((String) said.get("currency"), (Long) said.get(field));
    }
}
