package com.nexasystems.billing.simulator.stripe;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Stripe on a port of this machine, as far as a biller needs it: customers, means of payment, payment intents, refunds,
 * setup pages, disputes, events; and invoices, with their payments and credit notes, to be read. What is made stays, until
 * it is closed. Like Stripe, it keeps the first answer to an idempotency key for a day of its clock, refuses the key for
 * anything else, and answers 409 while it is in use.
 *
 * <p>{@link #faults} lets things go wrong. What has really happened is asked here, and not through the API. For any number
 * of threads.
 *
 * <p>Amounts are in Stripe's minor units. Means of payment are Stripe's own for tests: {@code pm_card_visa},
 * {@code pm_card_chargeDeclined}, {@code pm_card_chargeDeclinedInsufficientFunds},
 * {@code pm_card_chargeDeclinedExpiredCard}, {@code pm_card_chargeDeclinedProcessingError},
 * {@code pm_card_authenticationRequired}; and {@code pm_usBankAccount_processing}, which is undecided until
 * {@link #decide}.
 */
public final class FakeStripe implements AutoCloseable {

    private static final String ALGORITHM = "HmacSHA256";

    private final Clock clock;
    private final StripeFaults faults = new StripeFaults();
    private final Keys keys;
    private final Things things;
    private final Customers customers;
    private final Payments payments;
    private final Invoices invoices = new Invoices();
    private final Server server;

    private FakeStripe(String secretKey, Clock clock) {
        this.clock = clock;
        this.keys = new Keys(clock);
        this.things = new Things(clock);
        this.customers = new Customers(things);
        this.payments = new Payments(things, customers);
        this.server = Server.started(secretKey, faults, keys, this::answer);
    }

    /**
     * A payment intent, as it is.
     *
     * @param metadata what the client has put there
     */
    public record Intent(String id, String customer, String status, long amount, String currency,
                         Map<String, String> metadata) { }

    /** @param secretKey everything else is answered with 401 */
    public static FakeStripe started(String secretKey, Clock clock) {
        return new FakeStripe(secretKey, clock);
    }

    /** Where it listens. */
    public URI base() {
        return URI.create(server.base());
    }

    @Override
    public void close() {
        server.stop();
    }

    /** What goes wrong. */
    public StripeFaults faults() {
        return faults;
    }

    /** The requests so far, of many the latest 100 000, such as {@code POST /v1/payment_intents}. */
    public List<String> requests() {
        return server.log().stream().map(request -> request.method() + " " + request.path()).toList();
    }

    /** The parameters of what was posted there so far, as they are written, such as {@code metadata[color]}. */
    public List<Map<String, String>> posted(String path) {
        return server.log().stream().filter(request -> request.isPost() && path.equals(request.path())).map(Request::params)
                .toList();
    }

    /** All keys are forgotten, as after a day. */
    public void forgetKeys() {
        keys.forget();
    }

    /** A new customer. */
    public String customer(String email) {
        return now(() -> Things.id(things.make("cus", "customer", "email", email, "metadata", Map.of(), "invoice_settings",
                Map.of())));
    }

    /** The customer is deleted; what he paid stays. */
    public void delete(String customer) {
        now(() -> things.get("customer", customer).put("deleted", true));
    }

    /**
     * A customer's means of payment.
     *
     * @param testMeans such as {@code pm_card_visa}
     * @return its id
     */
    public String attach(String customer, String testMeans) {
        return now(() -> customers.attach(customer, TestMeans.of(testMeans)));
    }

    /** A means of payment from before there were payment methods; it becomes the customer's default source. */
    public String addSource(String customer, String testMeans) {
        return now(() -> customers.addSource(customer, TestMeans.of(testMeans)));
    }

    /** The customer's default for invoices, whatever was it before. */
    public void makeDefault(String customer, String means) {
        now(() -> {
            customers.makeDefault(customer, means);
            return means;
        });
    }

    /** It belongs to nobody any more. */
    public void detach(String means) {
        now(() -> {
            customers.detach(means);
            return means;
        });
    }

    /** The customer leaves a means of payment on a page. */
    public String complete(URI page, String testMeans) {
        return now(() -> customers.complete(page.toString(), TestMeans.of(testMeans)));
    }

    /** What was processing ends. */
    public void decide(String intent, boolean succeeds) {
        now(() -> {
            payments.decide(intent, succeeds);
            return intent;
        });
    }

    /**
     * The payer pays an intent himself.
     *
     * @return whether it could still be paid, and was
     */
    public boolean payLate(String intent, String means) {
        return now(() -> {
            try {
                return "succeeded".equals(payments.confirm(intent, means).get("status"));
            } catch (Refused e) {
                return false;
            }
        });
    }

    /** Something is in a state that no client can bring about. */
    public void putInState(String id, String status) {
        now(() -> things.find(id).orElseThrow().put("status", status));
    }

    /** Another program that uses the same account charges a customer. */
    public String chargedByOthers(String customer, String means, long amount, String currency) {
        return now(() -> Things.id(payments.create(Request.of("POST", "/v1/payment_intents", "customer=" + customer
                + "&payment_method=" + means + "&amount=" + amount + "&currency=" + currency + "&confirm=true&off_session=true"
                + "&payment_method_types[0]=card", ""))));
    }

    /** Somebody gives money back by hand. */
    public String refund(String intent, long amount) {
        return now(() -> Things.id(payments.refund(Request.of("POST", "/v1/refunds", "payment_intent=" + intent + "&amount="
                + amount, ""))));
    }

    /** The payer's bank sends a refund back, although it may have succeeded. */
    public void failRefund(String refund, String reason) {
        now(() -> {
            Map<String, Object> failed = things.get("refund", refund);
            failed.put("failure_reason", reason);
            return failed.put("status", "failed");
        });
    }

    /** The payer contests what he paid. */
    public String dispute(String intent, String status) {
        return now(() -> payments.dispute(intent, status));
    }

    /** All payment intents, in the order of their making. */
    public List<Intent> intents() {
        return now(() -> things.all("payment_intent").map(FakeStripe::intent).toList());
    }

    /** Those that succeeded, with that value somewhere in their metadata: a client's reference. */
    public List<Intent> succeeded(String reference) {
        return intents().stream().filter(intent -> "succeeded".equals(intent.status)
                && intent.metadata.containsValue(reference)).toList();
    }

    /** What was taken from a customer, whatever was given back. */
    public long charged(String customer) {
        return intents().stream().filter(intent -> "succeeded".equals(intent.status) && customer.equals(intent.customer))
                .mapToLong(Intent::amount).sum();
    }

    /** What was given back to a customer, or is on its way. */
    public long refunded(String customer) {
        return now(() -> intents().stream().filter(intent -> customer.equals(intent.customer))
                .mapToLong(intent -> payments.refunded(intent.id)).sum());
    }

    /** The customers that there are, in the order of their making. */
    public List<String> customers() {
        return now(() -> things.all("customer").map(Things::id).toList());
    }

    /** An invoice is there from now on, instead of one with the same id. */
    public void put(StripeInvoice invoice) {
        now(() -> {
            invoices.put(invoice);
            return invoice;
        });
    }

    /** An invoice as Stripe would answer it, with its tax rates, and no more than ten of its lines. */
    public Map<String, Object> invoice(String id) {
        return now(() -> invoices.json(id));
    }

    /** An event about something, as it is now: its body. */
    public String event(String type, String id) {
        return now(() -> Json.text(Json.object("id", "evt_" + id, "object", "event", "type", type, "api_version",
                "2026-07-29.dahlia", "created", things.now(), "livemode", false, "data",
                Json.object("object", things.find(id).orElseThrow()))));
    }

    /** The header {@code Stripe-Signature} of what is sent at that time. */
    public static String signature(String secret, Instant at, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            mac.update((at.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return "t=" + at.getEpochSecond() + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    /** The same, of what is sent now by the fake's clock. */
    public String signature(String secret, String body) {
        return signature(secret, clock.instant(), body.getBytes(StandardCharsets.UTF_8));
    }

    private <T> T now(Supplier<T> work) {
        synchronized (things) {
            return work.get();
        }
    }

    private Reply answer(Request request) {
        return now(() -> {
            try {
                return Reply.of(invoices.answer(request)
                        .orElseGet(() -> Routes.answer(request, things, customers, payments, server.base())));
            } catch (Refused e) {
                return e.reply();
            }
        });
    }

    private static Intent intent(Map<String, Object> intent) {
        return new Intent(Things.id(intent), Things.text(intent, "customer"), Things.text(intent, "status"),
                Things.number(intent, "amount"), Things.text(intent, "currency"),
                Things.object(intent, "metadata").entrySet().stream().collect(Collectors.toMap(
                        entry -> String.valueOf(entry.getKey()), entry -> String.valueOf(entry.getValue()))));
    }
}
