package com.nexasystems.billing.http;

/**
 * What an operator may choose about the server.
 *
 * @param host              address to listen on
 * @param port              0 for any free one
 * @param largestBody       in bytes; usage may be {@value #USAGE_FACTOR} times as large
 * @param requestsPerSecond of one service on one instance, in the long run
 */
public record ApiSettings(String host, int port, long largestBody, int requestsPerSecond) {

    static final int USAGE_FACTOR = 4;

    /** On loopback, any port, 8 MiB, 2 000 requests a second. */
    public static final ApiSettings DEFAULT = new ApiSettings("127.0.0.1", 0, 8L << 20, 2000);

    public ApiSettings on(String otherHost, int otherPort) {
        return new ApiSettings(otherHost, otherPort, largestBody, requestsPerSecond);
    }

    public ApiSettings limitedTo(int otherRequestsPerSecond) {
        return new ApiSettings(host, port, largestBody, otherRequestsPerSecond);
    }
}
