package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.payment.DunningPlan;
import com.nexasystems.billing.period.ProrationPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.TaxPolicy;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import com.nexasystems.billing.webhook.DeliverySchedule;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What an operator may set, by environment variable or by the same key in the settings file. */
enum Setting {
    BILLING_DB_URL("", Setting::databaseUrl, "PostgreSQL to use; empty = the one that comes with the application"),
    BILLING_DB_USER("", text -> { }, "user of BILLING_DB_URL"),
    BILLING_DB_PASSWORD("", text -> { }, "password of that user"),
    BILLING_DB_OWNER("", text -> { }, "role that owns and migrates the schema, so that BILLING_DB_USER cannot change what is"
            + " posted; empty = the same"),
    BILLING_DB_OWNER_PASSWORD("", text -> { }, "password of that role"),
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
    BILLING_CUTOVER_APPROVAL_HOURS("0", text -> Setting.integer(text, 0, 8760),
            "how long a cut-over may take place after somebody has approved it; 0 = without approval"),
    BILLING_POSTING_APPROVAL_HOURS("0", text -> Setting.integer(text, 0, 8760),
            "how long all drafts of the ledger may be posted at once after somebody has approved it; 0 = without approval"),
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
    BILLING_STRIPE_KEY("", Setting::stripeKey, "secret or restricted key of Stripe's; empty = nothing is collected or read there"),
    BILLING_STRIPE_WEBHOOK_SECRETS("", text -> Setting.words(text).forEach(Setting::stripeSecret),
            "of the endpoint there that leads to /api/billing/v1/stripe/webhooks; two while one replaces the other"),
    BILLING_STRIPE_URL("", Setting::address, "where Stripe is; empty = Stripe's own"),
    BILLING_STRIPE_MEANS("card", Setting::present, "kinds of means of payment that customers may leave, in Stripe's words"),
    BILLING_PAYMENT_RETURN_URL("", Setting::address, "where customers are sent who have left a means of payment"),
    BILLING_DUNNING_DAYS("1,3,5,7", Setting::dunning, "when a declined invoice is tried again, from the first decline on"),
    BILLING_PAYMENT_WORKERS("4", text -> Setting.integer(text, 1, 32), "invoices that Stripe is asked for at the same time"),
    BILLING_JOB_COLLECT_SECONDS("60", Setting::interval, "between collecting what is due; 0 = never"),
    BILLING_JOB_DELIVER_SECONDS("2", Setting::interval, "between delivering webhooks; 0 = never"),
    BILLING_WEBHOOK_WAITS("5s,5m,30m,2h,5h,10h,10h,10h,10h", Setting::waits,
            "after each attempt to deliver that failed; after the last, a delivery is a dead letter"),
    BILLING_WEBHOOK_ALLOW_LOOPBACK("off", text -> Setting.oneOf(Switch.class, text),
            "on = webhooks may go to this machine, also without TLS; for development only"),
    BILLING_WEBHOOK_KEEP_DAYS("30", text -> Setting.integer(text, 1, 3660), "how long deliveries that have ended are kept"),
    BILLING_LEDGER_FILE("", text -> { }, "rules of the ledger; empty = those that 'billing ledger config' prints"),
    BILLING_LAGO_URL("", Setting::address, "Lago that has issued invoices; empty = none"),
    BILLING_LAGO_API_KEY("", text -> { }, "key to read them with"),
    BILLING_STRIPE_RATE("20", text -> Setting.integer(text, 1, 500),
            "requests a second at most that invoices are read with at Stripe, which takes 25 in a sandbox"),
    BILLING_LAGO_RATE("10", text -> Setting.integer(text, 1, 500), "and at Lago"),
    BILLING_JOB_LEDGER_SECONDS("0", Setting::interval,
            "between taking invoices into the ledger, as drafts: 86400 = daily; 0 = never"),
    BILLING_LEDGER_DAYS("90", text -> Setting.integer(text, 1, 36_600),
            "that job asks again for settled invoices that were issued in so many days; for open ones always"),
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
            case BILLING_DB_PASSWORD, BILLING_DB_OWNER_PASSWORD, BILLING_SOURCE_PASSWORD, BILLING_STRIPE_KEY,
                    BILLING_STRIPE_WEBHOOK_SECRETS, BILLING_LAGO_API_KEY -> value.isEmpty() ? "" : "***";
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

    static DunningPlan dunning(String text) {
        return new DunningPlan(words(text).stream().map(days -> Duration.ofDays(integer(days, 1, 366))).toList());
    }

    static DeliverySchedule waits(String text) {
        return new DeliverySchedule(words(text).stream().map(Setting::wait).toList());
    }

    private static Duration wait(String text) {
        if (!text.matches("[0-9]{1,6}[smhd]")) {
            throw new InvalidValue("value", "must be times such as 5s, 5m, 2h or 1d: " + text);
        }
        long count = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    /** Separated by commas; none in an empty text. */
    static List<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    /** What is wrong is not repeated: it may be a secret all the same. */
    private static void stripeKey(String text) {
        if (!text.isEmpty() && !text.matches("[sr]k_[A-Za-z0-9_]+")) {
            throw new InvalidValue("value", "must be a secret key sk_... or a restricted key rk_...");
        }
    }

    private static void stripeSecret(String text) {
        if (!text.matches("whsec_[A-Za-z0-9_+/=-]+")) {
            throw new InvalidValue("value", "must be secrets whsec_..., with a comma between two");
        }
    }

    /** A user with a password would be shown wherever the address is, and never sent. */
    private static void address(String text) {
        if (text.matches("https?://[^/]*@.*")) {
            throw new InvalidValue("value", "must be an address without user and password");
        }
        if (!text.isEmpty() && !text.matches("https?://[^\\s/]+(/\\S*)?")) {
            throw new InvalidValue("value", "must be an address that begins with https:// or http://: " + text);
        }
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
