package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nexasystems.billing.Billing;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class OpenApiTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void every_route_is_documented_and_nothing_else_is() {
        var billing = Billing.inMemory(Clock.systemUTC());
        try (var events = new EventRoutes(billing);
             var background = new BackgroundWork(Clock.systemUTC(), Duration.ZERO, 1)) {
            Set<String> routes = ApiRoutes.of(billing, events, background, new LedgerWork(billing, background),
                            ImportSources.NONE, Connections.NONE).stream()
                    .map(route -> route.method().name() + " " + route.path()).collect(Collectors.toCollection(TreeSet::new));
            Set<String> documented = Contract.OURS.operations().stream().map(Contract.Operation::toString)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(documented).isEqualTo(routes);
        }
    }

    @Test
    void every_reference_leads_somewhere_and_every_name_is_used_once() {
        JsonNode document = OpenApi.document();
        document.findValues("$ref").forEach(ref ->
                assertThat(document.at(ref.asText().substring(1)).isMissingNode()).as(ref.asText()).isFalse());
        List<String> ids = Contract.OURS.operations().stream().map(Contract.Operation::id).toList();
        assertThat(new HashSet<>(ids)).hasSameSizeAs(ids).doesNotContain("");
        assertThat(Contract.OURS.operations()).allSatisfy(operation ->
                assertThat(operation.node().path("summary").asText()).as(operation.toString()).isNotBlank());
    }

    @Test
    void a_field_a_status_or_a_type_that_is_not_documented_is_found() {
        Reply reply = server.client("chat").post("/customers", "{'customer':{'external_id':'ada'}}").ok();
        assertThat(Contract.OURS.violations("POST", "/customers", reply)).isEmpty();
        ObjectNode broken = OpenApi.document().deepCopy();
        ((ObjectNode) broken.at("/components/schemas/Customer/properties")).remove("slug");
        assertThat(new Contract(broken).violations("POST", "/customers", reply)).isNotEmpty();
        ((ObjectNode) broken.at("/paths/~1customers/post/responses")).remove("200");
        assertThat(new Contract(broken).violations("POST", "/customers", reply).toString()).contains("status 200");
        assertThat(Contract.OURS.violations("POST", "/nowhere", reply)).isNotEmpty();
    }

    @Test
    void the_document_and_its_pages_are_served_from_here_alone() {
        ApiClient anyone = server.anonymous();
        assertThat(anyone.get("//openapi.json").ok().at("/openapi").asText()).isEqualTo("3.1.0");
        assertThat(anyone.get("/openapi.json").ok().json()).isEqualTo(anyone.get("//api/v1/openapi.json").ok().json());
        String page = anyone.get("//docs").ok().text();
        assertThat(page).contains("/docs/swagger-ui-bundle.js").doesNotContain("http");
        assertThat(anyone.get("//docs/swagger-ui-bundle.js").ok().bytes().length).isGreaterThan(100_000);
        assertThat(anyone.get("//docs/swagger-ui.css").ok().bytes().length).isGreaterThan(10_000);
    }

    @Test
    void every_example_runs() {
        Story story = new Story(server::deliver);
        for (Contract.Operation operation : Story.operations()) {
            Story.Step step = story.next(operation);
            assertThat(step.path()).as(operation + " has no example").isNotEmpty();
            Reply reply = step.sentBy(step.byOperator() ? server.operator() : server.client("chat"));
            assertThat(step.isAsPromised(reply)).as(operation + "\n" + reply.text()).isTrue();
            story.heard(step, reply);
        }
    }
}
