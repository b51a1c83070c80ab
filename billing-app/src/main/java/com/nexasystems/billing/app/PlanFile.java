package com.nexasystems.billing.app;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.ChargeTerms;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.catalog.PlanCode;
import com.nexasystems.billing.catalog.PlanTerms;
import com.nexasystems.billing.catalog.PlanVersion;
import com.nexasystems.billing.metric.MetricCode;
import com.nexasystems.billing.money.Money;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A plan as a JSON object in Lago's spelling, alone or as the {@code plan} of an object around it. What Lago answers for a
 * plan can be read as it is. A field that would change prices and is not understood is refused, never passed over.
 */
final class PlanFile {

    private static final int LARGEST = 1 << 20;

    private static final Set<String> UNDERSTOOD = Set.of("code", "name", "interval", "amount_cents", "amount_currency",
            "pay_in_advance", "charges");
    /** Say nothing about prices before tax. */
    private static final Set<String> WITHOUT_PRICE = Set.of("lago_id", "created_at", "updated_at", "description",
            "invoice_display_name", "customers_count", "active_subscriptions_count", "draft_invoices_count", "parent_id",
            "pending_deletion", "cascade_updates", "tax_codes", "taxes", "metadata", "entitlements");
    private static final Set<String> NOT_SIMULATED = Set.of("trial_period", "bill_charges_monthly",
            "bill_fixed_charges_monthly", "minimum_commitment", "usage_thresholds", "fixed_charges");

    private static final Set<String> CHARGE_UNDERSTOOD = Set.of("code", "billable_metric_code", "invoice_display_name",
            "charge_model", "properties", ChargePrice.INCLUDED, ChargePrice.BATCH);
    private static final Set<String> CHARGE_WITHOUT_PRICE = Set.of("id", "lago_id", "lago_billable_metric_id",
            "billable_metric_id", "created_at", "updated_at", "invoiceable", "regroup_paid_fees", "accepts_target_wallet",
            "lago_parent_id", "tax_codes", "taxes");
    private static final Set<String> CHARGE_NOT_SIMULATED = Set.of("pay_in_advance", "prorated", "min_amount_cents",
            "filters", "applied_pricing_unit");
    private static final Set<String> PROPERTIES_NOT_SIMULATED = Set.of("pricing_group_keys", "grouped_by",
            "custom_properties");

    private PlanFile() {
    }

    /** @throws InvalidValue naming file, field and reason */
    static Plan read(Path file) {
        try {
            return plan(Json.read("the file", text(file)));
        } catch (InvalidValue e) {
            throw new InvalidValue(file.getFileName() + ", " + e.field(), e.reason());
        }
    }

    private static Plan plan(Object json) {
        ChargeFields around = ChargeFields.of("the file", "", json);
        ChargeFields plan = around.value("plan").isPresent()
                ? ChargeFields.of("plan", "plan.", around.value("plan").get()) : around;
        checkNames(plan, UNDERSTOOD, WITHOUT_PRICE, NOT_SIMULATED, "a plan");
        var code = new PlanCode(plan.text("code"));
        Money flatPrice = flatPrice(plan);
        List<Charge> charges = plan.objectsOrNone("charges").stream().map(PlanFile::charge).toList();
        return new Plan(code, plan.value("name").isPresent() ? plan.text("name") : code.value(), flatPrice.currency(),
                interval(plan), plan.isTrue("pay_in_advance"), true, PlanTerms.PLAIN,
                List.of(new PlanVersion(1, Instant.EPOCH, flatPrice, charges)));
    }

    private static Money flatPrice(ChargeFields plan) {
        Currency currency = currency(plan);
        try {
            return Money.ofMinor(currency, plan.mandatory("amount_cents").toBigIntegerExact());
        } catch (ArithmeticException e) {
            throw new InvalidValue(plan.name("amount_cents"), "must be a whole number of the currency's minor unit");
        }
    }

    private static Currency currency(ChargeFields plan) {
        String code = plan.text("amount_currency");
        try {
            Currency currency = Currency.getInstance(code);
            if (currency.getDefaultFractionDigits() >= 0) {
                return currency;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new InvalidValue(plan.name("amount_currency"), "is no ISO 4217 code of a currency with a minor unit, such as"
                + " CAD: " + code);
    }

    private static Interval interval(ChargeFields plan) {
        String text = plan.text("interval");
        return Arrays.stream(Interval.values()).filter(interval -> Words.of(interval).equals(text)).findFirst()
                .orElseThrow(() -> new InvalidValue(plan.name("interval"), "must be "
                        + Arrays.stream(Interval.values()).map(Words::of).collect(Collectors.joining(", ")) + ": " + text));
    }

    private static Charge charge(ChargeFields charge) {
        try {
            checkNames(charge, CHARGE_UNDERSTOOD, CHARGE_WITHOUT_PRICE, CHARGE_NOT_SIMULATED, "a charge");
            var price = new ChargePrice(charge, charge.name("properties."));
            PROPERTIES_NOT_SIMULATED.forEach(name -> checkSaysNothing(price.properties(), name));
            String metric = charge.text("billable_metric_code");
            String code = charge.value("code").isPresent() ? charge.text("code") : metric;
            String name = charge.value("invoice_display_name").isPresent() ? charge.text("invoice_display_name") : code;
            return new Charge(code, name, new MetricCode(metric), price.quota(), price.model(),
                    ChargeTerms.PLAIN);
        } catch (InvalidValue e) {
            // What the domain refuses it names without its place.
            throw e.field().startsWith(charge.name("")) ? e : new InvalidValue(charge.name(e.field()), e.reason());
        }
    }

    /** A misspelt field must not price at nothing. */
    private static void checkNames(ChargeFields fields, Set<String> understood, Set<String> withoutPrice,
                                   Set<String> notSimulated, String of) {
        for (String name : fields.names()) {
            if (notSimulated.contains(name)) {
                checkSaysNothing(fields, name);
            } else if (!understood.contains(name) && !withoutPrice.contains(name)) {
                throw new InvalidValue(fields.name(name), "is no field of " + of);
            }
        }
    }

    private static void checkSaysNothing(ChargeFields fields, String name) {
        fields.value(name).filter(value -> !saysNothing(value)).ifPresent(value -> {
            throw new InvalidValue(fields.name(name), "changes prices in a way that cannot be simulated yet; leave it out");
        });
    }

    private static boolean saysNothing(Object value) {
        return value instanceof List<?> list && list.isEmpty() || value instanceof Map<?, ?> map && map.isEmpty()
                || Boolean.FALSE.equals(value) || value instanceof Json.Number number && number.text().matches("0(\\.0+)?");
    }

    private static String text(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidValue("the file", Files.exists(file) ? "is not a regular file" : "does not exist");
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new InvalidValue("the file", "is larger than " + LARGEST + " bytes");
            }
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(Files.readAllBytes(file))).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new InvalidValue("the file", "is not UTF-8");
        } catch (IOException e) {
            throw new InvalidValue("the file", "cannot be read: " + e.getMessage());
        }
    }
}
