package com.nexasystems.billing.app;

import com.nexasystems.billing.quantity.InvalidValue;
import java.io.OutputStream;
import java.io.PrintStream;

/** Reports bad rows of a file, one line each, and counts those that are too many to show. */
final class RowProblems {

    private static final int SHOWN = 1000;

    private final PrintStream err;
    private long count;

    RowProblems(PrintStream err) {
        this.err = err;
    }

    /** Tells nobody: for rows that were reported before. */
    static RowProblems unheard() {
        return new RowProblems(new PrintStream(OutputStream.nullOutputStream()));
    }

    /** @param row line in the file, the header being 1 */
    void report(long row, InvalidValue problem) {
        report(row, problem.field(), problem.reason());
    }

    void report(long row, String field, String reason) {
        count++;
        if (count <= SHOWN) {
            err.println(printable("row " + row + (field.equals(CsvRows.ROW) ? ": " : ", " + field + ": ") + reason));
        }
    }

    /** Says what was not shown. Call once, at the end. */
    void summarise() {
        if (count > SHOWN) {
            err.println("… and " + (count - SHOWN) + " more bad rows");
        }
    }

    long count() {
        return count;
    }

    /** A row can hold anything, also what moves a terminal's cursor. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
