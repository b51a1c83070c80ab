package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCommandTest {

    private final Cli cli = new Cli(Path.of("."));

    @TestFactory
    Stream<DynamicTest> prices_as_lago_publishes_it() throws Exception {
        try (InputStream file = PriceCommandTest.class.getResourceAsStream("lago-figures.jsonl")) {
            String figures = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            List<String> lines = figures.lines().toList();
            List<String> answers = cli.feed(figures, "price").out().lines().toList();
            assertThat(answers).hasSameSizeAs(lines);
            return Stream.iterate(0, i -> i + 1).limit(lines.size()).map(i -> DynamicTest.dynamicTest(lines.get(i),
                    () -> assertThat(new BigDecimal(text(answers.get(i), "amount")))
                            .isEqualByComparingTo(text(lines.get(i), "expected"))));
        }
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {"charge_model":"standard","properties":{"amount":"0.0075","unit_batch":3600,"included_units":18000},"units":25200} | 0.015
        {"charge_model":"standard","properties":{"amount":0.0075},"unit_batch":"3600","included_units":"18000","units":"19800"} | 0.00375
        {"charge_model":"standard","properties":{"amount":"1","unit_batch":3},"unit_batch":"3.0","units":"9"} | 3
        {"charge_model":"standard","properties":{"amount":"1"},"included_units":10,"units":"10"} | 0
        {"charge_model":"standard","properties":{"amount":"0.000000000001"},"units":"99999999999999999999999999"} | 99999999999999.999999999999
        {"charge_model":"package","properties":{"amount":"5","package_size":100,"free_units":100},"units":"201"} | 10
        {"charge_model":"percentage","properties":{"rate":"1.2"},"units":"1000"} | 12
        {"charge_model":"volume","properties":{"volume_ranges":[{"from_value":0,"to_value":null,"per_unit_amount":"2"}]},"units":3} | 6
        {"charge_model":"percentage","properties":{"rate":"1","fixed_amount":"2"},"units":"1000"} | 12
        {"charge_model":"percentage","properties":{"rate":"1","fixed_amount":"2"},"units":"1000","events":3} | 16
        {"charge_model":"percentage","properties":{"rate":"1","fixed_amount":"2"},"events":["400",600]} | 14
        {"charge_model":"percentage","properties":{"rate":"1","per_transaction_min_amount":"5"},"units":"10"} | 5
        {"charge_model":"percentage","properties":{"rate":"1","per_transaction_min_amount":"5"},"units":"0"} | 0
        {"charge_model":"dynamic","events":[{"precise_total_amount_cents":"40.2"},{"units":2,"precise_total_amount_cents":9.8}]} | 0.5
        {"charge_model":"dynamic","properties":null,"units":"0"} | 0
        {"charge_model":"graduated","properties":{"graduated_ranges":[{"from_value":1,"to_value":10,"per_unit_amount":"1","flat_amount":"0"},{"from_value":10,"to_value":null,"per_unit_amount":"2","flat_amount":"7"}]},"units":"10.5"} | 18
        {"charge_model":"volume","properties":{"volume_ranges":[{"from_value":0,"to_value":100,"per_unit_amount":"2","flat_amount":"0"},{"from_value":101,"to_value":null,"per_unit_amount":"1","flat_amount":"0"}]},"units":"100.5"} | 100.5
        """)
    void prices(String charge, String amount) {
        Cli.Answer answer = cli.feed(charge, "price");
        assertThat(answer.text("amount")).isEqualTo(amount);
        assertThat(answer.code()).isZero();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        {} | charge_model | is mandatory
        [] | line | must be an object
        7 | line | must be an object
        {"charge_model":"custom","units":"1"} | charge_model | must be standard
        {"charge_model":7,"units":"1"} | charge_model | must be a text
        {"charge_model":"standard","units":"1"} | amount | is mandatory
        {"charge_model":"standard","properties":[],"units":"1"} | properties | must be an object
        {"charge_model":"standard","properties":{"amount":"-1"},"units":"1"} | amount | must not be negative
        {"charge_model":"standard","properties":{"amount":true},"units":"1"} | amount | must be a decimal
        {"charge_model":"standard","properties":{"amount":"1"}} | units | is mandatory
        {"charge_model":"standard","properties":{"amount":"1"},"units":"-1"} | units | must not be negative
        {"charge_model":"standard","properties":{"amount":"1"},"units":"1e10000000"} | units | not a plain decimal
        {"charge_model":"standard","properties":{"amount":"1"},"units":1e10000000} | units | not a plain decimal
        {"charge_model":"standard","properties":{"amount":"1"},"units":"١٢"} | units | not a plain decimal
        {"charge_model":"standard","properties":{"amount":"1"},"units":"NaN"} | units | not a plain decimal
        {"charge_model":"standard","properties":{"amount":"1"},"units":"+5"} | units | not a plain decimal
        {"charge_model":"percentage","properties":{"rate":"1","free_units_per_events":1},"units":"1000","events":3} | events | must be the list
        {"charge_model":"percentage","properties":{"rate":"1","fixed_amout":"5"},"units":"100"} | fixed_amout | is no property
        {"charge_model":"standard","properties":{"amount":"1"},"units":"0.000000000000000000001"} | units | more than 26
        {"charge_model":"standard","properties":{"amount":"1","unit_batch":"0"},"units":"1"} | unit_batch | must be above zero
        {"charge_model":"standard","properties":{"amount":"1","unit_batch":"2"},"unit_batch":3,"units":"1"} | unit_batch | beside the properties
        {"charge_model":"standard","properties":{"amount":"1"},"included_units":"-2","units":"1"} | included_units | must not be negative
        {"charge_model":"package","properties":{"amount":"1","package_size":"0","free_units":0},"units":"1"} | package_size | must be above zero
        {"charge_model":"package","properties":{"amount":"1","package_size":"5","free_units":0,"unit_batch":2},"units":"1"} | unit_batch | has no meaning
        {"charge_model":"percentage","properties":{"rate":"1"},"included_units":5,"units":"1"} | included_units | has no meaning
        {"charge_model":"percentage","properties":{"rate":"1","free_units_per_events":"1.5"},"units":"1"} | free_units_per_events | must be a whole number
        {"charge_model":"percentage","properties":{"rate":"1","per_transaction_min_amount":"2","per_transaction_max_amount":"1"},"units":"1"} | per_transaction_max_amount | must not be below
        {"charge_model":"percentage","properties":{"rate":"1","per_transaction_min_amount":"2"},"units":"1","events":2} | events | must be the list
        {"charge_model":"percentage","properties":{"rate":"1"},"units":"1","events":["x"]} | events[0] | not a plain decimal
        {"charge_model":"dynamic","properties":{},"units":"1"} | events | is mandatory
        {"charge_model":"dynamic","properties":{},"units":"1","events":[{"units":"1"}]} | events[0].precise_total_amount_cents | is mandatory
        {"charge_model":"graduated","properties":{},"units":"1"} | graduated_ranges | missing_graduated_ranges
        {"charge_model":"graduated","properties":{"graduated_ranges":[{"from_value":0,"to_value":10,"per_unit_amount":"1","flat_amount":"0"}]},"units":"1"} | graduated_ranges[0].to_value | must be null
        {"charge_model":"graduated","properties":{"graduated_ranges":[{"from_value":0,"to_value":10,"per_unit_amount":"1","flat_amount":"0"},{"from_value":12,"to_value":null,"per_unit_amount":"1","flat_amount":"0"}]},"units":"1"} | graduated_ranges[1].from_value | must be 10 or 11
        {"charge_model":"volume","properties":{"volume_ranges":[{"from_value":0,"to_value":null,"per_unit_amount":"1","flat_amount":"0"},{"from_value":1,"to_value":null,"per_unit_amount":"1","flat_amount":"0"}]},"units":"1"} | volume_ranges[0].to_value | only the last range may be open
        {"charge_model":"graduated_percentage","properties":{"graduated_percentage_ranges":[{"from_value":5,"to_value":null,"rate":"1","flat_amount":"0"}]},"units":"1"} | graduated_percentage_ranges[0].from_value | must be 0 or 1
        {"charge_model":"standard","charge_model":"volume"} | line | Duplicate field
        {"charge_model":"standard"} {} | line | something after
        {"charge_model": | line | is not valid JSON
        """)
    void refuses(String charge, String field, String reason) {
        Cli.Answer answer = cli.feed(charge, "price");
        assertThat(answer.text("field")).isEqualTo(field);
        assertThat(answer.text("error")).startsWith(field + ": ").contains(reason);
        assertThat(answer.text("line")).isEqualTo("1");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void a_bad_line_is_answered_in_its_place_and_the_rest_goes_on() {
        String good = "{\"charge_model\":\"standard\",\"properties\":{\"amount\":\"1\"},\"units\":\"%d\"}";
        Cli.Answer answer = cli.feed(String.join("\n", good.formatted(1), "", "nonsense", good.formatted(2)), "price");
        assertThat(answer.out().lines().map(line -> Json.read("line", line)).map(json -> ((Map<?, ?>) json).containsKey("error")))
                .containsExactly(false, true, false);
        assertThat(answer.out()).contains("\"line\":3");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void no_garbage_ends_the_process() {
        byte[] binary = new byte[5000];
        Arrays.fill(binary, (byte) 0xff);
        assertThat(cli.feed(binary, "price").out()).contains("is not UTF-8");
        assertThat(cli.feed("[".repeat(1_000_000), "price").out()).contains("line: ");
        assertThat(cli.feed("{\"a\":".repeat(100_000), "price").out()).contains("line: ");
        assertThat(cli.feed("9".repeat(1_000_000), "price").out()).contains("line: ");
        assertThat(cli.feed("x".repeat(20_000_000), "price").out()).contains("longer than");
        assertThat(cli.feed("", "price").code()).isZero();
    }

    @Test
    void explains_every_step_in_words() {
        Cli.Answer answer = cli.feed("{\"charge_model\":\"standard\",\"properties\":{\"amount\":\"0.0075\",\"unit_batch\":3600,"
                + "\"included_units\":18000},\"units\":\"25200\"}\n{}", "price", "--explain");
        assertThat(answer.out()).isEqualTo("Line 1: 0.015, for 7200 units\n  units: 7200 × 0.0075 ÷ 3600 = 0.015\n"
                + "Line 2: charge_model: is mandatory\n");
    }

    @Test
    void the_steps_are_part_of_the_answer() {
        assertThat(cli.feed("{\"charge_model\":\"standard\",\"properties\":{\"amount\":\"2\"},\"units\":3}", "price").out())
                .isEqualTo("{\"amount\":\"6\",\"units_billed\":\"3\",\"steps\":[{\"rule\":\"units\",\"units\":\"3\","
                        + "\"unit_price\":\"2\",\"per\":\"1\",\"amount\":\"6\"}]}\n");
    }

    private static String text(String json, String field) {
        Object value = ((Map<?, ?>) Json.read("line", json)).get(field);
        assertThat(value).as(json).isNotNull();
        return value.toString();
    }
}
