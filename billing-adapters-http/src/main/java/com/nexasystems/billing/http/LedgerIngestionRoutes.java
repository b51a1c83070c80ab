package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.http.BackgroundTask.Kind;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.ledger.IngestOptions;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.ledger.LedgerSetup;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.SourceApplication;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code /ledger/ingestions}: taking invoices into the ledger, as their sources know them, in the background. */
final class LedgerIngestionRoutes {

    private static final int MOST = 1_000;
    private static final int LONGEST_ID = 255;
    private static final String ALL = "all";
    private static final String APPLICATION = "application";

    private final Billing billing;
    private final LedgerWork work;
    private final LedgerSetup setup;
    private final ImportSources applications;

    LedgerIngestionRoutes(Billing billing, LedgerWork work, LedgerSetup setup, ImportSources applications) {
        this.billing = billing;
        this.work = work;
        this.setup = setup;
        this.applications = applications;
    }

    List<Route> routes() {
        return List.of(Route.post("/ledger/ingestions", this::begin).needing(OPERATE).committingItself(),
                Route.get("/ledger/ingestions/{id}", call -> work.show(call, Kind.INGESTION, "ledger_ingestion"))
                        .needing(OPERATE));
    }

    private Answer begin(Call call) {
        Fields fields = call.body();
        var options = new IngestOptions(ShadowFields.day(fields, "since"), fields.flag("dry_run").orElse(false));
        List<String> ids = ids(fields);
        Optional<String> from = fields.text("from");
        if (fields.has("ids") == from.isPresent() && !fields.hasProblem("from")) {
            fields.problem("from", from.isPresent() ? "value_is_invalid" : "value_is_mandatory", "say it, or name ids");
        }
        checkConfigured(fields, from);
        Optional<Supplier<SourceApplication>> application = from.filter(APPLICATION::equals).map(any -> application(fields));
        fields.check();
        Json asked = Json.object("from", from.orElse(null), "service", fields.text("service").orElse(null),
                "since", Times.day(options.since()), "dry_run", options.dryRun(), "ids", ids);
        var task = new BackgroundTask(Kind.INGESTION, asked, running -> ingested(from, application, ids, options, running));
        return work.begin(call, task, asked, () -> { });
    }

    /** Those of no source are refused at once: nothing is to be remembered of them. */
    private List<String> ids(Fields fields) {
        List<String> ids = fields.texts("ids");
        if (fields.has("ids") && (ids.isEmpty() || ids.size() > MOST) && !fields.hasProblem("ids")) {
            fields.problem("ids", "value_is_out_of_range", "has between 1 and " + MOST + " ids");
        }
        for (int i = 0; i < Math.min(MOST, ids.size()); i++) {
            checkId(fields, "ids[" + i + "]", ids.get(i));
        }
        return ids;
    }

    private void checkId(Fields fields, String field, String id) {
        try {
            InvalidValue.checkText(field, id, LONGEST_ID);
        } catch (InvalidValue e) {
            fields.problem(field, ApiError.code(e.reason()), e.reason());
            return;
        }
        if (setup.sources().stream().noneMatch(source -> source.accepts(id)) && !setup.sources().isEmpty()) {
            fields.problem(field, "source_not_configured", "no source that is configured issues such ids");
        }
    }

    private void checkConfigured(Fields fields, Optional<String> from) {
        List<String> names = Stream.concat(setup.sources().stream().map(InvoiceSource::name), Stream.of(APPLICATION, ALL))
                .toList();
        if (setup.sources().isEmpty()) {
            fields.problem(from.isPresent() ? "from" : "ids", "source_not_configured",
                    "this server knows no source of invoices; configure Stripe or Lago, or hand a"
                            + " LedgerSetup with sources to BillingApi");
        } else if (from.isPresent() && !names.contains(from.get())) {
            fields.problem("from", "source_not_configured", "is one of " + names);
        }
    }

    private Supplier<SourceApplication> application(Fields fields) {
        Service service = ShadowFields.service(billing, fields);
        return applications.of(service).orElseThrow(() -> ApiError.invalid("service", "source_not_configured",
                "this server knows no application to read; start it with BILLING_SOURCE_URL, BILLING_SOURCE_USER and"
                        + " BILLING_SOURCE_PASSWORD, or hand ImportSources to BillingApi"));
    }

    private Json ingested(Optional<String> from, Optional<Supplier<SourceApplication>> application, List<String> ids,
                          IngestOptions options, BackgroundTask task) {
        var listing = new LedgerListing(billing.ledgerIngest().begin(setup.sources(), setup.policy(), options), task);
        if (application.isPresent()) {
            listing.take(application.get());
        } else if (from.isPresent()) {
            setup.sources().stream().filter(source -> from.get().equals(ALL) || from.get().equals(source.name()))
                    .forEach(listing::take);
        } else {
            task.of(ids.size());
            listing.take(ids);
        }
        return listing.json();
    }
}
