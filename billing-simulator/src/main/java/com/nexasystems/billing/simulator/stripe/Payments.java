package com.nexasystems.billing.simulator.stripe;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Payment intents, their charges, refunds and disputes. */
final class Payments {

    private static final long LEAST = 50;
    private static final long MOST = 99_999_999;
    private static final Set<String> OF_THREE_DECIMALS = Set.of("bhd", "jod", "kwd", "omr", "tnd");
    private static final Set<String> WAITING = Set.of("requires_payment_method", "requires_confirmation", "requires_action");

    private final Things things;
    private final Customers customers;

    Payments(Things things, Customers customers) {
        this.things = things;
        this.customers = customers;
    }

    Map<String, Object> create(Request request) {
        check(request);
        String customer = request.text("customer");
        things.named("customer", "customer", customer);
        TestMeans means = means(customer, request.mandatory("payment_method"));
        Map<String, Object> intent = things.make("pi", "payment_intent", "amount", request.whole("amount").orElseThrow(),
                "amount_received", 0L, "currency", request.text("currency"), "customer", customer, "description",
                request.text("description"), "metadata", request.metadata("metadata"), "status", "requires_confirmation");
        intent.put("client_secret", Things.id(intent) + "_secret_dontlogme");
        intent.put("payment_method", request.text("payment_method"));
        boolean alone = request.is("off_session") || request.is("error_on_requires_action");
        return request.is("confirm") ? confirmed(intent, means, alone) : intent;
    }

    private static void check(Request request) {
        request.allow("amount", "currency", "customer", "payment_method", "confirm", "off_session", "description",
                "metadata", "error_on_requires_action", "automatic_payment_methods", "payment_method_types", "return_url");
        request.mandatory("customer");
        checkAmount(request.mandatory("currency"), request.whole("amount").orElseThrow(
                () -> Refused.parameter("parameter_missing", "amount", "Missing required param: amount.")));
        if (!request.is("confirm")) {
            Stream.of("off_session", "error_on_requires_action").filter(request::is).findFirst().ifPresent(name -> {
                throw Refused.parameter(name, "You cannot set `" + name + "` when `confirm` is not true.");
            });
        } else if (request.param("return_url").isEmpty() && request.param("payment_method_types[0]").isEmpty()
                && !"never".equals(request.text("automatic_payment_methods[allow_redirects]"))) {
            throw Refused.parameter("return_url", "This PaymentIntent is configured to accept payment methods enabled in "
                    + "your Dashboard. Because some of these payment methods might redirect your customer off of your page, "
                    + "you must provide a `return_url`.");
        }
    }

    private static void checkAmount(String currency, long amount) {
        if (!currency.equals(currency.toLowerCase(Locale.ROOT)) || Currency.getAvailableCurrencies().stream()
                .noneMatch(known -> known.getCurrencyCode().toLowerCase(Locale.ROOT).equals(currency))) {
            throw Refused.parameter("currency", "Invalid currency: " + currency + ".");
        }
        if (amount < LEAST) {
            throw Refused.parameter("amount_too_small", "amount", "Amount must be at least " + LEAST + " " + currency + ".");
        }
        if (amount > MOST) {
            throw Refused.parameter("amount_too_large", "amount", "Amount must be no more than " + MOST + ".");
        }
        if (OF_THREE_DECIMALS.contains(currency) && amount % 10 != 0 || "isk".equals(currency) && amount % 100 != 0) {
            throw Refused.parameter("amount", "Amounts in " + currency + " must end in zero.");
        }
    }

    private TestMeans means(String customer, String id) {
        return customers.source(customer, id).orElseGet(() -> customers.attached(customer, id, "payment_method"));
    }

    Map<String, Object> confirm(String id, String method) {
        Map<String, Object> intent = things.get("payment_intent", id);
        if (!WAITING.contains(Things.text(intent, "status"))) {
            throw unexpected(intent, "confirm");
        }
        TestMeans means = means(Things.text(intent, "customer"), method);
        intent.put("payment_method", method);
        return confirmed(intent, means, false);
    }

    /** @param alone whether nobody is there to do something */
    private Map<String, Object> confirmed(Map<String, Object> intent, TestMeans means, boolean alone) {
        intent.remove("last_payment_error");
        if (means == TestMeans.AUTHENTICATION && !alone) {
            intent.put("status", "requires_action");
            return intent;
        }
        if (means.declines()) {
            Map<String, Object> error = means.error();
            failed(intent, error);
            error = Json.object("charge", Things.id(charge(intent, "failed")), "payment_intent", Map.copyOf(intent));
            error.putAll(means.error());
            throw Refused.declined(error);
        }
        if (means.takesTime()) {
            intent.put("status", "processing");
        } else {
            succeeded(intent);
        }
        return intent;
    }

    private void succeeded(Map<String, Object> intent) {
        intent.put("status", "succeeded");
        intent.put("amount_received", intent.get("amount"));
        intent.put("latest_charge", Things.id(charge(intent, "succeeded")));
    }

    /** The means of payment is taken off, so that another one can be tried. */
    private static void failed(Map<String, Object> intent, Map<String, Object> error) {
        intent.put("status", "requires_payment_method");
        intent.put("last_payment_error", error);
        intent.remove("payment_method");
    }

    private Map<String, Object> charge(Map<String, Object> intent, String status) {
        return things.make("ch", "charge", "amount", intent.get("amount"), "currency", intent.get("currency"), "customer",
                intent.get("customer"), "payment_intent", Things.id(intent), "status", status);
    }

    void decide(String id, boolean succeeds) {
        Map<String, Object> intent = things.get("payment_intent", id);
        if (!"processing".equals(intent.get("status"))) {
            throw new IllegalStateException(id + " is not processing, but " + intent.get("status"));
        }
        if (succeeds) {
            succeeded(intent);
        } else {
            failed(intent, Json.object("type", "invalid_request_error", "code", "payment_method_provider_decline",
                    "message", "The bank has sent the debit back."));
        }
    }

    Map<String, Object> cancel(String id) {
        Map<String, Object> intent = things.get("payment_intent", id);
        if (!WAITING.contains(Things.text(intent, "status"))) {
            throw unexpected(intent, "cancel");
        }
        intent.put("status", "canceled");
        return intent;
    }

    private static Refused unexpected(Map<String, Object> intent, String verb) {
        return Refused.state("payment_intent_unexpected_state", "", "You cannot " + verb
                + " this PaymentIntent because it has a status of " + intent.get("status") + ".");
    }

    Map<String, Object> refund(Request request) {
        request.allow("payment_intent", "amount", "metadata", "reason");
        String id = request.mandatory("payment_intent");
        Map<String, Object> intent = things.named("payment_intent", "payment_intent", id);
        if (!"succeeded".equals(intent.get("status"))) {
            throw Refused.state("", "payment_intent", "This PaymentIntent (" + id + ") does not have a successful charge.");
        }
        long left = Things.number(intent, "amount") - refunded(id);
        long amount = request.whole("amount").orElse(left);
        checkRefund(id, amount, left);
        boolean takesTime = things.find("payment_method", Things.text(intent, "payment_method"))
                .filter(method -> !"card".equals(method.get("type"))).isPresent();
        return things.make("re", "refund", "payment_intent", id, "charge", intent.get("latest_charge"), "amount", amount,
                "currency", intent.get("currency"), "metadata", request.metadata("metadata"), "status",
                takesTime ? "pending" : "succeeded");
    }

    private void checkRefund(String intent, long amount, long left) {
        if (things.all("dispute").anyMatch(dispute -> intent.equals(dispute.get("payment_intent")))) {
            throw Refused.state("charge_disputed", "", "The charge of " + intent + " has been charged back.");
        }
        if (left == 0) {
            throw Refused.state("charge_already_refunded", "", "The charge of " + intent + " has already been refunded.");
        }
        if (amount < 1 || amount > left) {
            throw Refused.state("", "amount", "Refund amount (" + amount + ") is greater than unrefunded amount on charge ("
                    + left + ")");
        }
    }

    /** What has gone back of it, or is on its way. */
    long refunded(String intent) {
        return things.all("refund").filter(refund -> intent.equals(refund.get("payment_intent"))
                        && !Set.of("failed", "canceled").contains(Things.text(refund, "status")))
                .mapToLong(refund -> Things.number(refund, "amount")).sum();
    }

    String dispute(String id, String status) {
        Map<String, Object> intent = things.get("payment_intent", id);
        return Things.id(things.make("dp", "dispute", "payment_intent", id, "charge", intent.get("latest_charge"), "amount",
                intent.get("amount"), "currency", intent.get("currency"), "status", status));
    }
}
