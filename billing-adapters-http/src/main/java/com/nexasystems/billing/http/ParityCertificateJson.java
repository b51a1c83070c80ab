package com.nexasystems.billing.http;

import com.nexasystems.billing.reconciliation.ParityCertificate;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A certificate as JSON: all that it says, so that what somebody holds in hand can be held against what was issued. */
final class ParityCertificateJson {

    private ParityCertificateJson() {
    }

    static Json of(ParityCertificate issued, String service) {
        return Json.object("lago_id", issued.id().toString(), "service", service, "service_name", issued.serviceName(),
                "from", issued.from().toString(), "until", issued.until().toString(),
                "rules", BillerRulesJson.of(issued.rules()), "rules_adopted", issued.adopted(),
                "tolerance", ShadowFields.amount(issued.tolerance()), "summary", ReconciliationJson.of(issued.summary()),
                "waivers", issued.waivers().stream().map(ParityCertificateJson::of).toList(),
                "open", issued.open().stream().map(ParityCertificateJson::of).toList(),
                "digest", issued.digest(), "issued_by", ReconciliationJson.of(issued.by()),
                "issued_at", issued.at().toString());
    }

    private static Json of(ParityCertificate.Waiver waiver) {
        return Json.object("external_subscription_id", waiver.subscription(), "period_start", waiver.start().toString(),
                "delta", ShadowFields.amount(waiver.delta())).withAll(ReconciliationJson.of(waiver.resolution()));
    }

    private static Json of(ParityCertificate.Open open) {
        return Json.object("external_subscription_id", open.subscription(), "period_start", open.start().toString(),
                "delta", ShadowFields.amount(open.delta()), "unexplained", ShadowFields.amount(open.unexplained()));
    }

    /** The first field in which they differ. */
    static Optional<String> altered(Json issued, Object held) {
        return difference("", JsonReader.read(new ByteArrayInputStream(Json.bytes(issued))), held);
    }

    private static Optional<String> difference(String path, Object issued, Object held) {
        if (issued instanceof Map<?, ?> one && held instanceof Map<?, ?> other) {
            return fields(path, one, other);
        }
        if (issued instanceof List<?> one && held instanceof List<?> other && one.size() == other.size()) {
            return elements(path, one, other);
        }
        return issued == null ? held == null ? Optional.empty() : Optional.of(path)
                : issued.equals(held) ? Optional.empty() : Optional.of(path);
    }

    private static Optional<String> fields(String path, Map<?, ?> issued, Map<?, ?> held) {
        var names = new TreeSet<String>();
        issued.keySet().forEach(name -> names.add((String) name));
        held.keySet().forEach(name -> names.add((String) name));
        return names.stream().map(name -> {
            String inside = path.isEmpty() ? name : path + "." + name;
            return issued.containsKey(name) && held.containsKey(name)
                    ? difference(inside, issued.get(name), held.get(name)) : Optional.of(inside);
        }).flatMap(Optional::stream).findFirst();
    }

    private static Optional<String> elements(String path, List<?> issued, List<?> held) {
        for (int i = 0; i < issued.size(); i++) {
            Optional<String> found = difference(path + "[" + i + "]", issued.get(i), held.get(i));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
