package com.nexasystems.billing.bench;

import java.lang.management.ManagementFactory;

/**
 * Where it was measured.
 *
 * @param load how many programs wanted a processor when it began, averaged over a minute; negative if that is not known
 */
record Machine(String java, String system, int processors, double load) {

    static Machine now() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                system.getName() + " " + system.getVersion() + " " + system.getArch(), system.getAvailableProcessors(),
                system.getSystemLoadAverage());
    }

    boolean isBusy() {
        return load > processors / 2.0;
    }
}
