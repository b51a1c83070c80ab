package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.ledger.Draft;
import com.nexasystems.billing.ledger.EntryKey;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.IngestedInvoice;
import com.nexasystems.billing.ledger.Journal;
import com.nexasystems.billing.ledger.Journal.Balance;
import com.nexasystems.billing.ledger.Journal.ChainRow;
import com.nexasystems.billing.ledger.Journal.InvoiceFilter;
import com.nexasystems.billing.ledger.Journal.Keep;
import com.nexasystems.billing.ledger.Journal.Known;
import com.nexasystems.billing.ledger.Journal.MonthlyBalance;
import com.nexasystems.billing.ledger.Journal.OpenItem;
import com.nexasystems.billing.ledger.Journal.OutcomeCount;
import com.nexasystems.billing.ledger.Journal.Scope;
import com.nexasystems.billing.ledger.JournalEntry;
import com.nexasystems.billing.ledger.LedgerAccount;
import com.nexasystems.billing.ledger.PeriodLock;
import com.nexasystems.billing.ledger.PostedEntry;
import com.nexasystems.billing.ledger.Posting;
import com.nexasystems.billing.ledger.Seal;
import com.nexasystems.billing.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** As {@link WrongAdapters}, for the journal. */
final class WrongJournals {

    private static final int ALL = 100_000;

    private WrongJournals() {
    }

    private static Ports wrong(Function<Journal, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Journal.class, mistakes);
    }

    @Breaks("JR-1")
    static class ForgetsWhatHasChanged extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Map<String, IngestedInvoice> find(Collection<String> invoices) {
                    var found = new HashMap<>(right.find(invoices));
                    found.replaceAll((id, record) -> new IngestedInvoice(id, record.outcome(), record.reason(),
                            record.settled(), record.document(), record.evidence(), record.unmatched(), List.of(),
                            record.verifiedAt(), record.triedAt()));
                    return found;
                }
            });
        }
    }

    /** As somebody does who replaces each draft by that of the same key. */
    @Breaks("JR-1")
    static class LeavesDraftsThatAreGone extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void keep(List<Keep> invoices) {
                    right.keep(invoices.stream().map(this::withWhatWasThere).toList());
                }

                private Keep withWhatWasThere(Keep kept) {
                    List<Draft> gone = right.look(kept.record().invoice()).drafts().stream().filter(before -> kept.drafts()
                            .stream().noneMatch(draft -> draft.entry().key().equals(before.entry().key()))).toList();
                    return kept.drafts().isEmpty() ? kept : new Keep(kept.record(),
                            Stream.concat(kept.drafts().stream(), gone.stream()).toList(), kept.evidence());
                }
            });
        }
    }

    @Breaks("JR-2")
    static class SeesWhatWasThereWhenItWasFirstClaimed extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            var seen = new HashMap<String, Known>();
            return wrong(right -> new Object() {
                public Map<String, Known> claim(Collection<String> invoices) {
                    Map<String, Known> claimed = new LinkedHashMap<>(right.claim(invoices));
                    claimed.replaceAll((id, now) -> seen.computeIfAbsent(id, first -> now));
                    return claimed;
                }
            });
        }
    }

    @Breaks("JR-2")
    static class LeavesOutWhatIsNotKnown extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Map<String, Known> claim(Collection<String> invoices) {
                    var claimed = new HashMap<>(right.claim(invoices));
                    claimed.values().removeIf(Known.NOTHING::equals);
                    return claimed;
                }
            });
        }
    }

    @Breaks("JR-3")
    static class KeepsEqualPostingsOnce extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Draft> drafts(Optional<JournalEntry> after, int limit) {
                    return right.drafts(after, limit).stream().map(draft -> new Draft(once(draft.entry()), draft.evidence()))
                            .toList();
                }

                private JournalEntry once(JournalEntry entry) {
                    List<Posting> once = entry.postings().stream().distinct().toList();
                    try {
                        return new JournalEntry(entry.key(), entry.date(), entry.party(), entry.text(), once);
                    } catch (IllegalArgumentException unbalanced) {
                        return new JournalEntry(entry.key(), entry.date(), entry.party(), entry.text(),
                                once.stream().filter(posting -> posting.amount().currency().equals(Samples.CAD)).toList());
                    }
                }
            });
        }
    }

    @Breaks("JR-3")
    static class PagesByDateAlone extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Draft> drafts(Optional<JournalEntry> after, int limit) {
                    return right.drafts(Optional.empty(), ALL).stream()
                            .filter(draft -> after.isEmpty() || draft.entry().date().isAfter(after.get().date()))
                            .limit(limit).toList();
                }
            });
        }
    }

    @Breaks("JR-4")
    static class LeavesTheDraftsOfWhatIsPosted extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            var posted = new HashMap<EntryKey, Draft>();
            return wrong(right -> new Object() {
                public void post(List<PostedEntry> batch, Seal seal) {
                    batch.forEach(entry -> posted.put(entry.entry().key(), new Draft(entry.entry(), entry.evidence())));
                    right.post(batch, seal);
                }

                public Known look(String invoice) {
                    Known known = right.look(invoice);
                    return new Known(known.record(), Stream.concat(known.drafts().stream(), known.posted().stream()
                            .filter(entry -> known.drafts().size() == 1 && entry.reverses().isEmpty())
                            .map(entry -> posted.get(entry.entry().key()))).toList(), known.posted());
                }
            });
        }
    }

    /** As a table without a unique key does. */
    @Breaks("JR-4")
    static class TakesWhatIsRefusedForPosted extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void post(List<PostedEntry> batch, Seal seal) {
                    boolean known = batch.stream().anyMatch(entry -> right.posted(entry.entry().key()).isPresent());
                    if (!known) {
                        right.post(batch, seal);
                    }
                }
            });
        }
    }

    @Breaks("JR-5")
    static class ForgetsEvidenceWithoutDrafts extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Optional<Evidence> evidence(String sha256) {
                    return right.evidence(sha256).filter(evidence -> right.look(evidence.invoice()).drafts().stream()
                            .anyMatch(draft -> draft.evidence().equals(sha256)));
                }
            });
        }
    }

    @Breaks("JR-5")
    static class ShowsOnlyWhatIsKnownToBeBooked extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            var parties = new HashMap<String, String>();
            return wrong(right -> new Object() {
                public void keep(List<Keep> invoices) {
                    right.keep(invoices);
                    invoices.forEach(kept -> kept.drafts().forEach(
                            draft -> parties.put(kept.record().invoice(), draft.entry().party())));
                }

                public List<ChainRow> chain(long after, int limit) {
                    return right.chain(after, limit).stream().map(row -> new ChainRow(row.sequence(),
                            row.entry().map(this::withPartyOfToday), row.problem())).toList();
                }

                private PostedEntry withPartyOfToday(PostedEntry entry) {
                    JournalEntry was = entry.entry();
                    return new PostedEntry(entry.sequence(), new JournalEntry(was.key(), was.date(),
                            parties.get(was.key().invoice()), was.text(), was.postings()), entry.evidence(),
                            entry.reverses(), entry.by(), entry.at(), entry.chain());
                }
            });
        }
    }

    @Breaks("JR-6")
    static class KeepsEvidenceAsText extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Optional<Evidence> evidence(String sha256) {
                    return right.evidence(sha256).map(evidence -> new Evidence(evidence.invoice(), evidence.fetchedAt(),
                            evidence.documents().stream().map(document -> new Evidence.Document(document.name(),
                                    new String(document.bytes(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8)))
                                    .toList()));
                }
            });
        }
    }

    @Breaks("JR-7")
    static class LeavesTheLastDayOut extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Balance> balances(Optional<LocalDate> until, Scope scope) {
                    return right.balances(until.map(day -> day.minusDays(1)), scope);
                }
            });
        }
    }

    @Breaks("JR-7")
    static class GivesWhatIsLeftOfDebitsAndCredits extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Balance> balances(Optional<LocalDate> until, Scope scope) {
                    return right.balances(until, scope).stream().map(this::netted).toList();
                }

                private Balance netted(Balance balance) {
                    Money nothing = Money.zero(balance.debit().currency());
                    Money net = balance.net();
                    return new Balance(balance.account(), net.isNegative() ? nothing : net,
                            net.isNegative() ? net.negated() : nothing);
                }
            });
        }
    }

    @Breaks("JR-7")
    static class CountsDraftsAsPosted extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<MonthlyBalance> monthly(LedgerAccount.Type type, LocalDate from, LocalDate until, Scope scope) {
                    return right.monthly(type, from, until, Scope.BOTH);
                }
            });
        }
    }

    @Breaks("JR-8")
    static class LeavesOutWhatIsOwedToCustomers extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void openItems(LocalDate until, Scope scope, Consumer<List<OpenItem>> page) {
                    right.openItems(until, scope, items -> page.accept(items.stream()
                            .filter(item -> !item.open().isNegative()).toList()));
                }
            });
        }
    }

    @Breaks("JR-8")
    static class GivesTheFirstItemOfAPageTwice extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void openItems(LocalDate until, Scope scope, Consumer<List<OpenItem>> page) {
                    right.openItems(until, scope, items -> page.accept(items.size() < 10 ? items
                            : Stream.concat(items.stream().limit(1), items.stream()).toList()));
                }
            });
        }
    }

    @Breaks("JR-9")
    static class CountsThePage extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<IngestedInvoice> invoices(InvoiceFilter filter, PageRequest request) {
                    Page<IngestedInvoice> page = right.invoices(filter, request);
                    return new Page<>(page.items(), page.items().size());
                }
            });
        }
    }

    @Breaks("JR-9")
    static class TakesFalseForDoesNotMatter extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<IngestedInvoice> invoices(InvoiceFilter filter, PageRequest request) {
                    return right.invoices(new InvoiceFilter(filter.outcome(), filter.changed().filter(is -> is),
                            filter.unmatched().filter(is -> is)), request);
                }
            });
        }
    }

    @Breaks("JR-9")
    static class CountsOutcomesWithoutReasons extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<OutcomeCount> counts() {
                    return right.counts().stream()
                            .map(count -> new OutcomeCount(count.outcome(), Optional.empty(), count.invoices())).toList();
                }
            });
        }
    }

    @Breaks("JR-10")
    static class GivesTheFirstDrafts extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Draft> sample(String seed, int size) {
                    return right.drafts(Optional.empty(), size);
                }
            });
        }
    }

    @Breaks("JR-10")
    static class GivesOthersEachTime extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            var calls = new int[1];
            return wrong(right -> new Object() {
                public List<Draft> sample(String seed, int size) {
                    return right.sample(seed + ", call " + calls[0]++, size);
                }
            });
        }
    }

    @Breaks("JR-11")
    static class GivesThePagesLastEntryAgain extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<ChainRow> chain(long after, int limit) {
                    return right.chain(Math.max(0, after - 1), limit);
                }
            });
        }
    }

    @Breaks("JR-11")
    static class GivesSealsByDescendingSequence extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Seal> seals(long after, int limit) {
                    return right.seals(after, limit).stream().sorted(Comparator.comparing(Seal::last).reversed()).toList();
                }
            });
        }
    }

    @Breaks("JR-12")
    static class ForgetsWhoWantsToUnlock extends JournalContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void setLock(PeriodLock lock) {
                    right.setLock(new PeriodLock(lock.until(), Optional.empty()));
                }
            });
        }
    }
}
