package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponFrequency;
import com.nexasystems.billing.coupon.Discount;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Customers.Candidate;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.invoicing.BillingTerms.Terms;
import com.nexasystems.billing.invoicing.CreditNote;
import com.nexasystems.billing.invoicing.CreditNoteId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.shadow.ImportReport;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportRun;
import com.nexasystems.billing.shadow.ShadowRecords.Made;
import com.nexasystems.billing.shadow.ShadowRecords.Pruned;
import com.nexasystems.billing.shadow.ShadowSubscription;
import com.nexasystems.billing.shadow.ShadowTerms;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.UsageTwin;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.usage.LateUsage;
import com.nexasystems.billing.usage.UsageRecord;
import com.nexasystems.billing.wallet.Credits;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletScope;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Extend, hand over your ports, and JUnit runs the rule of {@link com.nexasystems.billing.shadow.ShadowRecords} on pruning:
 * an import can be undone.
 */
public abstract class ShadowPruningContract extends PortContract {

    private static final Service HOSTING = Samples.service("hosting");
    private static final Service CHAT = Samples.service("chat");
    private static final Pruned NOTHING = new Pruned(0, 0, 0, 0, 0);

    private final Plan starter = Samples.plan("starter");
    private final Customer ada = Samples.customer("Ada").withEmail("ada@example.com");
    private final Customer zoe = Samples.customer("Zoë");

    protected ShadowPruningContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(HOSTING);
            ports.services().add(CHAT);
        });
    }

    @Test
    @DisplayName("SH-9 pruning removes all that was made, and it can be made again")
    void pruning_removes_all_that_was_made() {
        Subscription subscription = importAll(HOSTING, "s");
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(1, 2, 1, 1, 1));
        assertNothingIsLeft(HOSTING, subscription);
        assertThat(ports.plans().all()).isEmpty();
        assertThat(ports.metrics().find(Samples.CPU.code())).isEmpty();
        assertThat(ports.customers().find(ada.id())).isEmpty();
        assertThat(prune(HOSTING)).isEqualTo(NOTHING);

        importAll(HOSTING, "s");
        assertThat(ports.customers().findLinked(HOSTING.id(), "ada")).contains(ada);
        assertThat(ports.plans().find(starter.code())).contains(starter);
        assertThat(ports.subscriptions().find(subscription.id())).contains(subscription);
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(1, 2, 1, 1, 1));
    }

    @Test
    @DisplayName("SH-9 pruning removes a plan with all that belongs to it")
    void pruning_removes_a_plan_with_all_that_belongs_to_it() {
        Plan rich = Samples.richPlan("rich");
        keep(() -> {
            ports.metrics().add(Samples.CPU);
            ports.plans().add(rich);
            ports.shadowRecords().mark(HOSTING.id(), Made.PLAN, List.of("rich", "never made"));
            ports.shadowRecords().mark(HOSTING.id(), Made.METRIC, List.of(Samples.CPU.code().value()));
        });
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(0, 0, 1, 0, 0));
        keep(() -> ports.metrics().add(Samples.CPU));
        Plan plain = Samples.plan("rich");
        keep(() -> ports.plans().add(plain));
        assertThat(ports.plans().find(plain.code())).contains(plain);
    }

    @Test
    @DisplayName("SH-9 pruning removes more subscriptions than fit into a page, and none that is none of the import's")
    void pruning_removes_many_subscriptions() {
        catalogue();
        link(HOSTING, "ada", ada);
        List<Subscription> shadow = IntStream.range(0, 1200).mapToObj(i -> shadow(HOSTING, "s" + i)).toList();
        Subscription other = shadow(HOSTING, "of nobody's import");
        keep(() -> {
            ports.subscriptions().add(shadow);
            ports.subscriptions().add(List.of(other));
            ports.shadowRecords().add(HOSTING.id(), shadow.stream().map(ShadowPruningContract::record).toList());
            ports.usageRecords().add(shadow.stream().map(one -> Samples.usage(one, "k").build()).toList(), false);
            ports.usageRecords().add(List.of(Samples.usage(other, "k").build()), false);
        });
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(1200, 1200, 0, 0, 0));
        assertThat(ports.subscriptions().findAll(shadow.stream().map(Subscription::id).toList())).isEmpty();
        assertThat(ports.subscriptions().find(other.id())).contains(other);
        assertThat(ports.usageRecords().find(Samples.usage(other, "k").build().key())).isPresent();
        assertThat(ports.subscriptions().countOnPlan(starter.code())).isEqualTo(1);
    }

    @Test
    @DisplayName("SH-9 a subscription that is billed by now stays, with its usage, plan, metric, customer and link")
    void a_subscription_that_is_billed_by_now_stays() {
        Subscription imported = importAll(HOSTING, "s");
        Subscription billed = imported.activated(Samples.NEW_YEAR, Samples.NEW_YEAR);
        keep(() -> ports.subscriptions().update(List.of(billed)));
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(0, 0, 0, 0, 1));
        assertThat(ports.subscriptions().find(billed.id())).contains(billed);
        assertThat(ports.subscriptions().resolve(HOSTING.id(), List.of("s"))).containsKey("s");
        assertThat(usage(billed)).allSatisfy(record ->
                assertThat(ports.usageRecords().find(record.key())).contains(record));
        assertThat(ports.usageRecords().late(List.of(billed.id()))).hasSize(1);
        assertThat(ports.freshUsage().waiting(Optional.empty(), 9)).containsExactly(billed.id());
        assertThat(ports.plans().find(starter.code())).contains(starter);
        assertThat(ports.metrics().find(Samples.CPU.code())).isPresent();
        assertThat(ports.customers().findLinked(HOSTING.id(), "ada")).contains(ada);
        assertThat(ports.shadowRecords().countSubscriptions(HOSTING.id())).isZero();
    }

    @Test
    @DisplayName("SH-9 what was not marked as made stays")
    void what_was_not_marked_as_made_stays() {
        catalogue();
        link(HOSTING, "ada", ada);
        Subscription subscription = shadow(HOSTING, "s");
        keep(() -> {
            ports.subscriptions().add(List.of(subscription));
            ports.shadowRecords().add(HOSTING.id(), List.of(record(subscription)));
        });
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(1, 0, 0, 0, 0));
        assertThat(ports.plans().all()).containsExactly(starter);
        assertThat(ports.metrics().find(Samples.CPU.code())).isPresent();
        assertThat(ports.customers().findLinked(HOSTING.id(), "ada")).contains(ada);
    }

    @Test
    @DisplayName("SH-9 what another service has stays")
    void what_another_service_has_stays() {
        Subscription pruned = importAll(HOSTING, "s");
        Subscription other = shadow(CHAT, "s");
        keep(() -> {
            ports.customers().link(CHAT.id(), List.of(new Candidate("ada", zoe.withEmail("ada@example.com"))));
            ports.subscriptions().add(List.of(other));
            ports.usageRecords().add(usage(other), false);
            keepRecords(CHAT, other);
        });
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(1, 2, 0, 0, 1));
        assertNothingIsLeft(HOSTING, pruned);
        assertThat(ports.subscriptions().resolve(CHAT.id(), List.of("s"))).isEqualTo(Map.of("s", other));
        assertThat(ports.usageRecords().find(usage(other).get(0).key())).isPresent();
        assertThat(ports.customers().findLinked(CHAT.id(), "ada")).contains(ada);
        assertThat(ports.plans().find(starter.code())).contains(starter);
        assertThat(ports.shadowRecords().subscriptions(CHAT.id(), Optional.empty(), 9)).containsExactly(record(other));
        assertThat(ports.shadowRecords().marked(CHAT.id(), Made.LINK, List.of("ada"))).containsExactly("ada");
        assertThat(ports.shadowRecords().invoices(CHAT.id(), List.of("s"))).containsKey("s");
        assertThat(ports.shadowRecords().twins(List.of(other.id()))).hasSize(1);
        assertThat(ports.shadowRecords().lastRun(CHAT.id())).isPresent();
    }

    @Test
    @DisplayName("SH-9 a plan that has an edition stays")
    void a_plan_that_has_an_edition_stays() {
        catalogue();
        Plan own = Samples.plan("own").on(new PlanTerms(0, false, false, Optional.of(starter.code())));
        keep(() -> {
            ports.plans().add(own);
            ports.shadowRecords().mark(HOSTING.id(), Made.PLAN, List.of("starter"));
        });
        assertThat(prune(HOSTING)).isEqualTo(NOTHING);
        assertThat(ports.plans().all()).containsExactly(own, starter);
    }

    @Test
    @DisplayName("SH-9 a customer who has anything at the service stays, with the link")
    void a_customer_who_has_anything_at_the_service_stays() {
        catalogue();
        things(HOSTING).forEach((name, thing) -> {
            Customer customer = holder(name);
            link(HOSTING, name, customer);
            keep(() -> markCustomer(name, customer));
            keep(thing);
            assertThat(prune(HOSTING)).as(name).isEqualTo(NOTHING);
            assertThat(ports.customers().findLinked(HOSTING.id(), name)).as(name).contains(customer);
        });
    }

    @Test
    @DisplayName("SH-9 a customer who has anything at another service stays, without the link")
    void a_customer_who_has_anything_at_another_service_stays() {
        catalogue();
        things(CHAT).forEach((name, thing) -> {
            Customer customer = holder(name);
            link(HOSTING, name, customer);
            keep(() -> markCustomer(name, customer));
            keep(thing);
            assertThat(prune(HOSTING)).as(name).isEqualTo(NOTHING);
            assertThat(ports.customers().findLinked(HOSTING.id(), name)).as(name).isEmpty();
            assertThat(ports.customers().find(customer.id())).as(name).contains(customer);
        });
    }

    @Test
    @DisplayName("SH-9 somebody who was known before stays, and only the link goes")
    void somebody_who_was_known_before_stays() {
        link(CHAT, "a-1", ada);
        keep(() -> {
            ports.customers().link(HOSTING.id(), List.of(new Candidate("ada", zoe.withEmail("ada@example.com"))));
            ports.shadowRecords().mark(HOSTING.id(), Made.LINK, List.of("ada"));
        });
        assertThat(prune(HOSTING)).isEqualTo(NOTHING);
        assertThat(ports.customers().findLinked(HOSTING.id(), "ada")).isEmpty();
        assertThat(ports.customers().findLinked(CHAT.id(), "a-1")).contains(ada);
    }

    @Test
    @DisplayName("SH-9 the e-mail of a customer who was removed is free, and others keep theirs")
    void the_email_of_a_customer_who_was_removed_is_free() {
        Customer bob = Samples.customer("Bob").withEmail("bob@example.com");
        link(HOSTING, "ada", ada);
        link(HOSTING, "bob", bob);
        keep(() -> markCustomer("ada", ada));
        assertThat(prune(HOSTING)).isEqualTo(new Pruned(0, 0, 0, 1, 0));
        Customer again = zoe.withEmail("ada@example.com");
        assertThat(link(CHAT, "1", again)).isEqualTo(again);
        assertThat(link(CHAT, "2", Samples.customer("Other").withEmail("bob@example.com"))).isEqualTo(bob);
    }

    private Pruned prune(Service service) {
        return kept(() -> ports.shadowRecords().prune(service.id()));
    }

    private void catalogue() {
        keep(() -> {
            ports.metrics().add(Samples.CPU);
            ports.plans().add(starter);
        });
    }

    private Customer link(Service service, String externalId, Customer customer) {
        return kept(() -> ports.customers().link(service.id(), List.of(new Candidate(externalId, customer)))).get(0);
    }

    private void markCustomer(String externalId, Customer customer) {
        ports.shadowRecords().mark(HOSTING.id(), Made.LINK, List.of(externalId));
        ports.shadowRecords().mark(HOSTING.id(), Made.CUSTOMER, List.of(customer.id().toString()));
    }

    /** What an import makes of one subscription, and what comes of it. */
    private Subscription importAll(Service service, String externalId) {
        catalogue();
        link(service, "ada", ada);
        Subscription subscription = shadow(service, externalId);
        keep(() -> {
            ports.subscriptions().add(List.of(subscription));
            ports.usageRecords().add(usage(subscription), false);
            ports.usageRecords().markLate(List.of(new LateUsage(subscription.id(), Samples.CPU.code(),
                    Samples.month("2026-01"))));
            ports.freshUsage().mark(List.of(subscription.id()));
            ports.shadowRecords().mark(service.id(), Made.METRIC, List.of(Samples.CPU.code().value()));
            ports.shadowRecords().mark(service.id(), Made.PLAN, List.of("starter"));
            ports.shadowRecords().mark(service.id(), Made.CUSTOMER, List.of(ada.id().toString()));
            keepRecords(service, subscription);
        });
        return subscription;
    }

    private void keepRecords(Service service, Subscription subscription) {
        ports.shadowRecords().mark(service.id(), Made.LINK, List.of("ada"));
        ports.shadowRecords().add(service.id(), List.of(record(subscription)));
        ports.shadowRecords().put(service.id(), List.of(new SourceInvoice("invoice", "ada", Optional.of("s"),
                Optional.empty(), Optional.empty(), "cad", "paid", BigDecimal.ONE, BigDecimal.ZERO, Optional.empty(),
                List.of())));
        ports.shadowRecords().putTwins(service.id(), List.of(new UsageTwin("twin", subscription.id(), Samples.NEW_YEAR,
                Samples.NEW_YEAR.plusSeconds(3600), BigDecimal.ONE)));
        ports.shadowRecords().add(new ImportRun(ports.ids().next(), service.id(), Samples.NEW_YEAR, Samples.NEW_YEAR,
                ShadowTerms.HOSTING, new ImportReport(new EnumMap<>(Kind.class), List.of())));
    }

    private void assertNothingIsLeft(Service service, Subscription subscription) {
        assertThat(ports.subscriptions().find(subscription.id())).isEmpty();
        assertThat(ports.subscriptions().resolve(service.id(), List.of(subscription.externalId()))).isEmpty();
        assertThat(usage(subscription)).allSatisfy(record ->
                assertThat(ports.usageRecords().find(record.key())).isEmpty());
        assertThat(ports.usageRecords().late(List.of(subscription.id()))).isEmpty();
        assertThat(ports.freshUsage().waiting(Optional.empty(), 9)).isEmpty();
        assertThat(ports.customers().findLinked(service.id(), "ada")).isEmpty();
        assertThat(ports.shadowRecords().countSubscriptions(service.id())).isZero();
        assertThat(ports.shadowRecords().invoices(service.id(), List.of("s"))).isEmpty();
        assertThat(ports.shadowRecords().unlinked(service.id(), Optional.empty(), 9)).isEmpty();
        assertThat(ports.shadowRecords().twins(List.of(subscription.id()))).isEmpty();
        assertThat(ports.shadowRecords().lastRun(service.id())).isEmpty();
        assertThat(Stream.of(Made.values()).flatMap(kind -> ports.shadowRecords().marked(service.id(), kind,
                List.of("ada", "starter", Samples.CPU.code().value(), ada.id().toString())).stream())).isEmpty();
    }

    private Subscription shadow(Service service, String externalId) {
        return Samples.subscription(service, ada, starter, externalId).in(SubscriptionState.SHADOW).withoutNextInvoice()
                .build();
    }

    private static ShadowSubscription record(Subscription subscription) {
        return new ShadowSubscription(subscription.id(), subscription.externalId(), "ada", true,
                subscription.startedAt(), Optional.empty(), Optional.empty());
    }

    private static List<UsageRecord> usage(Subscription subscription) {
        return List.of(Samples.usage(subscription, "one").build(), Samples.usage(subscription, "two").build());
    }

    private static Customer holder(String thing) {
        return Samples.customer("with " + thing);
    }

    /** What a customer can have at a service, by name; the customer is named after it. */
    private Map<String, Runnable> things(Service service) {
        var things = new LinkedHashMap<String, Runnable>();
        things.put("subscription", () -> ports.subscriptions().add(List.of(live(service, "subscription"))));
        things.put("invoice", () -> ports.invoices().add(List.of(Samples.invoice(live(service, "invoice")).build())));
        things.put("coupon", () -> apply(new ServiceCustomer(service.id(), holder("coupon").id())));
        things.put("wallet", () -> ports.wallets().add(new Wallet(new WalletId(Samples.id("wallet")),
                new ServiceCustomer(service.id(), holder("wallet").id()), "wallet", Samples.CAD, BigDecimal.ONE, 1,
                WalletScope.ALL, Optional.empty(), Wallet.Status.ACTIVE, Credits.none(cad("0.00")), List.of(),
                Samples.NEW_YEAR)));
        things.put("credit note", () -> ports.creditNotes().add(List.of(note(
                new ServiceCustomer(service.id(), holder("credit note").id())))));
        things.put("terms", () -> ports.billingTerms().set(new ServiceCustomer(service.id(), holder("terms").id()),
                new Terms(Optional.of(3), Optional.empty())));
        return things;
    }

    private Subscription live(Service service, String thing) {
        return Samples.subscription(service, holder(thing), starter, thing).build();
    }

    private void apply(ServiceCustomer holder) {
        Coupon coupon = Coupon.of(holder.service(), "SPRING", new Discount.Fixed(cad("10.00")), CouponFrequency.forever());
        ports.coupons().add(coupon);
        ports.coupons().apply(new AppliedCoupon(new AppliedCouponId(Samples.id("applied")), holder, coupon.code(),
                coupon.terms(), coupon.scope(), Optional.empty(), Optional.empty(), AppliedCoupon.State.ACTIVE,
                Samples.NEW_YEAR, Optional.empty()));
    }

    private static CreditNote note(ServiceCustomer holder) {
        return new CreditNote(new CreditNoteId(Samples.id("note")), new InvoiceId(Samples.id("invoice")), holder, "CN-1",
                CreditNote.Reason.OTHER, "", LocalDate.of(2026, 3, 4), Samples.NEW_YEAR, List.of(), cad("0.00"), List.of(),
                CreditNote.Given.credit(cad("5.00")), cad("5.00"), cad("0.00"), Optional.empty());
    }

    private static Money cad(String amount) {
        return Money.of(Samples.CAD, amount);
    }
}
