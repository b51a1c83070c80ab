package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.IngestedInvoice.Outcome;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Review;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code /ledger/invoices}, {@code /review}, {@code /drafts}: what is known of invoices, and what waits to be posted. */
final class LedgerInvoiceRoutes {

    private static final int SAMPLE = 20;
    private static final int LARGEST_SAMPLE = 100;
    private static final int LONGEST_SEED = 255;

    private final Billing billing;
    private final LedgerJson json;

    LedgerInvoiceRoutes(Billing billing, LedgerSetup setup) {
        this.billing = billing;
        this.json = new LedgerJson(setup.chart());
    }

    List<Route> routes() {
        return List.of(Route.get("/ledger/invoices", this::list).needing(OPERATE),
                Route.get("/ledger/invoices/{id}", this::show).needing(OPERATE),
                Route.get("/ledger/invoices/{id}/evidence", this::evidence).needing(OPERATE),
                Route.get("/ledger/review", this::review).needing(OPERATE),
                Route.get("/ledger/drafts", this::drafts).needing(OPERATE));
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        Fields fields = call.parameters();
        var filter = new InvoiceFilter(fields.choice("outcome", ShadowFields.words(Outcome.class)), fields.flag("changed"),
                fields.flag("unmatched"));
        fields.check();
        return Answer.ok(Pages.of("invoices", billing.ports().journal().invoices(filter, request), request, LedgerJson::of));
    }

    private Answer show(Call call) {
        Known known = known(call);
        return Answer.ok(Json.object("invoice", LedgerJson.of(known.record().orElseThrow())
                .with("drafts", known.drafts().stream().map(json::of).toList())
                .with("entries", known.posted().stream().map(json::of).toList())
                .with("kept_evidence", digests(known).flatMap(this::kept).map(LedgerJson::of).toList())));
    }

    private Known known(Call call) {
        Known known = billing.ports().journal().look(call.path("id"));
        if (known.record().isEmpty()) {
            throw ApiError.notFound("ledger_invoice");
        }
        return known;
    }

    /** What was derived last comes first. */
    private static Stream<String> digests(Known known) {
        Stream<String> posted = known.posted().stream().map(PostedEntry::evidence);
        return Stream.of(known.record().flatMap(IngestedInvoice::evidence).stream(),
                known.drafts().stream().map(Draft::evidence), posted).flatMap(each -> each).distinct();
    }

    private Stream<Evidence> kept(String sha256) {
        return billing.ports().journal().evidence(sha256).stream();
    }

    private Answer evidence(Call call) {
        Optional<String> wanted = call.query("sha256");
        Evidence evidence = digests(known(call)).filter(sha256 -> wanted.isEmpty() || wanted.get().equals(sha256))
                .flatMap(this::kept).findFirst().orElseThrow(() -> ApiError.notFound("evidence"));
        return Answer.ok(Json.object("evidence", LedgerJson.of(evidence)
                .with("documents", evidence.documents().stream().map(LedgerInvoiceRoutes::content).toList())));
    }

    /** What is no text in UTF-8 is told in base 64, so that it is told byte by byte. */
    private static Json content(Evidence.Document document) {
        byte[] bytes = document.bytes();
        Json content = Json.object("name", document.name(), "size", bytes.length);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return content.with("encoding", "utf-8").with("content", text);
        } catch (CharacterCodingException e) {
            return content.with("encoding", "base64").with("content", Base64.getEncoder().encodeToString(bytes));
        }
    }

    private Answer review(Call call) {
        Fields fields = call.parameters();
        long size = fields.integer("sample", 1, LARGEST_SAMPLE).orElse((long) SAMPLE);
        fields.check();
        String seed = InvalidValue.checkText("seed", call.query("seed").orElse(call.requestId()), LONGEST_SEED);
        Review review = billing.ledgerReview().review(call.actor(), seed, (int) size);
        return Answer.ok(Json.object("review", Json.object("seed", seed,
                "outcomes", review.outcomes().stream().map(count -> Json.object("outcome", count.outcome().code(),
                        "reason", count.reason().orElse(null), "invoices", count.invoices())).toList(),
                "drafts", review.drafts().stream().map(json::of).toList(), "unmatched", some(review.unmatched()),
                "held", some(review.held()), "unverified", some(review.missing()), "changed", some(review.changed()),
                "sample", review.sample().stream().map(json::of).toList())
                .withAll(LedgerPostingRoutes.gate(review.gate()))));
    }

    private static Json some(Review.Some some) {
        return Json.object("total_count", some.all(), "invoices", some.first().stream().map(LedgerJson::of).toList());
    }

    private Answer drafts(Call call) {
        int size = call.page().size();
        Optional<JournalEntry> after = call.query("cursor").map(LedgerCursor::place);
        List<Draft> page = billing.ports().journal().drafts(after, size + 1);
        List<Draft> shown = page.subList(0, Math.min(size, page.size()));
        return Answer.ok(Json.object("drafts", shown.stream().map(json::of).toList(), "next_cursor",
                page.size() > size ? LedgerCursor.of(shown.get(size - 1).entry()) : null));
    }
}
