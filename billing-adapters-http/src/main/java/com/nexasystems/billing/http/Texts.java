package com.nexasystems.billing.http;

/** Which texts can be kept, or looked for, at all. */
final class Texts {

    static final String UNSTORABLE = "is too long, or contains characters that cannot be stored";

    private static final int LONGEST = 1 << 16;

    private Texts() {
    }

    /** No database keeps NUL or half a surrogate pair, or looks for one. */
    static boolean isStorable(String text) {
        if (text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == 0 || Character.isSurrogate(unit) && !isPair(text, i++)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }
}
