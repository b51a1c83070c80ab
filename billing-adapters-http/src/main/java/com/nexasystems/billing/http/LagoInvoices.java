package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.http.LagoFailure.Kind;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Evidence.Document;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The invoices that Lago has issued: {@code lago:} and Lago's own id. Reads, and changes nothing there.
 *
 * <p>An invoice is fetched with its payments and credit notes; what is read of it is written in {@code LagoFacts}. Asking
 * again after a failure is safe at any time. One is enough for a process; it can be used by several threads at once.
 */
public final class LagoInvoices implements InvoiceSource, AutoCloseable {

    static final String NAME = "lago";

    private static final String PREFIX = NAME + ":";
    /** In lower case only, as Lago writes it: one invoice must not be booked under two ids. */
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String INVOICE = "invoice";
    private static final String INVOICES = "invoices";
    private static final String PAYMENTS = "payments";
    private static final String CREDIT_NOTES = "credit_notes";
    /** Dates are those of the customer's time zone, and an invoice is dated when it is made or a grace period later. */
    private static final int OVERLAP_DAYS = 2;

    private final LagoSettings settings;
    private final Clock clock;
    private final LagoConnection lago;
    private final ExecutorService threads;

    private LagoInvoices(LagoSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.lago = new LagoConnection(settings);
        this.threads = Executors.newFixedThreadPool(settings.concurrency(), run -> {
            var thread = new Thread(run, "lago-invoices");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Asks nobody yet. */
    public static LagoInvoices open(LagoSettings settings, Clock clock) {
        return new LagoInvoices(settings, clock);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean accepts(String invoice) {
        return invoice.startsWith(PREFIX);
    }

    @Override
    public List<Fetched> fetch(List<String> invoices) {
        var reach = new LagoReach();
        var asked = new ArrayList<Future<Fetched>>();
        var answers = new ArrayList<Fetched>();
        try {
            invoices.forEach(invoice -> asked.add(threads.submit(() -> fetched(invoice, reach))));
            for (Future<Fetched> each : asked) {
                answers.add(each.get());
            }
        } catch (RejectedExecutionException | ExecutionException e) {
            return unanswered(invoices, answers, "asking has stopped");
        } catch (InterruptedException e) {
            asked.forEach(each -> each.cancel(true));
            Thread.currentThread().interrupt();
            return unanswered(invoices, answers, "asking was interrupted");
        }
        return answers;
    }

    private static List<Fetched> unanswered(List<String> invoices, List<Fetched> answers, String reason) {
        invoices.subList(answers.size(), invoices.size())
                .forEach(invoice -> answers.add(new Fetched.Unreachable(invoice, reason)));
        return answers;
    }

    private Fetched fetched(String invoice, LagoReach reach) {
        String id = invoice.substring(PREFIX.length());
        if (!ID.matcher(id).matches()) {
            return new Fetched.Missing(invoice, "what follows " + PREFIX + " is not an id of Lago's");
        }
        Optional<String> lost = reach.lost();
        if (lost.isPresent()) {
            return new Fetched.Unreachable(invoice, lost.get());
        }
        try {
            List<Document> documents = documents(id);
            reach.answered();
            return new Fetched.Found(new Evidence(invoice, clock.instant(), documents));
        } catch (LagoFailure e) {
            if (e.kind() == Kind.MISSING) {
                reach.answered();
                return new Fetched.Missing(invoice, e.getMessage());
            }
            reach.failed(e);
            return new Fetched.Unreachable(invoice, e.getMessage());
        } catch (InvalidValue e) {
            return new Fetched.Unreachable(invoice, "the answer is not Lago's: " + e.getMessage());
        }
    }

    private List<Document> documents(String id) throws LagoFailure {
        LagoAnswer answer = lago.get("/invoices/" + id);
        if (answer.isMissing("invoice_not_found")) {
            throw new LagoFailure(Kind.MISSING, "Lago knows no such invoice");
        }
        LagoObject invoice = answer.json(clock.instant()).part(INVOICE);
        if (!invoice.mandatory("lago_id").equals(id)) {
            throw new LagoFailure(Kind.FAILED, "Lago answered with another invoice");
        }
        var documents = new ArrayList<Document>();
        documents.add(new Document(INVOICE, answer.bytes()));
        if (LagoFacts.wasIssued(invoice)) {
            payments(id, documents);
            creditNotes(invoice, documents);
        }
        return documents;
    }

    /** An older Lago has payments, but no list of them. That it says so is kept as well. */
    private void payments(String id, List<Document> documents) throws LagoFailure {
        var pages = new LagoPages(lago, clock, PAYMENTS, "?invoice_id=" + id + "&");
        LagoAnswer first = pages.first();
        if (first.isMissing("resource_not_found")) {
            documents.add(new Document(LagoFacts.NO_PAYMENTS, first.bytes()));
        } else {
            pages.read(first, adding(LagoFacts.PAYMENTS, documents));
        }
    }

    /** Lago has no list of an invoice's credit notes: it is asked by the document's number, which older ones overlook. */
    private void creditNotes(LagoObject invoice, List<Document> documents) throws LagoFailure {
        String customer = invoice.part("customer").text("external_id")
                .map(id -> "external_customer_id=" + encoded(id) + "&").orElse("");
        String number = invoice.text("number").map(text -> "invoice_number=" + encoded(text) + "&").orElse("");
        var pages = new LagoPages(lago, clock, CREDIT_NOTES, "?" + customer + number);
        pages.read(pages.first(), adding(LagoFacts.CREDIT_NOTES, documents));
    }

    private static LagoPages.Reader adding(String name, List<Document> documents) {
        return (page, answer, json) -> documents.add(new Document(name + "-" + page, answer.bytes()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public InvoiceFacts read(Evidence evidence) {
        return new LagoFacts(settings.zone(), evidence).read();
    }

    /**
     * By the date of issue, from two days before: invoices that are older by their date are not told. What is not finalised
     * yet is left out, and told by a later call.
     */
    @Override
    public void ids(Optional<Instant> since, Consumer<List<String>> page) {
        String from = since.map(instant -> "issuing_date_from="
                + instant.atZone(settings.zone()).toLocalDate().minusDays(OVERLAP_DAYS) + "&").orElse("");
        var told = new HashSet<String>();
        var pages = new LagoPages(lago, clock, INVOICES, "?status%5B%5D=finalized&status%5B%5D=voided&" + from);
        try {
            pages.read(pages.first(), (number, answer, json) -> {
                List<String> ids = issued(json).stream().filter(told::add).toList();
                if (!ids.isEmpty()) {
                    page.accept(ids);
                }
            });
        } catch (LagoFailure e) {
            throw new PortFailure(PortFailure.Effect.NONE, "Lago's invoices cannot be listed: " + e.getMessage(), e);
        }
    }

    /** An older Lago may overlook which states were asked for. */
    private static List<String> issued(LagoObject json) throws LagoFailure {
        try {
            return json.list(INVOICES).stream().filter(LagoFacts::wasIssued)
                    .map(invoice -> PREFIX + invoice.mandatory("lago_id")).toList();
        } catch (InvalidValue e) {
            throw new LagoFailure(Kind.FAILED, e.getMessage());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        lago.close();
    }
}
