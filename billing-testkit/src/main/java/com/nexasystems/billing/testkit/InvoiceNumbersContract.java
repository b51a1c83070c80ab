package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.InvoiceNumbers.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.invoicing.InvoiceNumbers}. */
public abstract class InvoiceNumbersContract extends PortContract {

    private static final int THREADS = 5;
    private static final int EACH = 12;

    private World world;

    protected InvoiceNumbersContract() {
    }

    @BeforeEach
    final void build() {
        world = new World(ports);
    }

    @Test
    @DisplayName("NU-1 the numbers of a service begin at 1 and have no gap")
    void the_numbers_of_a_service_have_no_gap() {
        assertThat(take(world.hosting, 1)).isEqualTo(1);
        assertThat(take(world.hosting, 3)).isEqualTo(2);
        assertThat(take(world.hosting, 1)).isEqualTo(5);
    }

    @Test
    @DisplayName("NU-1 numbers are taken one after the other within a unit of work too")
    void numbers_are_taken_one_after_the_other_within_a_unit_of_work() {
        List<Long> taken = kept(() -> Stream.of(2, 1, 1).map(count ->
                ports.invoiceNumbers().take(world.hosting.id(), Series.INVOICE, count)).toList());
        assertThat(taken).containsExactly(1L, 3L, 4L);
    }

    @Test
    @DisplayName("NU-1 what a unit of work took is free again if it fails")
    void what_a_unit_of_work_took_is_free_again_if_it_fails() {
        takeAndFail(2);
        assertThat(take(world.hosting, 1)).isEqualTo(1);
        takeAndFail(2);
        assertThat(take(world.hosting, 1)).isEqualTo(2);
    }

    @Test
    @DisplayName("NU-1 no number is lost when units of work race and some fail")
    void no_number_is_lost_when_units_of_work_race() {
        assertThat(takenInARace()).containsAll(LongStream.rangeClosed(1, 2L * THREADS * EACH).boxed().toList());
    }

    @Test
    @DisplayName("NU-2 no number is given twice when units of work race and some fail")
    void no_number_is_given_twice() {
        assertThat(takenInARace()).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("NU-3 each service has numbers of its own")
    void each_service_has_numbers_of_its_own() {
        take(world.hosting, 7);
        assertThat(take(world.chat, 2)).isEqualTo(1);
        assertThat(take(world.hosting, 1)).isEqualTo(8);
        assertThat(take(world.chat, 1)).isEqualTo(3);
    }

    @Test
    @DisplayName("NU-4 each series has numbers of its own")
    void each_series_has_numbers_of_its_own() {
        take(world.hosting, 3);
        assertThat(kept(() -> ports.invoiceNumbers().take(world.hosting.id(), Series.CREDIT_NOTE, 2))).isEqualTo(1);
        assertThat(take(world.hosting, 1)).isEqualTo(4);
        assertThat(kept(() -> ports.invoiceNumbers().take(world.hosting.id(), Series.CREDIT_NOTE, 1))).isEqualTo(3);
    }

    private List<Long> takenInARace() {
        return OtherThread.together(THREADS, thread -> {
            var own = new ArrayList<Long>();
            for (int i = 0; i < EACH; i++) {
                long first = take(world.hosting, 2);
                own.addAll(List.of(first, first + 1));
                takeAndFail(3);
            }
            return own;
        }).stream().flatMap(List::stream).toList();
    }

    private long take(Service service, int count) {
        return kept(() -> ports.invoiceNumbers().take(service.id(), Series.INVOICE, count));
    }

    private void takeAndFail(int count) {
        var failure = new IllegalStateException("of the work");
        assertThatThrownBy(() -> keep(() -> {
            ports.invoiceNumbers().take(world.hosting.id(), Series.INVOICE, count);
            throw failure;
        })).isSameAs(failure);
    }
}
