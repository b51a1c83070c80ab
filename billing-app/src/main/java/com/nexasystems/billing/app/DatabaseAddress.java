package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Where a PostgreSQL is.
 *
 * @param url      as JDBC wants it
 * @param user     that the text named, if it did
 * @param password that the text named, if it did
 */
record DatabaseAddress(String url, Optional<String> user, Optional<String> password) {

    private static final String JDBC = "jdbc:postgresql:";

    /** Without secrets: a URL may hold a password as well. */
    @Override
    public String toString() {
        return "DatabaseAddress[" + url.replaceFirst("\\?.*", "?…") + "]";
    }

    /** Reads {@code jdbc:postgresql://host/db} and the {@code postgres://user:password@host/db} of hosting platforms. */
    static DatabaseAddress parse(String text) {
        if (text.isEmpty()) {
            return new DatabaseAddress(text, Optional.empty(), Optional.empty());
        }
        if (text.startsWith(JDBC)) {
            if (Driver.parseURL(text, new Properties()) == null) {
                throw new InvalidValue("value", "is not a valid address such as " + JDBC + "//host:5432/database");
            }
            return new DatabaseAddress(text, Optional.empty(), Optional.empty());
        }
        if (!text.matches("postgres(ql)?://.*")) {
            throw new InvalidValue("value", "must begin with " + JDBC + "// or postgres://");
        }
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null) {
                throw new InvalidValue("value", "names no host");
            }
            String url = JDBC + "//" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + uri.getRawPath()
                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
            String[] owner = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
            return new DatabaseAddress(url, Optional.ofNullable(owner.length > 0 ? owner[0] : null),
                    Optional.ofNullable(owner.length > 1 ? owner[1] : null));
        } catch (URISyntaxException e) {
            // Its message repeats the text, and so the password.
            throw new InvalidValue("value", "is not a valid address; special characters of a password are %-encoded");
        }
    }
}
