package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import com.nexasystems.billing.boundary.KnownAnswers.KnownAnswer;
import com.nexasystems.billing.quantity.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A request that changes something: its effect, its audit entry and its answer are one unit of work, and the answer leaves
 * after it is durable. Under an Idempotency-Key it happens once; the same request again has the first answer again.
 */
final class Writes {

    static final String KEY = "idempotency-key";

    private static final int LONGEST_DETAIL = 16_384;
    private static final int LONGEST_KEY = 255;

    private final Billing billing;

    Writes(Billing billing) {
        this.billing = billing;
    }

    Answer handle(Route route, Call call) {
        return once(route, call, () -> {
            Answer answer = route.endpoint().handle(call);
            billing.ports().auditTrail().add(List.of(entry(route, call, answer)));
            return answer;
        });
    }

    /** Those that are refused are not kept: the request again is looked at again. Nor is a secret. */
    Answer once(Route route, Call call, Supplier<Answer> work) {
        Optional<String> key = call.header(KEY).filter(any -> route.method() == Method.POST);
        if (key.isEmpty()) {
            return billing.ports().unitOfWork().call(work);
        }
        InvalidValue.checkText("Idempotency-Key", key.get(), LONGEST_KEY);
        String caller = call.caller().name();
        String fingerprint = fingerprint(call);
        return billing.ports().unitOfWork().call(() -> {
            Optional<KnownAnswer> known = billing.ports().knownAnswers().claim(caller, key.get(), call.now());
            if (known.isPresent()) {
                return same(known.get(), fingerprint);
            }
            Answer answer = work.get();
            Answer again = call.isSecret() ? Answer.of(ApiError.conflict("secret_shown_once",
                    "this was done, and its secret shown; it cannot be shown again" + call.insteadOfSecret())) : answer;
            billing.ports().knownAnswers().keep(caller, key.get(), new KnownAnswer(fingerprint, written(again)));
            return answer;
        });
    }

    private static Answer same(KnownAnswer known, String fingerprint) {
        if (!known.fingerprint().equals(fingerprint)) {
            throw ApiError.invalid("Idempotency-Key", "idempotency_key_reused", "was used for another request");
        }
        String[] parts = known.text().split("\n", 3);
        return new Answer(Integer.parseInt(parts[0]), parts[1], parts[2].getBytes(StandardCharsets.UTF_8),
                Map.of("Idempotent-Replayed", "true"));
    }

    private static String written(Answer answer) {
        return answer.status() + "\n" + answer.type() + "\n" + new String(answer.body(), StandardCharsets.UTF_8);
    }

    /** Of method, address and body. */
    private static String fingerprint(Call call) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((call.address() + "\n").getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(call.bytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static AuditEntry entry(Route route, Call call, Answer answer) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("request_id", call.requestId());
        details.put("key", call.caller().key());
        call.before().ifPresent(before -> details.put("before", shortened(Json.text(before))));
        if (answer.type().equals(Answer.JSON) && !call.isSecret()) {
            details.put("after", shortened(new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return new AuditEntry(call.now(), call.actor(), call.action().orElse(route.toString()),
                call.subject().orElse(call.address()), details);
    }

    /** As much of it as the audit trail keeps. */
    static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }
}
