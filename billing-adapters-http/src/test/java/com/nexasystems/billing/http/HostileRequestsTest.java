package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Requests that are nearly right, made from the examples of the OpenAPI document: none may end in a fault of the server, and
 * every refusal has the documented shape, which the client checks. {@code -Dbilling.hostile=100000} sends more of them, and
 * {@code -Dbilling.seed} others.
 */
class HostileRequestsTest {

    private static final int REQUESTS = Integer.getInteger("billing.hostile", 3000);
    private static final long SEED = Long.getLong("billing.seed", 20261127);

    private static final int ROUND = 500;

    /** The last steps of the story take away what the requests need. */
    private static final int BEFORE_THE_END = 8800;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1.5", "1e400", "-1e-400", "1e999999999",
            "9223372036854775808", "99999999999999999999999999999999999999999999", "\"\"", "\" \"", "\"\\u0000\"", "\"\\ud800\"",
            "\"NaN\"", "\"Infinity\"", "\"-0\"", "\"1,5\"", "\"1e400\"", "\"1e999999999\"", "\"0x10\"", "\"٣\"",
            "\"'; drop table invoice; --\"", "\"<script>alert(1)</script>\"", "\"{{name}}\"", "\"../../etc/passwd\"",
            "\"2026-02-30\"", "\"9999-12-31T23:59:59Z\"", "\"-999999999-01-01\"", "\"+1000000000-01-01T00:00:00Z\"",
            "\"0000-01-01\"", "\"2026-03-15T12:00:00+18:00\"", "\"Europe/Atlantis\"", "\"XXX\"", "\"EUR\"", "\"JPY\"",
            "\"00000000-0000-0000-0000-000000000000\"", "\"pro\"", "\"ada\"", "\"" + "x".repeat(70_000) + "\"", "[]", "{}", "[null]",
            "[[]]", "{\"\":{}}", "[{},{}]", "{\"amount\":\"-1\"}", "[".repeat(200) + "]".repeat(200));

    private static final List<String> TEXTS = List.of("", " ", "0", "-1", "1e9", "999999999999999999999", "nobody", "%", "%00", "\u0000",
            "../..", "a/b", "a;b", "ä", "💶", "'", "\"", "pro", "ada", "true", "2026-02-30", "9999-12-31T23:59:59Z",
            "-999999999-01-01", "00000000-0000-0000-0000-000000000000", "{}", "x".repeat(2000));

    @RegisterExtension
    final ApiServer server = new ApiServer(ApiSettings.DEFAULT.limitedTo(1_000_000).draining(Duration.ZERO));

    private final Random random = new Random(SEED);
    private ApiClient operator;

    /** In rounds, each with a service of its own that has lived the story: what is taken away is missing to the next no more. */
    @Test
    void no_input_is_a_fault_of_the_server() {
        for (int sent = 0; sent < REQUESTS; sent += ROUND) {
            ApiClient owner = server.client("chat-" + sent);
            List<Story.Step> steps = lived(owner);
            List<Story.Step> harmless = steps.stream().filter(step -> !takesAway(step)).toList();
            for (int i = 0; i < ROUND; i++) {
                send(owner, mutated(one(i < ROUND * 9 / 10 ? harmless : steps)), sent + i);
            }
        }
    }

    private static boolean takesAway(Story.Step step) {
        return step.method().equals("DELETE") || step.example().path("order").asInt() >= BEFORE_THE_END;
    }

    private void send(ApiClient owner, Story.Step step, int number) {
        ApiClient caller = step.byOperator() ? operator() : owner;
        Reply reply = answer(random.nextInt(50) == 0 ? caller.with("Content-Type", "text/plain") : caller, step);
        assertThat(reply.status()).as("request %s of seed %s: %s %s %s%n%s", number, SEED, step.method(), step.path(),
                step.body(), reply.text()).isLessThan(500);
    }

    private ApiClient operator() {
        if (operator == null) {
            operator = server.operator();
        }
        return operator;
    }

    /** After some refusals the server ends the connection, which the client may notice only with its next request. */
    private static Reply answer(ApiClient caller, Story.Step step) {
        UncheckedIOException last = null;
        for (int attempt = 0; attempt < 3; attempt++) {
            try {
                return step.sentBy(caller);
            } catch (UncheckedIOException e) {
                last = e;
            }
        }
        throw new AssertionError("no answer to " + step.method() + " " + step.path() + " " + step.body(), last);
    }

    private List<Story.Step> lived(ApiClient owner) {
        Story story = new Story(server::deliver);
        List<Story.Step> steps = new ArrayList<>();
        for (Contract.Operation operation : Story.operations()) {
            Story.Step step = story.next(operation);
            if (step.example().path("order").asInt() < BEFORE_THE_END) {
                story.heard(step, step.sentBy(step.byOperator() ? operator() : owner));
            }
            steps.add(new Story.Step(operation, step.path().replaceAll("\\{\\w+}", "nobody"), step.body()));
        }
        return steps;
    }

    private Story.Step mutated(Story.Step step) {
        String path = random.nextInt(4) == 0 ? otherPath(step.path()) : step.path();
        if (random.nextInt(3) == 0) {
            path = withQuery(path, step.operation().node().path("parameters"));
        }
        return new Story.Step(step.operation(), path, step.body().isEmpty() ? "" : otherBody(step.body()));
    }

    private String otherPath(String path) {
        String[] parts = path.replaceAll("\\?.*", "").substring(1).split("/");
        parts[random.nextInt(parts.length)] = encoded(one(TEXTS));
        return "/" + String.join("/", parts);
    }

    private String withQuery(String path, JsonNode parameters) {
        List<String> names = Contract.list(parameters).stream().map(Contract.OURS::resolved)
                .filter(parameter -> parameter.path("in").asText().equals("query"))
                .map(parameter -> parameter.path("name").asText()).collect(Collectors.toCollection(ArrayList::new));
        names.addAll(List.of("page", "per_page"));
        String query = random.ints(1 + random.nextInt(3), 0, names.size())
                .mapToObj(i -> encoded(names.get(i)) + "=" + encoded(one(TEXTS))).collect(Collectors.joining("&"));
        return path + (path.contains("?") ? "&" : "?") + query;
    }

    private String otherBody(String body) {
        if (random.nextInt(10) == 0) {
            return body.substring(0, random.nextInt(body.length()));
        }
        try {
            JsonNode root = JSON.readTree(body);
            for (int i = random.nextInt(3); i >= 0; i--) {
                change(root);
            }
            return root.toString().replaceAll("\"raw:(\\d+)\"", "<$1>").transform(this::filledIn);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** Puts a mark where a hostile value goes; the value itself need not be JSON that a parser would build. */
    private void change(JsonNode root) {
        List<JsonNode> parents = new ArrayList<>();
        collect(root, parents);
        JsonNode parent = one(parents);
        String mark = "raw:" + random.nextInt(VALUES.size());
        if (parent instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), mark);
        } else if (parent instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() || random.nextInt(10) == 0 ? one(TEXTS) : one(names);
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.put(name, mark);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> parents) {
        if (node.isContainerNode()) {
            parents.add(node);
            node.forEach(child -> collect(child, parents));
        }
    }

    private String filledIn(String marked) {
        String result = marked;
        for (int i = 0; i < VALUES.size(); i++) {
            result = result.replace("<" + i + ">", VALUES.get(i));
        }
        return result;
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
