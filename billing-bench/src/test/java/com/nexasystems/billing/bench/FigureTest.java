package com.nexasystems.billing.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FigureTest {

    @Test
    void is_the_median_and_counts_an_odd_one_out_little() {
        assertThat(Figure.of(7)).isEqualTo(new Figure(7, 0));
        assertThat(Figure.of(3, 1, 2).spread()).isCloseTo(0.8, within(1e-9));
        assertThat(Figure.of(10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 9000)).isEqualTo(new Figure(15, 4));
    }

    @Test
    void the_ratio_is_what_ours_costs_in_baselines() {
        var one = new Figure(100, 0);
        var other = new Figure(250, 0);

        assertThat(new Measurement("time", "ns", Measurement.Better.LESS, one, other).ratio()).isEqualTo(2.5);
        assertThat(new Measurement("speed", "rows/s", Measurement.Better.MORE, other, one).ratio()).isEqualTo(2.5);
    }
}
