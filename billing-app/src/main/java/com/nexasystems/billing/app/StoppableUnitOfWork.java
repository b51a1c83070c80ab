package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.UnitOfWork;
import java.util.function.Supplier;

/** Lets jobs end between two units of work: what was begun is finished, and once it is stopped nothing more is begun. */
final class StoppableUnitOfWork implements UnitOfWork {

    private final UnitOfWork units;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private volatile boolean stopped;

    StoppableUnitOfWork(UnitOfWork units) {
        this.units = units;
    }

    /** A job was asked to end before its work was done. */
    static final class Stopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped between two pages", null, false, false);
        }
    }

    void stop() {
        stopped = true;
    }

    /** @throws Stopped instead of beginning, once it was stopped */
    @Override
    public <T> T call(Supplier<T> work) {
        if (inside.get()) {
            return units.call(work);
        }
        if (stopped) {
            throw new Stopped();
        }
        inside.set(true);
        try {
            return units.call(work);
        } finally {
            inside.remove();
        }
    }
}
