package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.catalog.UsageThreshold;
import com.nexasystems.billing.charge.Billable;
import com.nexasystems.billing.charge.ChargeModel;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.PackageModel;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.charge.Tier;
import com.nexasystems.billing.charge.Tiers;
import com.nexasystems.billing.charge.Volume;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quota.Quota;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.usage.UsageKey;
import com.nexasystems.billing.usage.UsageOutcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BillInterimTest {

    private static final ChargeTerms AT_ONCE = new ChargeTerms(true, false, BigDecimal.ZERO, List.of(), List.of());

    private final Shop shop = new Shop();
    private Instant now = MARCH;

    /** Lago's published fees of charges in advance, event by event. */
    static Stream<Object[]> feesInAdvance() {
        return Stream.of(
                new Object[] {Standard.of("1"), "10", "10.00"},
                new Object[] {PackageModel.of("10", "25", "0"), "10", "10.00"},
                new Object[] {PackageModel.of("100", "2", "3"), "3 1 2", "0 100.00 100.00"},
                new Object[] {Graduated.of(Tier.upTo("10", "2", "100"), Tier.rest("1", "50")), "10 10", "120.00 60.00"});
    }

    @ParameterizedTest(name = "{0}: {1} costs {2}")
    @MethodSource("feesInAdvance")
    void a_charge_in_advance_bills_each_event_by_what_it_adds(ChargeModel model, String events, String fees) {
        subscribe(plan("at-once", "0", charge(model).on(AT_ONCE)));
        List<Money> expected = Arrays.stream(fees.split(" ")).map(Shop::cad).toList();
        List<String> quantities = List.of(events.split(" "));
        for (int i = 0; i < quantities.size(); i++) {
            use(quantities.get(i));
            assertThat(interim()).isEqualTo(expected.get(i));
        }
        shop.bill(APRIL);
        assertThat(shop.lastInvoice().subtotal()).as("nothing is left for the end of the period").isEqualTo(cad("0"));
    }

    @Test
    void what_no_run_saw_is_billed_with_the_period() {
        subscribe(plan("at-once", "0", charge(Standard.of("1")).on(AT_ONCE)));
        use("10");
        assertThat(interim()).isEqualTo(cad("10.00"));
        use("5");
        shop.bill(APRIL);
        InvoiceLine rest = shop.lastInvoice().lines().get(0);
        assertThat(rest.kind()).isEqualTo(InvoiceLine.Kind.USAGE);
        assertThat(rest.alreadyBilled()).isEqualTo(cad("10.00"));
        assertThat(rest.amount()).isEqualTo(cad("5.00"));
    }

    @Test
    void an_invoice_in_the_middle_of_a_period_says_what_it_is() {
        subscribe(plan("at-once", "7.00", charge(Standard.of("1")).on(AT_ONCE)));
        use("10");
        interim();
        Invoice invoice = shop.lastInvoice();
        assertThat(invoice.reason().kind()).isEqualTo(InvoiceReason.Kind.INTERIM);
        assertThat(invoice.usagePeriod()).isEmpty();
        assertThat(invoice.due()).isEqualTo(now);
        assertThat(invoice.lines()).extracting(InvoiceLine::kind).containsExactly(InvoiceLine.Kind.INTERIM);
    }

    @Test
    void a_run_without_news_does_nothing() {
        subscribe(plan("at-once", "0", charge(Standard.of("1")).on(AT_ONCE)));
        use("10");
        Instant at = now;
        interim();
        assertThat(interim()).isEqualTo(cad("0"));
        assertThat(shop.use("web", at, "10")).isInstanceOf(UsageOutcome.Duplicate.class);
        assertThat(interim()).as("a duplicate is no news").isEqualTo(cad("0"));
    }

    /** Lago's published example: 31.00 a month, 0.0002 a unit, a threshold at 200.00. */
    @Test
    void a_threshold_bills_the_usage_so_far_and_the_period_takes_it_off() {
        subscribe(progressive("0.0002", "31.00", threshold("200.00", false)));
        use("999900");
        assertThat(interim()).isEqualTo(cad("0"));
        use("100");
        assertThat(interim()).isEqualTo(cad("200.00"));
        use("1000000");
        assertThat(interim()).isEqualTo(cad("0"));
        shop.bill(APRIL);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("231.00"));
    }

    @Test
    void several_thresholds_at_once_make_one_invoice_and_each_fires_once_in_a_life() {
        subscribe(progressive("1", "0", threshold("10.00", false), threshold("20.00", false), threshold("5.00", true)));
        use("21");
        assertThat(interim()).isEqualTo(cad("21.00"));
        use("3");
        assertThat(interim()).isEqualTo(cad("0"));
        use("1");
        assertThat(interim()).as("5 beyond 20").isEqualTo(cad("4.00"));
        shop.bill(APRIL);
        now = APRIL;
        use("4");
        assertThat(interim()).as("the next 5 are reached at 30").isEqualTo(cad("0"));
        use("1");
        assertThat(interim()).isEqualTo(cad("5.00"));
    }

    @Test
    void a_plan_that_gets_a_charge_in_advance_is_watched_from_the_next_period_on() {
        Plan plan = subscribe(plan("later", "0", charge(Standard.of("1"))));
        shop.billing.plans().publish(plan.code(), APRIL, cad("0"), List.of(charge(Standard.of("1")).on(AT_ONCE)));
        use("10");
        assertThat(interim()).isEqualTo(cad("0"));
        shop.bill(APRIL);
        now = APRIL;
        use("4");
        assertThat(interim()).isEqualTo(cad("4.00"));
    }

    @Test
    void a_record_answers_whether_it_was_counted_before_the_period_is_over() {
        subscribe(plan("at-once", "0", charge(Standard.of("1")).on(AT_ONCE)));
        use("10");
        Instant counted = now;
        interim();
        use("5");
        assertThat(verdict(counted)).isEqualTo(UsageExplanation.Verdict.COUNTED);
        assertThat(verdict(now)).isEqualTo(UsageExplanation.Verdict.WAITING);
    }

    /** Whatever the model, the events and the moments of the runs: all invoices of a period are the period, to the cent. */
    @Test
    void the_invoices_of_a_period_add_up_to_the_period() {
        Cases.check(150, random -> {
            var test = new BillInterimTest();
            ChargeModel model = model(random);
            boolean inAdvance = random.nextBoolean() && !(model instanceof Volume);
            Charge charge = test.charge(model);
            PlanVersion version = new PlanVersion(1, MARCH, cad("0"),
                    List.of(inAdvance ? charge.on(AT_ONCE) : charge), List.of(), Optional.empty(),
                    List.of(threshold(random.nextInt(1, 20) + ".00", false), threshold(random.nextInt(1, 9) + ".50", true)));
            test.subscribe(plan("p", version));
            BigDecimal used = BigDecimal.ZERO;
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                BigDecimal quantity = BigDecimal.valueOf(random.nextInt(1, 4000), 2);
                used = used.add(quantity);
                test.use(quantity.toPlainString());
                if (random.nextBoolean()) {
                    test.interim();
                }
            }
            test.shop.bill(APRIL);
            test.shop.bill(MAY);
            Money billed = test.shop.invoices().stream().map(Invoice::subtotal).reduce(cad("0"), Money::plus);
            Money zero = rounded(model, BigDecimal.ZERO);
            assertThat(billed).isEqualTo(rounded(model, used).plus(zero));
        });
    }

    private static Money rounded(ChargeModel model, BigDecimal units) {
        return new ExactAmount(Shop.CAD,
                model.price(Billable.of(units)).total())
                .rounded(RoundingMode.HALF_UP);
    }

    private static ChargeModel model(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Standard.of("0.333", "7");
            case 1 -> PackageModel.of("1.25", "3", "2");
            case 2 -> Graduated.of(Tier.upTo("10", "0.215", "0.5"), Tier.rest("0.115", "1"));
            default -> new Volume(Tiers.of(Tier.upTo("40", "0.315", "0.5"), Tier.rest("0.115", "0")), BigDecimal.ONE);
        };
    }

    private Charge charge(ChargeModel model) {
        return Charge.of(new MetricCode(CPU), Quota.NONE, model);
    }

    private static UsageThreshold threshold(String amount, boolean recurring) {
        return new UsageThreshold("at " + amount, cad(amount), recurring);
    }

    private Plan progressive(String price, String flat, UsageThreshold... thresholds) {
        return plan("progressive", new PlanVersion(1, MARCH, cad(flat), List.of(charge(Standard.of(price))), List.of(),
                Optional.empty(), List.of(thresholds)));
    }

    private static Plan plan(String code, String flat, Charge charge) {
        return plan(code, new PlanVersion(1, MARCH, cad(flat), List.of(charge)));
    }

    private static Plan plan(String code, PlanVersion version) {
        return new Plan(new PlanCode(code), code, Shop.CAD, Interval.MONTHLY, false, true, PlanTerms.PLAIN, List.of(version));
    }

    private Plan subscribe(Plan plan) {
        shop.billing.plans().publish(plan);
        shop.subscribe(shop.customer("ada"), "web", plan);
        return plan;
    }

    private void use(String quantity) {
        now = now.plus(Duration.ofHours(1));
        shop.clock.set(now);
        assertThat(shop.use("web", now, quantity).isStored()).isTrue();
    }

    /** What a run bills. */
    private Money interim() {
        var billed = new Money[] {cad("0")};
        now = now.plus(Duration.ofMinutes(1));
        shop.clock.set(now);
        shop.billing.interim().run(drafted -> billed[0] = billed[0].plus(drafted.invoice().subtotal()));
        return billed[0];
    }

    private UsageExplanation.Verdict verdict(Instant at) {
        var id = shop.billing.ports().subscriptions().resolve(shop.hosting.id(), List.of("web")).get("web").id();
        return shop.billing.explainUsage().explain(new UsageKey(id, new MetricCode(CPU),
                at.toString())).orElseThrow().verdict();
    }
}
