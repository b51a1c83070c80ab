package com.nexasystems.billing.metric;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions come to what they come to with Lago: the tests of its engine, and its grammar. */
class ExpressionTest {

    private static final MetricCode CODE = new MetricCode("code");
    private static final Instant AT = Instant.ofEpochSecond(1234);
    private static final Map<String, String> PROPERTIES = Map.ofEntries(
            entry("property_1", "1.23"), entry("decimal_property", "2.3"), entry("property_2", "test"), entry("property_3", "12.34"),
            entry("left", "1"), entry("right", "2"), entry("zeros", "007"), entry("value", "10.4"),
            entry("units", "2"), entry("less", "-5"), entry("huge", "99999999999999999999999999"));

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            1 + 3                                                         | 4
            'test'                                                        | test
            (123 - event.properties.property_1) / 10                      | 12.177
            CONCAT(event.properties.property_1, 'test')                   | 1.23test
            event.properties.property_1 + event.properties.decimal_property | 3.53
            concat(event.properties.property_2, '-', 'suffix')            | test-suffix
            round(event.properties.property_3, -1)                        | 10
            event.code                                                    | code
            event.timestamp                                               | 1234
            round(12.5)                                                   | 13
            round(12.345, 2)                                              | 12.35
            ceil(12.3)                                                    | 13
            ceil(12.351, 1)                                               | 12.4
            floor(12.3)                                                   | 12
            floor(12.351, 1)                                              | 12.3
            concat('test', '-', round(123))                               | test-123
            2 - 4                                                         | -2
            4 / 2                                                         | 2
            -12                                                           | -12
            event.properties.left + event.properties.right                | 3
            round(event.properties.value * event.properties.units)        | 21
            LEAST(1, 2)                                                   | 1
            GREATEST(1, 2)                                                | 2
            1 + 2 * 3                                                     | 7
            (1 + 2) * 3                                                   | 9
            10 - 4 - 3                                                    | 3
            24/4/3                                                        | 2
            -2 + 5                                                        | 3
            2 - -3                                                        | 5
            -(2 + 3)*2                                                    | -10
            -event.properties.less                                        | 5
            Round( -12.5 )                                                | -13
            round(-0.4)                                                   | 0
            ceil(-12.5)                                                   | -12
            floor(-12.5)                                                  | -13
            round(1234, 0 - 2)                                            | 1200
            concat(event.properties.zeros)                                | 7
            concat('')                                                    | ""
            round(2 / 3, 4)                                               | 0.6667
            Least(event.properties.value, event.properties.units, 7)      | 2
            event.properties.huge * 1.000000000001                        | 100000000000099999999999998.999999999999
            """)
    void comes_to(String expression, String value) {
        assertThat(new Expression(expression).text(CODE, AT, PROPERTIES)).isEqualTo(value);
    }

    @ParameterizedTest(name = "{0} cannot be read")
    @ValueSource(strings = {"1.1.1", "round(1,2,3)", "cEiL(1.2)", "--1", "event.properties.1a", "event.properties.a-b", ".5",
        "5.", "concat()", "invalid_expression", "1 +", "(1", "1)", "1 2", "'open", "event", "event.", "event.id",
        "event.properties.", "event.properties", "event. code", "1\t+ 1", "1e5", "+1", "a = b", "round", "round(", "round(,)",
        "least(1,)", "2 ** 3", "1 % 2", "999999999999999999999999999", "properties.a", "Event.code", "ﬁ"})
    void cannot_be_read(String expression) {
        assertThatThrownBy(() -> new Expression(expression)).isInstanceOfSatisfying(InvalidValue.class,
                e -> assertThat(e.field()).isEqualTo("expression"));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource(delimiter = '|', textBlock = """
            event.properties.does_not_exist  | properties.does_not_exist | is mandatory: the metric's expression looks at it
            event.properties.property_2 + 1  | properties.property_2     | is not a number: test
            round(event.properties.property_2) | properties.property_2   | is not a number: test
            -event.code                      | expression                | is not a number: code
            1 / (event.properties.left - 1)  | expression                | divides by zero
            1 / 3                            | quantity                  | the number has more than 26 digits before or 12 after the point
            event.properties.huge * 10       | quantity                  | the number has more than 26 digits before or 12 after the point
            round(1, 0.5)                    | expression                | rounds to 0.5 digits, which must be a whole number of at most 26
            round(1, 1000000000)             | expression                | rounds to 1000000000 digits, which must be a whole number of at most 26
            concat(1, 'x')                   | expression                | is not a number: 1x
            """)
    void has_no_quantity(String expression, String field, String reason) {
        assertThatThrownBy(() -> new Expression(expression).number(CODE, AT, PROPERTIES))
                .isInstanceOfSatisfying(InvalidValue.class, e -> {
                    assertThat(e.field()).isEqualTo(field);
                    assertThat(e.reason()).isEqualTo(reason);
                });
    }

    @Test
    void the_time_is_exact() {
        assertThat(new Expression("event.timestamp").text(CODE, Instant.parse("1970-01-01T00:00:01.500Z"), Map.of()))
                .isEqualTo("1.5");
    }

    @Test
    void is_neither_too_deep_nor_too_long() {
        assertThat(new Expression("(".repeat(40) + "1" + ")".repeat(40)).number(CODE, AT, Map.of())).isEqualByComparingTo("1");
        assertThatThrownBy(() -> new Expression("(".repeat(60) + "1" + ")".repeat(60))).hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> new Expression("1" + "+1".repeat(512))).hasMessageContaining("longer than 1024");
        assertThat(new Expression("1" + "+1".repeat(511)).number(CODE, AT, Map.of())).isEqualByComparingTo("512");
    }

    @Test
    void equals_what_is_written_the_same() {
        assertThat(new Expression("1 + 1")).isEqualTo(new Expression("1 + 1")).hasSameHashCodeAs(new Expression("1 + 1"))
                .isNotEqualTo(new Expression("1+1")).hasToString("1 + 1");
    }

    @Test
    void has_no_meaning_for_a_count() {
        Metric count = Metric.of("c", Aggregation.COUNT, "call");
        assertThatThrownBy(() -> count.computedBy("1")).hasMessageContaining("aggregation count");
    }
}
