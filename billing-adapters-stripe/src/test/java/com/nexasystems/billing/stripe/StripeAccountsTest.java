package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.nexasystems.billing.testkit.Samples;
import java.net.URI;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Customers at Stripe, and what they are charged with. */
class StripeAccountsTest {

    private static final URI RETURN_TO = URI.create("https://app.example.com/billing?done=1");

    private final StripeWorld world = new StripeWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void who_is_known_there_is_not_asked_for() {
        assertThat(world.gateway.accountOf(Samples.customer("Zoë").withStripeCustomerId("cus_1"))).isEqualTo("cus_1");
        assertThat(world.stripe.requests()).isEmpty();
    }

    @Test
    void who_was_made_and_not_heard_of_is_found_by_his_e_mail_when_the_key_is_forgotten() {
        Customer ada = Samples.customer("Ada").withEmail("ada@example.com");
        IntStream.range(0, 101).forEach(i -> world.stripe.customer("ada@example.com"));
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        assertThatThrownBy(() -> world.gateway.accountOf(ada)).isInstanceOf(PortFailure.class);
        IntStream.range(0, 101).forEach(i -> world.stripe.customer("ada@example.com"));
        int there = world.stripe.customers().size();
        world.stripe.forgetKeys();
        assertThat(world.gateway.accountOf(ada)).isEqualTo(world.gateway.accountOf(ada));
        assertThat(world.stripe.customers()).hasSize(there);
    }

    @Test
    void who_was_made_and_not_heard_of_is_found_also_under_another_e_mail() {
        Customer ada = Samples.customer("Ada").withEmail("ada@example.com");
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        assertThatThrownBy(() -> world.gateway.accountOf(ada)).isInstanceOf(PortFailure.class);
        world.clock.advance(Duration.ofMinutes(2));
        String account = world.gateway.accountOf(ada.withEmail("ada@example.org"));
        assertThat(world.stripe.customers()).containsExactly(world.account, account);
    }

    @Test
    void who_has_no_e_mail_is_found_by_search_once_the_key_is_forgotten() {
        Customer ada = Samples.customer("Ada");
        String account = world.gateway.accountOf(ada);
        assertThat(world.gateway.accountOf(ada)).as("not in the index yet, but under the key").isEqualTo(account);
        world.clock.advance(Duration.ofHours(25));
        assertThat(world.gateway.accountOf(ada)).isEqualTo(account);
        assertThat(world.stripe.customers()).containsExactly(world.account, account);
    }

    @Test
    void somebody_else_with_the_same_e_mail_is_somebody_else() {
        assertThat(world.gateway.accountOf(Samples.customer("Ada").withEmail("zoe@example.com")))
                .isNotEqualTo(world.account);
    }

    @Test
    void the_default_for_invoices_comes_first_then_the_default_source_then_the_latest() {
        assertThat(world.gateway.meansOf(world.account)).isEmpty();
        String first = world.card("pm_card_visa");
        String latest = world.card("pm_card_visa");
        assertThat(world.gateway.meansOf(world.account)).contains(latest);
        String source = world.stripe.addSource(world.account, "pm_card_visa");
        assertThat(world.gateway.meansOf(world.account)).contains(source);
        world.stripe.makeDefault(world.account, first);
        assertThat(world.gateway.meansOf(world.account)).contains(first);
        world.stripe.detach(first);
        assertThat(world.gateway.meansOf(world.account)).contains(source);
    }

    @Test
    void a_source_of_old_can_be_charged() {
        String source = world.stripe.addSource(world.account, "pm_card_visa");
        world.gateway.charge(world.order("invoice-1-1", source, "10.00", "CAD"));
        assertThat(world.stripe.succeeded("invoice-1-1")).hasSize(1);
    }

    @Test
    void a_customer_who_was_deleted_has_nothing_and_one_who_never_was_is_a_failure() {
        world.card("pm_card_visa");
        world.stripe.delete(world.account);
        assertThat(world.gateway.meansOf(world.account)).isEmpty();
        assertThatThrownBy(() -> world.gateway.meansOf("cus_of_another_account")).isInstanceOf(PortFailure.class);
    }

    @Test
    void what_is_left_on_our_page_is_charged_from_then_on_instead_of_the_default() {
        String before = world.card("pm_card_visa");
        world.stripe.makeDefault(world.account, before);
        URI page = world.gateway.setUpPage(world.account, RETURN_TO);
        assertThat(world.gateway.meansOf(world.account)).contains(before);
        String left = world.stripe.complete(page, "pm_card_visa");
        assertThat(world.gateway.meansOf(world.account)).contains(left);
        assertThat(world.gateway.meansOf(world.account)).contains(left);
        assertThat(world.stripe.requests()).filteredOn(("POST /v1/customers/" + world.account)::equals).hasSize(1);
    }

    @Test
    void what_somebody_chooses_at_stripe_afterwards_stays() {
        String left = world.stripe.complete(world.gateway.setUpPage(world.account, RETURN_TO), "pm_card_visa");
        assertThat(world.gateway.meansOf(world.account)).contains(left);
        String chosen = world.card("pm_card_visa");
        world.stripe.makeDefault(world.account, chosen);
        assertThat(world.gateway.meansOf(world.account)).contains(chosen);
        String second = world.stripe.complete(world.gateway.setUpPage(world.account, RETURN_TO), "pm_card_visa");
        assertThat(world.gateway.meansOf(world.account)).contains(second);
    }

    @Test
    void what_was_left_and_taken_away_again_is_not_charged() {
        String before = world.card("pm_card_visa");
        world.stripe.makeDefault(world.account, before);
        String left = world.stripe.complete(world.gateway.setUpPage(world.account, RETURN_TO), "pm_card_visa");
        world.stripe.detach(left);
        assertThat(world.gateway.meansOf(world.account)).contains(before);
    }

    @Test
    void a_page_that_is_asked_for_in_vain_can_be_asked_for_again() {
        world.stripe.faults().nextPosts(StripeFault.LOST_AFTER_WORK);
        assertThatThrownBy(() -> world.gateway.setUpPage(world.account, RETURN_TO)).isInstanceOf(PortFailure.class);
        assertThat(world.gateway.setUpPage(world.account, RETURN_TO)).hasScheme("http");
    }
}
