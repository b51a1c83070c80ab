package com.nexasystems.billing.http;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A document from its template. All that is in it comes from here: whatever stands in a name or a description is text, and
 * nothing is loaded from elsewhere.
 */
final class Pdf {

    /** Comes with PDFBox: Latin, Greek and Cyrillic letters, under the SIL Open Font License. */
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private static final Mustache DOCUMENT = template("document");
    private static final Mustache CERTIFICATE = template("certificate");

    private Pdf() {
    }

    static {
        XRLog.setLoggingEnabled(false);
    }

    private static Mustache template(String name) {
        try (var reader = new InputStreamReader(Pdf.class.getResourceAsStream(name + ".mustache"),
                StandardCharsets.UTF_8)) {
            return new DefaultMustacheFactory().compile(reader, name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] of(Map<String, Object> model) {
        return of(DOCUMENT, model);
    }

    static byte[] certificate(Map<String, Object> model) {
        return of(CERTIFICATE, model);
    }

    private static byte[] of(Mustache template, Map<String, Object> model) {
        var html = new StringWriter();
        template.execute(html, model);
        var pdf = new ByteArrayOutputStream();
        try {
            var builder = new PdfRendererBuilder();
            builder.useFont(Pdf::font, "Sans", 400, FontStyle.NORMAL, true);
            builder.useExternalResourceAccessControl((uri, type) -> false,
                    ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI);
            builder.useExternalResourceAccessControl((uri, type) -> false,
                    ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI);
            // two characters that JSON lets through and XML does not
            String content = html.toString().replace('\ufffe', '\ufffd').replace('\uffff', '\ufffd');
            builder.withHtmlContent(content, null);
            builder.withProducer("billing");
            try (PdfBoxRenderer renderer = builder.buildPdfRenderer(); PDDocument document = renderer.createPDFKeepOpen()) {
                undate(document, content);
                document.save(pdf);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pdf.toByteArray();
    }

    /** Equal documents are equal bytes: neither the clock nor chance is in them. */
    private static void undate(PDDocument document, String content) {
        document.getDocumentInformation().setCreationDate(null);
        document.setDocumentId((long) content.hashCode());
    }

    private static InputStream font() {
        return PDDocument.class.getResourceAsStream(FONT);
    }
}
