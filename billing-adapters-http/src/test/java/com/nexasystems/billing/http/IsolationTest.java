package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A second service asks for all that the first one has, just before the first does. It is told that there is nothing, and
 * the story of the first goes on as if nobody had asked.
 */
class IsolationTest {

    /** What needs nothing to be there before, so that anybody may make it. */
    private static final Set<String> BEGINNINGS = Set.of("POST /billable_metrics", "POST /plans", "POST /add_ons",
            "POST /customers", "POST /coupons", "POST /taxes", "POST /webhook_endpoints", "POST /jobs");

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void nothing_of_a_service_exists_for_another() {
        ApiClient owner = server.client("chat");
        ApiClient stranger = server.client("other");
        Story story = new Story(server::deliver);
        for (Contract.Operation operation : Story.operations()) {
            Story.Step step = story.next(operation);
            if (!step.byOperator() && !step.isLinked()) {
                ask(stranger, step);
            }
            Reply reply = step.sentBy(step.byOperator() ? server.operator() : owner);
            assertThat(step.isAsPromised(reply)).as(operation + "\n" + reply.text()).isTrue();
            story.heard(step, reply);
        }
    }

    private static void ask(ApiClient stranger, Story.Step step) {
        if (BEGINNINGS.contains(step.operation().toString())) {
            return;
        }
        Reply reply = step.sentBy(stranger);
        String asked = step.operation() + "\n" + reply.text();
        if (step.operation().path().contains("{")) {
            assertThat(reply.status()).as(asked).isEqualTo(404);
        } else if (step.method().equals("GET")) {
            assertThat(reply.status()).as(asked).isIn(200, 404);
            reply.json().forEach(list -> assertThat(list.isArray() && !list.isEmpty()).as(asked).isFalse());
        } else if (reply.status() < 300) {
            assertThat(Stream.of("stored", "deliveries", "certificates").flatMap(name -> reply.json().findValues(name).stream()).toList()).as(asked).isNotEmpty().allMatch(IsolationTest::isNone);
        } else {
            assertThat(reply.status()).as(asked).isIn(404, 422);
        }
    }

    private static boolean isNone(JsonNode stored) {
        return stored.asInt(1) == 0;
    }
}
