package com.nexasystems.billing.jpa;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.ByteConverter;

/**
 * Rows in the binary format of COPY, sent while they are written. The format is described in PostgreSQL's documentation of
 * COPY, under "Binary Format"; the bytes of a value are those that its type's receive function reads.
 */
final class CopyRows implements AutoCloseable {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int NULL = -1;
    private static final short END_OF_ROWS = -1;
    private static final int SEND_FROM = 1 << 16;
    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final LocalDate FIRST_DAY = LocalDate.of(2000, 1, 1);

    private final CopyIn copy;
    private ByteBuffer buffer = ByteBuffer.allocate(2 * SEND_FROM);

    /** Writes a value with its length before it. */
    @FunctionalInterface
    interface Writer<V> {
        void write(CopyRows rows, V value);
    }

    /** @param target a table and its columns */
    CopyRows(Connection connection, String target) throws SQLException {
        copy = connection.unwrap(PGConnection.class).getCopyAPI()
                .copyIn("COPY " + target + " FROM STDIN WITH (FORMAT binary)");
        buffer.put(SIGNATURE).putInt(0).putInt(0);
    }

    void beginRow(int columns) throws SQLException {
        if (buffer.position() >= SEND_FROM) {
            send();
        }
        room(Short.BYTES).putShort((short) columns);
    }

    void end() throws SQLException {
        room(Short.BYTES).putShort(END_OF_ROWS);
        send();
        copy.endCopy();
    }

    /** Ends also what failed half-way: the rows are not kept then. */
    @Override
    public void close() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    <V> void nullable(V value, Writer<V> writer) {
        if (value == null) {
            room(Integer.BYTES).putInt(NULL);
        } else {
            writer.write(this, value);
        }
    }

    void uuid(UUID value) {
        sized(2 * Long.BYTES).putLong(value.getMostSignificantBits()).putLong(value.getLeastSignificantBits());
    }

    void text(String value) {
        bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    void bool(boolean value) {
        sized(1).put((byte) (value ? 1 : 0));
    }

    void int4(int value) {
        sized(Integer.BYTES).putInt(value);
    }

    void int8(long value) {
        sized(Long.BYTES).putLong(value);
    }

    void numeric(BigDecimal value) {
        bytes(ByteConverter.numeric(value));
    }

    void date(LocalDate value) {
        int4(Math.toIntExact(ChronoUnit.DAYS.between(FIRST_DAY, value)));
    }

    /** To the microsecond, cut off. */
    void instant(Instant value) {
        int8((value.getEpochSecond() - EPOCH.getEpochSecond()) * 1_000_000 + value.getNano() / 1000);
    }

    /** @param elementType its object id in every PostgreSQL */
    <V> void array(Collection<V> values, int elementType, Writer<V> element) {
        int length = buffer.position();
        room(6 * Integer.BYTES).putInt(0).putInt(values.isEmpty() ? 0 : 1).putInt(0).putInt(elementType);
        if (!values.isEmpty()) {
            buffer.putInt(values.size()).putInt(1);
        }
        values.forEach(value -> nullable(value, element));
        buffer.putInt(length, buffer.position() - length - Integer.BYTES);
    }

    void bytes(byte[] value) {
        sized(value.length).put(value);
    }

    private ByteBuffer sized(int length) {
        return room(Integer.BYTES + length).putInt(length);
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            buffer = ByteBuffer.allocate(2 * (buffer.capacity() + bytes)).put(buffer.flip());
        }
        return buffer;
    }

    private void send() throws SQLException {
        copy.writeToCopy(buffer.array(), 0, buffer.position());
        buffer.clear();
    }
}
