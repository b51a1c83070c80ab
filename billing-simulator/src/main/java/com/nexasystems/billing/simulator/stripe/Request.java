package com.nexasystems.billing.simulator.stripe;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A request, with its parameters as they are written, such as {@code metadata[color]}.
 *
 * @param key      the idempotency key; empty if there is none
 * @param hasRight whether it came with the secret key
 */
record Request(String method, String path, Map<String, String> params, String key, boolean hasRight) {

    static Request of(String method, String path, String form, String key) {
        var params = new TreeMap<String, String>();
        Stream.of(form.split("&")).filter(pair -> pair.contains("=")).forEach(pair -> params.put(
                decoded(pair.substring(0, pair.indexOf('='))), decoded(pair.substring(pair.indexOf('=') + 1))));
        return new Request(method, path, params, key, true);
    }

    Request withoutRight() {
        return new Request(method, path, params, key, false);
    }

    Request without(String name) {
        var others = new TreeMap<>(params);
        others.remove(name);
        return new Request(method, path, others, key, hasRight);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    boolean isPost() {
        return "POST".equals(method);
    }

    Optional<String> param(String name) {
        return Optional.ofNullable(params.get(name)).filter(value -> !value.isEmpty());
    }

    String text(String name) {
        return param(name).orElse("");
    }

    String mandatory(String name) {
        return param(name).orElseThrow(() -> Refused.parameter("parameter_missing", name,
                "Missing required param: " + name + "."));
    }

    boolean is(String name) {
        return "true".equals(params.get(name));
    }

    Optional<Long> whole(String name) {
        return param(name).map(value -> {
            try {
                return Long.parseLong(value);
            } catch (NumberFormatException e) {
                throw Refused.parameter("parameter_invalid_integer", name, "Invalid integer: " + value);
            }
        });
    }

    /** @param names without what is in brackets */
    void allow(String... names) {
        Set<String> known = Set.of(names);
        params.keySet().stream().filter(name -> !known.contains(name.replaceFirst("\\[.*", ""))).findFirst()
                .ifPresent(name -> {
                    throw Refused.parameter("parameter_unknown", name, "Received unknown parameter: " + name);
                });
    }

    /** @throws Refused as Stripe limits it: 50 of them, names of 40 characters, values of 500 */
    Map<String, Object> metadata(String prefix) {
        Map<String, Object> metadata = params.keySet().stream().filter(name -> name.startsWith(prefix + "["))
                .collect(Collectors.toMap(name -> name.substring(prefix.length() + 1, name.length() - 1), params::get,
                        (one, other) -> one, TreeMap::new));
        if (metadata.size() > 50 || metadata.entrySet().stream()
                .anyMatch(entry -> entry.getKey().length() > 40 || String.valueOf(entry.getValue()).length() > 500)) {
            throw Refused.parameter(prefix, "Metadata is limited to 50 keys of 40 characters, with values of 500.");
        }
        return metadata;
    }

    /** What makes it the same request. */
    String fingerprint() {
        return method + " " + path + " " + params;
    }
}
