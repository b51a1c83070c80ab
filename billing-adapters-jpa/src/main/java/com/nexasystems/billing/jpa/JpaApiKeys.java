package com.nexasystems.billing.jpa;

import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.ApiKeys;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.ServiceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

final class JpaApiKeys implements ApiKeys {

    private static final Batch<ApiKey> KEYS = new Batch<ApiKey>()
            .uuid("id", ApiKey::id)
            .uuid("service_id", key -> key.service().map(ServiceId::value).orElse(null))
            .text("name", ApiKey::name)
            .text("sha256", key -> key.hash().sha256())
            .text("hint", ApiKey::hint)
            .texts("scopes", key -> key.scopes().stream().map(KeyScope::code).sorted().toList())
            .instant("created_at", ApiKey::createdAt)
            .instant("expires_at", key -> key.expiresAt().orElse(null))
            .instant("revoked_at", key -> key.revokedAt().orElse(null));

    private final JpaUnitOfWork unitOfWork;

    JpaApiKeys(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public void add(ApiKey key) {
        unitOfWork.inConnection(connection -> KEYS.update(connection,
                "INSERT INTO api_key (%s) SELECT * FROM %s".formatted(KEYS.names(), KEYS.rows()), List.of(key)));
    }

    @Override
    public void update(ApiKey key) {
        unitOfWork.inConnection(connection -> KEYS.update(connection, """
                UPDATE api_key k SET expires_at = batch.expires_at, revoked_at = batch.revoked_at
                FROM %s WHERE k.id = batch.id
                """.formatted(KEYS.rows()), List.of(key)));
    }

    @Override
    public Optional<ApiKey> find(UUID id) {
        return one("id = ?", id);
    }

    @Override
    public Optional<ApiKey> find(ApiKeyHash hash) {
        return one("sha256 = ?", hash.sha256());
    }

    private Optional<ApiKey> one(String condition, Object value) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, "SELECT * FROM api_key WHERE " + condition,
                JpaApiKeys::read, value)).stream().findFirst();
    }

    @Override
    public List<ApiKey> of(Optional<ServiceId> service) {
        return unitOfWork.inConnection(connection -> Sql.query(connection, """
                SELECT * FROM api_key WHERE service_id IS NOT DISTINCT FROM ?::uuid ORDER BY created_at, id
                """, JpaApiKeys::read, service.map(ServiceId::value).orElse(null)));
    }

    private static ApiKey read(ResultSet row) throws SQLException {
        return new ApiKey(row.getObject("id", UUID.class),
                Optional.ofNullable(row.getObject("service_id", UUID.class)).map(ServiceId::new), row.getString("name"),
                new ApiKeyHash(row.getString("sha256")), row.getString("hint"),
                Arrays.stream(Sql.texts(row, "scopes")).map(code -> KeyScope.valueOf(code.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toSet()), Sql.instant(row, "created_at"),
                Optional.ofNullable(Sql.instant(row, "expires_at")), Optional.ofNullable(Sql.instant(row, "revoked_at")));
    }
}
