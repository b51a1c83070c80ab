package com.nexasystems.billing.shadow;

import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.shadow.ImportReport.Kind;
import com.nexasystems.billing.shadow.ImportReport.Outcome;
import com.nexasystems.billing.shadow.ImportReport.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** What the parts of one import share: for whom, how, and what has become of the rows so far. */
final class Intake {

    private final Service service;
    private final ImportOptions options;
    private final LongConsumer progress;
    private final Consumer<Problem> problems;
    private final ImportReport.Builder report = new ImportReport.Builder();

    Intake(Service service, ImportOptions options, LongConsumer progress, Consumer<Problem> problems) {
        this.service = service;
        this.options = options;
        this.progress = progress;
        this.problems = problems;
    }

    Service service() {
        return service;
    }

    ImportOptions options() {
        return options;
    }

    ShadowTerms terms() {
        return options.terms();
    }

    /** A row that can be read. */
    record Read<T>(String id, T value) { }

    /** The rows that can be read; of the others the report tells. */
    <T> List<Read<T>> readable(Kind kind, List<SourceRow<T>> page) {
        var readable = new ArrayList<Read<T>>(page.size());
        for (SourceRow<T> row : page) {
            row.value().ifPresentOrElse(value -> readable.add(new Read<>(row.id(), value)),
                    () -> failed(kind, row.id(), row.problem().orElseThrow()));
        }
        return readable;
    }

    /** What the rows make; one that is wrong does not take the others down. */
    <T, R> List<R> each(Kind kind, List<Read<T>> rows, Function<Read<T>, R> made) {
        var all = new ArrayList<R>(rows.size());
        for (Read<T> row : rows) {
            try {
                all.add(made.apply(row));
            } catch (Missing e) {
                skipped(kind, row.id, e.getMessage());
            } catch (LeftOut e) {
                count(kind, Outcome.LEFT_OUT, 1);
            } catch (InvalidValue e) {
                failed(kind, row.id, e.getMessage());
            }
        }
        return all;
    }

    void count(Kind kind, Outcome outcome, long rows) {
        report.add(kind, outcome, rows);
    }

    void failed(Kind kind, String id, String reason) {
        tell(new Problem(kind, id, Outcome.FAILED, reason));
    }

    void skipped(Kind kind, String id, String reason) {
        tell(new Problem(kind, id, Outcome.SKIPPED, reason));
    }

    private void tell(Problem problem) {
        report.add(problem);
        problems.accept(problem);
    }

    void done(long rows) {
        progress.accept(rows);
    }

    ImportReport report() {
        return report.build();
    }

    /** What a row belongs to is not there. */
    static final class Missing extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Missing(String message) {
            super(message, null, false, false);
        }
    }

    /** The row was not asked for. */
    static final class LeftOut extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LeftOut() {
            super(null, null, false, false);
        }
    }
}
