package com.nexasystems.billing.app;

import com.nexasystems.billing.usage.RecordUsage;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * All that a command may touch of the process it runs in, so that a test can run it in its own.
 *
 * @param directory relative paths, the settings file and the data folder are looked for here
 * @param terminal  whether a person watches {@code err}: only then progress is drawn
 */
record Host(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path directory, Clock clock,
            boolean terminal) {

    /** Usage that starts later is in the future. */
    Instant latestUsage() {
        return clock.instant().plus(RecordUsage.DEFAULT_CLOCK_SKEW);
    }

    Path resolve(String path) {
        return directory.resolve(path);
    }
}
