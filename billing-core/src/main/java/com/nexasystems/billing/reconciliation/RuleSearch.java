package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.reconciliation.BillerRules.ProrationRule;
import com.nexasystems.billing.reconciliation.BillerRules.QuotaRule;
import com.nexasystems.billing.reconciliation.BillerRules.Rounding;
import com.nexasystems.billing.reconciliation.BillerRules.TaxRule;
import com.nexasystems.billing.reconciliation.Inference.Candidate;
import java.math.RoundingMode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * Tries rules on charges. First what each part of an invoice nearly agrees with, which does not depend on rounding; then, of
 * the likeliest of those, what every total agrees with to the last cent.
 */
final class RuleSearch {

    private static final List<RoundingMode> MODES = List.of(RoundingMode.HALF_UP, RoundingMode.HALF_EVEN, RoundingMode.DOWN,
            RoundingMode.UP, RoundingMode.HALF_DOWN);
    private static final int FLATS = 30;
    private static final int LIKELIEST = 12;
    private static final int MOST_CANDIDATES = 10;
    private static final int CLIMBED = 2;
    private static final int BY_CHANCE = 2;

    private final List<RuleRow> rows;
    private final List<RuleRow> withUsage;

    RuleSearch(List<RuleRow> rows, List<RuleRow> withUsage) {
        this.rows = rows;
        this.withUsage = withUsage;
    }

    /** The best first. */
    List<Candidate> candidates(BillerRules start) {
        List<BillerRules> flats = best(flatRules(start), rows, RuleRow::isFlatNear, FLATS).stream()
                .map(rules -> rules.in(start.zone(), start.shift())).distinct().limit(2).toList();
        List<BillerRules> likeliest = flats.stream().flatMap(this::likeliest).toList();
        List<Candidate> found = ranked(likeliest.stream().flatMap(RuleSearch::rounded).distinct()
                .map(rules -> new Candidate(rules, explained(rules))));
        List<Candidate> all = ranked(Stream.concat(found.stream(), found.stream().limit(CLIMBED).map(this::improved))
                .distinct());
        return Stream.concat(all.stream().limit(1).map(this::simpler), all.stream()).distinct().limit(MOST_CANDIDATES)
                .toList();
    }

    /** A second of quota moves one charge in thousands: a row or two more are as well a difference that happens to fit. */
    private Candidate simpler(Candidate best) {
        QuotaRule quota = best.rules().quota();
        if (quota != QuotaRule.A_SECOND_EARLY && quota != QuotaRule.A_SECOND_LATE) {
            return best;
        }
        BillerRules rules = best.rules().with(QuotaRule.BEYOND);
        long explained = explained(rules);
        return best.explained() - explained <= BY_CHANCE ? new Candidate(rules, explained) : best;
    }

    private static List<Candidate> ranked(Stream<Candidate> candidates) {
        return candidates.sorted(Comparator.comparingLong(Candidate::explained).reversed()).limit(MOST_CANDIDATES).toList();
    }

    /** Changed in one thing after another as long as more rows are explained: what nearly agrees may have hidden it. */
    private Candidate improved(Candidate start) {
        Candidate best = start;
        Optional<Candidate> better = Optional.of(start);
        while (better.isPresent()) {
            best = better.get();
            long most = best.explained();
            better = Stream.concat(neighbours(best.rules()), quotasAndRoundings(best.rules()))
                    .map(rules -> new Candidate(rules, explained(rules)))
                    .filter(one -> one.explained() > most).max(Comparator.comparingLong(Candidate::explained));
        }
        return best;
    }

    /** Rounding down, with an hour more, is nearly rounding to the nearest: each by itself looks worse than neither. */
    private static Stream<BillerRules> quotasAndRoundings(BillerRules rules) {
        return Stream.of(QuotaRule.values()).map(rules::with).flatMap(RuleSearch::roundings);
    }

    private static Stream<BillerRules> neighbours(BillerRules rules) {
        return Stream.of(Stream.of(TaxRule.values()).map(rules::with), Stream.of(ProrationRule.values()).map(rules::with),
                Stream.of(QuotaRule.values()).map(rules::with), windows(rules), roundings(rules)).flatMap(each -> each);
    }

    /** By windows first: a quota that is an hour off is near, too, and would crowd other windows out. */
    private Stream<BillerRules> likeliest(BillerRules flat) {
        List<BillerRules> windows = best(windows(flat).flatMap(rules -> Stream.of(QuotaRule.BEYOND, QuotaRule.ALL_ONCE_EXCEEDED)
                .map(rules::with)), withUsage, RuleRow::isUsageNear, LIKELIEST);
        return windows.stream().flatMap(window -> window.quota() == QuotaRule.ALL_ONCE_EXCEEDED ? Stream.of(window)
                : Stream.of(QuotaRule.values()).filter(quota -> quota != QuotaRule.ALL_ONCE_EXCEEDED).map(window::with));
    }

    long explained(BillerRules rules) {
        return rows.stream().filter(row -> row.isExplained(rules)).count();
    }

    /** Of the rows on which usage, or a part of a period, was charged: the others agree with almost any rules. */
    boolean isBorneOut(BillerRules best) {
        List<RuleRow> telling = rows.stream().filter(row -> row.isPart() || withUsage.contains(row)).toList();
        List<RuleRow> of = telling.isEmpty() ? rows : telling;
        return !of.isEmpty() && of.stream().filter(row -> row.isExplained(best)).count() * 2 > of.size();
    }

    /** Rules that differ in one thing from the best, and explain as much or, by chance, a row more. */
    List<BillerRules> undecided(BillerRules best) {
        long most = explained(best);
        return neighbours(best).filter(rules -> !rules.equals(best) && explained(rules) >= most).distinct().toList();
    }

    private static Stream<BillerRules> flatRules(BillerRules start) {
        return Stream.of(TaxRule.EXCLUDED, TaxRule.INCLUDED).flatMap(tax -> Stream.of(ProrationRule.BY_DAY,
                ProrationRule.BY_SECOND, ProrationRule.NONE).map(proration -> start.with(tax).with(proration)))
                .flatMap(rules -> zones(rules).map(zone -> rules.in(zone, rules.shift())));
    }

    private static Stream<BillerRules> windows(BillerRules rules) {
        return zones(rules).flatMap(zone -> RuleCandidates.SHIFTS.stream().map(shift -> rules.in(zone, shift)))
                .sorted(Comparator.comparing((BillerRules window) -> window.shift().abs()));
    }

    private static Stream<ZoneId> zones(BillerRules rules) {
        return Stream.concat(Stream.of(rules.zone()), RuleCandidates.ZONES.stream()).distinct();
    }

    private static Stream<BillerRules> rounded(BillerRules rules) {
        return Stream.of(rules, rules.with(TaxRule.INCLUDED_AFTER_ROUNDING)).flatMap(RuleSearch::roundings);
    }

    private static Stream<BillerRules> roundings(BillerRules rules) {
        return MODES.stream().flatMap(mode -> Stream.of(Rounding.LINE, Rounding.TOTAL)
                .map(level -> rules.rounding(level, mode)));
    }

    /** Those that the most rows agree with; of equals those that come first. */
    private static List<BillerRules> best(Stream<BillerRules> candidates, List<RuleRow> on,
                                          BiPredicate<RuleRow, BillerRules> agrees, int most) {
        record Scored(BillerRules rules, long agreeing) { }
        var scored = new ArrayList<Scored>();
        candidates.forEach(rules -> scored.add(new Scored(rules, on.stream().filter(row -> agrees.test(row, rules)).count())));
        return scored.stream().sorted(Comparator.comparingLong(Scored::agreeing).reversed()).limit(most)
                .map(Scored::rules).toList();
    }
}
