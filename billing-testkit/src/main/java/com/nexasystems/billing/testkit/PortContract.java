package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
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
}
