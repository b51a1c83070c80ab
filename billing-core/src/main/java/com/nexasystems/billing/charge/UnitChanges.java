package com.nexasystems.billing.charge;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Gathers changes in their order. Those of one direction that count for the same days, one after the other, become one. */
public final class UnitChanges {

    private final List<Change> gathered = new ArrayList<>();
    private BigDecimal units = BigDecimal.ZERO;
    private long days;

    /**
     * @param more     units that came, or below zero, that went; zero is no change
     * @param moreDays for which each of them counts
     */
    public void add(BigDecimal more, long moreDays) {
        if (more.signum() == 0) {
            return;
        }
        if (moreDays != days || more.signum() != units.signum()) {
            close();
            days = moreDays;
        }
        units = units.add(more);
    }

    private void close() {
        if (units.signum() != 0) {
            gathered.add(Change.of(units, days));
            units = BigDecimal.ZERO;
        }
    }

    public List<Change> list() {
        close();
        return List.copyOf(gathered);
    }
}
