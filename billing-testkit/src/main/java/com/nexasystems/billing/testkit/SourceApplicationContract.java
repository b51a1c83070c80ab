package com.nexasystems.billing.testkit;

import static com.nexasystems.billing.shadow.SourceApplication.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourceItem;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.lang.ref.WeakReference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Extend, hand over your application with the rows that are asked for, and JUnit runs the rules of
 * {@link SourceApplication}. What is given is consistent: what a row refers to is there too, and where a subscription says
 * when it was first billed or used, it has that invoice and that usage. An application whose database cannot hold a row that
 * cannot be read aborts the test, with {@link org.junit.jupiter.api.Assumptions#abort()}.
 */
@Timeout(120)
public abstract class SourceApplicationContract {

    private static final int MORE_THAN_TWO_PAGES = 2 * PAGE + 1;
    private static final int SOME_PAGES = 3;
    private static final int COLLECTIONS = 20;

    private final SourceSample sample = new SourceSample(this::id);

    /** For implementors in any package. */
    protected SourceApplicationContract() {
    }

    /** An application with these rows and no others. Called once in each test. */
    protected abstract SourceApplication holding(SourceRows rows);

    /**
     * What the application holds, as far as it can be told without its adapter: anything that is equal before and after a
     * reading if nothing was written, such as the database's own count of what was written.
     */
    protected abstract Object stateOfSource();

    /**
     * How the application's ids look: a UUID, unless you override it.
     *
     * @param number from 1 on; a greater number has a greater id in the application's own order
     */
    protected String id(int number) {
        return "00000000-0000-4000-8000-%012x".formatted(number);
    }

    /** Amounts that the application can keep. Override it if it keeps fewer digits, or more. */
    protected List<BigDecimal> amounts() {
        return Stream.of("0", "0.01", "-19.99", "1234567890.12", "0.000000000001", "99999999.999999999999")
                .map(BigDecimal::new).toList();
    }

    /** Texts that the application can keep. Override it if it keeps fewer. */
    protected List<String> texts() {
        return List.of("Zoë Müller", " between blanks ", "'; DROP TABLE users; --", "\"quoted\" \\ % _", "公司 🚀", "null",
                "two\nlines\tand a tab", "long ".repeat(40));
    }

    @Test
    @DisplayName("SA-1 nothing is written by reading")
    void nothing_is_written_by_reading() {
        SourceApplication application = holding(eachOf(3));
        Object before = stateOfSource();
        application.counts();
        kinds().forEach(kind -> kind.told(application));
        assertThat(stateOfSource()).isEqualTo(before);
    }

    @Test
    @DisplayName("SA-2 every plan is told once, by rising id")
    void every_plan_is_told_once() {
        List<SourceRow<SourcePlan>> plans = sample.rows(MORE_THAN_TWO_PAGES, sample::plan, SourcePlan::id);
        everyRowOnce(SourceApplication::plans, plans, SourceRows.none().withPlans(shuffled(plans)));
    }

    @Test
    @DisplayName("SA-2 every user is told once, by rising id")
    void every_user_is_told_once() {
        List<SourceRow<SourceUser>> users = sample.rows(MORE_THAN_TWO_PAGES, sample::user, SourceUser::id);
        everyRowOnce(SourceApplication::users, users, SourceRows.none().withUsers(shuffled(users)));
    }

    @Test
    @DisplayName("SA-2 every subscription is told once, by rising id")
    void every_subscription_is_told_once() {
        SourceRows world = sample.world(MORE_THAN_TWO_PAGES);
        everyRowOnce(SourceApplication::subscriptions, world.subscriptions(),
                world.withSubscriptions(shuffled(world.subscriptions())));
    }

    @Test
    @DisplayName("SA-2 all usage is told once, by subscription, then start, then id")
    void all_usage_is_told_once() {
        List<SourceRow<SourceUsage>> usage = usage(MORE_THAN_TWO_PAGES);
        everyRowOnce(SourceApplication::usage, usage, sample.world(3).withUsage(shuffled(usage)));
    }

    @Test
    @DisplayName("SA-2 every invoice is told once, by rising id")
    void every_invoice_is_told_once() {
        List<SourceRow<SourceInvoice>> invoices = sample.rows(MORE_THAN_TWO_PAGES, sample::invoice, SourceInvoice::id);
        everyRowOnce(SourceApplication::invoices, invoices, sample.world(1).withInvoices(shuffled(invoices)));
    }

    @Test
    @DisplayName("SA-2 of an empty application nothing is told")
    void of_an_empty_application_nothing_is_told() {
        SourceApplication application = holding(SourceRows.none());
        assertThat(kinds()).allSatisfy(kind -> assertThat(kind.told(application)).isEmpty());
    }

    @Test
    @DisplayName("SA-3 a plan that cannot be read stands alone")
    void an_unreadable_plan_stands_alone() {
        List<SourceRow<SourcePlan>> plans = mixed(sample::plan, SourcePlan::id);
        unreadableStandAlone(SourceApplication::plans, plans, SourceRows.none().withPlans(plans));
    }

    @Test
    @DisplayName("SA-3 a user that cannot be read stands alone")
    void an_unreadable_user_stands_alone() {
        List<SourceRow<SourceUser>> users = mixed(sample::user, SourceUser::id);
        unreadableStandAlone(SourceApplication::users, users, SourceRows.none().withUsers(users));
    }

    @Test
    @DisplayName("SA-3 a subscription that cannot be read stands alone")
    void an_unreadable_subscription_stands_alone() {
        List<SourceRow<SourceSubscription>> subscriptions = mixed(sample::subscription, SourceSubscription::id);
        unreadableStandAlone(SourceApplication::subscriptions, subscriptions,
                sample.world(1).withSubscriptions(subscriptions));
    }

    @Test
    @DisplayName("SA-3 usage that cannot be read stands alone")
    void unreadable_usage_stands_alone() {
        List<SourceRow<SourceUsage>> usage = mixed(number -> sample.usage(number, 1, second(number)), SourceUsage::id);
        unreadableStandAlone(SourceApplication::usage, usage, sample.world(1).withUsage(usage));
    }

    @Test
    @DisplayName("SA-3 an invoice that cannot be read stands alone")
    void an_unreadable_invoice_stands_alone() {
        List<SourceRow<SourceInvoice>> invoices = mixed(sample::invoice, SourceInvoice::id);
        unreadableStandAlone(SourceApplication::invoices, invoices, sample.world(1).withInvoices(invoices));
    }

    @Test
    @DisplayName("SA-4 plans are told as they are kept")
    void plans_are_told_as_they_are_kept() {
        List<SourcePlan> plans = new ArrayList<>();
        texts().forEach(text -> plans.add(new SourcePlan(id(plans.size() + 1), text, Optional.empty(), Optional.empty(),
                Optional.empty(), plans.size() % 2 == 0)));
        amounts().forEach(amount -> plans.add(new SourcePlan(id(plans.size() + 1), "Starter", Optional.of(amount),
                Optional.of(amount.negate()), Optional.of(BigDecimal.valueOf(7_200)), true)));
        List<SourceRow<SourcePlan>> rows = rows(plans, SourcePlan::id);
        toldAsKept(SourceApplication::plans, rows, SourceRows.none().withPlans(rows));
    }

    @Test
    @DisplayName("SA-4 users are told as they are kept")
    void users_are_told_as_they_are_kept() {
        List<SourceUser> users = new ArrayList<>(List.of(sample.user(1, Optional.empty())));
        texts().forEach(text -> users.add(sample.user(users.size() + 1, Optional.of(text))));
        List<SourceRow<SourceUser>> rows = rows(users, SourceUser::id);
        toldAsKept(SourceApplication::users, rows, SourceRows.none().withUsers(rows));
    }

    @Test
    @DisplayName("SA-4 subscriptions are told as they are kept, with what was billed and used")
    void subscriptions_are_told_as_they_are_kept() {
        Optional<Instant> start = Optional.of(SourceSample.START);
        Optional<Instant> end = Optional.of(SourceSample.END);
        List<SourceRow<SourceSubscription>> rows = rows(List.of(sample.subscription(1), new SourceSubscription(id(2), id(1),
                Optional.of(id(7)), Optional.of("Zoë’s \"site\""), id(1), "past_due", "yearly", start, end, start, end,
                Optional.of(second(5)))), SourceSubscription::id);
        SourceInvoice invoice = billed(sample.invoice(1), 2);
        toldAsKept(SourceApplication::subscriptions, rows, sample.world(1).withSubscriptions(rows)
                .withUsage(rows(List.of(sample.usage(1, 2, second(9)), sample.usage(2, 2, second(5))), SourceUsage::id))
                .withInvoices(rows(List.of(invoice), SourceInvoice::id)));
    }

    @Test
    @DisplayName("SA-4 usage is told as it is kept")
    void usage_is_told_as_it_is_kept() {
        List<SourceUsage> usage = new ArrayList<>();
        amounts().forEach(amount -> usage.add(sample.usage(usage.size() + 1, 1, second(usage.size()), amount)));
        List<SourceRow<SourceUsage>> rows = rows(usage, SourceUsage::id);
        toldAsKept(SourceApplication::usage, rows, sample.world(1).withUsage(rows));
    }

    @Test
    @DisplayName("SA-4 invoices are told as they are kept, and so are their items")
    void invoices_are_told_as_they_are_kept() {
        List<SourceInvoice> invoices = new ArrayList<>();
        amounts().forEach(amount -> invoices.add(invoice(invoices.size() + 1, amount, "x", Optional.empty())));
        texts().forEach(text -> invoices.add(invoice(invoices.size() + 1, BigDecimal.ONE, text, Optional.of(text))));
        List<SourceRow<SourceInvoice>> rows = rows(invoices, SourceInvoice::id);
        toldAsKept(SourceApplication::invoices, rows, sample.world(1).withInvoices(rows));
    }

    @Test
    @DisplayName("SA-5 an invoice is told once with all of its items, be they none, one, many, or more than a page")
    void an_invoice_is_told_once_with_all_of_its_items() {
        List<SourceInvoice> invoices = new ArrayList<>();
        int items = 0;
        for (int count : new int[] {0, 1, 2, 50, 0, 0, PAGE + 1, 3, 0}) {
            invoices.add(sample.invoice(invoices.size() + 1, items + 1, count));
            items += count;
        }
        SourceApplication application = holding(sample.world(1).withInvoices(rows(invoices, SourceInvoice::id)));
        List<SourceRow<SourceInvoice>> told = told(application, SourceApplication::invoices);
        assertThat(told).extracting(row -> withItems(row.value().orElseThrow()))
                .containsExactlyInAnyOrderElementsOf(invoices.stream().map(SourceApplicationContract::withItems).toList());
    }

    @Test
    @DisplayName("SA-6 what a listener throws ends the reading, and is what the caller gets")
    void what_a_listener_throws_reaches_the_caller() {
        SourceApplication application = holding(eachOf(PAGE + 1));
        for (Kind<?> kind : kinds()) {
            for (Throwable thrown : List.of(new IllegalStateException("enough"), new AssertionError("enough"))) {
                List<Throwable> calls = new ArrayList<>();
                assertThat(catchThrowable(() -> kind.read(application, page -> {
                    calls.add(thrown);
                    throwIt(thrown);
                }))).as(kind.name()).isSameAs(thrown);
                assertThat(calls).as("calls for " + kind.name()).hasSize(1);
            }
            assertThat(kind.told(application)).as(kind.name() + ", read again").isNotEmpty();
        }
    }

    @Test
    @DisplayName("SA-7 of the pages that were told, some are held in memory, and no more")
    void pages_are_let_go() {
        int pages = 2 * SOME_PAGES;
        SourceApplication application = holding(sample.world(3).withUsage(usage(pages * PAGE)));
        List<WeakReference<Object>> told = new ArrayList<>();
        List<Integer> held = new ArrayList<>();
        application.usage(page -> {
            told.add(new WeakReference<>(page));
            if (told.size() == pages) {
                held.add(heldOf(told));
            }
        });
        assertThat(held).as("pages that are still held when the last is told").hasSize(1)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(SOME_PAGES));
    }

    // --- reading

    /** @param read a method of the port */
    private record Kind<T>(String name, BiConsumer<SourceApplication, Consumer<List<SourceRow<T>>>> read) {

        void read(SourceApplication application, Consumer<List<SourceRow<T>>> page) {
            read.accept(application, page);
        }

        List<SourceRow<T>> told(SourceApplication application) {
            return SourceApplicationContract.told(application, read);
        }
    }

    private static List<Kind<?>> kinds() {
        return List.of(new Kind<>("plans", SourceApplication::plans), new Kind<>("users", SourceApplication::users),
                new Kind<>("subscriptions", SourceApplication::subscriptions),
                new Kind<>("usage", SourceApplication::usage), new Kind<>("invoices", SourceApplication::invoices));
    }

    private static <T> List<SourceRow<T>> told(SourceApplication application,
            BiConsumer<SourceApplication, Consumer<List<SourceRow<T>>>> read) {
        var told = new ArrayList<SourceRow<T>>();
        read.accept(application, told::addAll);
        return told;
    }

    /** Twice, for reading leaves nothing behind. */
    private <T> void everyRowOnce(BiConsumer<SourceApplication, Consumer<List<SourceRow<T>>>> read,
            List<SourceRow<T>> expected, SourceRows rows) {
        SourceApplication application = holding(rows);
        for (int i = 0; i < 2; i++) {
            var ids = new ArrayList<String>();
            read.accept(application, page -> {
                assertThat(page.size()).as("rows of a page").isLessThanOrEqualTo(PAGE);
                page.forEach(row -> ids.add(row.id()));
            });
            sameOrder(ids, expected.stream().map(SourceRow::id).toList());
        }
    }

    /** Shows the first difference: a comparison of all, in all its detail, takes more memory than there is. */
    private static void sameOrder(List<String> told, List<String> expected) {
        int common = Math.min(told.size(), expected.size());
        int first = IntStream.range(0, common).filter(i -> !told.get(i).equals(expected.get(i))).findFirst().orElse(common);
        assertThat(told.stream().skip(first).findFirst()).as("row " + first + " of those that were told")
                .isEqualTo(expected.stream().skip(first).findFirst());
    }

    private <T> void unreadableStandAlone(BiConsumer<SourceApplication, Consumer<List<SourceRow<T>>>> read,
            List<SourceRow<T>> expected, SourceRows rows) {
        List<SourceRow<T>> told = told(holding(rows), read);
        assertThat(told).extracting(SourceApplicationContract::readOrNot)
                .containsExactlyInAnyOrderElementsOf(expected.stream().map(SourceApplicationContract::readOrNot).toList());
        assertThat(told).allSatisfy(row -> assertThat(row.problem().orElse("none")).isNotBlank());
    }

    private static String readOrNot(SourceRow<?> row) {
        return row.id() + (row.value().isPresent() ? " is read" : " is not read");
    }

    /** How many zeros an amount ends with does not matter. */
    private <T> void toldAsKept(BiConsumer<SourceApplication, Consumer<List<SourceRow<T>>>> read,
            List<SourceRow<T>> expected, SourceRows rows) {
        List<SourceRow<T>> told = new ArrayList<>(told(holding(rows), read));
        told.sort(Comparator.comparing(row -> expected.stream().map(SourceRow::id).toList().indexOf(row.id())));
        assertThat(told).usingRecursiveComparison().withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(expected);
    }

    private static int heldOf(List<WeakReference<Object>> pages) {
        int held = pages.size();
        for (int i = 0; i < COLLECTIONS && held > SOME_PAGES; i++) {
            System.gc();
            Set<Object> alive = Collections.newSetFromMap(new IdentityHashMap<>());
            pages.stream().map(WeakReference::get).filter(page -> page != null).forEach(alive::add);
            held = alive.size();
        }
        return held;
    }

    private static void throwIt(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) thrown;
    }

    // --- rows

    private SourceRows eachOf(int count) {
        return new SourceRows(sample.rows(count, sample::plan, SourcePlan::id),
                sample.rows(count, sample::user, SourceUser::id),
                sample.rows(count, sample::subscription, SourceSubscription::id), usage(count),
                sample.rows(count, sample::invoice, SourceInvoice::id));
    }

    /** Of three subscriptions, in the order of the port: later usage has smaller ids, and some starts at the same time. */
    private List<SourceRow<SourceUsage>> usage(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> sample.usage(number, 1 + number % 3, second((count - number) / 6)))
                .sorted(Comparator.comparing(SourceUsage::subscriptionId).thenComparing(SourceUsage::start)
                        .thenComparing(SourceUsage::id))
                .map(usage -> SourceRow.of(usage.id(), usage)).toList();
    }

    /** Seven rows, of which the first, two in the middle and the last cannot be read. */
    private <T> List<SourceRow<T>> mixed(IntFunction<T> row, Function<T, String> idOf) {
        return IntStream.rangeClosed(1, 7).mapToObj(number -> Set.of(1, 4, 5, 7).contains(number)
                ? SourceRow.<T>unreadable(id(number), "as the contract asks for")
                : SourceRow.of(id(number), row.apply(number))).toList();
    }

    private SourceInvoice invoice(int number, BigDecimal amount, String text, Optional<String> optional) {
        return new SourceInvoice(id(number), id(1), Optional.empty(), optional, optional, "cad", "open", amount,
                amount.negate(), Optional.of(second(number)), List.of(new SourceItem(id(number), text,
                optional.map(some -> amount), optional.map(some -> amount), amount,
                optional.map(some -> SourceSample.START), optional.map(some -> SourceSample.END))));
    }

    private SourceInvoice billed(SourceInvoice invoice, int subscription) {
        return new SourceInvoice(invoice.id(), invoice.userId(), Optional.of(id(subscription)), invoice.billedAt(),
                invoice.number(), invoice.currency(), invoice.status(), invoice.subtotal(), invoice.tax(),
                invoice.createdAt(), invoice.items());
    }

    private static Instant second(int number) {
        return SourceSample.START.plusSeconds(number);
    }

    /** Short, for a wrong application may have told thousands of invoices of thousands of items. */
    private static String withItems(SourceInvoice invoice) {
        List<String> ids = invoice.items().stream().map(SourceItem::id).toList();
        return invoice.id() + " of " + ids.size() + " items, with the digest " + ids.hashCode();
    }

    private static <T> List<SourceRow<T>> rows(List<T> values, Function<T, String> idOf) {
        return values.stream().map(value -> SourceRow.of(idOf.apply(value), value)).toList();
    }

    /** In another order than the one that is asked for. */
    private static <T> List<SourceRow<T>> shuffled(List<SourceRow<T>> rows) {
        var reversed = new ArrayList<>(rows);
        Collections.reverse(reversed);
        return reversed;
    }
}
