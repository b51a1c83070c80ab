package com.nexasystems.billing.app;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** One JSON object, with a row on each line: written row by row, however many there are. */
final class JsonRows {

    private final OutputStream out;
    private boolean begun;

    JsonRows(OutputStream out) {
        this.out = out;
        write("{\"rows\":[\n");
    }

    void add(Object row) {
        write((begun ? "," : "") + new String(Json.line(row), StandardCharsets.UTF_8));
        begun = true;
    }

    void end() {
        write("]}\n");
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
