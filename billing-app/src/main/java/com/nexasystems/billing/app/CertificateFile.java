package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.reconciliation.ParityCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** A file that a certificate is written to: to print, or to verify. */
final class CertificateFile implements AutoCloseable {

    private final ExportFile file;
    private final Kind kind;

    private CertificateFile(ExportFile file, Kind kind) {
        this.file = file;
        this.kind = kind;
    }

    private enum Kind { HTML, PDF, JSON }

    /** Before anything is issued, so that what cannot be written is found at once. */
    static CertificateFile open(Path path) {
        Kind kind = kind(path);
        return new CertificateFile(ExportFile.open("--out", path), kind);
    }

    private static Kind kind(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        for (Kind kind : Kind.values()) {
            if (name.endsWith("." + Words.of(kind))) {
                return kind;
            }
        }
        throw new InvalidValue("--out", "must end with .html, .pdf or .json: " + path.getFileName());
    }

    void write(ParityCertificate issued) {
        try {
            switch (kind) {
                case HTML -> file.out().write(CertificateHtml.of(issued).getBytes(StandardCharsets.UTF_8));
                case PDF -> HtmlPdf.write(CertificateHtml.of(issued), file.out());
                case JSON -> file.out().write(Json.line(CertificateJson.of(issued)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        file.complete();
    }

    @Override
    public void close() {
        file.close();
    }
}
