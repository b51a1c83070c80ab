package com.nexasystems.billing.subscription;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.testing.Shop;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartSubscriptionTest {

    private final Shop shop = new Shop();

    @Test
    void one_that_starts_in_the_future_is_pending_until_its_first_invoice() {
        Subscription later = shop.subscribe(shop.customer("ada"), "web-1", shop.inAdvance, APRIL);
        assertThat(later.state()).isEqualTo(SubscriptionState.PENDING);
        shop.bill(MARCH);
        assertThat(shop.invoices()).isEmpty();
        shop.bill(APRIL);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("20.00"));
        assertThat(shop.find(later).state()).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(shop.billing.ports().eventLog().of(later.id().value())).extracting(logged -> logged.event().type())
                .containsExactly(EventType.SUBSCRIPTION_STARTED, EventType.INVOICE_CREATED, EventType.INVOICE_FINALIZED);
    }

    @Test
    void one_in_arrears_starts_with_the_run_at_its_start_and_is_billed_when_its_period_is_over() {
        Subscription later = shop.subscribe(shop.customer("ada"), "web-1", shop.starter, APRIL);
        shop.bill(APRIL.minusNanos(1000));
        assertThat(shop.find(later).state()).isEqualTo(SubscriptionState.PENDING);
        shop.bill(APRIL);
        assertThat(shop.find(later).state()).isEqualTo(SubscriptionState.ACTIVE);
        assertThat(shop.billing.ports().eventLog().of(later.id().value())).extracting(logged -> logged.event().type())
                .containsExactly(EventType.SUBSCRIPTION_STARTED);
        assertThat(shop.invoices()).isEmpty();
        shop.bill(MAY);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("20.00"));
    }

    @Test
    void an_external_id_is_taken_until_its_subscription_ends() {
        shop.subscribe("web-1");
        assertThatThrownBy(() -> shop.subscribe("web-1")).isInstanceOf(InvalidValue.class).hasMessageContaining("taken");
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        assertThat(shop.subscribe("web-1").state()).isEqualTo(SubscriptionState.ACTIVE);
    }

    @Test
    void a_batch_starts_what_can_be_started() {
        shop.subscribe("web-1");
        List<Subscription> started = shop.billing.subscriptions().startAll(shop.hosting.id(),
                List.of(request("web-1", shop.starter.code()), request("web-2", shop.starter.code())));
        assertThat(started).extracting(Subscription::externalId).containsExactly("web-2");
    }

    @Test
    void a_plan_must_exist_and_be_open_and_have_a_price_at_the_start() {
        Plan closed = shop.billing.plans().publish(new Plan(new PlanCode("closed"), "Closed", Shop.CAD, Interval.MONTHLY,
                false, false, PlanTerms.PLAIN, shop.starter.versions()));
        assertThatThrownBy(() -> start("x", new PlanCode("nowhere"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> start("x", closed.code())).hasMessageContaining("not active");
        assertThatThrownBy(() -> shop.subscribe(shop.customer("ada"), "x", shop.starter, MARCH.minusSeconds(1)))
                .hasMessageContaining("no version in force");
    }

    @Test
    void a_customer_who_pays_in_dollars_is_not_put_on_a_plan_in_yen() {
        var american = shop.customer("ada").withCurrency(Currency.getInstance("USD"));
        assertThatThrownBy(() -> shop.subscribe(american, "x", shop.starter)).isInstanceOf(CurrencyMismatchException.class);
    }

    @Test
    void an_event_at_the_very_nanosecond_of_the_start_is_billed() {
        var start = MARCH.plusNanos(700);
        shop.clock.set(start);
        shop.subscribe(shop.customer("ada"), "web-1", shop.starter, start);
        shop.use("web-1", start, "498000");
        shop.bill(APRIL);
        shop.bill(MAY);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("21.00"), cad("20.00"));
    }

    private Subscription start(String externalId, PlanCode plan) {
        return shop.billing.subscriptions().start(shop.hosting.id(), request(externalId, plan));
    }

    private Request request(String externalId, PlanCode plan) {
        return new Request(shop.customer("ada"), externalId, plan, BillingTime.CALENDAR, MARCH);
    }
}
