package com.nexasystems.billing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.ledger.Fetched.Found;
import com.nexasystems.billing.ledger.Fetched.Missing;
import com.nexasystems.billing.ledger.Fetched.Unreachable;
import com.nexasystems.billing.ledger.InvoiceFacts.State;
import com.nexasystems.billing.memory.MemoryInvoiceSource;
import com.nexasystems.billing.quantity.InvalidValue;
import com.nexasystems.billing.testing.Shop;
import com.nexasystems.billing.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryInvoiceSourceTest {

    private final MemoryInvoiceSource source = new MemoryInvoiceSource("stripe", "in_", new TestClock(Shop.MAY));

    @Test
    void it_says_what_was_put_into_it() {
        InvoiceFacts facts = RandomFacts.of(new SplittableRandom(1));
        source.put(Shop.MAY, facts);
        List<Fetched> fetched = source.fetch(List.of("in_none", facts.id()));
        assertThat(fetched.get(0)).isInstanceOf(Missing.class);
        assertThat(source.read(((Found) fetched.get(1)).evidence())).isEqualTo(facts);
        source.remove(facts.id());
        assertThat(source.fetch(List.of(facts.id())).get(0)).isInstanceOf(Missing.class);
    }

    @Test
    void out_of_reach_it_says_so() {
        source.reachable(false);
        assertThat(source.fetch(List.of("in_1"))).hasOnlyElementsOfType(Unreachable.class);
        assertThatThrownBy(() -> source.ids(Optional.empty(), page -> { })).isInstanceOf(PortFailure.class);
    }

    @Test
    void it_lists_what_is_no_draft_from_an_instant_on() {
        var random = new SplittableRandom(1);
        List<String> ids = IntStream.range(100, 250).mapToObj(i -> "in_" + i).toList();
        ids.forEach(id -> source.put(Shop.MAY, RandomFacts.of(random, id, State.OPEN)));
        source.put(Shop.MAY, RandomFacts.of(random, "in_draft", State.DRAFT));
        source.put(Shop.MARCH, RandomFacts.of(random, "in_old", State.VOID));
        var since = new ArrayList<List<String>>();
        source.ids(Optional.of(Shop.MAY), since::add);
        assertThat(since).containsExactly(ids.subList(0, 100), ids.subList(100, 150));
        var all = new ArrayList<String>();
        source.ids(Optional.empty(), all::addAll);
        assertThat(all).startsWith("in_old").hasSize(151);
    }

    @Test
    void what_is_of_another_source_is_refused() {
        InvoiceFacts facts = RandomFacts.of(new SplittableRandom(1));
        var other = new MemoryInvoiceSource("lago", "lago:", new TestClock(Shop.MAY));
        assertThatThrownBy(() -> other.put(Shop.MAY, facts)).isInstanceOf(InvalidValue.class);
    }
}
