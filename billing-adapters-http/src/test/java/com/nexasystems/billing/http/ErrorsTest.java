package com.nexasystems.billing.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ErrorsTest {

    @RegisterExtension
    final ApiServer server = new ApiServer();

    @Test
    void what_is_not_there_is_a_404_in_the_shape_of_the_API() {
        Reply reply = server.client("chat").get("/nothing").isNotFound("resource_not_found");
        assertThat(reply.at("/status").asInt()).isEqualTo(404);
        assertThat(reply.at("/error").asText()).isEqualTo("Not Found");
    }
}
