package com.nexasystems.billing.http;

import java.time.Duration;

/**
 * What an operator may choose about the server.
 *
 * @param host              address to listen on
 * @param port              0 for any free one
 * @param largestBody       in bytes; usage may be {@value #USAGE_FACTOR} times as large
 * @param requestsPerSecond of one service on one instance; {@value #USAGE_REQUESTS} times as many for usage
 * @param drain             how long requests in flight may take when the server stops
 * @param metricsTakeKey    whether the metrics are for operators only, or for everybody who reaches the server
 */
public record ApiSettings(String host, int port, long largestBody, int requestsPerSecond, Duration drain,
                          boolean metricsTakeKey) {

    static final int USAGE_FACTOR = 4;
    static final int USAGE_REQUESTS = 10;

    /** On loopback, any port, 8 MiB, 2 000 requests a second, 20 seconds, metrics for everybody. */
    public static final ApiSettings DEFAULT = new ApiSettings("127.0.0.1", 0, 8L << 20, 2000, Duration.ofSeconds(20), false);

    public ApiSettings on(String otherHost, int otherPort) {
        return new ApiSettings(otherHost, otherPort, largestBody, requestsPerSecond, drain, metricsTakeKey);
    }

    public ApiSettings taking(long otherLargestBody) {
        return new ApiSettings(host, port, otherLargestBody, requestsPerSecond, drain, metricsTakeKey);
    }

    public ApiSettings limitedTo(int otherRequestsPerSecond) {
        return new ApiSettings(host, port, largestBody, otherRequestsPerSecond, drain, metricsTakeKey);
    }

    public ApiSettings draining(Duration otherDrain) {
        return new ApiSettings(host, port, largestBody, requestsPerSecond, otherDrain, metricsTakeKey);
    }

    public ApiSettings withMetricsForOperators(boolean otherMetricsTakeKey) {
        return new ApiSettings(host, port, largestBody, requestsPerSecond, drain, otherMetricsTakeKey);
    }
}
