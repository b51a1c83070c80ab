package com.nexasystems.billing.http;

/** What strangers answered, as text that can be stored and shown. */
final class AnswerText {

    private AnswerText() {
    }

    /** Without control characters, which some databases refuse, and cut off between two characters. */
    static String shown(String text, int longest) {
        var shown = new StringBuilder();
        text.codePoints().map(each -> Character.isISOControl(each) ? ' ' : each).filter(each -> !isHalf(each))
                .takeWhile(each -> shown.length() + Character.charCount(each) <= longest).forEach(shown::appendCodePoint);
        return shown.toString().strip();
    }

    private static boolean isHalf(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
