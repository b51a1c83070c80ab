package com.nexasystems.billing.testkit;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Evidence;
import com.nexasystems.billing.ledger.Fetched;
import com.nexasystems.billing.ledger.Fetched.Missing;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.InvoiceFacts;
import com.nexasystems.billing.ledger.InvoiceSource;
import com.nexasystems.billing.testkit.SampleInvoiceSource.Invoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** As {@link WrongAdapters}, for the sources of invoices. */
final class WrongInvoiceSources {

    private WrongInvoiceSources() {
    }

    /** The contract, with the sample behind a mistake. */
    private abstract static class WrongSource extends SampleInvoiceSourceContract implements InvoiceSource {

        @Override
        protected InvoiceSource source() {
            return this;
        }

        @Override
        public String name() {
            return right.name();
        }

        @Override
        public boolean accepts(String invoice) {
            return right.accepts(invoice);
        }

        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return right.fetch(invoices);
        }

        @Override
        public InvoiceFacts read(Evidence evidence) {
            return right.read(evidence);
        }

        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            right.ids(since, page);
        }
    }

    @Breaks("IS-1")
    static class TakesAllThatContainsItsName extends WrongSource {
        @Override
        public boolean accepts(String invoice) {
            return invoice.contains("sample:");
        }
    }

    @Breaks("IS-1")
    static class TakesOnlyWhatIsThere extends WrongSource {
        @Override
        public boolean accepts(String invoice) {
            return right.all().stream().map(Invoice::id).anyMatch(invoice::equals);
        }
    }

    @Breaks("IS-2")
    static class LeavesOutWhatIsMissing extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return right.fetch(invoices).stream().filter(fetched -> !(fetched instanceof Missing)).toList();
        }
    }

    @Breaks({"IS-2", "IS-3"})
    static class AnswersAsItComes extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            var answers = new ArrayList<>(right.fetch(invoices));
            Collections.reverse(answers);
            return answers;
        }
    }

    @Breaks("IS-2")
    static class GivesUpAtTheFirstThatIsMissing extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            boolean missing = right.fetch(invoices).stream().anyMatch(Missing.class::isInstance);
            return missing ? invoices.stream().<Fetched>map(id -> new Unreachable(id, "one is missing")).toList()
                    : right.fetch(invoices);
        }
    }

    @Breaks("IS-2")
    static class AnswersTenAtMost extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return right.fetch(invoices).stream().limit(10).toList();
        }
    }

    @Breaks("IS-3")
    static class ThrowsWhenOutOfReach extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            right.ask();
            return right.fetch(invoices);
        }
    }

    @Breaks("IS-3")
    static class TakesSilenceForNothing extends WrongSource {
        @Override
        public List<Fetched> fetch(List<String> invoices) {
            return right.fetch(invoices).stream().map(fetched -> fetched instanceof Unreachable
                    ? new Missing(fetched.invoice(), "nothing came") : fetched).toList();
        }
    }

    @Breaks("IS-4")
    static class AsksWhileItReads extends WrongSource {
        @Override
        public InvoiceFacts read(Evidence evidence) {
            right.ask();
            return right.read(evidence);
        }
    }

    @Breaks("IS-4")
    static class ReadsAsTheMachineSpeaks extends WrongSource {
        @Override
        public InvoiceFacts read(Evidence evidence) {
            right.read(evidence);
            List<String> text = SampleInvoiceSource.text(evidence);
            return SampleInvoiceSource.facts(evidence, text.subList(1, text.size() - 1), "HOSTING".toLowerCase());
        }
    }

    @Breaks("IS-5")
    static class ReadsTheFirstPage extends WrongSource {
        @Override
        public InvoiceFacts read(Evidence evidence) {
            right.read(evidence);
            List<String> text = SampleInvoiceSource.text(evidence);
            return SampleInvoiceSource.facts(evidence, text.subList(1, Math.min(11, text.size() - 1)), "Hosting");
        }
    }

    @Breaks("IS-5")
    static class ReadsWhatIsCutOff extends WrongSource {
        @Override
        public InvoiceFacts read(Evidence evidence) {
            List<String> amounts = SampleInvoiceSource.text(evidence).stream().skip(1)
                    .filter(line -> line.matches("[0-9]+\\.[0-9]{2}")).toList();
            return SampleInvoiceSource.facts(evidence, amounts, "Hosting");
        }
    }

    @Breaks("IS-6")
    static class TellsDrafts extends WrongSource {
        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            right.ids(since, page);
            page.accept(right.all().stream().filter(Invoice::draft).map(Invoice::id).toList());
        }
    }

    @Breaks("IS-6")
    static class BeginsEachPageWithTheLastOne extends WrongSource {
        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            right.ids(since, ids -> {
                page.accept(ids);
                page.accept(ids.subList(ids.size() - 1, ids.size()));
            });
        }
    }

    @Breaks("IS-6")
    static class TellsAllInOnePage extends WrongSource {
        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            var all = new ArrayList<String>();
            right.ids(since, all::addAll);
            page.accept(all);
        }
    }

    @Breaks("IS-6")
    static class TellsAllSinceEver extends WrongSource {
        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            right.ids(Optional.empty(), page);
        }
    }

    @Breaks("IS-6")
    static class KeepsQuietAboutFailures extends WrongSource {
        @Override
        public void ids(Optional<Instant> since, Consumer<List<String>> page) {
            try {
                right.ids(since, page);
            } catch (PortFailure e) {
                page.accept(List.of());
            }
        }
    }
}
