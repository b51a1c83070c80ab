package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.http.Authentication.Checked;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.money.CurrencyMismatchException;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.subscription.SubscriptionState;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** From a request of the server to an {@link Answer}, whatever happens in between. */
final class Exchanges implements AutoCloseable {

    static final String REQUEST_ID = "X-Request-Id";
    static final String ROUTE = "billing.route";
    static final String SERVICE = "billing.service";

    private static final Logger LOG = LoggerFactory.getLogger("billing.http");
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String RETRY_SECONDS = "1";
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final Clock clock;
    private final ApiSettings settings;
    private final Authentication authentication;
    private final Writes writes;
    private final RateLimits limits;
    private final LargeBodies largeBodies = new LargeBodies();

    Exchanges(Billing billing, Clock clock, ApiSettings settings) {
        this.clock = clock;
        this.settings = settings;
        this.authentication = new Authentication(billing, clock);
        this.writes = new Writes(billing);
        this.limits = new RateLimits(settings.requestsPerSecond());
    }

    @Override
    public void close() {
        authentication.close();
    }

    void handle(Route route, Context context) {
        String requestId = requestId(context);
        MDC.put("request_id", requestId);
        context.attribute(ROUTE, route.path());
        try {
            send(context, requestId, answer(route, context, requestId));
        } finally {
            MDC.remove("request_id");
            MDC.remove("service");
        }
    }

    /** The metrics, for everybody who reaches the server or for operators only. */
    void metrics(Supplier<String> text, Context context) {
        context.attribute(ROUTE, "/metrics");
        try {
            if (settings.metricsTakeKey()) {
                Checked checked = authentication.check(context.header("Authorization"), context.ip(), requestId(context));
                checked.recorded().join();
                checkScope(checked.caller().orElseThrow(ApiError::unauthorised), KeyScope.OPERATE);
            }
            context.contentType(PROMETHEUS).result(text.get());
        } catch (ApiError e) {
            send(context, requestId(context), Answer.of(e));
        } catch (CompletionException | PortFailure e) {
            send(context, requestId(context), Answer.of(ApiError.unavailable()));
        }
    }

    private static void checkScope(Caller caller, KeyScope scope) {
        if (!caller.scopes().contains(scope)) {
            throw ApiError.forbidden("scope_missing", "this takes a key with scope " + scope.code());
        }
    }

    /** What no route answers, and what the server itself refuses. */
    void handleTheRest(RoutesConfig routes) {
        routes.exception(HttpResponseException.class, (e, context) -> send(context, requestId(context),
                Answer.of(refusedByServer(e.getStatus()))));
        routes.error(404, context -> {
            if (context.attribute(REQUEST_ID) == null) {
                send(context, requestId(context), Answer.of(ApiError.notFound("resource")));
            }
        });
    }

    private ApiError refusedByServer(int status) {
        return switch (status) {
            case 404 -> ApiError.notFound("resource");
            case 405 -> ApiError.notAllowed("method_not_allowed");
            case 413 -> ApiError.tooLarge(settings.largestBody());
            default -> ApiError.badRequest("the request cannot be read");
        };
    }

    private Answer answer(Route route, Context context, String requestId) {
        try {
            Checked checked = switch (route.proof()) {
                case KEY -> authentication.check(context.header("Authorization"), context.ip(), requestId);
                case LINK -> authentication.checkLink(context.pathParam("token"), context.ip(), requestId);
                case SIGNATURE -> Checked.PROVIDER;
                case SECRET -> Checked.HOLDER;
            };
            Answer answer = answer(route, context, requestId, checked);
            checked.recorded().join();
            return answer;
        } catch (CompletionException | PortFailure e) {
            LOG.warn("request {} {}: the caller could not be looked up or recorded: {}", requestId, route, e.getMessage());
            return Answer.of(ApiError.unavailable());
        } catch (RuntimeException e) {
            LOG.error("request {} {} failed", requestId, route, e);
            return Answer.of(ApiError.internal(requestId));
        }
    }

    private Answer answer(Route route, Context context, String requestId, Checked checked) {
        try {
            Caller caller = checked.caller().orElseThrow(ApiError::unauthorised);
            caller.owner().map(Service::code).ifPresent(service -> {
                MDC.put("service", service);
                context.attribute(SERVICE, service);
            });
            checkScope(caller, route.scope());
            checkLimit(caller, route.scope(), context);
            checkBody(context);
            try (LargeBodies.Share share = largeBodies.share()) {
                Call call = call(route, caller, requestId, context, share);
                return route.writes() ? writes.handle(route, call) : route.endpoint().handle(call);
            }
        } catch (ApiError e) {
            return Answer.of(e);
        } catch (InvalidValue e) {
            return Answer.of(ApiError.of(e));
        } catch (SubscriptionState.IllegalTransition e) {
            return Answer.of(ApiError.notAllowed("invalid_status", e.getMessage()));
        } catch (CurrencyMismatchException e) {
            return Answer.of(ApiError.invalid("currency", "currencies_does_not_match", e.getMessage()));
        } catch (HttpResponseException e) {
            return Answer.of(refusedByServer(e.getStatus()));
        } catch (PortFailure e) {
            LOG.warn("request {} {} failed behind a port: {}", requestId, route, e.getMessage());
            return Answer.of(ApiError.unavailable());
        } catch (UncheckedIOException e) {
            return Answer.of(ApiError.badRequest("the body could not be read to its end"));
        } catch (RuntimeException e) {
            LOG.error("request {} {} failed", requestId, route, e);
            return Answer.of(ApiError.internal(requestId));
        }
    }

    private void checkLimit(Caller caller, KeyScope scope, Context context) {
        RateLimits.Left left = limits.take(caller, scope);
        context.header("X-RateLimit-Limit", String.valueOf(left.limit()))
                .header("X-RateLimit-Remaining", String.valueOf(left.remaining()))
                .header("X-RateLimit-Reset", String.valueOf(Math.max(1, left.retrySeconds())));
        if (!left.allowed()) {
            context.header("Retry-After", String.valueOf(left.retrySeconds()));
            throw ApiError.tooManyRequests();
        }
    }

    private static void checkBody(Context context) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw ApiError.unsupportedMediaType("send the body as it is, without Content-Encoding");
        }
    }

    private Call call(Route route, Caller caller, String requestId, Context context, LargeBodies.Share share) {
        Map<String, String> headers = new HashMap<>();
        context.headerMap().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        String query = context.queryString();
        String address = context.method() + " " + context.path() + (query == null ? "" : "?" + query);
        return new Call(caller, requestId, clock.instant(), address, context.pathParamMap(), context.queryParamMap(),
                headers, () -> body(route, context, share), (call, work) -> writes.once(route, call, work));
    }

    private InputStream body(Route route, Context context, LargeBodies.Share share) {
        try {
            return new LimitedBody(context.req().getInputStream(), most(route), context.req().getContentLengthLong(), share);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long most(Route route) {
        if (route.proof() == Route.Proof.SIGNATURE) {
            return Math.min(settings.largestBody(), ProviderNoticeRoutes.LARGEST_BODY);
        }
        return settings.largestBody() * (route.path().equals("/usage") ? ApiSettings.USAGE_FACTOR : 1);
    }

    /** A caller's own id is kept if it is harmless, so that both sides can find the request in their logs. */
    private static String requestId(Context context) {
        String known = context.attribute(REQUEST_ID);
        if (known != null) {
            return known;
        }
        String sent = context.header(REQUEST_ID);
        String id = sent != null && SANE_ID.matcher(sent).matches() ? sent : UUID.randomUUID().toString();
        context.attribute(REQUEST_ID, id);
        return id;
    }

    private static void send(Context context, String requestId, Answer answer) {
        context.status(answer.status()).header(REQUEST_ID, requestId).header("Cache-Control", "no-store");
        answer.headers().forEach(context::header);
        if (answer.status() == 503) {
            context.header("Retry-After", RETRY_SECONDS);
        }
        if (!answer.type().isEmpty()) {
            context.res().setCharacterEncoding(null); // that of the default type would stay, also on a file
            context.contentType(answer.type());
        }
        answer.stream().ifPresentOrElse(stream -> context.result(new CutOff(stream, e -> cut(context, requestId, e))),
                () -> context.result(answer.body()));
    }

    private static void cut(Context context, String requestId, RuntimeException why) {
        LOG.error("request {} was answered in part only, and cut off", requestId, why);
        ServletContextRequest.getServletContextRequest(context.req()).getServletChannel().abort(why);
    }
}
