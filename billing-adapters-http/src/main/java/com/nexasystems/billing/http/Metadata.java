package com.nexasystems.billing.http;

import com.nexasystems.billing.directory.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What clients keep with an object: attributes whose names begin with a prefix, so that lists can ask for them. */
final class Metadata {

    private static final String PREFIX = "metadata:";
    private static final String SHOWN = "metadata-shown:";
    private static final int MOST = 50;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 255;

    private Metadata() {
    }

    static String attribute(String key) {
        return PREFIX + key;
    }

    /** As an object of texts. */
    static Map<String, String> object(Entry entry) {
        Map<String, String> object = new TreeMap<>();
        entry.attributes().forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                object.put(name.substring(PREFIX.length()), value);
            }
        });
        return object;
    }

    /** As a list, each with an id, as customers and invoices have it. */
    static List<Json> list(Entry entry) {
        List<Json> list = new ArrayList<>();
        object(entry).forEach((key, value) -> list.add(Json.object("lago_id", id(entry.id(), key), "key", key,
                "value", value, "display_in_invoice", entry.attributes().containsKey(SHOWN + key),
                "created_at", Times.of(entry.updatedAt()))));
        return list;
    }

    private static UUID id(UUID owner, String key) {
        return Uuids.of(owner, "metadata " + key);
    }

    /** What was sent takes the place of all there was; nothing changes where nothing was sent. */
    static void read(Fields fields, Map<String, String> attributes, int most) {
        if (!fields.has("metadata")) {
            return;
        }
        Map<String, String> sent = new TreeMap<>();
        if (fields.raw("metadata") instanceof Map<?, ?>) {
            fields.textMap("metadata").forEach((key, value) -> put(fields, sent, key, value));
        } else {
            fields.objects("metadata").forEach(item -> {
                String key = item.mandatory("key");
                put(fields, sent, key, item.text("value").orElse(""));
                if (item.flag("display_in_invoice").orElse(false)) {
                    sent.put(SHOWN + key, "true");
                }
            });
        }
        if (sent.keySet().stream().filter(name -> name.startsWith(PREFIX)).count() > most) {
            fields.problem("metadata", "invalid_count", "has at most " + most + " items");
        }
        attributes.keySet().removeIf(name -> name.startsWith(PREFIX) || name.startsWith(SHOWN));
        attributes.putAll(sent);
    }

    static void readObject(Fields fields, Map<String, String> attributes) {
        read(fields, attributes, MOST);
    }

    private static void put(Fields fields, Map<String, String> sent, String key, String value) {
        if (key.isBlank() || key.length() > LONGEST_KEY || value.length() > LONGEST_VALUE) {
            fields.problem("metadata", "invalid_key_value", "has a key of 1 to " + LONGEST_KEY
                    + " characters and a value of at most " + LONGEST_VALUE);
            return;
        }
        sent.put(PREFIX + key, value);
    }
}
