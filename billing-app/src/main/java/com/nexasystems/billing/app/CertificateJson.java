package com.nexasystems.billing.app;

import com.nexasystems.billing.boundary.Actor;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** A certificate as JSON: all that it says, so that a program can hold it against what was issued. */
final class CertificateJson {

    private static final String NUMBER = "certificate";

    private CertificateJson() {
    }

    static Map<String, Object> of(ParityCertificate issued) {
        return Json.object(NUMBER, issued.id().toString(), "service_id", issued.service().toString(),
                "service", issued.serviceName(), "from", issued.from().toString(), "until", issued.until().toString(),
                "rules", RulesText.json(issued.rules()), "rules_adopted", issued.adopted(),
                "tolerance", InvoiceJson.plain(issued.tolerance()), "matched", issued.summary().matched(),
                "differences", issued.summary().deltas(), "accepted", issued.summary().resolved(),
                "coverage", ReconciliationText.coverage(issued.summary()),
                "months", ReconciliationText.months(issued.summary()),
                "waivers", issued.waivers().stream().map(CertificateJson::waiver).toList(),
                "open", issued.open().stream().map(CertificateJson::open).toList(), "digest", issued.digest(),
                "issued_by", actor(issued.by()), "issued_at", issued.at().toString());
    }

    private static Map<String, Object> waiver(ParityCertificate.Waiver waiver) {
        return Json.object("subscription", waiver.subscription(), "from", waiver.start().toString(),
                "delta", InvoiceJson.plain(waiver.delta()), "by", actor(waiver.resolution().by()),
                "at", waiver.resolution().at().toString(), "note", waiver.resolution().note());
    }

    private static Map<String, Object> open(ParityCertificate.Open open) {
        return Json.object("subscription", open.subscription(), "from", open.start().toString(),
                "delta", InvoiceJson.plain(open.delta()), "unexplained", InvoiceJson.plain(open.unexplained()));
    }

    private static Map<String, Object> actor(Actor actor) {
        return Json.object("kind", actor.kind(), "name", actor.name());
    }

    /** @throws InvalidValue if it names no certificate */
    static UUID number(Object json) {
        if (json instanceof Map<?, ?> map && map.get(NUMBER) instanceof String text) {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException e) {
                throw new InvalidValue("FILE", "names no certificate: " + text);
            }
        }
        throw new InvalidValue("FILE", "is no certificate: it has no field '" + NUMBER + "'");
    }

    /** The first field in which what somebody holds in hand differs from what was issued. */
    static Optional<String> altered(Object held, ParityCertificate issued) {
        Object original = Json.read("certificate", new String(Json.line(of(issued)), StandardCharsets.UTF_8));
        return difference("", original, held);
    }

    private static Optional<String> difference(String path, Object original, Object held) {
        if (original instanceof Map<?, ?> one && held instanceof Map<?, ?> other) {
            var names = new TreeSet<String>();
            one.keySet().forEach(name -> names.add((String) name));
            other.keySet().forEach(name -> names.add((String) name));
            return names.stream().map(name -> one.containsKey(name) && other.containsKey(name)
                    ? difference(path + (path.isEmpty() ? "" : ".") + name, one.get(name), other.get(name))
                    : Optional.of(path + (path.isEmpty() ? "" : ".") + name)).flatMap(Optional::stream).findFirst();
        }
        if (original instanceof List<?> one && held instanceof List<?> other && one.size() == other.size()) {
            return elements(path, one.iterator(), other.iterator());
        }
        return Objects.equals(original, held) ? Optional.empty() : Optional.of(path.isEmpty() ? "all of it" : path);
    }

    private static Optional<String> elements(String path, Iterator<?> original, Iterator<?> held) {
        for (int i = 0; original.hasNext(); i++) {
            Optional<String> found = difference(path + "[" + i + "]", original.next(), held.next());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
