package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A part of an {@link Expression}. */
sealed interface Term permits Term.Constant, Term.Code, Term.Timestamp, Term.Property, Term.Negated, Term.Calculated,
        Term.Called {

    /** What it comes to for an event. */
    Value value(Event event);

    /** What terms look at. */
    record Event(MetricCode code, Instant timestamp, Map<String, String> properties) { }

    /**
     * A number or a text.
     *
     * @param source what it was taken from, to be named when it is of the wrong kind
     */
    record Value(String source, Optional<BigDecimal> decimal, String text) {

        static Value of(BigDecimal number) {
            BigDecimal normal = Decimals.normal(number);
            return new Value("expression", Optional.of(normal), normal.toPlainString());
        }

        static Value of(String text) {
            return new Value("expression", Optional.empty(), text);
        }

        BigDecimal number() {
            return decimal.orElseThrow(() -> new InvalidValue(source, "is not a number: " + text));
        }
    }

    /** A number or text that is written out. */
    record Constant(Value value) implements Term {

        @Override
        public Value value(Event event) {
            return value;
        }
    }

    /** The metric's code. */
    record Code() implements Term {

        @Override
        public Value value(Event event) {
            return Value.of(event.code().value());
        }
    }

    /** When it happened, in Unix seconds. */
    record Timestamp() implements Term {

        @Override
        public Value value(Event event) {
            return Value.of(BigDecimal.valueOf(event.timestamp().getEpochSecond())
                    .add(BigDecimal.valueOf(event.timestamp().getNano(), 9)));
        }
    }

    /** A property of the event. */
    record Property(String name) implements Term {

        private static final Pattern PLAIN_DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

        @Override
        public Value value(Event event) {
            String field = "properties." + name;
            String text = event.properties().get(name);
            if (text == null) {
                throw new InvalidValue(field, "is mandatory: the metric's expression looks at it");
            }
            return PLAIN_DECIMAL.matcher(text).matches() ? Value.of(Decimals.parse(field, text))
                    : new Value(field, Optional.empty(), text);
        }
    }

    /** The same below zero. */
    record Negated(Term of) implements Term {

        @Override
        public Value value(Event event) {
            return Value.of(of.value(event).number().negate());
        }
    }

    /** Two numbers become one. */
    record Calculated(char operator, Term left, Term right) implements Term {

        @Override
        public Value value(Event event) {
            BigDecimal a = left.value(event).number();
            BigDecimal b = right.value(event).number();
            return Value.of(switch (operator) {
                case '+' -> a.add(b);
                case '-' -> a.subtract(b);
                case '*' -> a.multiply(b);
                default -> quotient(a, b);
            });
        }

        private static BigDecimal quotient(BigDecimal a, BigDecimal b) {
            if (b.signum() == 0) {
                throw new InvalidValue("expression", "divides by zero");
            }
            return a.divide(b, Decimals.DIVISION);
        }
    }

    /** A function of what its arguments come to. */
    record Called(Function function, List<Term> arguments) implements Term {

        @Override
        public Value value(Event event) {
            List<Value> values = arguments.stream().map(argument -> argument.value(event)).toList();
            return switch (function) {
                case CONCAT -> Value.of(values.stream().map(Value::text).collect(Collectors.joining()));
                case LEAST -> Value.of(values.stream().map(Value::number).reduce(BigDecimal::min).orElseThrow());
                case GREATEST -> Value.of(values.stream().map(Value::number).reduce(BigDecimal::max).orElseThrow());
                case ROUND -> rounded(values, RoundingMode.HALF_UP);
                case CEIL -> rounded(values, RoundingMode.CEILING);
                case FLOOR -> rounded(values, RoundingMode.FLOOR);
            };
        }

        private static Value rounded(List<Value> values, RoundingMode mode) {
            int digits = values.size() == 1 ? 0 : digits(values.get(1).number());
            return Value.of(values.get(0).number().setScale(digits, mode));
        }

        private static int digits(BigDecimal digits) {
            if (digits.scale() > 0 || digits.abs().compareTo(BigDecimal.valueOf(Decimals.INTEGER_DIGITS)) > 0) {
                throw new InvalidValue("expression", "rounds to " + digits.toPlainString() + " digits, which must be a whole"
                        + " number of at most " + Decimals.INTEGER_DIGITS);
            }
            return digits.intValueExact();
        }
    }

    /** The functions, and how many arguments they take at most. */
    enum Function {
        CONCAT(Integer.MAX_VALUE), LEAST(Integer.MAX_VALUE), GREATEST(Integer.MAX_VALUE), ROUND(2), CEIL(2), FLOOR(2);

        final int mostArguments;

        Function(int mostArguments) {
            this.mostArguments = mostArguments;
        }
    }
}
