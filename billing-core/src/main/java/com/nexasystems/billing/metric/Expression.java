package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

/**
 * Computes what a record counts for from its properties, such as {@code event.properties.seconds * event.properties.cores}.
 * As in Lago:
 *
 * <pre>
 * sum      = product { (+ | -) product }
 * product  = signed { (* | /) signed }
 * signed   = [ - ] operand
 * operand  = 12.5 | 'text' | event.code | event.timestamp | event.properties.NAME | FUNCTION(sum, …) | ( sum )
 * FUNCTION = concat(a, …) | least(a, …) | greatest(a, …) | round(a [, digits]) | ceil(a [, digits]) | floor(a [, digits])
 * </pre>
 *
 * <p>Functions are written in lower case, in capitals, or with one capital first. Blanks may stand between all of these.
 * The timestamp is in Unix seconds. A property whose text is a plain decimal is a number, also where it is concatenated;
 * other texts cannot be calculated with. Half is rounded away from zero; digits below zero round to tens, hundreds …
 * Decimals are exact; a quotient has the digits of {@link Decimals#DIVISION}, so that one that does not end has to be
 * rounded before it can be a quantity.
 */
public final class Expression {

    private static final int LONGEST = 1024;

    private final String text;
    private final Term root;

    /** @throws InvalidValue if it is not an expression, is longer than 1024 characters or too deep */
    public Expression(String text) {
        this.text = InvalidValue.checkText("expression", text, LONGEST);
        this.root = new ExpressionParser(text).parse();
    }

    /** @throws InvalidValue if a property is missing or not a number, or the result is not one of 26 and 12 digits */
    public BigDecimal number(MetricCode code, Instant timestamp, Map<String, String> properties) {
        return Decimals.checked("quantity", root.value(new Term.Event(code, timestamp, properties)).number());
    }

    /** As {@link #number}, but any value will do. */
    public String text(MetricCode code, Instant timestamp, Map<String, String> properties) {
        return root.value(new Term.Event(code, timestamp, properties)).text();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression expression && expression.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** As it was written. */
    @Override
    public String toString() {
        return text;
    }
}
