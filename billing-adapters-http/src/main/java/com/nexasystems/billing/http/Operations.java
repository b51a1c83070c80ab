package com.nexasystems.billing.http;

import java.util.Map;

/** What the people who run the server ask of the application around it, and what it is told for them. */
public interface Operations {

    /** What the server needs to do its work, by name, and whether it is there now. Asked at each request for readiness. */
    Map<String, Boolean> readiness();

    /** In the text format of Prometheus. */
    default String metrics() {
        return "";
    }

    /** Told of each request after it was answered, on the thread that did. */
    default void answered(AnsweredRequest request) { }
}
