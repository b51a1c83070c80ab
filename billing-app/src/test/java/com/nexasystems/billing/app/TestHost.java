package com.nexasystems.billing.app;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** What a command sees in a test that asks the engine itself. */
final class TestHost {

    private TestHost() {
    }

    static Host of(String schema, Clock clock, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(TestDatabase.environment());
        environment.put("BILLING_DB_SCHEMA", schema);
        environment.putAll(more);
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        return new Host(InputStream.nullInputStream(), nowhere, nowhere, environment, Path.of("target"), clock, false);
    }
}
