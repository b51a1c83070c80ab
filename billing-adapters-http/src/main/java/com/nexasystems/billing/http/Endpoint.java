package com.nexasystems.billing.http;

/** What answers a route. Knows nothing of the server; errors are thrown, see {@link ApiError}. */
@FunctionalInterface
interface Endpoint {

    Answer handle(Call call);
}
