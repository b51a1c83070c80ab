package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StripeSettingsTest {

    @Test
    void no_secret_is_printed() {
        assertThat(StripeSettings.of("sk_live_1", "whsec_1", "whsec_2").toString())
                .doesNotContain("sk_live_1", "whsec_1", "whsec_2").contains("https://api.stripe.com");
    }

    @Test
    void timeouts_are_finite() {
        StripeSettings settings = StripeSettings.of("sk_live_1");
        assertThat(settings.connectTimeout()).isPositive();
        assertThat(settings.answerTimeout()).isPositive();
        assertThatThrownBy(() -> settings.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings.withTimeouts(Duration.ofSeconds(1), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_secret_that_is_blank_is_refused() {
        assertThatThrownBy(() -> StripeSettings.of(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StripeSettings.of("sk_live_1", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_kind_of_means_that_stripe_does_not_know_is_refused() {
        StripeSettings settings = StripeSettings.of("sk_live_1");
        assertThat(settings.withMeans("card", "sepa_debit").means()).containsExactly("card", "sepa_debit");
        assertThatThrownBy(() -> settings.withMeans("cards")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(settings::withMeans).isInstanceOf(IllegalArgumentException.class);
    }
}
