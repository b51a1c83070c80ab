package com.nexasystems.billing.app;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.http.PaymentProvider;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.invoicing.Invoice;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.payment.CollectionReport;
import com.nexasystems.billing.payment.InvoiceCollection;
import com.nexasystems.billing.payment.MakeRefunds;
import com.nexasystems.billing.payment.Payment;
import com.nexasystems.billing.payment.Refund;
import com.nexasystems.billing.payment.RetryPayment;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Money in, for who is at the machine. */
@Command(name = "payments", description = "Lists, records, retries and collects payments; works while the server runs, too.")
final class PaymentsCommand {

    private static final Actor ACTOR = Actor.person("command line");
    private static final String INVOICE = "Number or id of the invoice.";

    private final Host host;

    @Mixin
    private HelpOption help;

    PaymentsCommand(Host host) {
        this.host = host;
    }

    @Command(name = "list", description = "Lists payments, the newest first.")
    int list(
            @Mixin ServiceOption service,
            @Option(names = "--invoice", paramLabel = "INVOICE", description = INVOICE) Optional<String> invoice,
            @Option(names = "--limit", defaultValue = "20", description = "At most so many, up to 1000 (default:"
                    + " ${DEFAULT-VALUE}).") int limit,
            @Mixin ReportOptions options) {
        if (limit < 1 || limit > PageRequest.LARGEST) {
            throw new InvalidValue("--limit", "must be from 1 to " + PageRequest.LARGEST + ": " + limit);
        }
        try (Engine engine = Engine.open(host)) {
            Service owner = service.find(engine);
            Optional<InvoiceId> only = invoice.map(name -> new InvoiceLookup(engine.ports()).invoice(name).id());
            Page<Payment> page = engine.ports().payments().list(owner.id(), Optional.empty(), only,
                    PageRequest.first(limit));
            if (options.json) {
                Json.write(host.out(), Json.object("payments", page.items().stream().map(PaymentsCommand::json).toList(),
                        "total", page.total()));
            } else {
                print(engine, page.items());
                if (page.total() > page.items().size()) {
                    host.out().print("the newest " + page.items().size() + " of " + page.total() + "; --limit shows more\n");
                }
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "show", description = "Shows how an invoice is collected: its attempts, refunds, and what is next.")
    int show(@Parameters(paramLabel = "INVOICE", description = INVOICE) String name, @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Invoice invoice = new InvoiceLookup(engine.ports()).invoice(name);
            List<Payment> payments = engine.ports().payments().of(invoice.id());
            Optional<InvoiceCollection> collection = engine.ports().payments().collection(invoice.id());
            List<Refund> refunds = payments.stream().map(Payment::id)
                    .flatMap(id -> engine.ports().payments().refundsOf(id).stream()).toList();
            if (options.json) {
                Json.write(host.out(), Json.object("invoice", InvoiceJson.summary(invoice),
                        "collection", collection.map(PaymentsCommand::json).orElse(null),
                        "payments", payments.stream().map(PaymentsCommand::json).toList(),
                        "refunds", refunds.stream().map(PaymentsCommand::json).toList()));
            } else {
                show(engine, invoice, collection, payments, refunds);
            }
        }
        return ExitCode.OK;
    }

    private void show(Engine engine, Invoice invoice, Optional<InvoiceCollection> collection, List<Payment> payments,
                      List<Refund> refunds) {
        host.out().print("Invoice " + invoice.number().orElse("(draft)") + " of " + invoice.customerName() + ": "
                + invoice.payable() + " to be paid, " + invoice.paid() + " paid, " + invoice.status().code() + "\n");
        host.out().print(collection.map(PaymentsCommand::text).orElse("It is not collected: the customer is not known to a"
                + " payment provider, or nothing is to be paid") + "\n");
        if (!payments.isEmpty()) {
            print(engine, payments);
        }
        if (!refunds.isEmpty()) {
            Table.print(host.out(), List.of("Refund", "Amount", "Status", "For", "Failure"), refunds.stream()
                    .map(refund -> List.of(refund.id().toString(), refund.amount().toString(), refund.status().code(),
                            refund.note().map(note -> "credit note " + note).orElse("what was not needed"),
                            refund.failure().orElse(""))).toList(), 1);
        }
    }

    private static String text(InvoiceCollection collection) {
        return switch (collection.state()) {
            case OPEN -> "Collected; next at " + collection.nextAt().orElseThrow() + ", declined so far: "
                    + collection.declined();
            case DONE -> "Collected to the end";
            case FAILED -> "Failed: declined " + collection.declined() + " times, and nothing is tried any more"
                    + " of itself; 'billing payments retry' tries once more";
        };
    }

    @Command(name = "record", description = {"Records what has arrived in another way than through the payment provider.",
            "The same reference again for the same invoice and amount changes nothing."})
    int record(
            @Parameters(paramLabel = "INVOICE", description = INVOICE) String name,
            @Parameters(paramLabel = "AMOUNT", description = "Such as 113.00, in the invoice's currency.") String amount,
            @Option(names = "--reference", required = true, paramLabel = "TEXT",
                    description = "What the payment is called, such as the number of a wire.") String reference,
            @Option(names = "--date", paramLabel = "YYYY-MM-DD", description = "When it arrived (default: now).")
                    Optional<String> date,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Invoice invoice = new InvoiceLookup(engine.ports()).invoice(name);
            Money money = money(invoice.currency(), amount);
            Optional<Instant> at = date.map(text -> OptionText.day("--date", text).atStartOfDay(ZoneOffset.UTC).toInstant());
            Payment payment = engine.billing().recordPayment().received(invoice.service(), invoice.id(), money, reference,
                    at, ACTOR);
            Invoice after = engine.ports().invoices().find(invoice.id()).orElseThrow();
            if (options.json) {
                Json.write(host.out(), json(payment));
            } else {
                host.out().print("recorded " + payment.amount() + "; invoice " + after.number().orElseThrow() + " is "
                        + after.status().code() + ", " + after.paid() + " of " + after.payable() + " paid\n");
            }
        }
        return ExitCode.OK;
    }

    private static Money money(Currency currency, String text) {
        BigDecimal amount = Decimals.parse("AMOUNT", text);
        if (amount.stripTrailingZeros().scale() > currency.getDefaultFractionDigits()) {
            throw new InvalidValue("AMOUNT", "is finer than " + currency + " is: " + text);
        }
        return new Money(currency, amount);
    }

    @Command(name = "retry", description = "Collects an invoice anew: the server's next run does it, or 'payments collect'.")
    int retry(@Parameters(paramLabel = "INVOICE", description = INVOICE) String name, @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Connected.mandatoryProvider(engine.settings(), host.clock());
            Invoice invoice = new InvoiceLookup(engine.ports()).invoice(name);
            InvoiceCollection collection;
            try {
                collection = engine.billing().retryPayment().again(invoice.service(), invoice.id(), ACTOR);
            } catch (RetryPayment.AlreadyAsked e) {
                throw new InvalidValue("INVOICE", e.getMessage() + "; its outcome comes by itself");
            }
            if (options.json) {
                Json.write(host.out(), json(collection));
            } else {
                host.out().print("due at once; 'billing payments collect' collects it now\n");
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "collect", description = {"Collects everything that is due, and makes the refunds that are due.",
            "The server does the same every minute; both can run at the same time."})
    int collect(@Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            PaymentProvider provider = Connected.mandatoryProvider(engine.settings(), host.clock());
            Billing.Provided provided = engine.billing().with(provider.gateway(), provider.plan());
            CollectionReport report;
            MakeRefunds.Report refunded;
            try (Progress progress = Progress.of(host, "Collecting", -1)) {
                report = provided.collect().run(workers(engine), payment -> progress.step(1));
                refunded = provided.refunds().run();
            }
            report(options, report, refunded);
            return report.failed() + refunded.failed() == 0 ? ExitCode.OK : ExitCode.PARTIAL;
        }
    }

    /** Each needs a connection, and so does the command itself. */
    private static int workers(Engine engine) {
        return Math.min(engine.settings().integer(Setting.BILLING_PAYMENT_WORKERS), engine.workers());
    }

    private void report(ReportOptions options, CollectionReport report, MakeRefunds.Report refunded) {
        if (options.json) {
            Json.write(host.out(), Json.object("succeeded", report.succeeded(), "declined", report.declined(), "open",
                    report.open(), "failed", report.failed(), "failures", report.failures(), "refunds", refunded.asked(),
                    "refunds_failed", refunded.failed(), "refund_failures", refunded.failures()));
            return;
        }
        Table.print(host.out(), List.of("", "Succeeded", "Declined", "Not decided yet", "Not asked"), List.of(
                List.of("Payments", "" + report.succeeded(), "" + report.declined(), "" + report.open(),
                        "" + report.failed()),
                List.of("Refunds", "" + refunded.asked(), "", "", "" + refunded.failed())), 1, 2, 3, 4);
        Stream.of(report.failures(), refunded.failures()).flatMap(List::stream)
                .forEach(failure -> host.err().println("not asked: " + failure));
        if (report.failed() + refunded.failed() > 0) {
            host.err().println("the payment provider could not be asked for these; the next run asks again");
        }
    }

    private void print(Engine engine, List<Payment> payments) {
        Map<InvoiceId, String> numbers = new HashMap<>();
        Function<InvoiceId, String> number = id -> numbers.computeIfAbsent(id, any -> engine.ports().invoices().find(id)
                .flatMap(Invoice::number).orElse(id.toString()));
        List<List<String>> rows = new ArrayList<>();
        for (Payment payment : payments) {
            rows.add(List.of(payment.createdAt().truncatedTo(ChronoUnit.SECONDS).toString(),
                    number.apply(payment.invoice()), "" + payment.number(), payment.method().code(),
                    payment.status().code(),
                    payment.amount().toString(), payment.applied().toString(), payment.refusal().map(Payment.Refusal::code)
                            .or(() -> payment.dispute().map(dispute -> "dispute " + dispute.code())).orElse(""),
                    payment.charge().or(payment::called).orElse(payment.reference())));
        }
        Table.print(host.out(), List.of("At", "Invoice", "No.", "By", "Status", "Amount", "Applied", "Why", "Reference"),
                rows, 5, 6);
    }

    private static Map<String, Object> json(Payment payment) {
        return Json.object("id", payment.id().toString(), "invoice_id", payment.invoice().toString(), "number",
                payment.number(), "method", payment.method().code(), "status", payment.status().code(),
                "amount", InvoiceJson.amount(payment.amount()), "applied", InvoiceJson.amount(payment.applied()),
                "currency", payment.amount().currency().getCurrencyCode(),
                "reference", payment.called().orElse(payment.reference()),
                "charge", payment.charge().orElse(null),
                "refusal", payment.refusal().map(Payment.Refusal::code).orElse(null),
                "dispute", payment.dispute().map(Payment.Dispute::code).orElse(null),
                "created_at", payment.createdAt().toString());
    }

    private static Map<String, Object> json(InvoiceCollection collection) {
        return Json.object("state", collection.state().code(), "declined", collection.declined(),
                "first_declined_at", collection.dunningFrom().map(Instant::toString).orElse(null),
                "next_attempt_at", collection.nextAt().map(Instant::toString).orElse(null));
    }

    private static Map<String, Object> json(Refund refund) {
        return Json.object("id", refund.id().toString(), "payment_id", refund.payment().toString(),
                "credit_note_id", refund.note().map(Object::toString).orElse(null), "amount",
                InvoiceJson.amount(refund.amount()), "status", refund.status().code(), "failure",
                refund.failure().orElse(null));
    }
}
