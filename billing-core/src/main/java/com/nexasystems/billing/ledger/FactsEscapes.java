package com.nexasystems.billing.ledger;

import com.nexasystems.billing.quantity.InvalidValue;

/**
 * Texts without tabs and line ends: a backslash is written twice, and what no text should have in it (control characters,
 * half a surrogate pair) as a backslash, {@code u} and four hexadecimal digits.
 */
final class FactsEscapes {

    private static final String DIGITS = "0123456789abcdef";
    private static final int CODE_LENGTH = 4;

    private FactsEscapes() {
    }

    static void write(String text, StringBuilder to) {
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int codePoint = text.codePointAt(i);
            if (codePoint == '\\') {
                to.append("\\\\");
            } else if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
                to.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    to.append(DIGITS.charAt(codePoint >> shift & 0xf));
                }
            } else {
                to.appendCodePoint(codePoint);
            }
        }
    }

    /** @throws InvalidValue if a backslash begins nothing that is written so */
    static String read(String field, String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        var read = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) != '\\') {
                read.append(text.charAt(i));
            } else if (text.startsWith("\\\\", i)) {
                read.append('\\');
                i++;
            } else {
                read.append(character(field, text, i));
                i += 1 + CODE_LENGTH;
            }
        }
        return read.toString();
    }

    private static char character(String field, String text, int at) {
        int code = 0;
        boolean known = text.startsWith("\\u", at) && text.length() >= at + 2 + CODE_LENGTH;
        for (int i = at + 2; known && i < at + 2 + CODE_LENGTH; i++) {
            int digit = DIGITS.indexOf(text.charAt(i));
            known = digit >= 0;
            code = code << 4 | digit;
        }
        if (!known) {
            throw new InvalidValue(field, "has a backslash that begins nothing");
        }
        return (char) code;
    }
}
