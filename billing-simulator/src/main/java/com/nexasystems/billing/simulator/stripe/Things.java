package com.nexasystems.billing.simulator.stripe;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All that there is at Stripe, as JSON objects, in the order of their making. */
final class Things {

    private static final int PAGE = 10;
    static final int LARGEST_PAGE = 100;

    private final Map<String, Map<String, Object>> things = new LinkedHashMap<>();
    private final Clock clock;
    private int made;

    Things(Clock clock) {
        this.clock = clock;
    }

    Map<String, Object> make(String prefix, String kind, Object... namesAndValues) {
        made++;
        Map<String, Object> thing = Json.object("id", String.format("%s_fake%06d", prefix, made), "object", kind,
                "created", now(), "livemode", false);
        thing.putAll(Json.object(namesAndValues));
        things.put(id(thing), thing);
        return thing;
    }

    long now() {
        return clock.instant().getEpochSecond();
    }

    Optional<Map<String, Object>> find(String kind, String id) {
        return Optional.ofNullable(things.get(id)).filter(thing -> kind.equals(thing.get("object")));
    }

    Optional<Map<String, Object>> find(String id) {
        return Optional.ofNullable(things.get(id));
    }

    /** @throws Refused with 404 */
    Map<String, Object> get(String kind, String id) {
        return find(kind, id).orElseThrow(() -> Refused.missing(404, kind, id, "id"));
    }

    /** @throws Refused with 400, as of a parameter that names it */
    Map<String, Object> named(String kind, String param, String id) {
        return find(kind, id).filter(thing -> !thing.containsKey("deleted"))
                .orElseThrow(() -> Refused.missing(400, kind, id, param));
    }

    Stream<Map<String, Object>> all(String kind) {
        return things.values().stream().filter(thing -> kind.equals(thing.get("object")) && !thing.containsKey("deleted"));
    }

    /** A page of a list, the newest first. */
    Map<String, Object> list(Request request, String kind, Predicate<Map<String, Object>> wanted) {
        var found = new ArrayList<>(all(kind).filter(wanted).filter(thing -> isInTime(request, thing)).toList());
        Collections.reverse(found);
        return page(request, found);
    }

    static Map<String, Object> page(Request request, List<Map<String, Object>> found) {
        return page(request, found, Things::id, thing -> thing);
    }

    /** @param json of an element; asked for those of the page only */
    static <T> Map<String, Object> page(Request request, List<T> found, Function<T, String> id,
                                        Function<T, Map<String, Object>> json) {
        int from = request.param("starting_after").map(cursor -> after(found, id, cursor)).orElse(0);
        int limit = request.whole("limit").map(Long::intValue).orElse(PAGE);
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Refused.parameter("limit", "This value must be between 1 and " + LARGEST_PAGE + ".");
        }
        int to = Math.min(found.size(), from + limit);
        return Json.object("object", "list", "url", request.path(), "has_more", to < found.size(), "data",
                found.subList(from, to).stream().map(json).toList());
    }

    private static <T> int after(List<T> found, Function<T, String> id, String cursor) {
        return 1 + IntStream.range(0, found.size()).filter(i -> cursor.equals(id.apply(found.get(i)))).findFirst()
                .orElseThrow(() -> Refused.missing(400, "object", cursor, "starting_after"));
    }

    private static boolean isInTime(Request request, Map<String, Object> thing) {
        return request.whole("created[gte]").map(since -> number(thing, "created") >= since).orElse(true);
    }

    static String id(Map<String, Object> thing) {
        return text(thing, "id");
    }

    static String text(Map<String, Object> thing, String name) {
        return String.valueOf(thing.getOrDefault(name, ""));
    }

    static long number(Map<String, Object> thing, String name) {
        return (Long) thing.getOrDefault(name, 0L);
    }

    static Map<?, ?> object(Map<String, Object> thing, String name) {
        return (Map<?, ?>) thing.getOrDefault(name, Map.of());
    }
}
