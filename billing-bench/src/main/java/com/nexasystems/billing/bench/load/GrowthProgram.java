package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.bench.load.Meter.Spent;
import com.nexasystems.billing.jpa.JpaPorts;
import com.sun.management.GarbageCollectionNotificationInfo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/** Bills one company, and prints what that took. A program of its own, since it needs a memory of its own. */
final class GrowthProgram {

    private static final int RECORDS = 4;
    private static final int WARM_UP = 5_000;

    private GrowthProgram() {
    }

    /** Argument: subscriptions. Prints {@code nanoseconds processor-nanoseconds peak-bytes held-bytes}. */
    public static void main(String[] arguments) throws IOException {
        bill(WARM_UP);
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        AtomicLong held = mostHeld(heap.stream().map(MemoryPoolMXBean::getName).toList());
        Spent spent = bill(Integer.parseInt(arguments[0]));
        long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.println(spent.clock() + " " + spent.processors().orElse(0) + " " + peak + " " + held.get());
    }

    private static Spent bill(int subscriptions) throws IOException {
        try (Server server = Server.start(); JpaPorts ports = JpaPorts.open(server.settings())) {
            var database = new Database(server.settings());
            Company company = Company.with(ports.ports(), database, subscriptions, "requests");
            company.fill(RECORDS);
            return new Meter(database).spent(() -> {
                company.draft();
                company.analyse();
                company.finalise();
            });
        }
    }

    /** The most that was in use right after a collection. */
    private static AtomicLong mostHeld(List<String> pools) {
        var most = new AtomicLong();
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> ((NotificationEmitter) collector)
                .addNotificationListener((notification, nothing) -> {
                    Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo
                            .from((CompositeData) notification.getUserData()).getGcInfo().getMemoryUsageAfterGc();
                    most.accumulateAndGet(pools.stream().mapToLong(pool -> after.get(pool).getUsed()).sum(), Math::max);
                }, null, null));
        return most;
    }
}
