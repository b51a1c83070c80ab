package com.nexasystems.billing.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The contract of the API: one document, written in a file a resource, to which the server is held by its tests. */
final class OpenApi {

    private static final List<String> FILES = List.of("billable_metrics", "plans", "add_ons", "customers", "subscriptions",
            "events", "usage", "invoices", "payments", "credit_notes", "taxes", "coupons", "wallets",
            "documents", "portal", "simulations", "shadow", "ledger", "webhook_endpoints", "webhook_deliveries",
            "production", "line_holds", "approvals", "services", "trail");

    /** What any operation may answer, whatever it does. */
    private static final Map<String, String> ALWAYS = Map.of("400", "BadRequest", "401", "Unauthorized", "403", "Forbidden", "408",
            "RequestTimeout", "413", "TooLarge", "415", "UnsupportedMediaType", "422", "Invalid", "429", "TooManyRequests", "500",
            "InternalError", "503", "Unavailable");

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private OpenApi() {
    }

    /** Read when it is first asked for. */
    private static final class Document {

        private static final ObjectNode ROOT = read();
        private static final byte[] BYTES = Json.bytes(ROOT);
    }

    static JsonNode document() {
        return Document.ROOT;
    }

    static byte[] bytes() {
        return Document.BYTES;
    }

    private static ObjectNode read() {
        ObjectNode root = file("common");
        ObjectNode paths = root.withObject("/paths");
        ObjectNode schemas = root.withObject("/components/schemas");
        for (String name : FILES) {
            ObjectNode part = file(name);
            part.path("paths").properties().forEach(path ->
                    path.getValue().properties().forEach(operation ->
                            paths.withObject("/" + escaped(path.getKey())).set(operation.getKey(), operation.getValue())));
            part.at("/components/schemas").properties().forEach(schema ->
                    schemas.set(schema.getKey(), schema.getValue()));
        }
        paths.forEach(path -> path.forEach(OpenApi::addWhatIsAlwaysThere));
        return root;
    }

    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static void addWhatIsAlwaysThere(JsonNode operation) {
        ObjectNode responses = (ObjectNode) operation.path("responses");
        ALWAYS.forEach((status, name) -> {
            if (!responses.has(status)) {
                responses.putObject(status).put("$ref", "#/components/responses/" + name);
            }
        });
    }

    private static ObjectNode file(String name) {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi/" + name + ".yaml")) {
            return (ObjectNode) YAML.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
