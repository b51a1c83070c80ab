package com.nexasystems.billing.simulator.stripe;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Customers, their means of payment, and the pages on which they leave them. */
final class Customers {

    private static final Pattern BY_METADATA = Pattern.compile("metadata\\['([^']+)']:'([^']+)'");
    /** The search is not up to date. */
    private static final long INDEXED_AFTER_SECONDS = 60;

    private final Things things;
    private final Map<String, TestMeans> means = new HashMap<>();

    Customers(Things things) {
        this.things = things;
    }

    Map<String, Object> create(Request request) {
        request.allow("name", "email", "metadata", "description", "phone", "address", "preferred_locales");
        return things.make("cus", "customer", "name", request.text("name"), "email", request.text("email"),
                "metadata", request.metadata("metadata"), "invoice_settings", new HashMap<>());
    }

    Map<String, Object> update(Request request, String id) {
        request.allow("name", "email", "metadata", "invoice_settings", "default_source");
        Map<String, Object> customer = things.named("customer", "customer", id);
        request.param("invoice_settings[default_payment_method]").ifPresent(chosen -> makeDefault(id, chosen));
        var metadata = new HashMap<String, Object>(request.metadata("metadata"));
        Things.object(customer, "metadata").forEach((name, value) -> metadata.putIfAbsent(String.valueOf(name), value));
        customer.put("metadata", metadata);
        return customer;
    }

    void makeDefault(String customer, String chosen) {
        attached(customer, chosen, "invoice_settings[default_payment_method]");
        things.named("customer", "customer", customer).put("invoice_settings", Map.of("default_payment_method", chosen));
    }

    Map<String, Object> search(Request request) {
        Matcher query = BY_METADATA.matcher(request.mandatory("query"));
        if (!query.matches()) {
            throw Refused.parameter("query", "We were unable to parse your search query.");
        }
        List<Map<String, Object>> found = things.all("customer").filter(customer -> query.group(2)
                        .equals(Things.object(customer, "metadata").get(query.group(1)))
                && Things.number(customer, "created") + INDEXED_AFTER_SECONDS <= things.now()).toList();
        return Json.object("object", "search_result", "url", request.path(), "has_more", false, "data", found);
    }

    String attach(String customer, TestMeans kind) {
        things.named("customer", "customer", customer);
        String id = Things.id(things.make("pm", "payment_method", "type", kind.type(), "customer", customer));
        means.put(id, kind);
        return id;
    }

    void detach(String id) {
        Map<String, Object> method = things.get("payment_method", id);
        Map<String, Object> customer = things.get("customer", Things.text(method, "customer"));
        if (id.equals(Things.object(customer, "invoice_settings").get("default_payment_method"))) {
            customer.put("invoice_settings", Map.of());
        }
        method.remove("customer");
    }

    /** What comes of charging it. */
    TestMeans attached(String customer, String id, String param) {
        Map<String, Object> method = things.named("payment_method", param, id);
        if (!customer.equals(Things.text(method, "customer"))) {
            throw Refused.state("resource_missing", param, "The customer does not have a payment method with the ID " + id
                    + ". The payment method must be attached to the customer.");
        }
        return means.get(id);
    }

    /** A card of old, which is a source and not a payment method. */
    String addSource(String customer, TestMeans kind) {
        String id = Things.id(things.make("card", "card", "customer", customer));
        means.put(id, kind);
        things.get("customer", customer).put("default_source", id);
        return id;
    }

    Optional<TestMeans> source(String customer, String id) {
        return things.find("card", id).filter(card -> customer.equals(Things.text(card, "customer")))
                .map(card -> means.get(id));
    }

    Map<String, Object> page(Request request, String base) {
        request.allow("mode", "customer", "currency", "payment_method_types", "success_url", "cancel_url",
                "setup_intent_data", "metadata");
        String customer = request.mandatory("customer");
        things.named("customer", "customer", customer);
        request.mandatory("success_url");
        if (!"setup".equals(request.mandatory("mode"))) {
            throw new IllegalArgumentException("this fake knows no pages but those of mode setup");
        }
        if (request.param("currency").isEmpty() && request.param("payment_method_types[0]").isEmpty()) {
            throw Refused.parameter("parameter_missing", "currency",
                    "You must provide `currency` or `payment_method_types` in `setup` mode.");
        }
        Map<String, Object> setUp = things.make("seti", "setup_intent", "customer", customer, "status",
                "requires_payment_method", "metadata", request.metadata("setup_intent_data[metadata]"));
        Map<String, Object> session = things.make("cs", "checkout.session", "mode", "setup", "customer", customer, "status",
                "open", "setup_intent", Things.id(setUp));
        session.put("url", base + "/c/pay/" + Things.id(session));
        return session;
    }

    String complete(String url, TestMeans kind) {
        Map<String, Object> session = things.all("checkout.session").filter(one -> url.equals(one.get("url"))).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no page of this fake: " + url));
        String id = attach(Things.text(session, "customer"), kind);
        session.put("status", "complete");
        Map<String, Object> setUp = things.get("setup_intent", Things.text(session, "setup_intent"));
        setUp.put("payment_method", id);
        setUp.put("status", "succeeded");
        return id;
    }
}
