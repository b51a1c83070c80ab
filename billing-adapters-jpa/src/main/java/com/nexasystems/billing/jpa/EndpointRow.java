package com.nexasystems.billing.jpa;

import com.nexasystems.billing.event.EventType;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.webhook.Endpoint;
import com.nexasystems.billing.webhook.Endpoint.Disabled;
import com.nexasystems.billing.webhook.Endpoint.Format;
import com.nexasystems.billing.webhook.EndpointId;
import com.nexasystems.billing.webhook.Secret;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Endpoints as rows. Their secrets stand in an array, the one that stays first; beside it, until when each is valid. */
final class EndpointRow {

    static final Batch<Endpoint> BATCH = new Batch<Endpoint>()
            .uuid("id", endpoint -> endpoint.id().value())
            .uuid("service_id", endpoint -> endpoint.service().value())
            .text("name", Endpoint::name)
            .text("url", endpoint -> endpoint.url().toString())
            .text("format", endpoint -> endpoint.format().code())
            .texts("event_types", endpoint -> endpoint.types().stream().map(EventType::code).sorted().toList())
            .texts("secrets", endpoint -> endpoint.secrets().stream().map(Secret::text).toList())
            .instants("secrets_until", endpoint -> Arrays.asList(endpoint.secrets().stream()
                    .map(secret -> secret.until().orElse(null)).toArray(Instant[]::new)))
            .text("disabled_reason", endpoint -> endpoint.disabled().map(disabled -> disabled.reason().code()).orElse(null))
            .instant("disabled_at", endpoint -> endpoint.disabled().map(Disabled::at).orElse(null))
            .instant("created_at", Endpoint::createdAt);

    private EndpointRow() {
    }

    static Endpoint read(ResultSet row) throws SQLException {
        return new Endpoint(new EndpointId(Sql.uuid(row, "id")), new ServiceId(Sql.uuid(row, "service_id")),
                row.getString("name"), URI.create(row.getString("url")), Format.valueOf(PaymentRow.upper(row, "format")),
                types(row), secrets(row), disabled(row), Sql.instant(row, "created_at"));
    }

    private static Set<EventType> types(ResultSet row) throws SQLException {
        return Arrays.stream(Sql.texts(row, "event_types")).map(JpaEventLog.TYPES::get).collect(Collectors.toSet());
    }

    private static List<Secret> secrets(ResultSet row) throws SQLException {
        String[] texts = Sql.texts(row, "secrets");
        Timestamp[] until = (Timestamp[]) row.getArray("secrets_until").getArray();
        var secrets = new ArrayList<Secret>();
        for (int i = 0; i < texts.length; i++) {
            secrets.add(new Secret(texts[i], Optional.ofNullable(until[i]).map(Timestamp::toInstant)));
        }
        return secrets;
    }

    private static Optional<Disabled> disabled(ResultSet row) throws SQLException {
        String reason = row.getString("disabled_reason");
        Instant at = Sql.instant(row, "disabled_at");
        return reason == null ? Optional.empty()
                : Optional.of(new Disabled(Disabled.Reason.valueOf(PaymentRow.upper(row, "disabled_reason")), at));
    }
}
