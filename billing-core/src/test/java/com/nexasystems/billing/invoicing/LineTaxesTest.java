package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.CPU;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanOverride;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.coupon.ApplyCoupon;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.CouponScope;
import com.nexasystems.billing.coupon.Discount.Percentage;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.invoicing.IssueOneOff.Fee;
import com.nexasystems.billing.money.ExactAmount;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.TaxAmount;
import com.nexasystems.billing.tax.TaxTarget;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineTaxesTest {

    private Shop shop = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(5)));

    @Test
    void each_line_carries_the_taxes_of_the_first_level_that_has_any() {
        Cases.check(150, random -> {
            shop = new Shop(BillingPolicy.DEFAULT.withGrace(Duration.ofDays(5)));
            Customer payer = Cases.chance(random, 50) ? shop.customerIn("CA", "ON") : shop.customer("ada");
            boolean byAddress = payer.address().isPresent();
            Plan plan = withCommitment();
            shop.subscribe(payer, "web-1", plan);
            shop.use("web-1", MARCH, "2418000");
            ServiceId service = shop.hosting.id();
            List<String> charge = level(random, TaxTarget.charge(service, plan.code().value(), CPU));
            List<String> commitment = level(random, TaxTarget.commitment(service, plan.code().value()));
            List<String> ofPlan = level(random, TaxTarget.plan(service, plan.code().value()));
            List<String> customer = level(random, TaxTarget.customer(service, payer.id()));
            List<String> all = Cases.chance(random, 40) ? List.of("all") : List.of();
            all.forEach(code -> tax(code, percent(random), true));
            if (Cases.chance(random, 50)) {
                coupon(payer);
            }
            shop.bill(APRIL.plus(Duration.ofDays(6)));

            Invoice march = shop.invoices().get(0);
            List<String> last = first(List.of(customer, all, byAddress ? List.of("HST-ON") : List.of()));
            for (int i = 0; i < march.lines().size(); i++) {
                int line = i;
                List<String> expected = switch (march.lines().get(i).kind()) {
                    case USAGE -> first(List.of(charge, ofPlan, last));
                    case COMMITMENT -> first(List.of(commitment, ofPlan, last));
                    default -> first(List.of(ofPlan, last));
                };
                assertThat(march.taxes().stream().filter(tax -> tax.isOn(line)).map(TaxAmount::code))
                        .as(march.lines().get(i).description()).containsExactlyInAnyOrderElementsOf(expected);
            }
            assertAddsUp(march);
        });
    }

    private List<String> level(SplittableRandom random, TaxTarget target) {
        if (Cases.chance(random, 40)) {
            return List.of();
        }
        var codes = new ArrayList<String>();
        for (int i = 0; i < random.nextInt(1, 3); i++) {
            String code = target.kind().code() + i;
            tax(code, percent(random), false);
            codes.add(code);
        }
        assertThat(shop.billing.ports().serviceTaxes().put(target, codes)).isTrue();
        return codes;
    }

    private static List<String> first(List<List<String>> levels) {
        return levels.stream().filter(level -> !level.isEmpty()).findFirst().orElse(List.of());
    }

    /** Bases are what is left of their lines, each tax is rounded once, and together they are the invoice's. */
    private static void assertAddsUp(Invoice invoice) {
        List<Money> net = invoice.netLines();
        invoice.taxes().forEach(tax -> {
            Money base = IntStream.range(0, net.size()).filter(tax::isOn).mapToObj(net::get)
                    .reduce(Money.zero(CAD), Money::plus);
            assertThat(tax.base()).isEqualTo(base);
            assertThat(tax.amount()).isEqualTo(new ExactAmount(CAD,
                    base.amount().multiply(tax.percent()).movePointLeft(2)).rounded(invoice.taxPolicy().rounding()));
        });
        assertThat(invoice.total()).isEqualTo(net.stream().reduce(invoice.tax(), Money::plus));
    }

    private static String percent(SplittableRandom random) {
        return random.nextInt(0, 30) + "." + random.nextInt(0, 1000);
    }

    @Test
    void a_changed_rate_is_on_drafts_and_new_invoices_and_not_on_issued_ones() {
        tax("vat", "10", true);
        shop.subscribe("web-1");
        shop.bill(APRIL.plus(Duration.ofDays(5)));
        assertThat(shop.lastInvoice().taxes()).extracting(TaxAmount::code, TaxAmount::amount)
                .containsExactly(tuple("vat", cad("2.00")));
        shop.bill(MAY);
        assertThat(shop.drafts()).singleElement().satisfies(draft -> assertThat(draft.tax()).isEqualTo(cad("2.00")));
        shop.billing.ports().serviceTaxes().update(new ServiceTax(shop.hosting.id(), "vat", "VAT", new BigDecimal("20"), true));
        Invoice draft = shop.drafts().get(0);
        assertThat(shop.billing.drafts().refresh(shop.hosting.id(), draft.id()).tax()).isEqualTo(cad("4.00"));
        shop.billing.ports().serviceTaxes().remove(shop.hosting.id(), "vat");
        shop.finalise(MAY.plus(Duration.ofDays(5)));
        assertThat(shop.invoices()).extracting(Invoice::tax).containsExactly(cad("2.00"), cad("0.00"));
    }

    @Test
    void an_edition_has_the_taxes_of_its_plan_unless_it_has_its_own() {
        tax("plan", "10", false);
        tax("own", "5", false);
        put(TaxTarget.plan(shop.hosting.id(), "starter"), "plan");
        Plan edition = shop.billing.overrides().override(shop.starter.code(), "web-1",
                PlanOverride.NOTHING.withFlatPrice(cad("30.00")));
        shop.subscribe(shop.customer("ada"), "web-1", edition);
        shop.bill(APRIL);
        assertThat(shop.lastInvoice().taxes()).extracting(TaxAmount::code).containsExactly("plan");
        put(TaxTarget.plan(shop.hosting.id(), edition.code().value()), "own");
        shop.bill(MAY);
        assertThat(shop.lastInvoice().taxes()).extracting(TaxAmount::code).containsExactly("own");
    }

    @Test
    void what_is_sold_once_has_the_taxes_it_is_asked_for_then_its_own_then_the_customers() {
        ServiceTax asked = tax("asked", "1", false);
        tax("sold", "2", false);
        tax("hers", "3", false);
        Customer ada = shop.customerIn("CA", "ON");
        put(TaxTarget.addOn(shop.hosting.id(), "setup"), "sold");
        put(TaxTarget.customer(shop.hosting.id(), ada.id()), "hers");
        Invoice invoice = sold(ada, Fee.of("hours", "1", "100").taxed(asked), Fee.of("setup", "1", "100"),
                Fee.of("tokens", "1", "100"), Fee.of("gift", "1", "100").taxed());
        assertThat(invoice.taxes()).extracting(TaxAmount::code, TaxAmount::lines, TaxAmount::amount).containsExactly(
                tuple("asked", List.of(0), cad("1.00")), tuple("sold", List.of(1), cad("2.00")),
                tuple("hers", List.of(2), cad("3.00")));
        shop.billing.ports().serviceTaxes().remove(shop.hosting.id(), "sold");
        CreditNote note = shop.billing.creditNotes().issue(shop.hosting.id(), new IssueCreditNote.Request(invoice.id(), "c",
                CreditNote.Reason.OTHER, "", List.of(new Item(1, cad("50.00"))), Given.credit(cad("51.00"))),
                Actor.person("ada@example.com"));
        assertThat(note.tax()).isEqualTo(cad("1.00"));
    }

    @Test
    void whoever_is_exempt_pays_none() {
        ServiceTax vat = tax("vat", "10", true);
        Customer exempt = shop.customerIn("CA", "ON").exempt();
        shop.billing.ports().customers().update(exempt);
        assertThat(sold(exempt, Fee.of("setup", "1", "100").taxed(vat), Fee.of("hours", "1", "1")).taxes()).isEmpty();
    }

    @Test
    void an_unknown_jurisdiction_can_be_left_untaxed() {
        var lenient = new Shop(BillingPolicy.DEFAULT.with(UnknownJurisdiction.UNTAXED));
        lenient.subscribe(lenient.customerIn("FR", "75"), "web-1", lenient.starter);
        lenient.bill(APRIL);
        assertThat(lenient.lastInvoice().taxes()).isEmpty();
        lenient.subscribe(lenient.customerIn("CA", "AB"), "web-2", lenient.starter, APRIL);
        lenient.bill(MAY);
        assertThat(lenient.lastInvoice().taxes()).extracting(TaxAmount::code).containsExactly("GST");
    }

    @Test
    void taxes_of_a_service_win_over_an_address_where_no_rate_is_known() {
        tax("vat", "20", true);
        assertThat(sold(shop.customerIn("FR", "75"), Fee.of("setup", "1", "100")).tax()).isEqualTo(cad("20.00"));
    }

    @Test
    void a_coupon_for_a_plan_counts_for_its_editions_too() {
        Plan edition = shop.billing.overrides().override(shop.starter.code(), "web-1",
                PlanOverride.NOTHING.withFlatPrice(cad("30.00")));
        Customer ada = shop.customer("ada");
        shop.subscribe(ada, "web-1", edition);
        shop.billing.coupons().define(Coupon.of(shop.hosting.id(), "HALF", new Percentage(new BigDecimal("50")),
                CouponFrequency.forever()).limitedTo(CouponScope.ofPlans(shop.starter.code())));
        shop.billing.applyCoupon().apply(shop.hosting.id(), ApplyCoupon.Request.of(ada, new CouponCode("HALF")));
        shop.bill(APRIL.plus(Duration.ofDays(5)));
        assertThat(shop.lastInvoice().total()).isEqualTo(cad("15.00"));
    }

    private Invoice sold(Customer customer, Fee... fees) {
        return shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(customer, CAD, List.of(fees), "k"));
    }

    private Plan withCommitment() {
        Plan plan = Plan.of("committed", shop.starter.interval(), false, cad("20.00"), MARCH);
        PlanVersion version = new PlanVersion(1, MARCH, cad("20.00"), shop.starter.latest().charges(), List.of(),
                Optional.of(cad("50.00")), List.of());
        return shop.billing.plans().publish(new Plan(plan.code(), plan.name(), CAD, plan.interval(), false, true, plan.terms(),
                List.of(version)));
    }

    private void coupon(Customer customer) {
        shop.billing.coupons().define(Coupon.of(shop.hosting.id(), "SAVE", new Percentage(new BigDecimal("33.3")), CouponFrequency.once()));
        shop.billing.applyCoupon().apply(shop.hosting.id(), ApplyCoupon.Request.of(customer, new CouponCode("SAVE")));
    }

    private ServiceTax tax(String code, String percent, boolean all) {
        var tax = new ServiceTax(shop.hosting.id(), code, code, new BigDecimal(percent), all);
        assertThat(shop.billing.ports().serviceTaxes().add(tax)).isTrue();
        return tax;
    }

    private void put(TaxTarget target, String... codes) {
        assertThat(shop.billing.ports().serviceTaxes().put(target, List.of(codes))).isTrue();
    }
}
