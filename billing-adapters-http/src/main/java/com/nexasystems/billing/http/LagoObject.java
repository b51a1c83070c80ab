package com.nexasystems.billing.http;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A JSON object of Lago's. What cannot be read is refused with where it stands, such as
 * {@code invoice.fees[2].amount_cents}; null is as good as absent.
 */
final class LagoObject {

    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,20}(\\.[0-9]{1,30})?([eE][+-]?[0-9]{1,2})?");
    private static final int DATE_LENGTH = 10;

    private final String path;
    private final JsonNode node;

    private LagoObject(String path, JsonNode node) {
        this.path = path;
        this.node = node;
    }

    /** Empty if it is not one JSON object, from its beginning to its end. */
    static Optional<LagoObject> parse(byte[] bytes) {
        try {
            return Optional.of(MAPPER.readTree(bytes)).filter(JsonNode::isObject).map(node -> new LagoObject("", node));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    InvalidValue invalid(String name, String reason) {
        return new InvalidValue(at(name), reason);
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Not of blank text. */
    Optional<String> text(String name) {
        return value(name, "is not text", JsonNode::isTextual).map(JsonNode::textValue).filter(text -> !text.isBlank());
    }

    String mandatory(String name) {
        return present(name, text(name));
    }

    /** In the currency's smallest unit. */
    BigInteger cents(String name) {
        return present(name, optionalCents(name));
    }

    BigInteger centsOrZero(String name) {
        return optionalCents(name).orElse(BigInteger.ZERO);
    }

    Optional<BigInteger> optionalCents(String name) {
        return value(name, "is not a whole number", each -> each.isIntegralNumber() && each.canConvertToLong())
                .map(JsonNode::bigIntegerValue);
    }

    /** A number, or text that is one. */
    Optional<BigDecimal> decimal(String name) {
        return value(name, "is not a decimal number", each -> (each.isNumber() || each.isTextual())
                && DECIMAL.matcher(each.asText()).matches())
                .map(each -> Decimals.normal(new BigDecimal(each.asText())));
    }

    Optional<LocalDate> date(String name) {
        return text(name).map(text -> parsed(name, text, LocalDate::parse));
    }

    /** Empty too if it is a date without a time. */
    Optional<Instant> instant(String name) {
        return text(name).filter(text -> text.length() > DATE_LENGTH)
                .map(text -> parsed(name, text, time -> OffsetDateTime.parse(time).toInstant()));
    }

    private <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (DateTimeException e) {
            throw invalid(name, "is not a date or time");
        }
    }

    boolean isTrue(String name) {
        return value(name, "is neither true nor false", JsonNode::isBoolean).filter(JsonNode::booleanValue).isPresent();
    }

    Optional<LagoObject> object(String name) {
        return value(name, "is not an object", JsonNode::isObject).map(child -> new LagoObject(at(name), child));
    }

    LagoObject part(String name) {
        return present(name, object(name));
    }

    boolean isList(String name) {
        return node.path(name).isArray();
    }

    /** The objects of a list; none if it is absent. */
    List<LagoObject> list(String name) {
        var all = new ArrayList<LagoObject>();
        value(name, "is not a list", JsonNode::isArray).ifPresent(list -> list.forEach(child -> {
            var each = new LagoObject(at(name) + "[" + all.size() + "]", child);
            if (!child.isObject()) {
                throw new InvalidValue(each.path, "is not an object");
            }
            all.add(each);
        }));
        return all;
    }

    List<String> texts(String name) {
        var all = new ArrayList<String>();
        value(name, "is not a list", JsonNode::isArray).ifPresent(list -> list.forEach(child -> all.add(child.asText())));
        return all;
    }

    private Optional<JsonNode> value(String name, String problem, Predicate<JsonNode> isRight) {
        Optional<JsonNode> there = Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
        if (there.isPresent() && !isRight.test(there.get())) {
            throw invalid(name, problem);
        }
        return there;
    }

    private <T> T present(String name, Optional<T> value) {
        return value.orElseThrow(() -> invalid(name, "is missing"));
    }
}
