package com.nexasystems.billing.simulator.stripe;

import java.util.Map;

/** An error of Stripe's, as it is answered. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean begun;
    private final transient Map<String, Object> error;

    private Refused(int status, boolean begun, Map<String, Object> error) {
        super(String.valueOf(error.get("message")));
        this.status = status;
        this.begun = begun;
        this.error = error;
    }

    /** A parameter is not right: nothing has begun, and the key is not kept. */
    static Refused parameter(String name, String message) {
        return new Refused(400, false, error("invalid_request_error", "", name, message));
    }

    static Refused parameter(String code, String name, String message) {
        return new Refused(400, false, error("invalid_request_error", code, name, message));
    }

    /** What a parameter names does not exist, or is not fit: found out on the way, and kept with the key. */
    static Refused state(String code, String name, String message) {
        return new Refused(400, true, error("invalid_request_error", code, name, message));
    }

    static Refused missing(int status, String kind, String id, String name) {
        return new Refused(status, true, error("invalid_request_error", "resource_missing", name,
                "No such " + kind + ": '" + id + "'"));
    }

    static Refused notBegun(int status, String type, String code, String message) {
        return new Refused(status, false, error(type, code, "", message));
    }

    /** A decline: the charge was tried. */
    static Refused declined(Map<String, Object> error) {
        return new Refused(402, true, error);
    }

    static Map<String, Object> error(String type, String code, String param, String message) {
        return Json.object("type", type, "code", code, "param", param, "message", message);
    }

    Reply reply() {
        return new Reply(status, Json.text(Map.of("error", error)), begun, false);
    }
}
