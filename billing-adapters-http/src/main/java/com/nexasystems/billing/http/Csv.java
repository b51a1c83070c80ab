package com.nexasystems.billing.http;

import com.nexasystems.billing.money.Money;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows as CSV (RFC 4180), for spreadsheets. What a customer is called must not run as a formula on the computer of whoever
 * opens the file: a text that begins like one is put behind an apostrophe, as OWASP advises on CSV injection.
 */
final class Csv {

    static final String TYPE = "text/csv; charset=utf-8";

    /** Also behind blanks, which some programs cut off, and in the wide form, which some take for the narrow one. */
    private static final Pattern LIKE_A_FORMULA = Pattern.compile("(?s)[\\h\\v\\p{Cf}]*[=+\\-@\\t\\r\\n＝＋－＠].*");

    private static final Pattern TO_BE_QUOTED = Pattern.compile("(?s).*[\",\\r\\n].*");

    private Csv() {
    }

    /** One row with its end; texts, numbers and amounts. Amounts are decimals of their currency. */
    static String row(Object... cells) {
        return Arrays.stream(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(Object value) {
        if (value instanceof Money money) {
            return money.amount().toPlainString();
        }
        if (value instanceof Number number) {
            return number.toString();
        }
        String safe = LIKE_A_FORMULA.matcher(value.toString()).matches() ? "'" + value : value.toString();
        return TO_BE_QUOTED.matcher(safe).matches() ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }

    static Answer file(String header, List<String> rows, String name) {
        return Answer.file((header + String.join("", rows)).getBytes(StandardCharsets.UTF_8), TYPE, name);
    }
}
