package com.nexasystems.billing.rating;

import java.util.Optional;
import java.util.function.Consumer;

/** Adds a simulation up. The subscriptions of one customer come in a row, and may go on with the next page. */
final class SimulationTally {

    private final Consumer<SimulatedCustomer> each;
    private SimulationReport report;
    private Optional<SimulatedCustomer> current = Optional.empty();

    SimulationTally(SimulationReport nothing, Consumer<SimulatedCustomer> each) {
        this.report = nothing;
        this.each = each;
    }

    void add(SimulatedCustomer next) {
        if (current.isPresent() && current.get().customer().id().equals(next.customer().id())) {
            current = Optional.of(current.get().plus(next));
        } else {
            tellCurrent();
            current = Optional.of(next);
        }
    }

    SimulationReport end() {
        tellCurrent();
        current = Optional.empty();
        return report;
    }

    private void tellCurrent() {
        current.ifPresent(customer -> {
            report = report.plus(customer);
            each.accept(customer);
        });
    }
}
