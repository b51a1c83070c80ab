package com.nexasystems.billing.bench.pure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A baseline that calculated something else would prove nothing. */
class BaselinesTest {

    @ParameterizedTest
    @EnumSource
    void the_bare_arithmetic_of_a_line_gives_the_amount_that_the_engine_gives(Line line) {
        assertThat(line.bare()).isEqualByComparingTo(line.rated()).isPositive();
    }

    @Test
    void the_bare_arithmetic_of_the_invoice_gives_its_total() {
        var sample = new SampleInvoice();

        assertThat(sample.invoice().lines()).hasSize(SampleInvoice.LINES);
        assertThat(sample.bareTotal()).isEqualTo(sample.invoice().total().amount());
    }
}
