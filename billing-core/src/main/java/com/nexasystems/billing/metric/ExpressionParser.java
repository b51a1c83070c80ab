package com.nexasystems.billing.metric;

import com.nexasystems.billing.quantity.Decimals;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the text of an {@link Expression}, by recursive descent: one method for each rule of its grammar. */
final class ExpressionParser {

    private static final int DEEPEST = 50;

    private final String text;
    private int next;
    private int depth;

    ExpressionParser(String text) {
        this.text = text;
    }

    Term parse() {
        Term all = sum();
        if (next < text.length()) {
            throw unexpected("the end");
        }
        return all;
    }

    private Term sum() {
        if (++depth > DEEPEST) {
            throw new InvalidValue("expression", "is nested deeper than " + DEEPEST + " levels");
        }
        Term left = product();
        while (is('+') || is('-')) {
            char operator = text.charAt(next++);
            left = new Term.Calculated(operator, left, product());
        }
        depth--;
        return left;
    }

    private Term product() {
        Term left = signed();
        while (is('*') || is('/')) {
            char operator = text.charAt(next++);
            left = new Term.Calculated(operator, left, signed());
        }
        return left;
    }

    private Term signed() {
        return take("-") ? new Term.Negated(operand()) : operand();
    }

    private Term operand() {
        skipBlanks();
        if (take("(")) {
            Term inner = sum();
            expect(")");
            return inner;
        }
        if (take("'")) {
            return quoted();
        }
        if (next < text.length() && isDigit(text.charAt(next))) {
            return new Term.Constant(Term.Value.of(Decimals.parse("expression", number())));
        }
        return word();
    }

    private Term quoted() {
        int end = text.indexOf('\'', next);
        if (end < 0) {
            throw new InvalidValue("expression", "has a quote that does not end, at character " + next);
        }
        String quoted = text.substring(next, end);
        next = end + 1;
        return new Term.Constant(Term.Value.of(quoted));
    }

    private String number() {
        int begin = next;
        skipDigits();
        if (next + 1 < text.length() && text.charAt(next) == '.' && isDigit(text.charAt(next + 1))) {
            next++;
            skipDigits();
        }
        return text.substring(begin, next);
    }

    private Term word() {
        int begin = next;
        if (take("event.properties.")) {
            String name = name();
            if (!name.isEmpty()) {
                return new Term.Property(name);
            }
        } else if (take("event.")) {
            String name = name();
            if (name.equals("code")) {
                return new Term.Code();
            }
            if (name.equals("timestamp")) {
                return new Term.Timestamp();
            }
        } else {
            Optional<Term.Function> function = function(name());
            if (function.isPresent()) {
                return called(function.get());
            }
        }
        next = begin;
        throw unexpected("a number, a text in quotes, a property, a function or a bracket");
    }

    private static Optional<Term.Function> function(String name) {
        return Stream.of(Term.Function.values()).filter(function -> {
            String capitals = function.name();
            String small = capitals.toLowerCase(Locale.ROOT);
            return name.equals(capitals) || name.equals(small) || name.equals(capitals.charAt(0) + small.substring(1));
        }).findFirst();
    }

    private Term called(Term.Function function) {
        expect("(");
        List<Term> arguments = new ArrayList<>();
        do {
            arguments.add(sum());
        } while (take(","));
        expect(")");
        if (arguments.size() > function.mostArguments) {
            throw new InvalidValue("expression", function.name().toLowerCase(Locale.ROOT) + " takes at most "
                    + function.mostArguments + " arguments, not " + arguments.size());
        }
        return new Term.Called(function, List.copyOf(arguments));
    }

    /** A letter, then letters, digits and underscores; empty if there is none. */
    private String name() {
        int begin = next;
        while (next < text.length() && (isLetter(text.charAt(next))
                || next > begin && (isDigit(text.charAt(next)) || text.charAt(next) == '_'))) {
            next++;
        }
        return text.substring(begin, next);
    }

    private boolean is(char expected) {
        skipBlanks();
        return next < text.length() && text.charAt(next) == expected;
    }

    private boolean take(String expected) {
        skipBlanks();
        boolean there = text.startsWith(expected, next);
        next += there ? expected.length() : 0;
        return there;
    }

    private void expect(String expected) {
        if (!take(expected)) {
            throw unexpected(expected);
        }
    }

    private InvalidValue unexpected(String expected) {
        return new InvalidValue("expression", "expected " + expected + " at character " + (next + 1) + ": " + text);
    }

    private void skipBlanks() {
        while (next < text.length() && text.charAt(next) == ' ') {
            next++;
        }
    }

    private void skipDigits() {
        while (next < text.length() && isDigit(text.charAt(next))) {
            next++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
