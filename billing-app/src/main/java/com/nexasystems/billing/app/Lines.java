package com.nexasystems.billing.app;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads text line by line in bounded memory, whatever it is fed. A line that is too long or no UTF-8 says so. */
final class Lines implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long number;

    /** @param longest bytes of a line; of what is longer nothing is kept */
    Lines(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /**
     * @param number  from 1
     * @param text    without its end; empty if there is a problem
     * @param problem why the line cannot be read
     */
    record Line(long number, String text, Optional<String> problem) { }

    Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        long length = 0;
        boolean ended = false;
        while (!ended && (position < limit || fill())) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            length += end - position;
            if (length <= longest) {
                bytes.write(buffer, position, end - position);
            }
            ended = end < limit;
            position = ended ? end + 1 : end;
        }
        return ended || length > 0 ? Optional.of(line(bytes.toByteArray(), length)) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    private Line line(byte[] bytes, long length) {
        number++;
        if (length > longest) {
            return new Line(number, "", Optional.of("the line is longer than " + longest + " bytes"));
        }
        int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end)).toString();
            return new Line(number, number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text,
                    Optional.empty());
        } catch (CharacterCodingException e) {
            return new Line(number, "", Optional.of("the line is not UTF-8"));
        }
    }
}
