package com.nexasystems.billing.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Holds what the server answers against an OpenAPI document: nothing may be answered that it does not say. */
final class Contract {

    static final Contract OURS = new Contract(OpenApi.document());

    private final JsonNode document;
    private final SchemaRegistry schemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> known = new ConcurrentHashMap<>();
    private final List<Operation> operations = new ArrayList<>();

    /** @param path with names in braces */
    record Operation(String method, String path, JsonNode node) {

        String id() {
            return node.path("operationId").asText();
        }

        private boolean matches(String asked) {
            return Pattern.matches(path.replaceAll("\\{[a-z_]+}", "[^/]+") + "/?", asked);
        }

        @Override
        public String toString() {
            return method.toUpperCase(Locale.ROOT) + " " + path;
        }
    }

    Contract(JsonNode document) {
        this.document = document;
        document.path("paths").properties().forEach(path -> path.getValue().properties().forEach(operation ->
                operations.add(new Operation(operation.getKey(), path.getKey(), operation.getValue()))));
        operations.sort(Comparator.comparing(operation -> operation.path.chars().filter(c -> c == '{').count()));
    }

    List<Operation> operations() {
        return operations;
    }

    Optional<Operation> find(String method, String path) {
        return operations.stream().filter(operation -> operation.method.equalsIgnoreCase(method) && operation.matches(path))
                .findFirst();
    }

    /** What is answered and not documented; empty if all is well. */
    List<String> violations(String method, String path, Reply reply) {
        Optional<Operation> operation = find(method, path);
        if (operation.isEmpty()) {
            return reply.status() == 400 || reply.status() == 401 || reply.status() == 404 ? List.of() : List.of("no such operation");
        }
        JsonNode response = resolved(operation.get().node.path("responses").path(String.valueOf(reply.status())));
        if (response.isMissingNode()) {
            return List.of("status " + reply.status() + " is not documented");
        }
        String type = reply.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode content = response.path("content");
        if (reply.bytes().length == 0) {
            return content.isMissingNode() ? List.of() : List.of("a body is documented, and there is none");
        }
        if (!content.has(type)) {
            return List.of("content type " + type + " is not documented");
        }
        if (!type.equals("application/json")) {
            return List.of();
        }
        String key = operation.get() + " " + reply.status();
        return known.computeIfAbsent(key, any -> schema(content.path(type).path("schema"))).validate(reply.json()).stream()
                .map(Error::toString).toList();
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private Schema schema(JsonNode schema) {
        ObjectNode root = ((ObjectNode) schema).deepCopy();
        root.set("components", document.path("components"));
        return schemas.getSchema(root);
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
