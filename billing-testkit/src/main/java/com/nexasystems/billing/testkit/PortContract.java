package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.Ports;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What all contracts have in common: new ports for each test, and writing through a unit of work. */
@Timeout(60)
public abstract class PortContract {

    Ports ports;

    /** For implementors in any package; the contracts are its subclasses. */
    protected PortContract() {
    }

    /** A complete set of ports in which nothing is stored. All of it, because what one port keeps refers to others. */
    protected abstract Ports emptyPorts();

    @BeforeEach
    final void beginWithEmptyPorts() {
        ports = emptyPorts();
    }

    final void keep(Runnable work) {
        ports.unitOfWork().run(work);
    }

    final <T> T kept(Supplier<T> work) {
        return ports.unitOfWork().call(work);
    }

    /**
     * All pages, one after the other, until one is empty or there is more than there should be.
     *
     * @param page gives the elements after the last one of the page before
     */
    static <T> List<T> pages(int size, int expected, Function<Optional<T>, List<T>> page) {
        var seen = new ArrayList<T>();
        List<T> next = page.apply(Optional.empty());
        while (!next.isEmpty() && seen.size() <= expected) {
            assertThat(next).hasSizeLessThanOrEqualTo(size);
            seen.addAll(next);
            next = page.apply(Optional.of(next.get(next.size() - 1)));
        }
        return seen;
    }
}
