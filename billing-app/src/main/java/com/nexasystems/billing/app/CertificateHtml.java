package com.nexasystems.billing.app;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import com.nexasystems.billing.reconciliation.Summary;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A certificate as a page to print. It loads nothing, whatever stands in a name or a note is text, and it holds the
 * certificate as JSON too, so that it can be verified like that.
 */
final class CertificateHtml {

    private static final String DATA = "<script type=\"application/json\" id=\"certificate\">";
    private static final String END = "</script>";
    private static final Mustache TEMPLATE = template();

    private CertificateHtml() {
    }

    private static Mustache template() {
        try (var reader = new InputStreamReader(CertificateHtml.class.getResourceAsStream("certificate.mustache"),
                StandardCharsets.UTF_8)) {
            return new DefaultMustacheFactory().compile(reader, "certificate");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(ParityCertificate issued) {
        var html = new StringWriter();
        TEMPLATE.execute(html, model(issued));
        return html.toString();
    }

    /** @throws InvalidValue if none is in it */
    static String json(String html) {
        int begin = html.indexOf(DATA);
        int end = begin < 0 ? -1 : html.indexOf(END, begin);
        if (end < 0) {
            throw new InvalidValue("FILE", "is no certificate: no data are in it");
        }
        return html.substring(begin + DATA.length(), end);
    }

    private static Map<String, Object> model(ParityCertificate issued) {
        Summary summary = issued.summary();
        return Json.object("number", issued.id().toString(), "service", printable(issued.serviceName()),
                "from", issued.from().toString(), "last", issued.until().minusDays(1).toString(),
                "coverage", Coverage.of(summary).stream().map(CertificateHtml::coverage).toList(),
                "rules", issued.rules().toString(), "adopted", issued.adopted(),
                "tolerance", issued.tolerance().toPlainString(), "matched", summary.matched(), "deltas", summary.deltas(),
                "resolved", summary.resolved(), "months", summary.months().stream().map(CertificateHtml::month).toList(),
                "hasWaivers", !issued.waivers().isEmpty(),
                "waivers", issued.waivers().stream().map(CertificateHtml::waiver).toList(),
                "hasOpen", !issued.open().isEmpty(), "open", issued.open().stream().map(CertificateHtml::open).toList(),
                "more", more(issued), "digest", issued.digest(), "by", printable(issued.by().name()),
                "at", issued.at().toString(), "json", data(issued));
    }

    private static Map<String, Object> coverage(Coverage one) {
        return Json.object("percent", one.percent().toPlainString(), "currency", one.currency().getCurrencyCode(),
                "reproduced", Amounts.plain(one.reproduced()), "revenue", Amounts.plain(one.revenue()));
    }

    private static Map<String, Object> month(Summary.Month month) {
        return Json.object("month", month.month().toString().substring(0, 7), "currency", month.currency().getCurrencyCode(),
                "matched", month.matched(), "deltas", month.deltas(), "resolved", month.resolved(),
                "unlinked", month.unlinked(), "charged", Amounts.plain(month.revenue()),
                "reproduced", Amounts.plain(month.matchedActual()), "coverage", month.coverage().toPlainString());
    }

    private static Map<String, Object> waiver(ParityCertificate.Waiver waiver) {
        return Json.object("subscription", printable(waiver.subscription()), "start", waiver.start().toString(),
                "delta", Amounts.signed(waiver.delta()), "note", printable(waiver.resolution().note()),
                "by", printable(waiver.resolution().by().name()), "at", waiver.resolution().at().toString());
    }

    private static Map<String, Object> open(ParityCertificate.Open open) {
        return Json.object("subscription", printable(open.subscription()), "start", open.start().toString(),
                "delta", Amounts.signed(open.delta()), "unexplained", Amounts.signed(open.unexplained()));
    }

    private static List<Long> more(ParityCertificate issued) {
        long more = issued.summary().deltas() - issued.open().size();
        return more > 0 ? List.of(more) : List.of();
    }

    /** Neither the reader of a page nor the one of XML ends it where a text says so. */
    private static String data(ParityCertificate issued) {
        return new String(Json.line(CertificateJson.of(issued)), StandardCharsets.UTF_8).strip().replace("<", "\\u003c")
                .replace(">", "\\u003e").replace("&", "\\u0026").replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff");
    }

    /** What XML cannot hold. */
    private static String printable(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "\ufffd");
    }
}
