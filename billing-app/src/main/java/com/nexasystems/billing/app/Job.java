package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Work that is done again and again, by one instance at a time. Can be killed at any moment and begun anew.
 *
 * @param interval from the end of one run to the beginning of the next; zero if it is never done
 */
record Job(String name, Duration interval, Work work) {

    /** What is done in one run. */
    @FunctionalInterface
    interface Work {

        Result at(Instant now);
    }

    /**
     * What became of a run that came to its end.
     *
     * @param done     of whatever the job works on
     * @param failed   how many were left for the next run
     * @param failures what is said of them, at most some
     */
    record Result(long done, long failed, List<String> failures) {

        private static final int SHOWN = 5;

        static Result of(long done) {
            return new Result(done, 0, List.of());
        }

        static Result of(BillingReport report) {
            return new Result(report.invoices(), report.failed() + report.refusals(), Stream.concat(
                    report.failures().stream().map(failure -> failure.subscription() + ": " + failure.reason()),
                    report.refused().stream().map(refused -> refused.invoice() + ": " + refused.reason()))
                    .limit(SHOWN).toList());
        }

        Result plus(Result other) {
            return new Result(done + other.done, failed + other.failed,
                    failures.isEmpty() ? other.failures : failures);
        }
    }
}
