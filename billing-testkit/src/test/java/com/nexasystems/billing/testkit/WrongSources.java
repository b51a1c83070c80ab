package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.memory.MemorySourceApplication;
import com.nexasystems.billing.shadow.SourceApplication;
import com.nexasystems.billing.shadow.SourceInvoice;
import com.nexasystems.billing.shadow.SourcePlan;
import com.nexasystems.billing.shadow.SourceRow;
import com.nexasystems.billing.shadow.SourceSubscription;
import com.nexasystems.billing.shadow.SourceUsage;
import com.nexasystems.billing.shadow.SourceUser;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** As {@link WrongAdapters}, for readers of applications. */
final class WrongSources {

    private WrongSources() {
    }

    /** The contract, with a reader that has a mistake. */
    private abstract static class WrongSource extends SourceApplicationContract {

        private int written;

        @Override
        protected SourceApplication holding(SourceRows rows) {
            var memory = new MemorySourceApplication();
            memory.plans().addAll(rows.plans());
            memory.users().addAll(rows.users());
            memory.subscriptions().addAll(rows.subscriptions());
            memory.usage().addAll(rows.usage());
            memory.invoices().addAll(rows.invoices());
            return wrong(memory);
        }

        abstract SourceApplication wrong(SourceApplication right);

        final void write() {
            written++;
        }

        @Override
        protected Object stateOfSource() {
            return written;
        }
    }

    /** What a right reader tells, unless a subclass changes it on the way. */
    private abstract static class Reader implements SourceApplication {

        private final SourceApplication right;

        Reader(SourceApplication right) {
            this.right = right;
        }

        /** @param rows of one kind, by page, to whom one names */
        <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
            rows.accept(page);
        }

        @Override
        public Counts counts() {
            return right.counts();
        }

        @Override
        public void plans(Consumer<List<SourceRow<SourcePlan>>> page) {
            tell(right::plans, page);
        }

        @Override
        public void users(Consumer<List<SourceRow<SourceUser>>> page) {
            tell(right::users, page);
        }

        @Override
        public void subscriptions(Consumer<List<SourceRow<SourceSubscription>>> page) {
            tell(right::subscriptions, page);
        }

        @Override
        public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
            tell(right::usage, page);
        }

        @Override
        public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
            tell(right::invoices, page);
        }
    }

    private static <T> List<SourceRow<T>> changed(List<SourceRow<T>> rows, UnaryOperator<T> change) {
        return rows.stream().map(row -> row.value().map(value -> SourceRow.of(row.id(), change.apply(value))).orElse(row))
                .toList();
    }

    private static SourceInvoice withSubtotal(SourceInvoice invoice, BigDecimal subtotal) {
        return new SourceInvoice(invoice.id(), invoice.userId(), invoice.subscriptionId(), invoice.billedAt(),
                invoice.number(), invoice.currency(), invoice.status(), subtotal, invoice.tax(), invoice.createdAt(),
                invoice.items());
    }

    private static SourceUser withFullName(SourceUser user, Optional<String> fullName) {
        return new SourceUser(user.id(), user.email(), fullName, user.company(), user.billingEmail(), user.address(),
                user.city(), user.state(), user.postalCode(), user.country(), user.taxId(), user.stripeCustomerId());
    }

    @Breaks("SA-1")
    static class MarksWhatItHasRead extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    super.tell(rows, page);
                    write();
                }
            };
        }
    }

    @Breaks("SA-2")
    static class RepeatsTheLastRowOfAPageOnTheNext extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    var last = new ArrayList<SourceRow<T>>();
                    rows.accept(next -> {
                        page.accept(Stream.concat(last.stream(), next.stream()).limit(PAGE).toList());
                        last.clear();
                        last.add(next.get(next.size() - 1));
                    });
                }
            };
        }
    }

    @Breaks("SA-2")
    static class LosesThePageThatIsNotFull extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    var full = new ArrayList<Integer>();
                    rows.accept(next -> {
                        if (next.size() == PAGE || full.isEmpty()) {
                            page.accept(next);
                        }
                        full.add(next.size());
                    });
                }
            };
        }
    }

    @Breaks({"SA-2", "SA-7"})
    static class TellsAllInOnePage extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    var all = new ArrayList<SourceRow<T>>();
                    rows.accept(all::addAll);
                    page.accept(all);
                }
            };
        }
    }

    @Breaks("SA-2")
    static class TellsTheNewestOfAPageFirst extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    rows.accept(next -> {
                        var reversed = new ArrayList<>(next);
                        Collections.reverse(reversed);
                        page.accept(reversed);
                    });
                }
            };
        }
    }

    @Breaks("SA-2")
    static class OrdersUsageByItsIdAlone extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
                    super.usage(next -> page.accept(next.stream().sorted(Comparator.comparing(SourceRow::id)).toList()));
                }
            };
        }
    }

    @Breaks("SA-3")
    static class LosesTheRowAfterABadOne extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    rows.accept(next -> {
                        var kept = new ArrayList<SourceRow<T>>();
                        for (int i = 0; i < next.size(); i++) {
                            if (i == 0 || next.get(i - 1).value().isPresent()) {
                                kept.add(next.get(i));
                            }
                        }
                        page.accept(kept);
                    });
                }
            };
        }
    }

    @Breaks("SA-3")
    static class LeavesBadRowsOut extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    rows.accept(next -> page.accept(next.stream().filter(row -> row.value().isPresent()).toList()));
                }
            };
        }
    }

    @Breaks("SA-3")
    static class FailsAtABadRow extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    rows.accept(next -> {
                        next.stream().flatMap(row -> row.problem().stream()).findFirst().ifPresent(problem -> {
                            throw new PortFailure(PortFailure.Effect.NONE, problem, null);
                        });
                        page.accept(next);
                    });
                }
            };
        }
    }

    @Breaks("SA-3")
    static class DoesNotSayWhatIsWrong extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    rows.accept(next -> page.accept(next.stream().map(row -> row.value().isPresent() ? row
                            : SourceRow.<T>unreadable(row.id(), "")).toList()));
                }
            };
        }
    }

    @Breaks("SA-4")
    static class RoundsAmountsToCents extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
                    super.invoices(next -> page.accept(changed(next, invoice -> withSubtotal(invoice,
                            invoice.subtotal().setScale(2, RoundingMode.HALF_EVEN)))));
                }
            };
        }
    }

    @Breaks("SA-4")
    static class ReadsQuantitiesAsFloatingPoint extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void usage(Consumer<List<SourceRow<SourceUsage>>> page) {
                    super.usage(next -> page.accept(changed(next, usage -> new SourceUsage(usage.id(),
                            usage.subscriptionId(), usage.start(), usage.end(),
                            new BigDecimal(usage.cpuHours().doubleValue())))));
                }
            };
        }
    }

    @Breaks("SA-4")
    static class TellsAnEmptyTextForNone extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void users(Consumer<List<SourceRow<SourceUser>>> page) {
                    super.users(next -> page.accept(changed(next,
                            user -> withFullName(user, user.fullName().or(() -> Optional.of(""))))));
                }
            };
        }
    }

    @Breaks("SA-4")
    static class TrimsTexts extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void users(Consumer<List<SourceRow<SourceUser>>> page) {
                    super.users(next -> page.accept(changed(next,
                            user -> withFullName(user, user.fullName().map(String::strip)))));
                }
            };
        }
    }

    @Breaks("SA-5")
    static class TellsAnInvoiceForEachOfItsItems extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
                    super.invoices(next -> page.accept(next.stream().flatMap(row -> Collections.nCopies(
                            Math.max(1, row.value().map(invoice -> invoice.items().size()).orElse(1)), row).stream())
                            .toList()));
                }
            };
        }
    }

    @Breaks("SA-5")
    static class LosesInvoicesWithoutItems extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
                    super.invoices(next -> page.accept(next.stream().filter(row -> row.value()
                            .map(invoice -> !invoice.items().isEmpty()).orElse(true)).toList()));
                }
            };
        }
    }

    @Breaks("SA-5")
    static class TellsAPageOfItemsAtMost extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                public void invoices(Consumer<List<SourceRow<SourceInvoice>>> page) {
                    super.invoices(next -> page.accept(changed(next, invoice -> new SourceInvoice(invoice.id(),
                            invoice.userId(), invoice.subscriptionId(), invoice.billedAt(), invoice.number(),
                            invoice.currency(), invoice.status(), invoice.subtotal(), invoice.tax(), invoice.createdAt(),
                            invoice.items().stream().limit(PAGE).toList()))));
                }
            };
        }
    }

    @Breaks("SA-6")
    static class SwallowsWhatTheListenerThrows extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    try {
                        super.tell(rows, page);
                    } catch (IllegalStateException e) {
                        // As one does who takes every exception for the end of the rows.
                    }
                }
            };
        }
    }

    @Breaks("SA-6")
    static class SaysThatTheDatabaseFailedWhenTheListenerDid extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    try {
                        super.tell(rows, page);
                    } catch (IllegalStateException e) {
                        throw new PortFailure(PortFailure.Effect.NONE, e.getMessage(), e);
                    }
                }
            };
        }
    }

    @Breaks("SA-6")
    static class ReadsOnAndThrowsAtTheEnd extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    var thrown = new ArrayList<IllegalStateException>();
                    rows.accept(next -> {
                        try {
                            page.accept(next);
                        } catch (IllegalStateException e) {
                            thrown.add(e);
                        }
                    });
                    thrown.stream().findFirst().ifPresent(first -> {
                        throw first;
                    });
                }
            };
        }
    }

    @Breaks("SA-7")
    static class ReadsAllPagesBeforeItTellsTheFirst extends WrongSource {
        @Override
        SourceApplication wrong(SourceApplication right) {
            return new Reader(right) {
                @Override
                <T> void tell(Consumer<Consumer<List<SourceRow<T>>>> rows, Consumer<List<SourceRow<T>>> page) {
                    var pages = new ArrayList<List<SourceRow<T>>>();
                    rows.accept(pages::add);
                    pages.forEach(page);
                }
            };
        }
    }
}
