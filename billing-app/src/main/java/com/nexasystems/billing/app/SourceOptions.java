package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.jpa.HostingPlatformSettings;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the application is that is read. Its password comes from the settings: arguments can be seen by others. */
final class SourceOptions {

    @Option(names = "--source-url", paramLabel = "URL", description = {
            "The application's PostgreSQL: jdbc:postgresql://host:5432/database or postgres://user@host/database.",
            "The password comes from BILLING_SOURCE_PASSWORD."})
    private Optional<String> url = Optional.empty();

    @Option(names = "--source-user", paramLabel = "ROLE", description = "The role to read as; it should have no more"
            + " rights than that.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--source-schema", paramLabel = "SCHEMA", defaultValue = "public",
            description = "Where its tables lie (default: ${DEFAULT-VALUE}).")
    private String schema;

    HostingPlatformSettings settings(Settings settings) {
        DatabaseAddress address = address(url.orElseThrow(() -> new InvalidValue("--source-url",
                "is mandatory: the application's database, such as jdbc:postgresql://host:5432/database")));
        try {
            return new HostingPlatformSettings(address.url(), user.or(address::user).orElse(""),
                    settings.text(Setting.BILLING_SOURCE_PASSWORD), schema);
        } catch (InvalidValue e) {
            throw new InvalidValue("--source-" + e.field(), e.reason());
        }
    }

    private static DatabaseAddress address(String text) {
        DatabaseAddress address;
        try {
            address = Setting.databaseUrl(text);
        } catch (InvalidValue e) {
            throw new InvalidValue("--source-url", e.reason());
        }
        if (address.password().isPresent() || address.url().matches("(?i).*[?&](ssl)?password=.*")) {
            throw new InvalidValue("--source-url", "must hold no password, which others on this machine could see; set"
                    + " BILLING_SOURCE_PASSWORD instead");
        }
        return address;
    }

    /** @throws EnvironmentFailure if nobody answers there */
    static HostingPlatform open(HostingPlatformSettings settings) {
        try {
            return HostingPlatform.open(settings);
        } catch (PortFailure e) {
            throw new EnvironmentFailure("--source-url: the application's database cannot be read: " + e.getMessage()
                    + " (see --source-url, --source-user and BILLING_SOURCE_PASSWORD)", e);
        } catch (InvalidValue e) {
            throw new InvalidValue("--source-schema", e.reason());
        }
    }

    /** That nothing is written should not depend on one program. */
    static void warnIfRoleCanWrite(Host host, HostingPlatform platform, HostingPlatformSettings settings) {
        if (!platform.roleCanWrite()) {
            return;
        }
        String place = settings.schema();
        host.err().println("note: the role could change the application's tables, if this program did not refuse to. Better"
                + " have one that cannot:");
        host.err().println("  CREATE ROLE billing_reader LOGIN PASSWORD '…';");
        host.err().println("  GRANT USAGE ON SCHEMA " + place + " TO billing_reader;");
        host.err().println("  GRANT SELECT ON " + place + ".users, " + place + ".plans, " + place + ".deployments, " + place
                + ".subscriptions,");
        host.err().println("    " + place + ".usage_records, " + place + ".invoices, " + place + ".invoice_items"
                + " TO billing_reader;");
    }
}
