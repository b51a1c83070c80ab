package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.function.ObjLongConsumer;
import java.util.zip.GZIPInputStream;

/**
 * The rows of a CSV file, plain or gzipped, in bounded memory. A row ends with its line: no column of ours may hold a line
 * break, and so an unclosed quote spoils its own row only.
 */
final class CsvRows implements AutoCloseable {

    /** How errors name a whole row. */
    static final String ROW = "row";

    private static final int LONGEST_ROW = 1 << 16;
    private static final Instant EARLIEST = Instant.parse("1900-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

    private final Path file;
    private final Lines lines;
    private final List<String> header;

    private CsvRows(Path file, Lines lines) throws IOException {
        this.file = file;
        this.lines = lines;
        this.header = lines.next().map(CsvRows::header).orElse(List.of());
    }

    /** @throws InvalidValue if there is no such file, or it cannot be read */
    static CsvRows open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidValue("FILE", Files.exists(file) ? "is not a regular file, and it is read twice: " + file
                    : "does not exist: " + file);
        }
        try {
            return new CsvRows(file, new Lines(unpacked(Files.newInputStream(file)), LONGEST_ROW));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    List<String> header() {
        return header;
    }

    /**
     * Hands over every row that has as many columns as the header, with its line number.
     *
     * @param problems told of the others, and of those that {@code row} throws {@link InvalidValue} for
     */
    void forEach(RowProblems problems, ObjLongConsumer<List<String>> row) {
        try {
            for (Optional<Lines.Line> line = lines.next(); line.isPresent(); line = lines.next()) {
                try {
                    if (line.get().problem().isPresent() || !line.get().text().isEmpty()) {
                        row.accept(columns(line.get()), line.get().number());
                    }
                } catch (InvalidValue e) {
                    problems.report(line.get().number(), e);
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /** A time of a row. Years of other lengths are typing errors, and beyond what a database keeps. */
    static Instant time(String column, String text) {
        try {
            Instant time = Instant.parse(text);
            if (!time.isBefore(EARLIEST) && time.isBefore(LATEST)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // Said below, with what was expected.
        }
        throw new InvalidValue(column, "'" + (text.length() > 40 ? text.substring(0, 40) + "…" : text)
                + "' is not a time such as 2011-03-01T00:00:00Z");
    }

    private List<String> columns(Lines.Line line) {
        line.problem().ifPresent(problem -> {
            throw new InvalidValue(ROW, problem);
        });
        List<String> columns = split(line.text());
        if (columns.size() != header.size()) {
            throw new InvalidValue(ROW, "has " + columns.size() + " columns, expected " + header.size());
        }
        return columns;
    }

    private static List<String> header(Lines.Line line) {
        try {
            return line.text().isBlank() ? List.of() : split(line.text());
        } catch (InvalidValue e) {
            return List.of(line.text());
        }
    }

    /** A lone carriage return would end the record for the parser, and what follows would be gone without a word. */
    private static List<String> split(String line) {
        if (line.indexOf('\r') >= 0) {
            throw new InvalidValue(ROW, "has a carriage return inside; lines end with LF or CR LF");
        }
        try {
            return CsvReader.builder().allowUnclosedQuote(false).ofSingleCsvRecord(line).getFields();
        } catch (CsvParseException e) {
            throw new InvalidValue(ROW, "is not CSV: " + (e.getCause() == null ? e : e.getCause()).getMessage());
        }
    }

    private static InputStream unpacked(InputStream file) throws IOException {
        var in = new BufferedInputStream(file, 1 << 16);
        in.mark(2);
        boolean gzip = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return gzip ? new GZIPInputStream(in, 1 << 16) : in;
    }

    private static InvalidValue unreadable(Path file, IOException e) {
        return new InvalidValue("FILE", "cannot be read: " + file + ": " + reason(e));
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof EOFException ? "the compressed data end too early" : e.getMessage();
    }
}
