package com.nexasystems.billing.reconciliation;

import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourceItem.Kind;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the words of a subscription's items tell: what they mean once the names of plans are taken out, which can be any
 * words such as "Compute", and how often they are there.
 */
final class ItemWords {

    private static final Pattern FIGURES = Pattern.compile("\\d[\\d.,]*");

    /** Such as "(partial month)". */
    private static final Pattern ASIDES = Pattern.compile("\\([^)]*\\)");

    private final Pattern plans;
    private final Map<String, Set<String>> invoices = new HashMap<>();
    private final Map<String, Set<BigDecimal>> amounts = new HashMap<>();

    private ItemWords(Pattern plans) {
        this.plans = plans;
    }

    static ItemWords of(Collection<String> plans, List<SourceInvoice> invoices) {
        var words = new ItemWords(names(plans));
        invoices.stream().filter(Placement::isCharged).forEach(invoice -> invoice.items().forEach(item -> {
            words.invoices.computeIfAbsent(key(item), key -> new HashSet<>()).add(invoice.id());
            words.amounts.computeIfAbsent(key(item), key -> new HashSet<>()).add(item.amount().stripTrailingZeros());
        }));
        return words;
    }

    /** Whole words; of names that are in others, the longer. */
    private static Pattern names(Collection<String> plans) {
        String names = plans.stream().filter(name -> !name.isBlank()).sorted(Comparator.comparing(String::length).reversed())
                .map(name -> Pattern.quote(name.strip().toLowerCase(Locale.ROOT))).collect(Collectors.joining("|"));
        return Pattern.compile(names.isEmpty() ? "(?!)" : "(?<![\\p{L}\\p{N}])(" + names + ")(?![\\p{L}\\p{N}])");
    }

    Kind kind(SourceItem item) {
        return SourceItem.kind(plans.matcher(lower(item)).replaceAll(" "));
    }

    boolean names(SourceItem item, String plan) {
        return names(List.of(plan)).matcher(lower(item)).find();
    }

    /** Of any plan that is known. */
    boolean namesPlan(SourceItem item) {
        return plans.matcher(lower(item)).find();
    }

    /** On more than one invoice. */
    boolean recurs(SourceItem item) {
        return invoices.getOrDefault(key(item), Set.of()).size() > 1;
    }

    /** On more than one invoice, and not always with the same amount: what is measured is. */
    boolean isMetered(SourceItem item) {
        return recurs(item) && amounts.get(key(item)).size() > 1;
    }

    /** On any invoice. */
    boolean hasAmount(SourceItem item, BigDecimal amount) {
        return amounts.getOrDefault(key(item), Set.of()).contains(amount.stripTrailingZeros());
    }

    private static String key(SourceItem item) {
        return FIGURES.matcher(ASIDES.matcher(lower(item)).replaceAll("")).replaceAll("#").strip();
    }

    private static String lower(SourceItem item) {
        return item.description().toLowerCase(Locale.ROOT);
    }
}
