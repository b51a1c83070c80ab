package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.LineHold;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.invoicing.LineHolds}. */
public abstract class LineHoldsContract extends PortContract {

    private static final InvoiceId FIRST = new InvoiceId(Samples.id("first"));
    private static final InvoiceId SECOND = new InvoiceId(Samples.id("second"));
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:06.789012Z");

    protected LineHoldsContract() {
    }

    @Test
    @DisplayName("LH-1 a hold is found with its invoice, exactly as it was; by line")
    void a_hold_is_found_exactly_as_it_was() {
        LineHold b = add(hold(FIRST, "b", "why \"b\"? 🚀"));
        LineHold a = add(hold(FIRST, "a, {1}", "x"));
        LineHold other = add(hold(SECOND, "b", "x"));
        assertThat(of(FIRST, SECOND)).isEqualTo(Map.of(FIRST, List.of(a, b), SECOND, List.of(other)));
        assertThat(of(FIRST)).isEqualTo(Map.of(FIRST, List.of(a, b)));
        assertThat(of()).isEmpty();
    }

    @Test
    @DisplayName("LH-2 a line is held once")
    void a_line_is_held_once() {
        LineHold first = add(hold(FIRST, "a", "x"));
        assertThat(kept(() -> ports.lineHolds().add(hold(FIRST, "a", "y")))).isFalse();
        assertThat(of(FIRST)).isEqualTo(Map.of(FIRST, List.of(first)));
    }

    @Test
    @DisplayName("LH-2 of concurrent holds of a line, one is added")
    void of_concurrent_holds_one_is_added() {
        assertThat(OtherThread.together(4, i -> kept(() -> ports.lineHolds().add(hold(FIRST, "a", "by " + i)))))
                .containsOnlyOnce(true);
    }

    @Test
    @DisplayName("LH-3 a line that was released is not held; others still are")
    void a_line_that_was_released_is_not_held() {
        add(hold(FIRST, "a", "x"));
        LineHold b = add(hold(FIRST, "b", "x"));
        LineHold other = add(hold(SECOND, "a", "x"));
        assertThat(kept(() -> ports.lineHolds().release(FIRST, "a"))).isTrue();
        assertThat(kept(() -> ports.lineHolds().release(FIRST, "a"))).isFalse();
        assertThat(of(FIRST, SECOND)).isEqualTo(Map.of(FIRST, List.of(b), SECOND, List.of(other)));
        LineHold again = add(hold(FIRST, "a", "again"));
        assertThat(of(FIRST)).isEqualTo(Map.of(FIRST, List.of(again, b)));
    }

    private static LineHold hold(InvoiceId invoice, String line, String reason) {
        return new LineHold(invoice, line, reason, Actor.person("zoë"), NOW);
    }

    private LineHold add(LineHold hold) {
        assertThat(kept(() -> ports.lineHolds().add(hold))).isTrue();
        return hold;
    }

    private Map<InvoiceId, List<LineHold>> of(InvoiceId... invoices) {
        return ports.lineHolds().of(List.of(invoices));
    }
}
