package com.nexasystems.billing.subscription;

import static com.nexasystems.billing.testing.Shop.APRIL;
import static com.nexasystems.billing.testing.Shop.MARCH;
import static com.nexasystems.billing.testing.Shop.MAY;
import static com.nexasystems.billing.testing.Shop.cad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceReason;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TerminateSubscriptionTest {

    private static final Instant APRIL_10_NOON = Instant.parse("2026-04-10T12:00:00Z");

    private final Shop shop = new Shop();

    @Test
    void the_last_days_are_billed_by_their_share_and_the_day_of_termination_is_one_of_them() {
        shop.subscribe("web-1");
        shop.bill(APRIL);
        terminateAt(APRIL_10_NOON);
        shop.bill(APRIL_10_NOON);
        assertThat(shop.lastInvoice().subtotal()).isEqualTo(cad("6.67"));    // 20.00 × 10 / 30
    }

    @Test
    void by_second_the_last_stretch_costs_its_exact_share() {
        var bySecond = new Shop(BillingPolicy.DEFAULT.with(ProrationPolicy.BY_SECOND));
        bySecond.subscribe("web-1");
        bySecond.bill(APRIL);
        bySecond.clock.set(APRIL_10_NOON);
        bySecond.billing.terminations().terminate(bySecond.hosting.id(), "web-1");
        bySecond.bill(APRIL_10_NOON);
        assertThat(bySecond.lastInvoice().subtotal()).isEqualTo(cad("6.33"));    // 20.00 × 9.5 / 30
    }

    @Test
    void a_period_that_was_due_and_not_yet_billed_keeps_its_own_invoice() {
        shop.subscribe("web-1");
        shop.use("web-1", MARCH, "498000");
        terminateAt(APRIL_10_NOON);
        assertThat(shop.run(APRIL_10_NOON).failures()).isEmpty();
        assertThat(shop.invoices()).extracting(Invoice::due).containsExactly(APRIL, APRIL_10_NOON);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("21.00"), cad("6.67"));
    }

    @Test
    void a_plan_in_advance_that_was_never_billed_is_billed_until_its_end() {
        Subscription subscription = shop.subscribe(shop.customer("ada"), "web-1", shop.inAdvance);
        shop.use("web-1", MARCH, "498000");
        terminateAt(Instant.parse("2026-03-10T12:00:00Z"));
        shop.bill(APRIL);
        assertThat(shop.invoices()).extracting(invoice -> invoice.reason().kind())
                .containsExactly(InvoiceReason.Kind.SUBSCRIPTION, InvoiceReason.Kind.USAGE);
        assertThat(shop.invoices()).extracting(Invoice::subtotal).containsExactly(cad("6.45"), cad("1.00"));
        assertThat(shop.find(subscription).nextInvoiceAt()).isEmpty();
    }

    @Test
    void ending_with_the_period_leaves_nothing_more_to_bill() {
        Subscription subscription = shop.subscribe("web-1");
        shop.bill(APRIL);
        terminateAt(APRIL);
        shop.bill(MAY);
        assertThat(shop.invoices()).hasSize(1);
        assertThat(shop.find(subscription).nextInvoiceAt()).isEmpty();
    }

    @Test
    void a_subscription_that_has_not_begun_ends_without_an_invoice() {
        Subscription pending = shop.subscribe(shop.customer("ada"), "web-1", shop.inAdvance, APRIL);
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
        shop.bill(MAY);
        assertThat(shop.find(pending).state()).isEqualTo(SubscriptionState.TERMINATED);
        assertThat(shop.invoices()).isEmpty();
    }

    @Test
    void nobody_ends_the_subscription_of_another_service() {
        shop.subscribe("web-1");
        var chat = shop.billing.register("chat", "Chat");
        assertThatThrownBy(() -> shop.billing.terminations().terminate(chat.id(), "web-1"))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("does not exist");
    }

    @Test
    void it_ends_once_and_its_receivers_are_told() {
        Subscription subscription = shop.subscribe("web-1");
        terminateAt(APRIL_10_NOON);
        assertThatThrownBy(() -> terminateAt(MAY)).isInstanceOf(SubscriptionState.IllegalTransition.class);
        assertThat(shop.billing.ports().eventLog().of(subscription.id().value()))
                .extracting(logged -> logged.event().type())
                .containsExactly(EventType.SUBSCRIPTION_STARTED, EventType.SUBSCRIPTION_TERMINATED);
    }

    private void terminateAt(Instant now) {
        shop.clock.set(now);
        shop.billing.terminations().terminate(shop.hosting.id(), "web-1");
    }
}
