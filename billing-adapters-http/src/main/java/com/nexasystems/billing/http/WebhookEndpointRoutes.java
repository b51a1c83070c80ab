package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.directory.Directory;
import com.nexasystems.billing.directory.Entry;
import com.nexasystems.billing.directory.EntryQuery;
import com.nexasystems.billing.directory.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** {@code /webhook_endpoints}: where a service wants to be told. What is registered here is not delivered to yet. */
final class WebhookEndpointRoutes {

    private static final String ROOT = "webhook_endpoint";
    private static final String ONE = "/webhook_endpoints/{id}";
    private static final int MOST = 10;
    private static final int LONGEST_URL = 2_000;
    private static final int MOST_TYPES = 100;

    private final Billing billing;
    private final Directory directory;

    WebhookEndpointRoutes(Billing billing) {
        this.billing = billing;
        this.directory = billing.ports().directory();
    }

    List<Route> routes() {
        return List.of(Route.post("/webhook_endpoints", this::create), Route.get("/webhook_endpoints", this::list),
                Route.get(ONE, this::one), Route.put(ONE, this::change), Route.delete(ONE, this::remove));
    }

    private Answer create(Call call) {
        Fields fields = call.body(ROOT);
        if (fields.mandatory("webhook_url").isEmpty()) {
            fields.check();
        }
        Map<String, String> attributes = attributes(fields, Map.of("signature_algo", "hmac"));
        return answer(call, "webhook_endpoint.created", added(call, attributes));
    }

    /** Each endpoint takes one of ten places by its code, so that no two requests at once can exceed them. */
    private Entry added(Call call, Map<String, String> attributes) {
        UUID id = billing.ports().ids().next();
        for (int place = 1; place <= MOST; place++) {
            Optional<Entry> entry = directory.add(Entry.of(id, call.serviceId(), Kind.WEBHOOK_ENDPOINT,
                    String.valueOf(place), id.toString(), call.now(), attributes));
            if (entry.isPresent()) {
                return entry.get();
            }
        }
        throw ApiError.invalid("base", "exceeded_limit", "a service has at most " + MOST + " endpoints");
    }

    private Answer list(Call call) {
        PageRequest request = call.page();
        return Answer.ok(Pages.of("webhook_endpoints", all(call, request), request, WebhookEndpointRoutes::json));
    }

    private Page<Entry> all(Call call, PageRequest request) {
        return directory.list(call.serviceId(), Kind.WEBHOOK_ENDPOINT, EntryQuery.ALL, request);
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(ROOT, json(entry(call))));
    }

    private Answer change(Call call) {
        Entry entry = entry(call);
        call.before(json(entry));
        Entry changed = entry.with(attributes(call.body(ROOT), entry.attributes()), call.now());
        directory.update(changed);
        return answer(call, "webhook_endpoint.changed", changed);
    }

    private Answer remove(Call call) {
        Entry entry = entry(call);
        directory.remove(call.serviceId(), Kind.WEBHOOK_ENDPOINT, entry.code(), call.now());
        return answer(call, "webhook_endpoint.removed", entry);
    }

    private static Map<String, String> attributes(Fields fields, Map<String, String> before) {
        Map<String, String> attributes = new TreeMap<>(before);
        fields.text("webhook_url").ifPresent(url -> {
            if (isAllowed(url)) {
                attributes.put("webhook_url", url);
            } else {
                fields.problem("webhook_url", "url_invalid", "is https, names a host, and has neither user nor fragment");
            }
        });
        fields.choice("signature_algo", Map.of("hmac", "hmac", "jwt", "jwt"))
                .ifPresent(algorithm -> attributes.put("signature_algo", algorithm));
        fields.text("name").ifPresent(name -> attributes.put("name", name));
        if (fields.has("event_types")) {
            List<String> types = fields.texts("event_types");
            if (types.size() > MOST_TYPES || types.stream().anyMatch(type -> !type.matches("[a-z_.*]{1,64}"))) {
                fields.problem("event_types", "value_is_invalid");
            }
            attributes.put("event_types", String.join(",", types));
        }
        fields.check();
        return attributes;
    }

    private static boolean isAllowed(String text) {
        try {
            URI url = new URI(text);
            return text.length() <= LONGEST_URL && "https".equalsIgnoreCase(url.getScheme()) && url.getHost() != null
                    && url.getUserInfo() == null && url.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private Answer answer(Call call, String action, Entry entry) {
        call.audit(action, "webhook endpoint " + entry.id());
        return Answer.ok(Json.object(ROOT, json(entry)));
    }

    private static Json json(Entry entry) {
        return Json.object("lago_id", entry.id(), "lago_organization_id", entry.service().value(),
                "webhook_url", entry.attribute("webhook_url").orElse(null), "signature_algo",
                entry.attribute("signature_algo").orElse("hmac"), "name", entry.attribute("name").orElse(null),
                "event_types", entry.attribute("event_types").filter(types -> !types.isEmpty())
                        .map(types -> List.of(types.split(","))).orElse(null), "created_at", Times.of(entry.createdAt()));
    }

    private Entry entry(Call call) {
        Optional<UUID> id = Uuids.parse(call.path("id"));
        return id.flatMap(known -> directory.find(call.serviceId(), Kind.WEBHOOK_ENDPOINT, known))
                .orElseThrow(() -> ApiError.notFound(ROOT));
    }
}
