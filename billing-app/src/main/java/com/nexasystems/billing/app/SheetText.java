package com.nexasystems.billing.app;

import java.util.regex.Pattern;

/**
 * Text for a cell of a spreadsheet. What a customer called itself must not run as a formula on the computer of whoever
 * opens the file: a text that begins like one is put behind an apostrophe, as OWASP advises on CSV injection.
 */
final class SheetText {

    /** Also behind blanks, which some programs cut off, and in the wide form, which some take for the narrow one. */
    private static final Pattern LIKE_A_FORMULA = Pattern.compile("(?s)[\\h\\v\\p{Cf}]*[=+\\-@\\t\\r\\n＝＋－＠].*");

    private SheetText() {
    }

    static String safe(String text) {
        return LIKE_A_FORMULA.matcher(text).matches() ? "'" + text : text;
    }
}
