package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCoupon.State;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.CouponScope;
import com.nexasystems.billing.coupon.CouponTerms;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.coupon.Coupons}. */
public abstract class CouponsContract extends PortContract {

    private static final Service HOSTING = Samples.service("hosting");
    private static final Service CHAT = Samples.service("chat");
    private static final ServiceCustomer ZOE = at(HOSTING, Samples.customer("Zoë"));
    private static final ServiceCustomer ADA = at(HOSTING, Samples.customer("Ada"));
    private static final ServiceCustomer ZOE_AT_CHAT = at(CHAT, Samples.customer("Zoë"));
    private static final Instant LATER = Instant.parse("2026-02-03T04:05:06.789012Z");
    private static final UUID INVOICE = Samples.id("an invoice");

    protected CouponsContract() {
    }

    @Test
    @DisplayName("CO-1 a coupon of every kind is found by service and code, exactly as it was")
    void a_coupon_is_found_exactly_as_it_was() {
        List<Coupon> all = everyKind();
        all.forEach(coupon -> assertThat(add(coupon)).isTrue());
        assertThat(all).allSatisfy(coupon ->
                assertThat(ports.coupons().find(HOSTING.id(), coupon.code())).contains(coupon));
    }

    @Test
    @DisplayName("CO-1 codes are kept to the letter")
    void codes_are_kept_to_the_letter() {
        add(coupon(HOSTING, "SPRING"));
        assertThat(ports.coupons().find(HOSTING.id(), new CouponCode("spring"))).isEmpty();
        assertThat(ports.coupons().find(HOSTING.id(), new CouponCode("SPRING "))).isEmpty();
        assertThat(add(coupon(HOSTING, "spring"))).isTrue();
    }

    @Test
    @DisplayName("CO-1 withdrawing changes nothing but that it is no longer offered")
    void withdrawing_changes_nothing_else() {
        Coupon spring = coupon(HOSTING, "SPRING").expiring(LATER).singleUse();
        Coupon other = coupon(HOSTING, "AUTUMN");
        Stream.of(spring, other).forEach(this::add);
        keep(() -> ports.coupons().withdraw(HOSTING.id(), spring.code()));
        keep(() -> ports.coupons().withdraw(HOSTING.id(), new CouponCode("unknown")));
        assertThat(ports.coupons().find(HOSTING.id(), spring.code())).contains(spring.withdrawn());
        assertThat(ports.coupons().find(HOSTING.id(), other.code())).contains(other);
    }

    @Test
    @DisplayName("CO-2 a code is taken once in a service")
    void a_code_is_taken_once() {
        Coupon first = coupon(HOSTING, "SPRING");
        add(first);
        assertThat(add(first.singleUse().expiring(LATER))).isFalse();
        assertThat(ports.coupons().find(HOSTING.id(), first.code())).contains(first);
    }

    @Test
    @DisplayName("CO-2 of concurrent coupons with one code, one is added")
    void of_concurrent_coupons_with_one_code_one_is_added() {
        List<Coupon> rivals = IntStream.range(0, 5)
                .mapToObj(i -> coupon(HOSTING, "SPRING").expiring(LATER.plusSeconds(i))).toList();
        List<Boolean> added = OtherThread.together(rivals.size(), i -> add(rivals.get(i)));
        assertThat(added).containsOnlyOnce(true);
        assertThat(ports.coupons().find(HOSTING.id(), new CouponCode("SPRING")))
                .contains(rivals.get(added.indexOf(true)));
    }

    @Test
    @DisplayName("CO-3 the coupons of one service are not there for another")
    void the_coupons_of_one_service_are_not_there_for_another() {
        Coupon spring = coupon(HOSTING, "SPRING");
        Coupon same = coupon(CHAT, "SPRING").singleUse();
        assertThat(Stream.of(spring, same).map(this::add)).containsOnly(true);
        add(coupon(HOSTING, "AUTUMN"));
        keep(() -> ports.coupons().withdraw(CHAT.id(), new CouponCode("AUTUMN")));
        assertThat(ports.coupons().all(CHAT.id())).containsExactly(same);
        assertThat(ports.coupons().find(CHAT.id(), spring.code())).contains(same);
        assertThat(ports.coupons().find(CHAT.id(), new CouponCode("AUTUMN"))).isEmpty();
        assertThat(ports.coupons().find(HOSTING.id(), new CouponCode("AUTUMN"))).map(Coupon::active).contains(true);
    }

    @Test
    @DisplayName("CO-3 all are sorted by code, in the same way on every machine")
    void all_are_sorted_by_code() {
        Samples.CODES_SHUFFLED.forEach(code -> add(coupon(HOSTING, code)));
        assertThat(ports.coupons().all(HOSTING.id())).extracting(coupon -> coupon.code().value())
                .containsExactlyElementsOf(Samples.CODES_SORTED);
    }

    @Test
    @DisplayName("CO-4 a coupon of every kind that was applied is found, exactly as it was")
    void a_coupon_that_was_applied_is_found_exactly_as_it_was() {
        List<AppliedCoupon> all = everyKind().stream().map(coupon -> applied(ZOE, coupon)).toList();
        assertThat(all).allSatisfy(applied -> assertThat(ports.coupons().find(applied.id())).contains(applied));
        assertThat(ports.coupons().of(ZOE)).containsExactlyElementsOf(inOrder(all));
        assertThat(ports.coupons().find(new AppliedCouponId(Samples.id("unknown")))).isEmpty();
    }

    @Test
    @DisplayName("CO-4 a customer has nothing of it at another service, and another customer has nothing of it")
    void a_customer_has_nothing_of_it_at_another_service() {
        AppliedCoupon here = applied(ZOE, coupon(HOSTING, "SPRING"));
        AppliedCoupon there = applied(ZOE_AT_CHAT, coupon(CHAT, "SPRING"));
        assertThat(ports.coupons().of(ZOE)).containsExactly(here);
        assertThat(ports.coupons().of(ZOE_AT_CHAT)).containsExactly(there);
        assertThat(ports.coupons().of(ADA)).isEmpty();
    }

    @Test
    @DisplayName("CO-5 a coupon that is not reusable is applied once for each holder, whatever has become of it")
    void a_coupon_that_is_not_reusable_is_applied_once() {
        Coupon once = coupon(HOSTING, "ONCE").singleUse();
        AppliedCoupon first = applied(ZOE, once);
        assertThat(apply(sample(ZOE, once, "second"))).isFalse();
        AppliedCoupon ended = in(first, State.ENDED);
        keep(() -> ports.coupons().update(List.of(ended)));
        assertThat(apply(sample(ZOE, once, "third"))).isFalse();
        assertThat(apply(sample(ADA, once, "of Ada"))).isTrue();
        assertThat(ports.coupons().of(ZOE)).containsExactly(ended);
    }

    @Test
    @DisplayName("CO-5 of concurrent applications of a coupon that is not reusable, one is kept")
    void of_concurrent_applications_one_is_kept() {
        Coupon once = coupon(HOSTING, "ONCE").singleUse();
        add(once);
        List<Boolean> applied = OtherThread.together(5, i -> apply(sample(ZOE, once, "rival " + i)));
        assertThat(applied).containsOnlyOnce(true);
        assertThat(ports.coupons().of(ZOE)).containsExactly(sample(ZOE, once, "rival " + applied.indexOf(true)));
    }

    @Test
    @DisplayName("CO-5 a reusable coupon is applied as often as one likes")
    void a_reusable_coupon_is_applied_as_often_as_one_likes() {
        Coupon again = coupon(HOSTING, "AGAIN");
        add(again);
        assertThat(IntStream.range(0, 3).mapToObj(i -> apply(sample(ZOE, again, "time " + i)))).containsOnly(true);
        assertThat(ports.coupons().of(ZOE)).hasSize(3);
    }

    @Test
    @DisplayName("CO-6 a claim gives the active ones of the holders, in the order in which they are redeemed")
    void a_claim_gives_the_active_ones_of_the_holders() {
        List<AppliedCoupon> own = everyKind().stream().map(coupon -> applied(ZOE, coupon)).toList();
        AppliedCoupon ada = applied(ADA, coupon(HOSTING, "ADA"));
        applied(ZOE_AT_CHAT, coupon(CHAT, "SPRING"));
        keep(() -> ports.coupons().update(List.of(in(own.get(0), State.ENDED), in(own.get(1), State.USED_UP))));
        List<AppliedCoupon> active = own.subList(2, own.size());
        assertThat(claim(ZOE)).containsExactlyElementsOf(inOrder(active));
        List<AppliedCoupon> both = Stream.concat(active.stream(), Stream.of(ada)).toList();
        assertThat(claim(ZOE, ADA)).containsExactlyElementsOf(inOrder(both));
        assertThat(claim()).isEmpty();
        assertThat(kept(() -> ports.coupons().claimAll(List.of(own.get(0).id(), ada.id(), own.get(0).id()))))
                .containsExactlyInAnyOrder(in(own.get(0), State.ENDED), ada);
        assertThat(kept(() -> ports.coupons().claimAll(List.of()))).isEmpty();
    }

    @Test
    @DisplayName("CO-7 a claim waits, and gives what it claims as it is then")
    void a_claim_waits_and_gives_what_it_claims_as_it_is_then() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        AppliedCoupon changed = left(spring, "3.21");
        OtherThread<List<AppliedCoupon>> other = kept(() -> {
            ports.coupons().claim(List.of(ZOE));
            var waits = OtherThread.doing(() -> claim(ZOE));
            waits.answerMeanwhile();
            ports.coupons().update(List.of(changed));
            return waits;
        });
        assertThat(other.answer()).containsExactly(changed);
    }

    @Test
    @DisplayName("CO-7 a claim by id waits for one by holder")
    void a_claim_by_id_waits_for_one_by_holder() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        AppliedCoupon changed = left(spring, "3.21");
        OtherThread<List<AppliedCoupon>> other = kept(() -> {
            ports.coupons().claim(List.of(ZOE));
            var waits = OtherThread.doing(() -> kept(() -> ports.coupons().claimAll(List.of(spring.id()))));
            waits.answerMeanwhile();
            ports.coupons().update(List.of(changed));
            return waits;
        });
        assertThat(other.answer()).containsExactly(changed);
    }

    @Test
    @DisplayName("CO-7 a claim leaves out what was used up while it waited")
    void a_claim_leaves_out_what_was_used_up_while_it_waited() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        AppliedCoupon other = applied(ZOE, coupon(HOSTING, "OTHER"));
        OtherThread<List<AppliedCoupon>> waiting = kept(() -> {
            ports.coupons().claimAll(List.of(spring.id()));
            var waits = OtherThread.doing(() -> claim(ZOE));
            waits.answerMeanwhile();
            ports.coupons().update(List.of(in(spring, State.USED_UP)));
            return waits;
        });
        assertThat(waiting.answer()).containsExactly(other);
    }

    @Test
    @DisplayName("CO-7 workers never spend the same cent")
    void workers_never_spend_the_same_cent() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        OtherThread.together(4, i -> IntStream.range(0, 5).mapToObj(time -> kept(() -> {
            List<AppliedCoupon> claimed = ports.coupons().claim(List.of(ZOE));
            Money less = claimed.get(0).amountLeft().orElseThrow().minus(cad("0.01"));
            ports.coupons().update(List.of(left(claimed.get(0), less.amount().toPlainString())));
            return less;
        })).toList());
        assertThat(ports.coupons().find(spring.id()).orElseThrow().amountLeft()).contains(cad("9.80"));
    }

    @Test
    @DisplayName("CO-8 an update replaces what is left, state and end")
    void an_update_replaces_what_is_left_state_and_end() {
        List<AppliedCoupon> all = everyKind().stream().map(coupon -> applied(ZOE, coupon)).toList();
        for (AppliedCoupon applied : all) {
            for (AppliedCoupon next : List.of(in(less(applied), State.USED_UP), applied, in(applied, State.ENDED))) {
                keep(() -> ports.coupons().update(List.of(next)));
                assertThat(ports.coupons().find(next.id())).contains(next);
            }
        }
        assertThat(ports.coupons().of(ZOE)).extracting(AppliedCoupon::state).containsOnly(State.ENDED);
    }

    @Test
    @DisplayName("CO-8 of several updates of one coupon at once, the last one stands")
    void of_several_updates_the_last_one_stands() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        keep(() -> ports.coupons().update(IntStream.rangeClosed(1, 9).mapToObj(i -> left(spring, i + ".00")).toList()));
        assertThat(ports.coupons().find(spring.id())).contains(left(spring, "9.00"));
    }

    @Test
    @DisplayName("CO-9 redemptions come back by invoice, in their order, exactly as they were")
    void redemptions_come_back_by_invoice_in_their_order() {
        List<CouponRedemption> own = Stream.of("SPRING", "AUTUMN", "WINTER")
                .map(code -> redemption(INVOICE, applied(ZOE, coupon(HOSTING, code)), "1.00", "0.00", "0.99", "0.01"))
                .toList();
        AppliedCoupon forAda = applied(ADA, coupon(HOSTING, "ADA"));
        CouponRedemption foreign = redemption(Samples.id("another"), forAda, "2.50", "2.50");
        keep(() -> ports.coupons().record(Stream.concat(own.stream(), Stream.of(foreign)).toList()));
        assertThat(ports.coupons().redemptions(INVOICE)).containsExactlyElementsOf(own);
        assertThat(ports.coupons().redemptions(foreign.invoice())).containsExactly(foreign);
        assertThat(ports.coupons().redemptions(Samples.id("none"))).isEmpty();
    }

    @Test
    @DisplayName("CO-9 an applied coupon is redeemed once on an invoice")
    void an_applied_coupon_is_redeemed_once_on_an_invoice() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        CouponRedemption first = redemption(INVOICE, spring, "1.00", "1.00");
        keep(() -> ports.coupons().record(List.of(first)));
        assertThatThrownBy(() -> keep(() -> {
            ports.coupons().update(List.of(left(spring, "1.23")));
            ports.coupons().record(List.of(redemption(INVOICE, spring, "2.00", "2.00")));
        })).isInstanceOf(RuntimeException.class);
        assertThat(ports.coupons().redemptions(INVOICE)).containsExactly(first);
        assertThat(ports.coupons().find(spring.id())).contains(spring);
    }

    @Test
    @DisplayName("CO-10 redemptions are taken back once")
    void redemptions_are_taken_back_once() {
        List<CouponRedemption> own = Stream.of("SPRING", "AUTUMN")
                .map(code -> redemption(INVOICE, applied(ZOE, coupon(HOSTING, code)), "1.00", "1.00")).toList();
        CouponRedemption other = redemption(Samples.id("another"), applied(ZOE, coupon(HOSTING, "OTHER")), "1.00", "1.00");
        keep(() -> ports.coupons().record(Stream.concat(own.stream(), Stream.of(other)).toList()));
        assertThat(takeBack(INVOICE)).containsExactlyInAnyOrderElementsOf(own);
        assertThat(takeBack(INVOICE)).isEmpty();
        assertThat(ports.coupons().redemptions(INVOICE)).isEmpty();
        assertThat(ports.coupons().redemptions(other.invoice())).containsExactly(other);
    }

    @Test
    @DisplayName("CO-10 of concurrent calls, one takes them back")
    void of_concurrent_calls_one_takes_them_back() {
        CouponRedemption made = redemption(INVOICE, applied(ZOE, coupon(HOSTING, "SPRING")), "1.00", "1.00");
        keep(() -> ports.coupons().record(List.of(made)));
        assertThat(OtherThread.together(4, i -> takeBack(INVOICE)).stream().flatMap(List::stream)).containsExactly(made);
    }

    @Test
    @DisplayName("CO-11 a change replaces all of a coupon, and nothing of what customers have of it")
    void a_change_replaces_all_of_a_coupon() {
        AppliedCoupon had = applied(ZOE, coupon(HOSTING, "SPRING"));
        Coupon same = coupon(CHAT, "SPRING");
        Coupon other = coupon(HOSTING, "AUTUMN");
        Stream.of(same, other).forEach(this::add);
        everyKind().forEach(kind -> {
            Coupon changed = new Coupon(HOSTING.id(), had.coupon(), kind.name(), kind.terms(), kind.scope(), kind.expiresAt(),
                    kind.reusable(), kind.active());
            keep(() -> ports.coupons().change(changed));
            assertThat(ports.coupons().find(HOSTING.id(), had.coupon())).contains(changed);
        });
        keep(() -> ports.coupons().change(coupon(HOSTING, "unknown")));
        assertThat(ports.coupons().find(had.id())).contains(had);
        assertThat(ports.coupons().all(CHAT.id())).containsExactly(same);
        assertThat(ports.coupons().all(HOSTING.id())).hasSize(2).contains(other);
    }

    @Test
    @DisplayName("CO-12 a list has what is asked for, the newest first, in pages")
    void a_list_has_what_is_asked_for_the_newest_first() {
        Coupon spring = coupon(HOSTING, "SPRING");
        Coupon autumn = coupon(HOSTING, "AUTUMN");
        applied(ZOE_AT_CHAT, coupon(CHAT, "SPRING"));
        List<AppliedCoupon> all = Stream.of(sampleAt(ZOE, spring, 3), sampleAt(ADA, spring, 3), sampleAt(ZOE, autumn, 7),
                        in(sampleAt(ZOE, autumn, 1), State.USED_UP), in(sampleAt(ADA, autumn, 2), State.ENDED))
                .sorted(Comparator.comparing(AppliedCoupon::appliedAt).thenComparing(one -> one.id().toString()).reversed())
                .toList();
        Stream.of(spring, autumn).forEach(this::add);
        all.forEach(this::apply);
        for (AppliedCouponQuery query : List.of(AppliedCouponQuery.ALL, AppliedCouponQuery.ALL.of(ZOE.customer()),
                AppliedCouponQuery.ALL.active(true), AppliedCouponQuery.ALL.active(false).of(ADA.customer()),
                AppliedCouponQuery.ALL.ofCoupons(Set.of(autumn.code())),
                AppliedCouponQuery.ALL.ofCoupons(Set.of(autumn.code(), spring.code())).active(true))) {
            List<AppliedCoupon> expected = all.stream().filter(query::matches).toList();
            for (int size : List.of(1, 2, 9)) {
                var seen = new ArrayList<AppliedCoupon>();
                for (int page = 1; page <= all.size(); page++) {
                    var found = ports.coupons().list(HOSTING.id(), query, new PageRequest(page, size));
                    assertThat(found.total()).isEqualTo(expected.size());
                    seen.addAll(found.items());
                }
                assertThat(seen).as(query + " by " + size).isEqualTo(expected);
            }
        }
    }

    private static AppliedCoupon sampleAt(ServiceCustomer holder, Coupon coupon, int second) {
        AppliedCoupon sample = sample(holder, coupon, holder + " " + coupon.code() + second);
        return new AppliedCoupon(sample.id(), holder, sample.coupon(), sample.terms(), sample.scope(), sample.amountLeft(),
                sample.invoicesLeft(), sample.state(), LATER.plusSeconds(second), Optional.empty());
    }

    @Test
    @DisplayName("CO-13 the redemptions of applied coupons are those that stand")
    void the_redemptions_of_applied_coupons_are_those_that_stand() {
        AppliedCoupon spring = applied(ZOE, coupon(HOSTING, "SPRING"));
        AppliedCoupon other = applied(ADA, coupon(HOSTING, "AUTUMN"));
        UUID voided = Samples.id("voided");
        CouponRedemption first = redemption(INVOICE, spring, "1.00", "1.00");
        CouponRedemption second = redemption(Samples.id("another"), spring, "2.00", "2.00");
        CouponRedemption foreign = redemption(INVOICE, other, "3.00", "3.00");
        keep(() -> ports.coupons().record(List.of(first, foreign, redemption(voided, spring, "4.00", "4.00"), second)));
        takeBack(voided);
        assertThat(ports.coupons().redemptionsOf(List.of(spring.id()))).containsExactly(first, second);
        assertThat(ports.coupons().redemptionsOf(List.of(spring.id(), other.id()))).containsExactly(first, foreign, second);
        assertThat(ports.coupons().redemptionsOf(List.of())).isEmpty();
    }

    private static List<Coupon> everyKind() {
        Discount fixed = new Discount.Fixed(cad("10.00"));
        Discount yen = new Discount.Fixed(Money.of(Currency.getInstance("JPY"), "9999999999"));
        Discount percentage = Discount.Percentage.of("0.000000000001");
        CouponScope plans = CouponScope.ofPlans(new PlanCode("starter"), new PlanCode("Größe \"L\", {x}"));
        CouponScope metrics = CouponScope.ofMetrics(new MetricCode("cpu"), new MetricCode("📈"));
        return List.of(Coupon.of(HOSTING.id(), "fixed once", fixed, CouponFrequency.once()),
                Coupon.of(HOSTING.id(), "fixed recurring", yen, CouponFrequency.recurring(12)).limitedTo(plans),
                Coupon.of(HOSTING.id(), "fixed forever", fixed, CouponFrequency.forever()).limitedTo(metrics),
                Coupon.of(HOSTING.id(), "% once", percentage, CouponFrequency.once()).limitedTo(plans).expiring(LATER),
                Coupon.of(HOSTING.id(), "% recurring", percentage, CouponFrequency.recurring(1)).singleUse(),
                new Coupon(HOSTING.id(), new CouponCode("% forever"), "Frühling «ü» 🚀",
                        new CouponTerms(Discount.Percentage.of("100"), CouponFrequency.forever()), metrics,
                        Optional.of(LATER), false, false));
    }

    private boolean add(Coupon coupon) {
        return kept(() -> ports.coupons().add(coupon));
    }

    private boolean apply(AppliedCoupon applied) {
        return kept(() -> ports.coupons().apply(applied));
    }

    private List<CouponRedemption> takeBack(UUID invoice) {
        return kept(() -> ports.coupons().takeBack(invoice));
    }

    private List<AppliedCoupon> claim(ServiceCustomer... holders) {
        return kept(() -> ports.coupons().claim(List.of(holders)));
    }

    private AppliedCoupon applied(ServiceCustomer holder, Coupon coupon) {
        add(coupon);
        AppliedCoupon applied = sample(holder, coupon, holder + " " + coupon.code());
        assertThat(apply(applied)).isTrue();
        return applied;
    }

    private static List<AppliedCoupon> inOrder(List<AppliedCoupon> applied) {
        return applied.stream().sorted(AppliedCoupon.ORDER).toList();
    }

    private static AppliedCoupon sample(ServiceCustomer holder, Coupon coupon, String name) {
        CouponTerms terms = coupon.terms();
        Optional<Money> left = terms.discount() instanceof Discount.Fixed fixed && terms.frequency().kind()
                == CouponFrequency.Kind.ONCE ? Optional.of(fixed.amount()) : Optional.empty();
        return new AppliedCoupon(new AppliedCouponId(Samples.id(name)), holder, coupon.code(), terms, coupon.scope(), left,
                terms.frequency().invoices(), State.ACTIVE, Samples.NEW_YEAR, Optional.empty());
    }

    private static AppliedCoupon left(AppliedCoupon applied, String amount) {
        return new AppliedCoupon(applied.id(), applied.holder(), applied.coupon(), applied.terms(), applied.scope(),
                Optional.of(cad(amount)), applied.invoicesLeft(), applied.state(), applied.appliedAt(), applied.endedAt());
    }

    private static AppliedCoupon less(AppliedCoupon applied) {
        return new AppliedCoupon(applied.id(), applied.holder(), applied.coupon(), applied.terms(), applied.scope(),
                applied.amountLeft().map(left -> Money.zero(left.currency())), applied.invoicesLeft().map(left -> 0),
                applied.state(), applied.appliedAt(), applied.endedAt());
    }

    private static AppliedCoupon in(AppliedCoupon applied, State state) {
        return new AppliedCoupon(applied.id(), applied.holder(), applied.coupon(), applied.terms(), applied.scope(),
                applied.amountLeft(), applied.invoicesLeft(), state, applied.appliedAt(), Optional.of(LATER));
    }

    private static CouponRedemption redemption(UUID invoice, AppliedCoupon applied, String amount, String... shares) {
        return new CouponRedemption(invoice, applied.id(), applied.coupon(), cad(amount),
                Stream.of(shares).map(CouponsContract::cad).toList(), LATER);
    }

    private static Coupon coupon(Service service, String code) {
        return Coupon.of(service.id(), code, new Discount.Fixed(cad("10.00")), CouponFrequency.once());
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }

    private static ServiceCustomer at(Service service, Customer customer) {
        return new ServiceCustomer(service.id(), customer.id());
    }
}
