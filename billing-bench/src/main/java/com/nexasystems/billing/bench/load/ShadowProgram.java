package com.nexasystems.billing.bench.load;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.bench.load.Meter.Spent;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.jpa.HostingPlatformSettings;
import com.nexasystems.billing.jpa.JpaPorts;
import com.nexasystems.billing.jpa.JpaSettings;
import com.nexasystems.billing.reconciliation.ReconciledRow.Status;
import com.nexasystems.billing.reconciliation.Reconcile;
import com.nexasystems.billing.reconciliation.RowQuery;
import com.nexasystems.billing.shadow.ImportOptions;
import com.nexasystems.billing.shadow.ImportReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.List;

/** Imports and reconciles one company, and prints what that took. A program of its own, since it needs a memory of its own. */
final class ShadowProgram {

    private static final int WARM_UP = 500;

    private ShadowProgram() {
    }

    /**
     * Argument: subscriptions. Prints the usage rows and the periods; the nanoseconds of the first import, of the second, and of
     * a reconciliation; and the most bytes in use.
     */
    public static void main(String[] arguments) throws IOException {
        shadow(WARM_UP);
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP).toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        String spent = shadow(Integer.parseInt(arguments[0]));
        System.out.println(spent + " " + heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum());
    }

    private static String shadow(int subscriptions) throws IOException {
        try (Server server = Server.start(); JpaPorts ports = JpaPorts.open(server.settings())) {
            var database = new Database(server.settings());
            var company = new HostingCompany(database, subscriptions);
            company.create();
            Billing billing = Billing.over(ports.ports()).build();
            Service service = billing.register("hosting", "Hosting");
            var meter = new Meter(database);
            Spent first = meter.spent(() -> check(imported(billing, service, server.settings()), company, true));
            database.execute("ANALYZE");
            Spent second = meter.spent(() -> check(imported(billing, service, server.settings()), company, false));
            Spent reconciled = meter.spent(() -> billing.reconcile().run(Reconcile.Request.of(service.id()), 2, done -> { }));
            long matched = billing.ports().reconciliations().totals(RowQuery.of(service.id()).in(Status.MATCH)).stream()
                    .mapToLong(total -> total.rows()).sum();
            if (matched != company.periods()) {
                throw new IllegalStateException("of " + company.periods() + " periods " + matched + " match");
            }
            return String.join(" ", List.of(company.usage(), company.periods(), first.clock(), second.clock(),
                    reconciled.clock()).stream().map(String::valueOf).toList());
        }
    }

    private static ImportReport imported(Billing billing, Service service, JpaSettings settings) {
        try (HostingPlatform source = HostingPlatform.open(new HostingPlatformSettings(settings.url(), settings.user(),
                settings.password(), HostingCompany.SCHEMA))) {
            return billing.importShadow().run(service, source, ImportOptions.DEFAULT, done -> { }, problem -> { });
        }
    }

    private static void check(ImportReport report, HostingCompany company, boolean changes) {
        if (report.failed() + report.skipped() > 0 || report.changed() != changes
                || report.of(ImportReport.Kind.USAGE).rows() != company.usage()) {
            throw new IllegalStateException("the import was not whole: " + report);
        }
    }
}
