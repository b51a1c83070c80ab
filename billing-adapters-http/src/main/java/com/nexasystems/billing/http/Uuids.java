package com.nexasystems.billing.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of what has none of its own, made from the id of what it belongs to; and ids that strangers sent. */
final class Uuids {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Uuids() {
    }

    /** The same for the same parent and text, always (version 3 of RFC 9562). */
    static UUID of(UUID parent, String text) {
        byte[] name = text.getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(ByteBuffer.allocate(2 * Long.BYTES + name.length)
                .putLong(parent.getMostSignificantBits()).putLong(parent.getLeastSignificantBits()).put(name).array());
    }

    /** Empty for anything that is not a UUID in its usual form. */
    static Optional<UUID> parse(String text) {
        return Optional.of(text).filter(candidate -> UUID_TEXT.matcher(candidate).matches()).map(UUID::fromString);
    }
}
