package com.nexasystems.billing.app;

import com.nexasystems.billing.ledger.ChartOfAccounts;
import com.nexasystems.billing.ledger.FamilyRules;
import com.nexasystems.billing.ledger.FamilyRules.Rule;
import com.nexasystems.billing.ledger.FamilyRules.Target;
import com.nexasystems.billing.ledger.LedgerPolicy;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.tax.Jurisdiction;
import com.nexasystems.billing.tax.TaxPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The rules of the ledger as a file says them, in YAML, and so in JSON too. What a file leaves out is as in the one that
 * ships.
 */
record LedgerFile(LedgerPolicy policy, ChartOfAccounts chart) {

    private static final String SHIPPED = "ledger.yaml";
    private static final long LARGEST = 1 << 20;
    private static final Set<String> KEYS = new TreeSet<>(Set.of("zone", "families", "accounts", "jurisdictions",
            "tax_policies"));
    private static final Set<String> RULE_KEYS = new TreeSet<>(Set.of("family", "description", "item"));

    /** @throws InvalidValue that names the setting, the file, the key and the reason, if it cannot be used */
    static LedgerFile of(Settings settings) {
        LedgerFile shipped = shipped();
        return settings.ledgerFile().map(file -> own(file, shipped)).orElse(shipped);
    }

    static LedgerFile shipped() {
        return new Reader(fields(shippedText()), Optional.empty()).read();
    }

    /** With comments that say what one can change. */
    static String shippedText() {
        try (InputStream in = LedgerFile.class.getResourceAsStream(SHIPPED)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LedgerFile own(Path file, LedgerFile shipped) {
        try {
            return new Reader(fields(text(file)), Optional.of(shipped)).read();
        } catch (InvalidValue e) {
            throw new InvalidValue(Setting.BILLING_LEDGER_FILE.name(), file + ", " + e.field() + ": " + e.reason());
        }
    }

    private static ChargeFields fields(String text) {
        return ChargeFields.of("the file", "", Json.readYaml("the file", text));
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new InvalidValue("the file", Files.exists(file) ? "is not a regular file" : "does not exist");
            }
            if (Files.size(file) > LARGEST) {
                throw new InvalidValue("the file", "is larger than " + LARGEST + " bytes");
            }
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidValue("the file", "is not UTF-8");
        } catch (IOException e) {
            throw new InvalidValue("the file", "cannot be read: " + e.getMessage());
        }
    }

    /** Reads one file. */
    private record Reader(ChargeFields file, Optional<LedgerFile> otherwise) {

        LedgerFile read() {
            checkKeys(file, KEYS);
            return new LedgerFile(new LedgerPolicy(zone(), new FamilyRules(rules()), jurisdictions(), taxPolicies()),
                    chart());
        }

        private ZoneId zone() {
            return given("zone", LedgerFile::zone, () -> OptionText.zone("zone", file.text("zone")));
        }

        private List<Rule> rules() {
            return given("families", shipped -> shipped.policy.families().rules(),
                    () -> file.objectsOrNone("families").stream().map(Reader::rule).toList());
        }

        private List<Jurisdiction> jurisdictions() {
            return given("jurisdictions", shipped -> shipped.policy.jurisdictions(), () -> texts("jurisdictions",
                    Jurisdiction::new));
        }

        private List<TaxPolicy> taxPolicies() {
            return given("tax_policies", shipped -> shipped.policy.taxPolicies(), () -> texts("tax_policies",
                    Setting::taxPolicy));
        }

        private ChartOfAccounts chart() {
            ChartOfAccounts shipped = otherwise.map(LedgerFile::chart).orElse(ChartOfAccounts.DEFAULT);
            return file.value("accounts").isEmpty() ? shipped : named("accounts", () -> shipped.with(numbers()));
        }

        private Map<String, String> numbers() {
            var accounts = ChargeFields.of("accounts", "accounts.", file.value("accounts").orElseThrow());
            var numbers = new TreeMap<String, String>();
            accounts.names().forEach(code -> numbers.put(code, number(accounts, code)));
            return numbers;
        }

        /** Also without quotes; the characters count. */
        private static String number(ChargeFields accounts, String code) {
            return accounts.value(code).filter(Json.Number.class::isInstance).map(value -> ((Json.Number) value).text())
                    .orElseGet(() -> accounts.text(code));
        }

        private static Rule rule(ChargeFields rule) {
            checkKeys(rule, RULE_KEYS);
            boolean byItem = rule.value("item").isPresent();
            if (byItem == rule.value("description").isPresent()) {
                throw new InvalidValue(rule.name("description"), "either this is said, or 'item'");
            }
            String key = byItem ? "item" : "description";
            return named(rule.name(key), () -> new Rule(rule.text("family"), byItem ? Target.ITEM : Target.DESCRIPTION,
                    rule.text(key)));
        }

        private <T> List<T> texts(String key, Function<String, T> read) {
            if (!(file.value(key).orElseThrow() instanceof List<?> list)) {
                throw new InvalidValue(key, "must be a list");
            }
            var all = new ArrayList<T>();
            for (Object value : list) {
                String place = key + "[" + all.size() + "]";
                if (!(value instanceof String text)) {
                    throw new InvalidValue(place, "must be a text");
                }
                all.add(named(place, () -> read.apply(text)));
            }
            return all;
        }

        private <T> T given(String key, Function<LedgerFile, T> shipped, Supplier<T> own) {
            return file.value(key).isEmpty() && otherwise.isPresent() ? shipped.apply(otherwise.get()) : own.get();
        }

        /** What the domain refuses it names without its place. */
        private static <T> T named(String place, Supplier<T> read) {
            try {
                return read.get();
            } catch (InvalidValue e) {
                throw e.field().contains(".") ? e : new InvalidValue(place, e.reason());
            }
        }

        private static void checkKeys(ChargeFields fields, Set<String> known) {
            fields.names().stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
                throw new InvalidValue(fields.name(name), "is no key here; there are " + String.join(", ", known));
            });
        }
    }

    private ZoneId zone() {
        return policy.zone();
    }
}
