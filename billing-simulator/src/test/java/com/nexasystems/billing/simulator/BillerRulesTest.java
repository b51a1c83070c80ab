package com.nexasystems.billing.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.simulator.BillerRules.AnchorRule;
import com.nexasystems.billing.simulator.BillerRules.ProrationRule;
import com.nexasystems.billing.simulator.BillerRules.QuotaRule;
import com.nexasystems.billing.simulator.BillerRules.RoundingLevel;
import com.nexasystems.billing.simulator.BillerRules.TaxRule;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BillerRulesTest {

    @Test
    void the_same_chance_draws_the_same_rules() {
        assertThat(BillerRules.random(new Random(5))).isEqualTo(BillerRules.random(new Random(5)));
    }

    @Test
    void every_rule_is_drawn_in_some_company() {
        Random random = new Random(1);
        List<BillerRules> drawn = Stream.generate(() -> BillerRules.random(random)).limit(300).toList();

        assertThat(drawn).extracting(BillerRules::level).contains(RoundingLevel.values());
        assertThat(drawn).extracting(BillerRules::tax).contains(TaxRule.values());
        assertThat(drawn).extracting(BillerRules::proration).contains(ProrationRule.values());
        assertThat(drawn).extracting(BillerRules::anchor).contains(AnchorRule.values());
        assertThat(drawn).extracting(BillerRules::quota).contains(QuotaRule.values());
        assertThat(drawn).extracting(BillerRules::mode).contains(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN,
                RoundingMode.HALF_DOWN, RoundingMode.DOWN, RoundingMode.UP);
        assertThat(drawn).extracting(rules -> rules.zone().getId()).contains("UTC", "America/Toronto",
                "America/Vancouver", "Europe/Paris", "Asia/Kolkata");
        assertThat(drawn).extracting(BillerRules::usageShift).contains(Duration.ZERO, Duration.ofHours(1),
                Duration.ofHours(-1), Duration.ofDays(1), Duration.ofDays(-1));
    }

    @Test
    void companies_of_neighbouring_seeds_have_unlike_rules() {
        assertThat(Stream.iterate(1L, seed -> seed + 1).limit(8)
                .map(seed -> SimulatedCompany.of(CompanySpec.of(seed).withSize(1, 1).withoutDeviations()).rules().level()))
                .contains(RoundingLevel.values());
    }

    @Test
    void utc_has_one_name() {
        assertThat(BillerRules.plain().withZone(ZoneOffset.UTC)).isEqualTo(BillerRules.plain());
    }

    @Test
    void what_no_biller_does_is_refused() {
        assertThatThrownBy(() -> BillerRules.plain().withRounding(RoundingLevel.LINE, RoundingMode.CEILING))
                .hasMessageContaining("CEILING");
        assertThatThrownBy(() -> BillerRules.plain().withUsageShift(Duration.ofDays(2))).hasMessageContaining("PT48H");
    }
}
