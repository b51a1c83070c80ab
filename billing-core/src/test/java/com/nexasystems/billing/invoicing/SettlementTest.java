package com.nexasystems.billing.invoicing;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.CAD;
import static com.nexasystems.billing.testing.Shop.JUNE;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.coupon.ApplyCoupon;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.Discount.Fixed;
import com.nexasystems.billing.coupon.Discount.Percentage;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.invoicing.CreditNote.Given;
import com.nexasystems.billing.invoicing.CreditNote.Item;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.money.MoneySplit;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.testing.Cases;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.wallet.CreateWallet;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletTransaction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.ParameterizedTest;

class SettlementTest {

    private static final Actor ADA = Actor.person("ada@example.com");

    private final Shop shop = new Shop();
    private final Customer ada = shop.customerIn("CA", "ON");

    @Test
    void coupons_come_before_tax_and_credit_notes_and_wallets_after_it() {
        Invoice sold = shop.billing.oneOff().issue(shop.hosting.id(), new IssueOneOff.Request(ada, CAD,
                List.of(IssueOneOff.Fee.of("Tokens", "1", "3")), "k"));
        shop.billing.creditNotes().issue(shop.hosting.id(), new IssueCreditNote.Request(sold.id(), "c",
                CreditNote.Reason.OTHER, "", List.of(new Item(0, cad("3.00"))), Given.credit(cad("3.39"))), ADA);
        coupon("4.00", CouponFrequency.once());
        Wallet wallet = wallet("10");
        shop.subscribe(ada, "web-1", shop.starter);
        shop.use("web-1", MARCH, "2418000");
        shop.bill(APRIL);

        Invoice march = shop.lastInvoice();
        assertThat(march.subtotal()).isEqualTo(cad("25.00"));
        assertThat(march.discounts()).singleElement()
                .satisfies(discount -> assertThat(discount.shares()).containsExactly(cad("3.20"), cad("0.80")));
        assertThat(march.tax()).isEqualTo(cad("2.73"));
        assertThat(march.total()).isEqualTo(cad("23.73"));
        assertThat(march.credits()).extracting(Credit::kind, Credit::amount)
                .containsExactly(tuple(Credit.Kind.CREDIT_NOTE, cad("3.39")),
                        tuple(Credit.Kind.PREPAID, cad("10.00")));
        assertThat(march.payable()).isEqualTo(cad("10.34"));
        assertThat(InvoiceText.explain(march)).contains("Coupon SAVE  -4.00 CAD  (by line: 3.20, 0.80)",
                "HST-ON 13 % of 21.00 CAD  2.73 CAD", "Total     23.73 CAD", "prepaid " + wallet.id() + "  -10.00 CAD",
                "To pay    10.34 CAD");

        shop.billing.voidInvoice().withdraw(shop.hosting.id(), march.id(), ADA, "wrong");
        shop.bill(MAY);
        Invoice april = shop.lastInvoice();
        assertThat(april.discount()).isEqualTo(cad("4.00"));
        assertThat(april.credits()).extracting(Credit::amount).containsExactly(cad("3.39"), cad("10.00"));
        shop.bill(JUNE);
        assertThat(shop.lastInvoice().discounts()).isEmpty();
        assertThat(shop.lastInvoice().credits()).isEmpty();
    }

    /** 20.00 in advance, of which the coupon paid a half or all: no more comes back than was charged. */
    @ParameterizedTest(name = "a coupon of {0} %")
    @CsvSource({"50, -4.84", "100, 0.00"})
    void what_a_coupon_paid_is_not_given_back(String percent, String back) {
        var own = new Shop();
        Customer customer = own.customer("ada");
        own.billing.coupons().define(Coupon.of(own.hosting.id(), "SAVE", new Percentage(new BigDecimal(percent)),
                CouponFrequency.forever()));
        own.billing.applyCoupon().apply(own.hosting.id(), ApplyCoupon.Request.of(customer, new CouponCode("SAVE")));
        own.subscribe(customer, "web-1", own.inAdvance);
        own.bill(MARCH);
        own.clock.set(MARCH.plus(Duration.ofDays(15).plusHours(10)));
        own.billing.terminations().terminate(own.hosting.id(), "web-1");
        own.bill(own.clock.instant());
        assertThat(own.lastInvoice().total()).isEqualTo(cad(back));
        assertThat(InvoiceText.explain(own.lastInvoice())).contains("coupons had taken off");
    }

    @Test
    void tax_per_line_is_computed_on_each_line_less_its_share() {
        var perLine = new Shop(BillingPolicy.DEFAULT.with(new TaxPolicy(TaxPolicy.Level.PER_LINE, RoundingMode.HALF_UP)));
        Customer customer = perLine.customerIn("CA", "ON");
        perLine.billing.coupons().define(Coupon.of(perLine.hosting.id(), "SAVE",
                new Fixed(cad("0.50")), CouponFrequency.forever()));
        perLine.billing.applyCoupon().apply(perLine.hosting.id(), ApplyCoupon.Request.of(customer,
                new CouponCode("SAVE")));
        perLine.subscribe(customer, "web-1", perLine.starter);
        perLine.use("web-1", MARCH, "258000");
        perLine.bill(APRIL);
        Invoice march = perLine.lastInvoice();
        assertThat(march.netLines()).containsExactly(cad("19.51"), cad("0.49"));
        assertThat(march.tax()).isEqualTo(cad("2.60"));
    }

    @Test
    void credits_that_are_bought_are_invoiced_and_there_once_they_are_paid() {
        Wallet wallet = wallet("0");
        WalletTransaction purchase = shop.billing.topUpWallet().purchase(shop.hosting.id(), wallet.id(),
                new BigDecimal("30"), Optional.empty());
        Invoice bought = shop.billing.oneOff().issueCredits(shop.hosting.id(), ada, purchase);
        assertThat(bought.total()).isEqualTo(cad("30.00"));
        assertThat(bought.reason().kind()).isEqualTo(InvoiceReason.Kind.CREDITS);
        assertThat(shop.billing.oneOff().issueCredits(shop.hosting.id(), ada, purchase)).isEqualTo(bought);
    }

    /** Whatever is given back, spent, voided and withdrawn: no balance goes below zero, and every cent is somewhere. */
    @Test
    void nothing_is_lost_or_made_by_any_sequence_of_notes_draws_and_voids() {
        Cases.check(60, random -> {
            var own = new Shop();
            Customer customer = own.customerIn("CA", "ON");
            for (int i = 0; i < 3; i++) {
                own.subscribe(customer, "web-" + i, own.starter);
            }
            Instant now = MARCH;
            for (int step = 0; step < 40; step++) {
                now = now.plus(Duration.ofDays(random.nextInt(1, 12)));
                own.clock.set(now);
                act(own, random, now);
                check(own, customer);
            }
        });
    }

    private static void act(Shop own, SplittableRandom random, Instant now) {
        List<Invoice> issued = own.invoices().stream().filter(invoice -> invoice.status() != InvoiceStatus.DRAFT).toList();
        if (issued.isEmpty() || Cases.chance(random, 30)) {
            own.bill(now);
            return;
        }
        Invoice invoice = Cases.oneOf(random, issued);
        try {
            switch (random.nextInt(6)) {
                case 0 -> own.billing.voidInvoice().withdraw(own.hosting.id(), invoice.id(), ADA, "?");
                case 1 -> own.billing.voidInvoice().withdrawCrediting(own.hosting.id(), invoice.id(), cad("0.00"), ADA, "?");
                case 2 -> own.paid(invoice);
                case 3 -> own.billing.ports().creditNotes().of(invoice.id()).forEach(note ->
                        own.billing.voidCreditNote().withdraw(own.hosting.id(), note.id(), ADA));
                default -> give(own, random, invoice);
            }
        } catch (InvalidValue refused) {
            // Not everything is possible at every time.
        }
    }

    private static void give(Shop own, SplittableRandom random, Invoice invoice) {
        List<Item> items = List.of(new Item(0, Money.ofMinor(CAD, BigInteger.valueOf(random.nextInt(1, 2001)))));
        Money total = own.billing.creditNotes().estimate(own.hosting.id(), invoice.id(), items).total();
        List<Money> parts = MoneySplit.byWeights(total, List.of(BigDecimal.valueOf(random.nextInt(1, 5)),
                BigDecimal.valueOf(random.nextInt(2)), BigDecimal.valueOf(random.nextInt(2))));
        own.billing.creditNotes().issue(own.hosting.id(), new IssueCreditNote.Request(invoice.id(), "" + random.nextLong(),
                CreditNote.Reason.OTHER, "", items, new Given(parts.get(0), parts.get(1), parts.get(2))), ADA);
    }

    private static void check(Shop own, Customer customer) {
        CreditNotes notes = own.billing.ports().creditNotes();
        List<CreditNote> all = notes.list(own.hosting.id(), Optional.of(customer.id()), Optional.empty(), 1000);
        var numbers = new ArrayList<String>();
        for (CreditNote note : all) {
            numbers.add(0, note.number());
            Money drawn = notes.drawsOf(note.id()).stream().map(CreditNotes.Draw::amount).reduce(cad("0.00"), Money::plus);
            assertThat(note.balance().isNegative()).isFalse();
            assertThat(note.used()).as(note.number()).isEqualTo(drawn);
        }
        assertThat(numbers.stream().sorted().toList()).isEqualTo(IntStream.rangeClosed(1, all.size())
                .mapToObj(i -> "HOSTING-CN-%06d".formatted(i)).toList());
        for (Invoice invoice : own.invoices()) {
            var left = new Creditable(invoice, notes.of(invoice.id()));
            assertThat(left.total().isNegative()).as("total").isFalse();
            assertThat(invoice.status() != InvoiceStatus.VOID && left.refundable().isNegative()).as("refundable").isFalse();
            assertThat(left.due().isNegative()).as("due").isFalse();
            boolean restored = invoice.status() == InvoiceStatus.VOID && notes.draws(invoice.id()).isEmpty();
            Money drawn = notes.draws(invoice.id()).stream().map(CreditNotes.Draw::amount).reduce(cad("0.00"), Money::plus);
            assertThat(restored || drawn.equals(invoice.total().minus(invoice.payable()))).isTrue();
        }
    }

    private void coupon(String amount, CouponFrequency frequency) {
        Coupon coupon = Coupon.of(shop.hosting.id(), "SAVE", new Fixed(cad(amount)),
                frequency);
        shop.billing.coupons().define(coupon);
        shop.billing.applyCoupon().apply(shop.hosting.id(), ApplyCoupon.Request.of(ada, coupon.code()));
    }

    /** With that many credits of a dollar each. */
    private Wallet wallet(String credits) {
        Wallet wallet = shop.billing.wallets().create(shop.hosting.id(), new CreateWallet.Request(ada, CAD, BigDecimal.ONE,
                Wallet.Settings.named("prepaid")));
        if (!credits.equals("0")) {
            shop.billing.topUpWallet().grant(shop.hosting.id(), wallet.id(), new BigDecimal(credits), Optional.empty());
        }
        return wallet;
    }
}
