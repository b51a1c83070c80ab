package com.nexasystems.billing.stripe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.nexasystems.billing.payment.Notice;
import com.nexasystems.billing.payment.Notice.Subject;
import com.nexasystems.billing.payment.Notices;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Reads Stripe's events, of whatever version of its API: of the object in it, only what it is and its id are taken.
 *
 * <p>The SDK's check of signatures lets events from the future pass, and answers to malformed ones with whatever exception
 * they lead to; so it is not used. As Stripe's page "Verify webhook signatures" says, the signature is HMAC-SHA256 over the
 * time, a dot, and the bytes as they came, and any of several may be right.
 */
public final class StripeNotices implements Notices {

    private static final String HEADER = "Stripe-Signature";
    private static final Duration TOLERANCE = Duration.ofSeconds(300);
    private static final int LONGEST_HEADER = 4_096;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.\\[\\]-]{1,255}");
    /** Becomes a part of an address. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,255}");
    private static final String ALGORITHM = "HmacSHA256";

    private final List<byte[]> keys;
    private final Clock clock;

    private StripeNotices(List<byte[]> keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** @param settings with the endpoint's secrets; without one, nothing is believed */
    public static StripeNotices of(StripeSettings settings, Clock clock) {
        return new StripeNotices(settings.webhookSecrets().stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8))
                .toList(), clock);
    }

    @Override
    public Notice read(byte[] body, Function<String, Optional<String>> header) {
        String signature = header.apply(HEADER).orElseThrow(() -> new InvalidValue(HEADER, "is missing"));
        if (signature.length() > LONGEST_HEADER) {
            throw new InvalidValue(HEADER, "is too long");
        }
        verify(body, Arrays.asList(signature.split(",", -1)));
        return notice(event(body));
    }

    private void verify(byte[] body, List<String> parts) {
        String time = values(parts, "t=").findFirst().filter(text -> SECONDS.matcher(text).matches())
                .orElseThrow(() -> new InvalidValue(HEADER, "has no time"));
        if (!isSigned(body, time, values(parts, "v1=").toList())) {
            throw new InvalidValue(HEADER, "is not of one of our secrets");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), clock.instant()).abs();
        if (age.compareTo(TOLERANCE) > 0) {
            throw new InvalidValue(HEADER, "is not of now: our clocks are apart, or it is an old one once more");
        }
    }

    private static Stream<String> values(List<String> parts, String name) {
        return parts.stream().filter(part -> part.startsWith(name)).map(part -> part.substring(name.length()));
    }

    private boolean isSigned(byte[] body, String time, List<String> signatures) {
        boolean signed = false;
        for (byte[] key : keys) {
            byte[] expected = HexFormat.of().formatHex(mac(key, time, body)).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures) {
                signed |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return signed;
    }

    private static byte[] mac(byte[] key, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }

    private static JsonObject event(byte[] body) {
        try {
            JsonElement json = JsonParser.parseString(new String(body, StandardCharsets.UTF_8));
            if (json.isJsonObject()) {
                return json.getAsJsonObject();
            }
        } catch (JsonParseException e) {
            throw new InvalidValue("body", "is not JSON");
        }
        throw new InvalidValue("body", "is not an event");
    }

    private static Notice notice(JsonObject event) {
        String name = word(event, "id") + " " + word(event, "type");
        JsonObject object = object(event, "data").flatMap(data -> object(data, "object")).orElseGet(JsonObject::new);
        return switch (text(object, "object").orElse("")) {
            case "payment_intent" -> new Notice(Subject.CHARGE, id(object, "id"), name);
            case "charge" -> text(object, "payment_intent").isEmpty() ? nothing(name)
                    : new Notice(Subject.CHARGE, id(object, "payment_intent"), name);
            case "refund" -> new Notice(Subject.REFUND, id(object, "id"), name);
            case "dispute" -> new Notice(Subject.DISPUTE, id(object, "id"), name);
            default -> nothing(name);
        };
    }

    private static Notice nothing(String name) {
        return new Notice(Subject.NOTHING_OF_OURS, "", name);
    }

    private static String word(JsonObject object, String field) {
        return usable(object, field, WORD);
    }

    private static String id(JsonObject object, String field) {
        return usable(object, field, ID);
    }

    private static String usable(JsonObject object, String field, Pattern pattern) {
        return text(object, field).filter(text -> pattern.matcher(text).matches())
                .orElseThrow(() -> new InvalidValue("body", "has no usable " + field));
    }

    private static Optional<String> text(JsonObject object, String field) {
        return Optional.ofNullable(object.get(field)).filter(JsonElement::isJsonPrimitive).map(JsonElement::getAsString);
    }

    private static Optional<JsonObject> object(JsonObject parent, String field) {
        return Optional.ofNullable(parent.get(field)).filter(JsonElement::isJsonObject).map(JsonElement::getAsJsonObject);
    }
}
