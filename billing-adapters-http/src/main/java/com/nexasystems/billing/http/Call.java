package com.nexasystems.billing.http;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** An authenticated request, and what its audit entry will say. */
final class Call {

    private static final int PAGE_SIZE = 100;

    private final Caller caller;
    private final String requestId;
    private final Instant now;
    private final String address;
    private final Map<String, String> path;
    private final Map<String, List<String>> query;
    private final Map<String, String> headers;
    private final Supplier<InputStream> body;
    private final BiFunction<Call, Supplier<Answer>, Answer> once;
    private Optional<byte[]> bytes = Optional.empty();
    private boolean secret;
    private String instead = "";
    private Optional<Object> parsed = Optional.empty();
    private Optional<String> action = Optional.empty();
    private Optional<String> subject = Optional.empty();
    private Optional<Object> before = Optional.empty();

    /**
     * @param address method, path and query
     * @param headers by their names in lower case
     * @param once    does something in one unit of work, once under its Idempotency-Key
     */
    Call(Caller caller, String requestId, Instant now, String address, Map<String, String> path, Map<String, List<String>> query,
         Map<String, String> headers, Supplier<InputStream> body, BiFunction<Call, Supplier<Answer>, Answer> once) {
        this.caller = caller;
        this.requestId = requestId;
        this.now = now;
        this.address = address;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.once = once;
        path.forEach(Call::checkText);
        query.forEach((name, values) -> values.forEach(value -> checkText(name, value)));
    }

    private static void checkText(String name, String value) {
        if (!Texts.isStorable(name) || !Texts.isStorable(value)) {
            throw ApiError.invalid(name, "value_is_invalid", Texts.UNSTORABLE);
        }
    }

    Caller caller() {
        return caller;
    }

    /** The service whose key was sent. */
    Service service() {
        return caller.service();
    }

    ServiceId serviceId() {
        return service().id();
    }

    Actor actor() {
        return caller.actor();
    }

    String requestId() {
        return requestId;
    }

    Instant now() {
        return now;
    }

    /** A part of the path, decoded. */
    String path(String name) {
        return path.get(name);
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The last value of a query parameter; an empty one counts as absent. */
    Optional<String> query(String name) {
        List<String> values = queries(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
    }

    /** All values of a query parameter, sent as {@code a=1&a=2} or as {@code a[]=1&a[]=2}. */
    List<String> queries(String name) {
        List<String> values = new ArrayList<>(query.getOrDefault(name, List.of()));
        values.addAll(query.getOrDefault(name + "[]", List.of()));
        values.removeIf(String::isEmpty);
        return values;
    }

    /** Query parameters such as {@code metadata[colour]=red}, by what stands in the brackets. */
    Map<String, String> nested(String name) {
        Map<String, String> nested = new LinkedHashMap<>();
        query.forEach((key, values) -> {
            if (key.startsWith(name + "[") && key.endsWith("]") && key.length() > name.length() + 2 && !values.isEmpty()) {
                nested.put(key.substring(name.length() + 1, key.length() - 1), values.get(values.size() - 1));
            }
        });
        return nested;
    }

    /** The query's parameters as fields, for reading numbers, times and words from them. */
    Fields parameters() {
        Map<String, Object> values = new LinkedHashMap<>();
        query.keySet().forEach(name -> query(name).ifPresent(value -> values.put(name, value)));
        return Fields.of(values);
    }

    PageRequest page() {
        Fields parameters = parameters();
        long number = parameters.integer("page", 1, 1_000_000).orElse(1L);
        long size = parameters.integer("per_page", 1, PageRequest.LARGEST).orElse((long) PAGE_SIZE);
        parameters.check();
        return new PageRequest((int) number, (int) size);
    }

    /** The object that was sent under a key. */
    Fields body(String root) {
        if (body().raw(root) instanceof Map<?, ?> object && !object.isEmpty()) {
            return body().object(root).map(Fields::detached).orElseThrow();
        }
        throw ApiError.missingRoot(root);
    }

    /** The object that was sent. */
    @SuppressWarnings("unchecked")
    Fields body() {
        if (json() instanceof Map<?, ?> object) {
            return Fields.of((Map<String, Object>) object);
        }
        throw ApiError.badRequest("the body is not a JSON object");
    }

    /** Whatever JSON was sent. */
    Object json() {
        if (parsed.isEmpty()) {
            bytes(); // Kept, as an Idempotency-Key is of one body.
            parsed = Optional.of(Optional.ofNullable(JsonReader.read(stream()))
                    .orElseThrow(() -> ApiError.badRequest("the body is null")));
        }
        return parsed.get();
    }

    /** The body as it comes in, for what is too large to hold. */
    InputStream stream() {
        return bytes.<InputStream>map(ByteArrayInputStream::new).orElseGet(body);
    }

    /** Where this API is, as the caller reached it. */
    String origin() {
        return header("x-forwarded-proto").filter("https"::equals).orElse("http") + "://"
                + header("host").orElse("localhost") + BillingApi.BASE;
    }

    boolean hasBody() {
        return bytes().length > 0;
    }

    /** Whether plain text is asked for, and not JSON. */
    boolean wantsText() {
        return wants("text/plain");
    }

    /** Whether a table for a spreadsheet is asked for, and not JSON. */
    boolean wantsCsv() {
        return wants("text/csv");
    }

    private boolean wants(String type) {
        return header("accept").filter(accept -> accept.startsWith(type)).isPresent();
    }

    /** The address that was asked for, with its query. */
    String address() {
        return address;
    }

    /** The whole body, which is read once. */
    byte[] bytes() {
        if (bytes.isEmpty()) {
            try (InputStream in = body.get()) {
                bytes = Optional.of(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return bytes.get();
    }

    /** The answer holds a secret, which stays out of the audit trail. */
    void secret() {
        secret = true;
    }

    /** The same, with what to do instead of asking for it again. */
    void secret(String toDo) {
        secret = true;
        instead = toDo;
    }

    /** What whoever missed the secret can do; empty if there is nothing to say. */
    String insteadOfSecret() {
        return instead;
    }

    boolean isSecret() {
        return secret;
    }

    /** Keeps what an endpoint that commits by itself does, in one unit of work. */
    Answer once(Supplier<Answer> work) {
        return once.apply(this, work);
    }

    /** What the audit entry says was done, and to what; else it names the route and the path. */
    void audit(String done, String to) {
        action = Optional.of(done);
        subject = Optional.of(to);
    }

    /** What it was before, for the audit entry. */
    void before(Object json) {
        before = Optional.of(json);
    }

    Optional<String> action() {
        return action;
    }

    Optional<String> subject() {
        return subject;
    }

    Optional<Object> before() {
        return before;
    }
}
