package com.nexasystems.billing.simulator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Days of real deployments: each deployment here is one there, and goes through its days again and again. */
final class TraceUsage implements UsagePattern {

    private static final int HOURS = 24;
    private static final int DATE = 10;
    private static final int HOUR = 11;
    private static final int COLUMNS = 4;
    private static final int SECONDS_PER_HOUR = 3600;

    private final List<List<long[]>> deployments = new ArrayList<>();

    /** @throws UncheckedIOException if the file cannot be read, or is not of that kind */
    TraceUsage(Path trace) {
        Map<String, Map<String, long[]>> days = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(trace)), StandardCharsets.UTF_8))) {
            lines.readLine();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(days, line.split(","));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        days.values().forEach(ofOne -> deployments.add(List.copyOf(ofOne.values())));
        if (deployments.isEmpty()) {
            throw new UncheckedIOException(new IOException("no usage in " + trace));
        }
    }

    @Override
    public long[] hours(SplittableRandom random, Instant from, int days) {
        List<long[]> traced = Seeds.one(random, deployments);
        int first = random.nextInt(traced.size());
        long[] hours = new long[days * HOURS];
        for (int day = 0; day < days; day++) {
            System.arraycopy(traced.get((first + day) % traced.size()), 0, hours, day * HOURS, HOURS);
        }
        return hours;
    }

    private static void add(Map<String, Map<String, long[]>> days, String[] columns) throws IOException {
        if (columns.length != COLUMNS || columns[2].length() <= HOUR + 2) {
            throw new IOException("not customer, deployment, hour_start, cpu_seconds: " + String.join(",", columns));
        }
        long[] hours = days.computeIfAbsent(columns[0] + " " + columns[1], name -> new TreeMap<>())
                .computeIfAbsent(columns[2].substring(0, DATE), day -> empty());
        hours[Integer.parseInt(columns[2], HOUR, HOUR + 2, 10)] = micros(Long.parseLong(columns[3]));
    }

    private static long[] empty() {
        long[] hours = new long[HOURS];
        Arrays.fill(hours, NONE);
        return hours;
    }

    /** To the nearest millionth of an hour. */
    private static long micros(long seconds) {
        return (seconds * Biller.HOUR + SECONDS_PER_HOUR / 2) / SECONDS_PER_HOUR;
    }
}
