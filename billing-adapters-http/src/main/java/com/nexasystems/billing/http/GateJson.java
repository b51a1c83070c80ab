package com.nexasystems.billing.http;

import com.nexasystems.billing.gate.GateResult.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What gates answer, as the API writes it. */
final class GateJson {

    private GateJson() {
    }

    static List<Json> of(List<Refusal> refusals) {
        return refusals.stream().map(refusal -> Json.object("check", refusal.check(), "missing", refusal.missing(),
                "remedy", refusal.remedy())).toList();
    }

    /** @param code such as {@code cutover_refused} */
    static ApiError refused(String code, List<Refusal> refusals) {
        Map<String, Object> details = new LinkedHashMap<>();
        refusals.forEach(refusal -> details.put(refusal.check(), Json.object("missing", refusal.missing(),
                "remedy", refusal.remedy())));
        return ApiError.refused(code, details, refusals.stream()
                .map(refusal -> refusal.check() + ": " + refusal.missing() + "; " + refusal.remedy())
                .collect(Collectors.joining(". ")));
    }
}
