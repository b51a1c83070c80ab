package com.nexasystems.billing.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.InvoiceQuery;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.ChangePlan.Timing;
import com.nexasystems.billing.subscription.StartSubscription.BillingTime;
import com.nexasystems.billing.subscription.StartSubscription.Request;
import com.nexasystems.billing.subscription.Subscription;
import com.nexasystems.billing.subscription.SubscriptionState;
import com.nexasystems.billing.subscription.UnusedTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each of the guards between an import and an invoice, with all others taken away. */
class ShadowSafetyTest {

    private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");

    private final Billing billing = Billing.inMemory(Clock.fixed(LATER, ZoneOffset.UTC));
    private final Service hosting = billing.register("hosting", "Hosting");
    private Subscription web;

    @BeforeEach
    void imported() {
        var platform = new Platform().plan("starter", "20.00", 0).user("ada", "ada@example.org")
                .subscription("web", "ada", "starter", "2026-02-01", "2026-04-01").usage("web", "2026-03-01", 24, "0.5");
        billing.importShadow().run(hosting, platform.source(), ImportOptions.DEFAULT, rows -> { }, problem -> { });
        web = billing.ports().subscriptions().resolve(hosting.id(), List.of("web")).get("web");
    }

    private void becomes(SubscriptionState state, Optional<Instant> nextInvoice, boolean shadowPlan) {
        var changed = new Subscription(web.id(), web.service(), web.customer(), web.externalId(), web.deployment(), state,
                web.phases(), Optional.empty(), Optional.empty(), false, web.billedThrough(), web.flatThrough(),
                Optional.empty(), nextInvoice);
        billing.ports().unitOfWork().run(() -> {
            billing.ports().subscriptions().update(List.of(changed));
            billing.ports().plans().setShadow(List.of(web.planAt(LATER)), shadowPlan);
        });
    }

    private int invoices() {
        billing.billingRun().run(LATER, 1, drafted -> { });
        return billing.ports().invoices().list(InvoiceQuery.ALL).size();
    }

    @Test
    void without_any_guard_there_would_be_an_invoice() {
        becomes(SubscriptionState.ACTIVE, Optional.of(Instant.parse("2026-03-01T00:00:00Z")), false);
        assertThat(invoices()).isPositive();
    }

    @Test
    void the_state_is_enough() {
        becomes(SubscriptionState.SHADOW, Optional.of(Instant.parse("2026-03-01T00:00:00Z")), false);
        assertThat(invoices()).isZero();
    }

    @Test
    void that_no_invoice_is_due_is_enough() {
        becomes(SubscriptionState.ACTIVE, Optional.empty(), false);
        assertThat(invoices()).isZero();
    }

    @Test
    void that_the_charges_are_in_shadow_mode_is_enough() {
        becomes(SubscriptionState.ACTIVE, Optional.of(Instant.parse("2026-03-01T00:00:00Z")), true);
        assertThat(invoices()).isZero();
        assertThat(billing.billingRun().run(LATER, 1, drafted -> { }).failures()).singleElement()
                .satisfies(failure -> assertThat(failure.toString()).contains("shadow mode"));
    }

    @Test
    void no_event_can_be_made_of_it() {
        assertThatThrownBy(() -> web.event(new UUID(0, 1), EventType.SUBSCRIPTION_STARTED, LATER))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("shadow mode");
    }

    @Test
    void nobody_starts_on_a_plan_in_shadow_mode_or_changes_to_it() {
        Customer ada = billing.ports().customers().find(web.customer()).orElseThrow();
        assertThatThrownBy(() -> billing.subscriptions().start(hosting.id(), new Request(ada, "other", web.planAt(LATER),
                BillingTime.CALENDAR, LATER))).isInstanceOf(InvalidValue.class).hasMessageContaining("shadow mode");
        Plan plan = billing.plans().publish(Plan.of("live", Interval.MONTHLY, false,
                Money.of(Currency.getInstance("CAD"), "5"), Instant.EPOCH));
        billing.subscriptions().start(hosting.id(), new Request(ada, "other", plan.code(), BillingTime.CALENDAR, LATER));
        assertThatThrownBy(() -> billing.changes().change(hosting.id(), "other", web.planAt(LATER), Timing.NOW))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("shadow mode");
    }

    @Test
    void the_doors_of_live_subscriptions_are_shut() {
        assertThatThrownBy(() -> billing.resumptions().resume(hosting.id(), "web"))
                .isInstanceOf(SubscriptionState.IllegalTransition.class);
        assertThatThrownBy(() -> billing.pauses().pause(hosting.id(), "web"))
                .isInstanceOf(SubscriptionState.IllegalTransition.class);
        assertThatThrownBy(() -> billing.terminations().terminate(hosting.id(), "web"))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("shadow mode");
        assertThatThrownBy(() -> billing.terminations().terminateAt(hosting.id(), "web", LATER.plusSeconds(60),
                UnusedTime.SKIP)).isInstanceOf(InvalidValue.class).hasMessageContaining("shadow mode");
        assertThat(billing.ports().eventLog().of(web.id().value())).isEmpty();
    }
}
