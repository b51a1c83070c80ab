package com.nexasystems.billing.app;

import com.nexasystems.billing.invoicing.BillingPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.UnknownJurisdiction;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** The settings in force: the environment wins over the file, the file over what is preset. All of them are valid. */
final class Settings {

    /** Names the settings file, if it is not {@value #FILE} in the working directory. */
    static final String FILE_VARIABLE = "BILLING_CONFIG";

    private static final String FILE = "billing.properties";

    private final Host host;
    private final Map<Setting, Value> values;

    private Settings(Host host, Map<Setting, Value> values) {
        this.host = host;
        this.values = values;
    }

    /** @param origin where it was set: {@code environment}, the file, or {@code default} */
    record Value(String text, String origin) {

        /** The text may be a secret. */
        @Override
        public String toString() {
            return "Value[from " + origin + "]";
        }
    }

    /** @throws InvalidValue naming the key, if one is unknown or its value cannot be used */
    static Settings of(Host host) {
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, new Value(setting.preset, "default"));
        }
        values.putAll(fromFile(host));
        for (Setting setting : Setting.values()) {
            Optional.ofNullable(host.environment().get(setting.name()))
                    .ifPresent(text -> values.put(setting, new Value(setting.checked(text.strip()), "environment")));
        }
        return new Settings(host, values);
    }

    Value value(Setting setting) {
        return values.get(setting);
    }

    String text(Setting setting) {
        return values.get(setting).text;
    }

    int integer(Setting setting) {
        return Integer.parseInt(text(setting));
    }

    boolean is(Setting setting) {
        return Setting.oneOf(Setting.Switch.class, text(setting)) == Setting.Switch.ON;
    }

    Path dataFolder() {
        return host.resolve(text(Setting.BILLING_DATA_DIR));
    }

    Optional<Path> ledgerFile() {
        return Optional.of(text(Setting.BILLING_LEDGER_FILE)).filter(name -> !name.isEmpty()).map(host::resolve);
    }

    BillingPolicy policy() {
        return BillingPolicy.DEFAULT.with(Setting.taxPolicy(text(Setting.BILLING_TAX_POLICY)))
                .with(Setting.proration(text(Setting.BILLING_PRORATION)))
                .with(Setting.oneOf(UnknownJurisdiction.class, text(Setting.BILLING_UNKNOWN_JURISDICTION)))
                .withGrace(grace());
    }

    Duration grace() {
        return Duration.ofDays(integer(Setting.BILLING_GRACE_DAYS));
    }

    private static Map<Setting, Value> fromFile(Host host) {
        String named = host.environment().get(FILE_VARIABLE);
        Path file = host.resolve(named == null ? FILE : named);
        if (named == null && !Files.exists(file)) {
            return Map.of();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidValue(FILE_VARIABLE, "cannot read " + file + ": " + e);
        }
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (String key : properties.stringPropertyNames()) {
            Setting setting = Setting.named(key).orElseThrow(() -> new InvalidValue(key, "is no setting (in " + file + ")"));
            values.put(setting, new Value(setting.checked(properties.getProperty(key).strip()), file.toString()));
        }
        return values;
    }
}
