package com.nexasystems.billing.ledger;

import com.nexasystems.billing.ledger.InvoiceFacts.Line;
import com.nexasystems.billing.quantity.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * Which service family a line belongs to. The first rule that matches decides.
 *
 * <p>A proration takes the family of what it prorates. What that is, the source says: by the lines it gives something back
 * of, or by the item that it has in common with another line. Only where it says neither is the text looked at, without the
 * words that say that it is a proration.
 */
public record FamilyRules(List<Rule> rules) {

    /** The family of what no rule matches; such lines are listed for review. */
    public static final String OTHER = "other";

    private static final Pattern PRORATION = Pattern.compile(
            "(?:remaining|unused) time on (?:[0-9]+ [×x] )?(?<item>.+?)(?: after [0-9]{1,2} \\p{L}+\\.? [0-9]{4})?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CASE);

    /** What a rule looks at. */
    public enum Target {
        /** The line's description; the pattern may match any part of it, in whatever case. */
        DESCRIPTION,
        /** The id of the product or price; the pattern is the id. */
        ITEM
    }

    /**
     * A rule.
     *
     * @param family  such as {@code hosting}
     * @param pattern a regular expression for a description; an id for an item
     */
    public record Rule(String family, Target target, String pattern) {

        public Rule {
            InvalidValue.checkText("family", family, 64);
            InvalidValue.checkText("pattern", pattern, 512);
            if (target == Target.DESCRIPTION) {
                compiled(pattern);
            }
        }

        private static Pattern compiled(String pattern) {
            try {
                return Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            } catch (PatternSyntaxException e) {
                throw new InvalidValue("pattern", "is not a regular expression: " + e.getDescription());
            }
        }
    }

    public FamilyRules {
        rules = List.copyOf(rules);
    }

    /** @param all the lines of the invoice, this one among them */
    Optional<String> familyOf(Line line, List<Line> all) {
        Optional<String> prorated = line.proration() ? ofProrated(line, all) : Optional.empty();
        return prorated.or(() -> matching(line));
    }

    /** Of a line that is known by its text only. */
    Optional<String> familyOf(String description) {
        return matching(description, Optional.empty());
    }

    private Optional<String> ofProrated(Line line, List<Line> all) {
        Stream<Line> credited = all.stream().filter(other -> line.credits().contains(other.id()));
        Stream<Line> same = all.stream().filter(other -> line.item().isPresent() && other.item().equals(line.item()));
        return Stream.concat(credited, same).filter(other -> !other.proration())
                .flatMap(other -> matching(other).stream()).findFirst();
    }

    private Optional<String> matching(Line line) {
        Matcher proration = PRORATION.matcher(line.description());
        String text = line.proration() && proration.matches() ? proration.group("item") : line.description();
        return matching(text, line.item()).or(() -> matching(line.description(), Optional.empty()));
    }

    private Optional<String> matching(String text, Optional<String> item) {
        return rules.stream().filter(rule -> rule.target == Target.ITEM ? item.filter(rule.pattern::equals).isPresent()
                : Rule.compiled(rule.pattern).matcher(text).find()).map(Rule::family).findFirst();
    }
}
