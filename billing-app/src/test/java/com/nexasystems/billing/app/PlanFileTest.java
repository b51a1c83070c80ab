package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.nexasystems.billing.catalog.Charge;
import com.nexasystems.billing.catalog.Plan;
import com.nexasystems.billing.charge.Graduated;
import com.nexasystems.billing.charge.Standard;
import com.nexasystems.billing.period.Interval;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanFileTest {

    private static final String PLAN = "{\"code\":\"p\",\"interval\":\"monthly\",\"amount_cents\":2000,"
            + "\"amount_currency\":\"CAD\"%s}";
    private static final String CHARGE = ",\"charges\":[{\"billable_metric_code\":\"m\",\"charge_model\":\"standard\","
            + "\"properties\":{\"amount\":\"1\"}},{%s}]";

    @TempDir
    private Path folder;

    @Test
    void a_plan_in_lagos_spelling() {
        Plan plan = read("""
                {"plan": {"lago_id": "1a90", "code": "pro", "name": "Pro", "interval": "yearly", "amount_cents": 12345,
                 "amount_currency": "JPY", "pay_in_advance": true, "trial_period": 0.0, "bill_charges_monthly": null,
                 "minimum_commitment": {}, "usage_thresholds": [], "fixed_charges": [], "taxes": [], "created_at": "x",
                 "charges": [
                  {"lago_id": "1", "code": "cpu", "billable_metric_code": "cpu_seconds", "charge_model": "standard",
                   "invoice_display_name": "CPU", "invoiceable": true, "pay_in_advance": false, "prorated": false,
                   "min_amount_cents": 0, "filters": [], "included_units": "18000",
                   "properties": {"amount": "0.0075", "unit_batch": 3600, "pricing_group_keys": []}},
                  {"billable_metric_code": "requests", "charge_model": "graduated", "properties": {"graduated_ranges": [
                   {"from_value": 0, "to_value": null, "per_unit_amount": "1", "flat_amount": "0"}]}}]}}""");

        assertThat(plan.code().value()).isEqualTo("pro");
        assertThat(plan.name()).isEqualTo("Pro");
        assertThat(plan.interval()).isEqualTo(Interval.YEARLY);
        assertThat(plan.inAdvance()).isTrue();
        assertThat(plan.versions().get(0).flatPrice().toString()).isEqualTo("12345 JPY");
        assertThat(plan.versions().get(0).charges()).extracting(Charge::code, Charge::name,
                        charge -> charge.metric().value())
                .containsExactly(tuple("cpu", "CPU", "cpu_seconds"),
                        tuple("requests", "requests", "requests"));
        Charge cpu = plan.versions().get(0).charges().get(0);
        assertThat(cpu.model()).isEqualTo(Standard.of("0.0075", "3600"));
        assertThat(cpu.quota().included()).isEqualByComparingTo(new BigDecimal("18000"));
        assertThat(plan.versions().get(0).charges().get(1).model()).isInstanceOf(Graduated.class);
    }

    @Test
    void a_plan_alone_in_its_file() {
        assertThat(read(PLAN.formatted("")).versions().get(0).flatPrice().toString()).isEqualTo("20.00 CAD");
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ~~ | the file | is empty
        [] | the file | must be an object
        {"code": | the file | is not valid JSON
        {"plan":7} | plan | must be an object
        {"plan":{}} | plan.code | is mandatory
        {} | code | is mandatory
        {"code":7} | code | must be a text
        {"code":""} | plan_code | is mandatory
        {"code":"p"} | amount_currency | is mandatory
        {"code":"p","amount_currency":"cad"} | amount_currency | is no ISO 4217 code
        {"code":"p","amount_currency":"XAU"} | amount_currency | is no ISO 4217 code of a currency with a minor unit
        {"code":"p","amount_currency":"CAD"} | amount_cents | is mandatory
        {"code":"p","amount_currency":"CAD","amount_cents":"20.5"} | amount_cents | must be a whole number
        {"code":"p","amount_currency":"CAD","amount_cents":-1} | amount_cents | must not be negative
        {"code":"p","amount_currency":"CAD","amount_cents":1e99999999} | amount_cents | ~~
        {"code":"p","amount_currency":"CAD","amount_cents":true} | amount_cents | must be a decimal
        {"code":"p","amount_currency":"CAD","amount_cents":1} | interval | is mandatory
        {"code":"p","amount_currency":"CAD","amount_cents":1,"interval":"MONTHLY"} | interval | must be weekly, monthly, quarterly
        {"code":"p","amount_currency":"CAD","amount_cents":1,"interval":"monthly","pay_in_advance":"yes"} | pay_in_advance | must be true or false
        {"code":"p","code":"q"} | the file | is not valid JSON
        {"code":"p","amount":1} | amount | is no field of a plan
        {"code":"p","trial_period":14} | trial_period | changes prices in a way that cannot be simulated yet
        {"code":"p","minimum_commitment":{"amount_cents":1}} | minimum_commitment | changes prices
        """)
    void says_what_is_wrong_with_a_plan(String json, String field, String reason) {
        refused(json, field, reason);
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        ~~ | charge_model | is mandatory
        "charge_model":"custom" | charge_model | must be standard, graduated
        "charge_model":"standard" | properties.amount | is mandatory
        "charge_model":"standard","properties":{"amount":"-1"} | properties.amount | must not be negative
        "charge_model":"standard","properties":{"amuont":"1"} | properties.amuont | is no property of any charge model
        "charge_model":"standard","properties":7 | properties | must be an object
        "charge_model":"volume","properties":{"volume_ranges":[{"from_value":1}]} | properties.volume_ranges[0].per_unit_amount | is mandatory
        "charge_model":"standard","properties":{"amount":"1","pricing_group_keys":["region"]} | properties.pricing_group_keys | changes prices
        "charge_model":"standard","properties":{"amount":"1"},"filters":[{}] | filters | changes prices
        "charge_model":"standard","properties":{"amount":"1"},"pay_in_advance":true | pay_in_advance | changes prices
        "charge_model":"percentage","properties":{"rate":"1"},"included_units":5 | included_units | has no meaning
        "unit":"second" | unit | is no field of a charge
        """)
    void says_what_is_wrong_with_a_charge(String charge, String field, String reason) {
        String fields = "\"billable_metric_code\":\"m\"" + (charge == null || charge.isEmpty() ? "" : "," + charge);
        refused(PLAN.formatted(CHARGE.formatted(fields)), "charges[1]." + field, reason);
    }

    @Test
    void says_what_is_wrong_with_all_charges_together() {
        refused(PLAN.formatted(CHARGE.formatted("\"billable_metric_code\":\"m\",\"charge_model\":\"dynamic\"")), "charges",
                "two charges have the code m");
        refused(PLAN.formatted(",\"charges\":{}"), "charges", "must be a list");
        refused(PLAN.formatted(",\"charges\":[7]"), "charges[0]", "must be an object");
        refused(PLAN.formatted(",\"charges\":[{}]"), "charges[0].billable_metric_code", "is mandatory");
    }

    @Test
    void says_what_is_wrong_with_a_file() throws IOException {
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("none.json")))
                .hasMessage("none.json, the file: does not exist");
        assertThatThrownBy(() -> PlanFile.read(folder)).hasMessageEndingWith("the file: is not a regular file");
        Path file = Files.write(folder.resolve("plan.json"), new byte[] {'{', (byte) 0xff, '}'});
        assertThatThrownBy(() -> PlanFile.read(file)).hasMessage("plan.json, the file: is not UTF-8");
        Files.writeString(file, " ".repeat(2 << 20));
        assertThatThrownBy(() -> PlanFile.read(file)).hasMessage("plan.json, the file: is larger than 1048576 bytes");
        refused("{\"a\":".repeat(100), "the file", "is not valid JSON");
    }

    /** Every file that is one character, or a few, away from a good one is read or refused, and nothing else. */
    @Test
    void no_file_ends_in_anything_but_a_plan_or_a_reason() throws IOException {
        String good = new String(SimulateCommand.class.getResourceAsStream("example-plan.json").readAllBytes(),
                StandardCharsets.UTF_8);
        var random = new Random(7);
        String alphabet = "{}[]\",:0123456789.eE+-nulltruefalse \\u0000";
        for (int i = 0; i < 3000; i++) {
            var broken = new StringBuilder(good);
            for (int n = 0; n <= random.nextInt(3); n++) {
                int at = random.nextInt(broken.length());
                switch (random.nextInt(3)) {
                    case 0 -> broken.deleteCharAt(at);
                    case 1 -> broken.insert(at, alphabet.charAt(random.nextInt(alphabet.length())));
                    default -> broken.setLength(at + 1);
                }
            }
            try {
                read(broken.toString());
            } catch (InvalidValue refused) {
                assertThat(refused.getMessage()).startsWith("plan.json, ");
            }
        }
    }

    private void refused(String json, String field, String reason) {
        assertThatThrownBy(() -> read(json == null ? "" : json)).isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("plan.json, " + field + ": " + (reason == null ? "" : reason));
    }

    private Plan read(String json) {
        try {
            return PlanFile.read(Files.writeString(folder.resolve("plan.json"), json));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
