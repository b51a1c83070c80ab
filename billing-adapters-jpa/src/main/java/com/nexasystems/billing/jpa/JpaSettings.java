package com.nexasystems.billing.jpa;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which database to use.
 *
 * @param url         {@code jdbc:postgresql://host:port/database}; what follows a question mark is never printed
 * @param user        the role that the engine works as. Without an owner beside it, it must own the schema, or be allowed to
 *                    create it
 * @param password    never printed
 * @param schema      made if it is missing; everything of the engine lies in it, so that it can share a database
 * @param connections how many to hold at most; a unit of work uses one from beginning to end
 * @param owner       the role that makes and owns what lies in the schema, and gives the other one the rights that it needs.
 *                    Whoever owns a table can do away with what protects it: with an owner of their own, posted entries are
 *                    safe from the role that the engine works as
 */
public record JpaSettings(String url, String user, String password, String schema, int connections, Optional<Owner> owner) {

    private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");
    private static final Pattern USER_IN_URL = Pattern.compile("[?&]user=");

    /**
     * The role that owns the schema, or is allowed to create it.
     *
     * @param password never printed
     */
    public record Owner(String user, String password) {

        @Override
        public String toString() {
            return "Owner[user=" + user + ", password=***]";
        }
    }

    public JpaSettings {
        checkPlace(url, schema);
        check(connections > 0, "connections", "must be at least 1");
        check(owner.isEmpty() || !USER_IN_URL.matcher(url).find(), "url", "must name no user if there are two");
    }

    /** With one role for everything. */
    public JpaSettings(String url, String user, String password, String schema, int connections) {
        this(url, user, password, schema, connections, Optional.empty());
    }

    static void checkPlace(String url, String schema) {
        check(url.startsWith("jdbc:postgresql:"), "url", "must begin with jdbc:postgresql:");
        check(SCHEMA.matcher(schema).matches(), "schema",
                "must be lower-case letters, digits and underscores, at most 63");
    }

    /** Without what follows a question mark, which may be a password. */
    static String printed(String url) {
        return url.replaceFirst("\\?.*", "?…");
    }

    private static void check(boolean holds, String field, String reason) {
        if (!holds) {
            throw new InvalidValue(field, reason);
        }
    }

    @Override
    public String toString() {
        return "JpaSettings[url=" + printed(url) + ", user=" + user + ", password=***, schema=" + schema
                + ", connections=" + connections + owner.map(one -> ", owner=" + one.user()).orElse("") + "]";
    }
}
