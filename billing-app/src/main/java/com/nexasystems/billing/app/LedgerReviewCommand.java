package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Review;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a person looks at before posting. */
@Command(name = "review", description = {"Shows what there is to be posted, and what stands in the way. Changes nothing.",
        "Counts, what the drafts would post, lines of no family, held and unverified invoices, those whose source has",
        "changed, and some drafts at random, to be compared with the documents themselves."})
final class LedgerReviewCommand implements Callable<Integer> {

    private static final Actor REVIEW = new Actor("system", "ledger-review");

    private final Host host;

    @Option(names = "--sample", paramLabel = "N", defaultValue = "5", description = "So many drafts, and so many of each"
            + " list (default: ${DEFAULT-VALUE}).")
    private int sample;

    @Option(names = "--seed", paramLabel = "TEXT", description = "Another one shows other drafts (default: today's date).")
    private Optional<String> seed = Optional.empty();

    @Mixin
    private ReportOptions report;

    LedgerReviewCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        if (sample < 1 || sample > PageRequest.LARGEST) {
            throw new InvalidValue("--sample", "is between 1 and " + PageRequest.LARGEST + ": " + sample);
        }
        String chosen = seed.orElseGet(() -> LocalDate.ofInstant(host.clock().instant(), ZoneOffset.UTC).toString());
        try (Engine engine = Engine.open(host)) {
            Review review = engine.billing().ledgerReview().review(REVIEW, chosen, sample);
            if (report.json) {
                Json.write(host.out(), ReviewText.json(review, chosen));
            } else {
                ReviewText.print(host.out(), review, chosen);
            }
        }
        return ExitCode.OK;
    }
}
