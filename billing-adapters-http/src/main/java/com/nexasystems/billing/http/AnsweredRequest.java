package com.nexasystems.billing.http;

import java.time.Duration;
import java.util.Optional;

/**
 * What may be known of a request outside: no key, no body, no parameter.
 *
 * @param requestId empty for what is no operation of the API
 * @param route     the template of its path, without the base path; empty if there is none
 * @param service   the code of the service whose key was sent
 */
public record AnsweredRequest(Optional<String> requestId, String method, Optional<String> route, Optional<String> service,
                              int status, Duration duration) { }
