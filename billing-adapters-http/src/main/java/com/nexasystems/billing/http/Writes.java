package com.nexasystems.billing.http;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.boundary.AuditEntry;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that changes something: its effect, its audit entry and its answer are one unit of work, and the answer leaves
 * after it is durable.
 */
final class Writes {

    private static final int LONGEST_DETAIL = 16_384;

    private final Billing billing;

    Writes(Billing billing) {
        this.billing = billing;
    }

    Answer handle(Route route, Call call) {
        return billing.ports().unitOfWork().call(() -> {
            Answer answer = route.endpoint().handle(call);
            billing.ports().auditTrail().add(List.of(entry(route, call, answer)));
            return answer;
        });
    }

    private static AuditEntry entry(Route route, Call call, Answer answer) {
        Map<String, String> details = new LinkedHashMap<>();
        details.put("request_id", call.requestId());
        details.put("key", call.caller().key());
        call.before().ifPresent(before -> details.put("before", shortened(Json.text(before))));
        if (answer.type().equals(Answer.JSON)) {
            details.put("after", shortened(new String(answer.body(), StandardCharsets.UTF_8)));
        }
        return new AuditEntry(call.now(), call.actor(), call.action().orElse(route.toString()),
                call.subject().orElse(route.path()), details);
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }
}
