package com.nexasystems.billing.jpa;

/**
 * Where the hosting platform's database is.
 *
 * @param url      {@code jdbc:postgresql://host:port/database}; what follows a question mark is never printed
 * @param user     needs USAGE on the schema and SELECT on its tables, and should have no more: see {@link HostingPlatform}
 * @param password never printed
 * @param schema   in which the platform's tables lie, such as {@code public}
 */
public record HostingPlatformSettings(String url, String user, String password, String schema) {

    public HostingPlatformSettings {
        JpaSettings.checkPlace(url, schema);
    }

    @Override
    public String toString() {
        return "HostingPlatformSettings[url=" + JpaSettings.printed(url) + ", user=" + user + ", password=***, schema="
                + schema + "]";
    }
}
