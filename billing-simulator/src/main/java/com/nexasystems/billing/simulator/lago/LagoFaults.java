package com.nexasystems.billing.simulator.lago;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What goes wrong, and with which requests. For any number of threads. */
public final class LagoFaults {

    private static final Duration SLOWNESS = Duration.ofSeconds(2);

    private final List<Planned> planned = new ArrayList<>();

    private static final class Planned {

        private final String part;
        private final LagoFault fault;
        private int left;

        private Planned(String part, LagoFault fault, int left) {
            this.part = part;
            this.fault = fault;
            this.left = left;
        }
    }

    LagoFaults() {
    }

    /** How late a slow answer is. */
    public Duration slowness() {
        return SLOWNESS;
    }

    /**
     * With the next requests.
     *
     * @param part of their path and query; empty for any
     */
    public synchronized void next(int times, String part, LagoFault fault) {
        planned.add(new Planned(part, fault, times));
    }

    /** With every request from now on, until {@link #none}. */
    public void always(String part, LagoFault fault) {
        next(Integer.MAX_VALUE, part, fault);
    }

    /** Nothing goes wrong any more. */
    public synchronized void none() {
        planned.clear();
    }

    synchronized Optional<LagoFault> with(String request) {
        for (Iterator<Planned> all = planned.iterator(); all.hasNext();) {
            Planned next = all.next();
            if (request.contains(next.part)) {
                next.left--;
                if (next.left == 0) {
                    all.remove();
                }
                return Optional.of(next.fault);
            }
        }
        return Optional.empty();
    }
}
