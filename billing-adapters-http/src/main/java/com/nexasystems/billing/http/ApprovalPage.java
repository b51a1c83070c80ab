package com.nexasystems.billing.http;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.nexasystems.billing.approval.ApprovalAnswer;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What somebody sees in a browser who follows the link of an approval. It loads nothing, and runs no script. */
final class ApprovalPage {

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final Mustache TEMPLATE = template();

    /** The address is the secret: it is told to nobody, and the page is in no other page's frame. */
    private static final Map<String, String> HEADERS = Map.of("Referrer-Policy", "no-referrer", "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");

    private ApprovalPage() {
    }

    private static Mustache template() {
        try (var reader = new InputStreamReader(ApprovalPage.class.getResourceAsStream("approval.mustache"),
                StandardCharsets.UTF_8)) {
            return new DefaultMustacheFactory().compile(reader, "approval");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isWanted(Call call) {
        return call.header("accept").filter(accept -> accept.contains("text/html")).isPresent();
    }

    static boolean isForm(Call call) {
        return call.header("content-type").filter(type -> type.startsWith(FORM)).isPresent();
    }

    /** What a browser sends of the page's form. */
    static Fields form(Call call) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (String pair : new String(call.bytes(), StandardCharsets.US_ASCII).split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return Fields.of(values);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ApiError.badRequest("the form cannot be read");
        }
    }

    static Answer of(ApprovalAnswer answer) {
        var html = new StringWriter();
        TEMPLATE.execute(html, Map.of("message", answer.text(), "open", answer instanceof ApprovalAnswer.Open));
        return new Answer(answer.known().isPresent() ? 200 : 404, "text/html; charset=utf-8",
                html.toString().getBytes(StandardCharsets.UTF_8), HEADERS);
    }
}
