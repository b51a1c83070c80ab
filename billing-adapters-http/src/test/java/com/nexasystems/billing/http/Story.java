package com.nexasystems.billing.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The examples of the OpenAPI document. They are one story, told in their order: each can name what those before it made. */
final class Story {

    private final Map<String, String> names = new HashMap<>();
    private final Runnable deliver;

    /** @param deliver tells the receivers what has happened, where the story goes on after that */
    Story(Runnable deliver) {
        this.deliver = deliver;
    }

    /** An example with the names filled in. */
    record Step(Contract.Operation operation, String path, String body) {

        JsonNode example() {
            return operation.node().path("x-example");
        }

        String method() {
            return operation.method().toUpperCase(Locale.ROOT);
        }

        boolean byOperator() {
            return example().path("operator").asBoolean();
        }

        /** Whether whoever knows the path may see it. */
        boolean isLinked() {
            return operation.node().has("security");
        }

        boolean isAsPromised(Reply reply) {
            return example().has("status") ? reply.status() == example().path("status").asInt()
                    : reply.status() >= 200 && reply.status() < 300;
        }

        /** What is only begun has ended when the story goes on. */
        Reply sentBy(ApiClient caller) {
            Reply reply = caller.send(method(), path, body);
            if (reply.status() == 202 && example().has("settles")) {
                caller.settled(example().path("settles").asText().replace("{lago_id}", reply.at("/lago_id").asText()));
            }
            return reply;
        }
    }

    static List<Contract.Operation> operations() {
        return Contract.OURS.operations().stream()
                .sorted(Comparator.comparingInt(operation -> operation.node().at("/x-example/order").asInt()))
                .toList();
    }

    Step next(Contract.Operation operation) {
        if (operation.node().at("/x-example/delivers").asBoolean()) {
            deliver.run();
        }
        JsonNode body = operation.node().at("/requestBody/content/application~1json/example");
        return new Step(operation, named(operation.node().at("/x-example/path").asText()),
                body.isMissingNode() ? "" : named(body.toString()));
    }

    /** Remembers what the answer to a step made; of an address its last part. */
    void heard(Step step, Reply reply) {
        step.example().path("captures").properties().forEach(capture ->
                names.put(capture.getKey(), reply.at(capture.getValue().asText()).asText().replaceAll(".*/", "")));
    }

    private String named(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result = result.replace("{" + name.getKey() + "}", name.getValue());
        }
        return result;
    }
}
