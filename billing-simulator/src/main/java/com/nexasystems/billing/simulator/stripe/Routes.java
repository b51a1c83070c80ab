package com.nexasystems.billing.simulator.stripe;

import java.util.Map;

/** Which request is answered by what. */
final class Routes {

    private Routes() {
    }

    static Map<String, Object> answer(Request request, Things things, Customers customers, Payments payments, String base) {
        if (!request.hasRight()) {
            throw Refused.notBegun(401, "invalid_request_error", "", "Invalid API Key provided: sk_****");
        }
        String[] path = request.path().replaceFirst("^/v1/", "").split("/");
        String id = path.length > 1 ? path[1] : "";
        String verb = path.length > 2 ? path[2] : "";
        return switch (request.method() + " " + path[0]) {
            case "POST customers" -> id.isEmpty() ? customers.create(request) : customers.update(request, id);
            case "GET customers" -> customers(request, id, verb, things, customers);
            case "POST payment_intents" -> intents(request, id, verb, payments);
            case "GET payment_intents" -> id.isEmpty() ? ofCustomer(request, "payment_intent", things)
                    : things.get("payment_intent", id);
            case "GET setup_intents" -> ofCustomer(request, "setup_intent", things);
            case "POST refunds" -> payments.refund(request);
            case "GET refunds" -> id.isEmpty() ? things.list(request, "refund", refund ->
                    request.mandatory("payment_intent").equals(refund.get("payment_intent"))) : things.get("refund", id);
            case "GET disputes" -> things.get("dispute", id);
            case "POST checkout" -> customers.page(request, base);
            default -> throw Refused.notBegun(404, "invalid_request_error", "",
                    "Unrecognized request URL (" + request.method() + ": " + request.path() + ")");
        };
    }

    private static Map<String, Object> customers(Request request, String id, String verb, Things things,
                                                 Customers customers) {
        if ("search".equals(id)) {
            return customers.search(request);
        }
        if ("payment_methods".equals(verb)) {
            things.named("customer", "customer", id);
            return things.list(request, "payment_method", method -> id.equals(method.get("customer")));
        }
        if (!id.isEmpty()) {
            Map<String, Object> customer = things.get("customer", id);
            return customer.containsKey("deleted") ? Json.object("id", id, "object", "customer", "deleted", true) : customer;
        }
        return things.list(request, "customer",
                customer -> request.param("email").map(email -> email.equals(customer.get("email"))).orElse(true));
    }

    private static Map<String, Object> intents(Request request, String id, String verb, Payments payments) {
        return switch (verb) {
            case "cancel" -> payments.cancel(id);
            case "confirm" -> payments.confirm(id, request.mandatory("payment_method"));
            default -> payments.create(request);
        };
    }

    private static Map<String, Object> ofCustomer(Request request, String kind, Things things) {
        String customer = request.mandatory("customer");
        if (things.find("customer", customer).isEmpty()) {
            throw Refused.missing(400, "customer", customer, "customer");
        }
        return things.list(request, kind, thing -> customer.equals(thing.get("customer")));
    }
}
