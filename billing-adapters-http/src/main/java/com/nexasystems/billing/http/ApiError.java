package com.nexasystems.billing.http;

import com.nexasystems.billing.quantity.InvalidValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;

/** A refusal in the API's shape. Thrown; whatever the request had done by then is undone. */
final class ApiError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String error;
    private final transient Optional<String> code;
    private final transient Map<String, Object> details;

    private ApiError(int status, String error, Optional<String> code, Map<String, Object> details, String message) {
        super(message, null, false, false);
        this.status = status;
        this.error = error;
        this.code = code;
        this.details = details;
    }

    static ApiError badRequest(String reason) {
        return new ApiError(400, "BadRequest: " + reason, Optional.empty(), Map.of(), reason);
    }

    static ApiError missingRoot(String root) {
        return badRequest("param is missing or the value is empty or invalid: " + root);
    }

    static ApiError unauthorised() {
        return new ApiError(401, "Unauthorized", Optional.empty(), Map.of(),
                "send a valid key as 'Authorization: Bearer KEY'");
    }

    static ApiError forbidden(String code, String reason) {
        return new ApiError(403, "Forbidden", Optional.of(code), Map.of(), reason);
    }

    /** @param resource in the singular, such as {@code customer} */
    static ApiError notFound(String resource) {
        return new ApiError(404, "Not Found", Optional.of(resource + "_not_found"), Map.of(), resource + " not found");
    }

    static ApiError notAllowed(String code) {
        return notAllowed(code, code.replace('_', ' '));
    }

    static ApiError notAllowed(String code, String reason) {
        return new ApiError(405, "Method Not Allowed", Optional.of(code), Map.of(), reason);
    }

    static ApiError tooSlow() {
        return new ApiError(408, "Request Timeout", Optional.of("request_timeout"), Map.of(), "the body comes too slowly");
    }

    static ApiError conflict(String code, String reason) {
        return new ApiError(409, "Conflict", Optional.of(code), Map.of(), reason);
    }

    static ApiError tooLarge(long most) {
        return new ApiError(413, "Payload Too Large", Optional.of("payload_too_large"), Map.of(),
                "the body is larger than " + most + " bytes");
    }

    static ApiError unsupportedMediaType(String reason) {
        return new ApiError(415, "Unsupported Media Type", Optional.of("unsupported_media_type"), Map.of(), reason);
    }

    static ApiError tooManyRequests() {
        return new ApiError(429, "Too Many Requests", Optional.of("too_many_requests"), Map.of(),
                "wait as long as Retry-After says");
    }

    static ApiError internal(String requestId) {
        return new ApiError(500, "Internal Server Error", Optional.of("internal_error"), Map.of(),
                "something went wrong here; name request " + requestId + " when you ask about it");
    }

    static ApiError unavailable() {
        return new ApiError(503, "Service Unavailable", Optional.of("unavailable"), Map.of(),
                "try again as long as Retry-After says; with the same Idempotency-Key nothing happens twice");
    }

    /** What the server itself refuses, of which no more than its status is known. */
    static ApiError ofServer(int status) {
        if (status == 503) {
            return unavailable();
        }
        return new ApiError(status, HttpStatus.getMessage(status), Optional.empty(), Map.of(),
                status < 500 ? "the request cannot be read" : "something went wrong here");
    }

    /** @param code such as {@code value_is_invalid} */
    static ApiError invalid(String field, String code) {
        return invalid(Map.of(field, List.of(code)), field + ": " + code.replace('_', ' '));
    }

    static ApiError invalid(String field, String code, String reason) {
        return invalid(Map.of(field, List.of(code)), field + ": " + reason);
    }

    static ApiError invalid(Map<String, List<String>> details, String reason) {
        return new ApiError(422, "Unprocessable Entity", Optional.of("validation_errors"), new LinkedHashMap<>(details),
                reason);
    }

    /** @param details nested: by index, then by field */
    static ApiError invalidNested(Map<String, Object> details, String reason) {
        return new ApiError(422, "Unprocessable Entity", Optional.of("validation_errors"), new LinkedHashMap<>(details),
                reason);
    }

    /** What was asked for is well-formed, and conditions of it are not met. */
    static ApiError refused(String code, Map<String, Object> details, String reason) {
        return new ApiError(422, "Unprocessable Entity", Optional.of(code), new LinkedHashMap<>(details), reason);
    }

    /** The same, and what was done before it happened. */
    ApiError after(String done) {
        return new ApiError(status, error, code, details, getMessage() + "; " + done);
    }

    /** What the core refuses, in this API's codes. */
    static ApiError of(InvalidValue refused) {
        return invalid(refused.field(), code(refused.reason()), refused.reason());
    }

    static String code(String reason) {
        if (reason.startsWith("is mandatory")) {
            return "value_is_mandatory";
        }
        if (reason.startsWith("is taken")) {
            return "value_already_exist";
        }
        return "value_is_invalid";
    }

    Map<String, Object> details() {
        return details;
    }

    int status() {
        return status;
    }

    Json json() {
        Json json = Json.object("status", status, "error", error);
        code.ifPresent(text -> json.put("code", text));
        if (!details.isEmpty()) {
            json.put("error_details", details);
        }
        return json.with("message", getMessage());
    }
}
