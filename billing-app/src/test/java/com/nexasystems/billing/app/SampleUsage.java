package com.nexasystems.billing.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Makes the sample data that ships with the demo: invented customers, the same bytes each time. */
final class SampleUsage {

    static final Path SHIPPED = Path.of("src/main/resources/com/nexasystems/billing/app/sample-usage.csv");

    private static final List<String> CUSTOMERS = List.of("Maple Robotics", "Northern Lights Media", "Lakeshore Dental",
            "Cedar & Pine Furniture", "Harbour Analytics", "Blue Heron Travel", "Granite Legal", "Prairie Seed Bank",
            "Tidewater Games", "Old Mill Bakery", "Aurora Weather", "Copper Kettle Coffee");
    private static final List<String> KINDS = List.of("web", "api", "worker", "search", "staging");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final int DEPLOYMENTS = 40;
    private static final int HOURS_OF_MARCH = 31 * 24;
    private static final int MOST_SECONDS = 3600;

    private SampleUsage() {
    }

    public static void main(String[] args) throws IOException {
        Files.writeString(SHIPPED, csv());
    }

    /** Three deployments in ten are busy enough to exceed the quota. */
    static String csv() {
        var random = new Random(20260301);
        var csv = new StringBuilder("customer,deployment,hour_start,cpu_seconds\n");
        for (int i = 0; i < DEPLOYMENTS; i++) {
            String customer = CUSTOMERS.get(i % CUSTOMERS.size());
            String deployment = customer.split(" ")[0].toLowerCase(Locale.ROOT) + "-"
                    + KINDS.get(i / CUSTOMERS.size() % KINDS.size());
            boolean busy = i % 10 < 3;
            int hour = random.nextInt(48);
            for (int row = 0; row < 14 && hour < HOURS_OF_MARCH; row++) {
                int seconds = busy ? 1200 + random.nextInt(MOST_SECONDS - 1200) : random.nextInt(1200);
                csv.append(customer).append(',').append(deployment).append(',')
                        .append(MARCH.plus(hour, ChronoUnit.HOURS)).append(',').append(seconds).append('\n');
                hour += 1 + random.nextInt(90);
            }
        }
        return csv.toString();
    }
}
