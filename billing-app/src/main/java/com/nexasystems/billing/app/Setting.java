package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What an operator may set, by environment variable or by the same key in the settings file. */
enum Setting {
    BILLING_DB_URL("", Setting::databaseUrl, "PostgreSQL to use; empty = the one that comes with the application"),
    BILLING_DB_USER("", text -> { }, "user of BILLING_DB_URL"),
    BILLING_DB_PASSWORD("", text -> { }, "password of that user"),
    BILLING_DB_SCHEMA("", Setting::schema, "schema to work in; empty = billing, or billing_demo if only that exists"),
    BILLING_SOURCE_URL("", Setting::databaseUrl, "PostgreSQL of the application that operators import from; empty = none"),
    BILLING_SOURCE_USER("", text -> { }, "role to read it as; it should have no other right"),
    BILLING_SOURCE_PASSWORD("", text -> { }, "password of that role"),
    BILLING_SOURCE_SCHEMA("public", Setting::sourceSchema, "schema in which the application's tables lie"),
    BILLING_DATA_DIR("billing-data", Setting::present, "folder of the application's own PostgreSQL"),
    BILLING_GRACE_DAYS("0", text -> Setting.integer(text, 0, 366), "days an invoice stays a draft after it is due"),
    BILLING_TAX_POLICY("on_total,half_up", Setting::taxPolicy,
            "per_line, on_total or per_component; then half_up or half_even"),
    BILLING_UNKNOWN_JURISDICTION("untaxed", text -> Setting.oneOf(UnknownJurisdiction.class, text),
            "refused or untaxed: an invoice on which nothing says the taxes but an address where no rate is known"),
    BILLING_PRORATION("by_day", Setting::proration, "by_day or by_second"),
    BILLING_WORKERS("2", text -> Setting.integer(text, 1, 32), "pages a billing run works on at the same time"),
    BILLING_DB_CONNECTIONS("24", text -> Setting.integer(text, 8, 1000), "database connections of serve at most"),
    BILLING_HTTP_HOST("127.0.0.1", Setting::present, "address serve listens on; 0.0.0.0 = all of them"),
    BILLING_HTTP_PORT("8080", text -> Setting.integer(text, 0, 65535), "port of serve; 0 = any free one"),
    BILLING_HTTP_BODY_MIB("8", text -> Setting.integer(text, 1, 256),
            "largest body of a request, in MiB; of usage, 4 times it"),
    BILLING_HTTP_RATE("2000", text -> Setting.integer(text, 1, 1_000_000),
            "requests a second of one service on one instance, in the long run; for usage, 10 times as many"),
    BILLING_METRICS("open", text -> Setting.oneOf(Access.class, text),
            "who may see /metrics: open = whoever reaches the port, operators = operators' keys"),
    BILLING_LOG_LEVEL("info", text -> Setting.oneOf(LogLevel.class, text), "what serve logs: error, warn, info or debug"),
    BILLING_STOP_SECONDS("20", text -> Setting.integer(text, 1, 600),
            "how long requests and pages of jobs that were begun may take when serve stops"),
    BILLING_STOP_NOTICE_SECONDS("0", text -> Setting.integer(text, 0, 600),
            "how long a stopping serve answers on, but is not ready, for load balancers to notice"),
    BILLING_JOBS("on", text -> Setting.oneOf(Switch.class, text), "on or off: whether this instance of serve runs jobs"),
    BILLING_JOB_BILL_SECONDS("60", Setting::interval, "between billing runs; 0 = never"),
    BILLING_JOB_FINALISE_SECONDS("60", Setting::interval, "between issuing drafts past their grace period; 0 = never"),
    BILLING_JOB_REFRESH_SECONDS("3600", Setting::interval, "between bringing open drafts up to date; 0 = never"),
    BILLING_JOB_WALLETS_SECONDS("300", Setting::interval, "between wallets' expiries and top-up rules; 0 = never"),
    BILLING_JOB_FORGET_SECONDS("3600", Setting::interval, "between forgetting what need not be known any more; 0 = never"),
    BILLING_IDEMPOTENCY_HOURS("48", text -> Setting.integer(text, 1, 8760),
            "how long the answer to an Idempotency-Key is known"),
    BILLING_JOB_HEARTBEAT_SECONDS("15", text -> Setting.integer(text, 1, 600),
            "between signs of life of a running job; after four that are missed another instance takes it over");

    final String preset;
    final String description;
    private final Consumer<String> check;

    Setting(String preset, Consumer<String> check, String description) {
        this.preset = preset;
        this.check = check;
        this.description = description;
    }

    /** Who is let in without a key. */
    enum Access { OPEN, OPERATORS }

    /** As logback names them. */
    enum LogLevel { ERROR, WARN, INFO, DEBUG }

    /** Something that an instance does or leaves to others. */
    enum Switch { ON, OFF }

    /** @throws InvalidValue that names this setting */
    String checked(String value) {
        try {
            check.accept(value);
            return value;
        } catch (InvalidValue e) {
            throw new InvalidValue(name(), e.reason());
        }
    }

    /** As it may be shown: without passwords. */
    String shown(String value) {
        return switch (this) {
            case BILLING_DB_PASSWORD, BILLING_SOURCE_PASSWORD -> value.isEmpty() ? "" : "***";
            case BILLING_DB_URL, BILLING_SOURCE_URL -> value.replaceAll("(//[^:/@]*):.*@", "$1:***@")
                    .replaceAll("(?i)([?&](?:ssl)?password=)[^&]*", "$1***");
            default -> value;
        };
    }

    static Optional<Setting> named(String key) {
        return Arrays.stream(values()).filter(setting -> setting.name().equals(key)).findFirst();
    }

    static int integer(String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new InvalidValue("value", "must be a whole number from " + least + " to " + most + ": " + text);
        }
        return Integer.parseInt(text);
    }

    static TaxPolicy taxPolicy(String text) {
        String[] parts = text.split(",", 2);
        TaxPolicy.Level level = oneOf(TaxPolicy.Level.class, parts[0].strip());
        return parts.length == 1 ? new TaxPolicy(level, BillingPolicy.DEFAULT.tax().rounding())
                : new TaxPolicy(level, rounding(parts[1].strip()));
    }

    static ProrationPolicy proration(String text) {
        return oneOf(ProrationPolicy.class, text);
    }

    static DatabaseAddress databaseUrl(String text) {
        return DatabaseAddress.parse(text);
    }

    private static RoundingMode rounding(String text) {
        if (!text.equalsIgnoreCase("half_up") && !text.equalsIgnoreCase("half_even")) {
            throw new InvalidValue("value", "must round half_up or half_even: " + text);
        }
        return RoundingMode.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static void interval(String text) {
        integer(text, 0, 86_400);
    }

    static <E extends Enum<E>> E oneOf(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants()).filter(value -> value.name().equalsIgnoreCase(text)).findFirst()
                .orElseThrow(() -> new InvalidValue("value", "must be one of "
                        + Arrays.stream(type.getEnumConstants()).map(value -> value.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")) + ": " + text));
    }

    private static void schema(String text) {
        if (!text.isEmpty() && !text.matches("[a-z_][a-z0-9_]{0,62}")) {
            throw new InvalidValue("value", "must be lower-case letters, digits and underscores, at most 63: " + text);
        }
    }

    private static void sourceSchema(String text) {
        present(text);
        schema(text);
    }

    private static void present(String text) {
        if (text.isBlank()) {
            throw new InvalidValue("value", "must not be empty");
        }
    }
}
