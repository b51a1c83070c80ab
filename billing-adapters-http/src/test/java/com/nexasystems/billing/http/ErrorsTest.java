package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorsTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void what_is_not_there_is_a_404_in_the_shape_of_the_API() {
        Reply reply = server.client("chat").get("/nothing").isNotFound("resource_not_found");
        assertThat(reply.at("/status").asInt()).isEqualTo(404);
        assertThat(reply.at("/error").asText()).isEqualTo("Not Found");
    }

    /** Databases refuse to look for these, too. */
    @ParameterizedTest
    @ValueSource(strings = {"/taxes?search_term=%00", "/customers?%00=a", "/customers?page=a%00"})
    void what_no_database_keeps_is_not_looked_for(String path) {
        assertThat(server.client("chat").get(path).is(422).at("/code").asText()).isEqualTo("validation_errors");
    }
}
