package com.nexasystems.billing.app;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.HorizontalAlign;
import com.github.freva.asciitable.OverflowBehaviour;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** A plain table; ends its lines the same way on every system. */
final class Table {

    private static final int WIDEST = 80;

    private Table() {
    }

    /** @param right which columns hold numbers, by index */
    static void print(PrintStream out, List<String> headers, List<List<String>> rows, Integer... right) {
        List<Integer> numbers = List.of(right);
        Column[] columns = Stream.iterate(0, i -> i + 1).limit(headers.size()).map(i -> new Column()
                .header(headers.get(i)).headerAlign(HorizontalAlign.LEFT)
                .dataAlign(numbers.contains(i) ? HorizontalAlign.RIGHT : HorizontalAlign.LEFT)
                .maxWidth(WIDEST, OverflowBehaviour.ELLIPSIS_RIGHT)).toArray(Column[]::new);
        Object[][] data = rows.stream().map(List::toArray).toArray(Object[][]::new);
        out.print(AsciiTable.builder().border(AsciiTable.BASIC_ASCII_NO_DATA_SEPARATORS).lineSeparator("\n")
                .data(columns, data).asString());
        out.print('\n');
    }
}
