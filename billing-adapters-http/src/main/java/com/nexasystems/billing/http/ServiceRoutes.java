package com.nexasystems.billing.http;

import static com.nexasystems.billing.identity.KeyScope.OPERATE;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.IssueApiKey.Issued;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** The services and the keys, for operators: registering, switching off, issuing, rotating, revoking. */
final class ServiceRoutes {

    private static final String SERVICE = "service";
    private static final String KEY = "key";
    private static final Map<String, KeyScope> SCOPES = Map.of("read", KeyScope.READ, "write", KeyScope.WRITE,
            "usage", KeyScope.USAGE);
    private static final long LONGEST_OVERLAP = Duration.ofDays(90).toSeconds();
    private static final long OVERLAP = Duration.ofDays(1).toSeconds();

    private final Billing billing;

    ServiceRoutes(Billing billing) {
        this.billing = billing;
    }

    List<Route> routes() {
        return List.of(Route.post("/services", this::register).needing(OPERATE),
                Route.get("/services", this::list).needing(OPERATE),
                Route.get("/services/{code}", this::one).needing(OPERATE),
                Route.put("/services/{code}", this::change).needing(OPERATE),
                Route.post("/services/{code}/keys", this::issue).needing(OPERATE),
                Route.get("/services/{code}/keys", this::keys).needing(OPERATE),
                Route.post("/operator_keys", this::issueForOperator).needing(OPERATE),
                Route.get("/operator_keys", this::operatorKeys).needing(OPERATE),
                Route.post("/keys/{id}/rotate", this::rotate).needing(OPERATE),
                Route.delete("/keys/{id}", this::revoke).needing(OPERATE));
    }

    /** With its first key, so that it can begin. */
    private Answer register(Call call) {
        Fields fields = call.body(SERVICE);
        String code = fields.mandatory("code");
        String name = fields.mandatory("name");
        Optional<Boolean> lenient = fields.flag("lenient_events");
        Optional<Boolean> complete = fields.flag("complete_invoices");
        fields.check();
        Service registered = billing.register(code, name).lenientEvents(lenient.orElse(false))
                .completeInvoices(complete.orElse(false));
        billing.ports().services().update(registered);
        call.audit("service.registered", "service " + code);
        call.secret();
        Issued first = billing.apiKeys().issue(registered.id(), "default", ApiKey.allOfAService());
        return Answer.ok(Json.object(SERVICE, json(registered), KEY, json(first)));
    }

    private Answer list(Call call) {
        return page(call, "services", billing.ports().services().all(), ServiceRoutes::json);
    }

    private Answer one(Call call) {
        return Answer.ok(Json.object(SERVICE, json(service(call))));
    }

    private Answer change(Call call) {
        Service before = service(call);
        call.before(json(before));
        Fields fields = call.body(SERVICE);
        Optional<String> name = fields.text("name");
        Optional<Boolean> active = fields.flag("active");
        Optional<Boolean> lenient = fields.flag("lenient_events");
        Optional<Boolean> complete = fields.flag("complete_invoices");
        fields.check();
        Service after = before.named(name.orElse(before.name())).active(active.orElse(before.active()))
                .lenientEvents(lenient.orElse(before.lenientEvents()))
                .completeInvoices(complete.orElse(before.completeInvoices()));
        billing.ports().services().update(after);
        call.audit("service.changed", "service " + after.code());
        return Answer.ok(Json.object(SERVICE, json(after)));
    }

    private Answer issue(Call call) {
        Service service = service(call);
        Fields fields = call.body(KEY);
        String name = fields.mandatory("name");
        Set<KeyScope> scopes = scopes(fields);
        fields.check();
        return issued(call, "service " + service.code(), billing.apiKeys().issue(service.id(), name, scopes));
    }

    private static Set<KeyScope> scopes(Fields fields) {
        if (!fields.has("scopes")) {
            return ApiKey.allOfAService();
        }
        Set<KeyScope> scopes = EnumSet.noneOf(KeyScope.class);
        for (String text : fields.texts("scopes")) {
            Optional.ofNullable(SCOPES.get(text)).ifPresentOrElse(scopes::add,
                    () -> fields.problem("scopes", "value_is_invalid"));
        }
        if (scopes.isEmpty()) {
            fields.problem("scopes", "value_is_mandatory");
        }
        return scopes;
    }

    private Answer keys(Call call) {
        return page(call, "keys", billing.ports().apiKeys().of(Optional.of(service(call).id())), ServiceRoutes::json);
    }

    private Answer issueForOperator(Call call) {
        Fields fields = call.body(KEY);
        String name = fields.mandatory("name");
        fields.check();
        return issued(call, "operators", billing.apiKeys().issueForOperator(name));
    }

    private Answer operatorKeys(Call call) {
        return page(call, "keys", billing.ports().apiKeys().of(Optional.empty()), ServiceRoutes::json);
    }

    /** The older key stays valid for a while. */
    private Answer rotate(Call call) {
        UUID id = key(call).id();
        Fields fields = call.bytes().length == 0 ? Fields.of(Map.of()) : call.body();
        long overlap = fields.integer("overlap_seconds", 0, LONGEST_OVERLAP).orElse(OVERLAP);
        fields.check();
        return issued(call, "key " + id, billing.apiKeys().rotate(id, Duration.ofSeconds(overlap)));
    }

    private Answer revoke(Call call) {
        ApiKey before = key(call);
        call.before(json(before));
        call.audit("key.revoked", "key " + before.id());
        return Answer.ok(Json.object(KEY, json(billing.apiKeys().revoke(before.id()))));
    }

    private static Answer issued(Call call, String subject, Issued issued) {
        call.audit("key.issued", subject);
        call.secret();
        return Answer.ok(Json.object(KEY, json(issued)));
    }

    private Service service(Call call) {
        return billing.ports().services().findByCode(call.path("code")).orElseThrow(() -> ApiError.notFound(SERVICE));
    }

    private ApiKey key(Call call) {
        return Uuids.parse(call.path("id")).flatMap(billing.ports().apiKeys()::find)
                .orElseThrow(() -> ApiError.notFound(KEY));
    }

    /** Of a list that is short by nature. */
    private static <T> Answer page(Call call, String name, List<T> all, Function<T, Json> toJson) {
        PageRequest request = call.page();
        var items = all.stream().skip(request.offset()).limit(request.size()).toList();
        return Answer.ok(Pages.of(name, new Page<>(items, all.size()), request, toJson));
    }

    private static Json json(Service service) {
        return Json.object("lago_id", service.id().toString(), "code", service.code(), "name", service.name(),
                "active", service.active(), "lenient_events", service.lenientEvents(),
                "complete_invoices", service.completeInvoices());
    }

    private static Json json(ApiKey key) {
        return Json.object("lago_id", key.id().toString(), "name", key.name(), "hint", key.hint(),
                "scopes", key.scopes().stream().map(KeyScope::code).sorted().toList(), "created_at", Times.of(key.createdAt()),
                "expires_at", Times.of(key.expiresAt()),
                "revoked_at", Times.of(key.revokedAt()));
    }

    /** With the key itself, this once. */
    private static Json json(Issued issued) {
        return json(issued.key()).with("secret", issued.secret());
    }
}
