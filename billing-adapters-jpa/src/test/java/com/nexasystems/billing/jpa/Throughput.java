package com.nexasystems.billing.jpa;

import com.nexasystems.billing.Billing;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** How fast a whole company is recorded and billed on this machine. Run by hand; what it prints is for reading. */
final class Throughput {

    private static final int SUBSCRIPTIONS = 20_000;
    private static final int RECORDS = 300_000;
    private static final int BATCH = 5_000;
    private static final int WORKERS = 2;

    private Throughput() {
    }

    public static void main(String[] arguments) {
        try (JpaPorts ports = JpaPorts.open(TestDatabase.freshSchema())) {
            Company[] company = new Company[1];
            measure("subscriptions", SUBSCRIPTIONS, () -> company[0] = Company.with(ports.ports(), SUBSCRIPTIONS));
            measure("records", RECORDS, () -> record(company[0]));
            Billing billing = company[0].billing();
            measure("drafts", SUBSCRIPTIONS, () -> billing.billingRun().run(Company.FEBRUARY, WORKERS, draft -> { }));
            measure("invoices", SUBSCRIPTIONS,
                    () -> billing.finalise().finalise(Company.FEBRUARY.plus(Duration.ofDays(40)), invoice -> { }));
        }
    }

    private static void record(Company company) {
        var next = new AtomicInteger();
        CompletableFuture.allOf(IntStream.range(0, WORKERS).mapToObj(worker -> CompletableFuture.runAsync(() -> {
            for (int i = next.getAndAdd(BATCH); i < RECORDS; i = next.getAndAdd(BATCH)) {
                company.billing().usage().record(company.service(), company.usage(i, i + BATCH, SUBSCRIPTIONS));
            }
        })).toArray(CompletableFuture[]::new)).join();
    }

    private static void measure(String what, int count, Runnable work) {
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%,d %s in %.1f s: %,.0f a second%n", count, what, seconds, count / seconds);
    }
}
