package com.nexasystems.billing.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.nexasystems.billing.identity.Address;
import com.nexasystems.billing.identity.Customer;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.Customers.Candidate;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Extend, hand over your ports, and JUnit runs the rules of {@link com.nexasystems.billing.identity.Customers}. */
public abstract class CustomersContract extends PortContract {

    private static final int THREADS = 8;
    private static final String EMAIL = "ada@example.com";

    private final Service hosting = Samples.service("hosting");
    private final Service chat = Samples.service("chat");
    private final Customer ada = Samples.customer("Ada");
    private final Customer bob = Samples.customer("Bob");

    protected CustomersContract() {
    }

    @BeforeEach
    final void addServices() {
        keep(() -> {
            ports.services().add(hosting);
            ports.services().add(chat);
        });
    }

    @Test
    @DisplayName("CU-1 a customer that was linked is found by id and through the link, with every field")
    void a_customer_that_was_linked_is_found_exactly_as_it_was() {
        Customer rich = Samples.richCustomer("Zoë Tremblay-O’Neil 株式会社 🦊");
        assertThat(link(hosting, "Straße 7/ü 🚀", rich)).isEqualTo(rich);
        assertThat(ports.customers().find(rich.id())).contains(rich);
        assertThat(ports.customers().findLinked(hosting.id(), "Straße 7/ü 🚀")).contains(rich);
        assertThat(ports.customers().findAll(List.of(rich.id()))).isEqualTo(Map.of(rich.id(), rich));
    }

    @Test
    @DisplayName("CU-1 a customer of whom little is known is found with nothing added")
    void a_customer_of_whom_little_is_known_is_found_with_nothing_added() {
        link(hosting, "ada", ada);
        assertThat(ports.customers().find(ada.id())).contains(ada);
    }

    @Test
    @DisplayName("CU-1 external ids are kept to the letter")
    void external_ids_are_kept_to_the_letter() {
        link(hosting, "ada", ada);
        assertThat(ports.customers().findLinked(hosting.id(), "Ada")).isEmpty();
        assertThat(ports.customers().findLinked(hosting.id(), "ada ")).isEmpty();
        assertThat(link(hosting, "Ada", bob)).isEqualTo(bob);
    }

    @Test
    @DisplayName("CU-1 nobody is found by an id that nobody has")
    void nobody_is_found_by_an_id_that_nobody_has() {
        link(hosting, "ada", ada);
        assertThat(ports.customers().find(bob.id())).isEmpty();
        assertThat(ports.customers().findLinked(hosting.id(), "bob")).isEmpty();
        assertThat(ports.customers().findAll(List.of(bob.id(), ada.id(), ada.id()))).containsOnlyKeys(ada.id());
    }

    @Test
    @DisplayName("CU-1 the answers stand in the order of the candidates")
    void the_answers_stand_in_the_order_of_the_candidates() {
        link(hosting, "ada", ada);
        List<Customer> linked = kept(() -> ports.customers().link(hosting.id(),
                List.of(new Candidate("bob", bob), new Candidate("ada", Samples.customer("Other")))));
        assertThat(linked).containsExactly(bob, ada);
    }

    @Test
    @DisplayName("CU-2 the first link of an external id stands")
    void the_first_link_of_an_external_id_stands() {
        link(hosting, "ada", ada);
        assertThat(link(hosting, "ada", bob)).isEqualTo(ada);
        assertThat(ports.customers().findLinked(hosting.id(), "ada")).contains(ada);
        assertThat(ports.customers().find(bob.id())).isEmpty();
    }

    @Test
    @DisplayName("CU-2 a link wins over the e-mail of another customer")
    void a_link_wins_over_an_email() {
        link(hosting, "ada", ada);
        link(hosting, "bob", bob.withEmail(EMAIL));
        assertThat(link(hosting, "ada", Samples.customer("Other").withEmail(EMAIL))).isEqualTo(ada);
    }

    @Test
    @DisplayName("CU-2 within a batch the first link of an external id stands too")
    void within_a_batch_the_first_link_stands_too() {
        List<Customer> linked = kept(() -> ports.customers().link(hosting.id(),
                List.of(new Candidate("ada", ada), new Candidate("ada", bob))));
        assertThat(linked).containsExactly(ada, ada);
        assertThat(ports.customers().find(bob.id())).isEmpty();
    }

    @Test
    @DisplayName("CU-3 a candidate with the e-mail of a customer is that customer, also at another service")
    void a_candidate_with_a_known_email_is_that_customer() {
        Customer known = ada.withEmail(EMAIL);
        link(hosting, "ada", known);
        assertThat(link(chat, "u-1", bob.withEmail(" ADA@Example.com "))).isEqualTo(known);
        assertThat(ports.customers().findLinked(chat.id(), "u-1")).contains(known);
        assertThat(ports.customers().find(bob.id())).isEmpty();
    }

    @Test
    @DisplayName("CU-3 within a batch, candidates with one e-mail are one customer")
    void within_a_batch_candidates_with_one_email_are_one_customer() {
        List<Customer> linked = kept(() -> ports.customers().link(hosting.id(), List.of(
                new Candidate("a", ada.withEmail(EMAIL)), new Candidate("b", bob.withEmail(EMAIL)))));
        assertThat(linked).containsExactly(ada.withEmail(EMAIL), ada.withEmail(EMAIL));
        assertThat(ports.customers().find(bob.id())).isEmpty();
    }

    @Test
    @DisplayName("CU-3 candidates without an e-mail are not one customer")
    void candidates_without_an_email_are_not_one_customer() {
        link(hosting, "ada", ada);
        assertThat(link(hosting, "bob", bob)).isEqualTo(bob);
    }

    @Test
    @DisplayName("CU-4 concurrent calls for one external id make one customer")
    void concurrent_calls_for_one_external_id_make_one_customer() {
        assertOneCustomer(OtherThread.together(THREADS, i -> link(hosting, "new", candidate(i))));
    }

    @Test
    @DisplayName("CU-4 concurrent calls for one e-mail make one customer")
    void concurrent_calls_for_one_email_make_one_customer() {
        assertOneCustomer(OtherThread.together(THREADS, i -> link(i % 2 == 0 ? hosting : chat, "user " + i,
                candidate(i).withEmail(EMAIL))));
    }

    @Test
    @DisplayName("CU-5 the links of one service are not there for another")
    void the_links_of_one_service_are_not_there_for_another() {
        link(hosting, "ada", ada);
        assertThat(ports.customers().findLinked(chat.id(), "ada")).isEmpty();
        assertThat(link(chat, "ada", bob)).isEqualTo(bob);
        assertThat(ports.customers().findLinked(hosting.id(), "ada")).contains(ada);
        assertThat(ports.customers().findLinked(new ServiceId(Samples.id("unknown")), "ada")).isEmpty();
    }

    @Test
    @DisplayName("CU-6 a change replaces all but the id")
    void a_change_replaces_all_but_the_id() {
        Customer rich = Samples.richCustomer("Zoë");
        link(hosting, "zoe", rich);
        var changed = new Customer(rich.id(), "Zoé", Optional.of("zoe@example.org"), Optional.of(Address.in("JP", "13")),
                Optional.empty(), false, Optional.of(Currency.getInstance("JPY")), Optional.empty(),
                ZoneId.of("Asia/Tokyo"), Locale.JAPAN);
        keep(() -> ports.customers().update(changed));
        assertThat(ports.customers().find(rich.id())).contains(changed);
        assertThat(ports.customers().findLinked(hosting.id(), "zoe")).contains(changed);
    }

    @Test
    @DisplayName("CU-6 after a change, the new e-mail is the customer's and the old one is free")
    void after_a_change_the_new_email_counts() {
        link(hosting, "ada", ada.withEmail(EMAIL));
        Customer moved = ada.withEmail("ada@example.org");
        keep(() -> ports.customers().update(moved));
        assertThat(link(chat, "old", bob.withEmail(EMAIL))).isEqualTo(bob.withEmail(EMAIL));
        assertThat(link(chat, "new", Samples.customer("Other").withEmail("ada@example.org"))).isEqualTo(moved);
    }

    @Test
    @DisplayName("CU-5 of many links, those of one service are not there for another")
    void of_many_links_those_of_one_service_are_not_there_for_another() {
        link(hosting, "ada", ada);
        link(chat, "bob", bob);
        assertThat(ports.customers().findLinked(hosting.id(), List.of("ada", "bob"))).isEqualTo(Map.of("ada", ada));
        assertThat(ports.customers().findLinked(chat.id(), List.of("ada"))).isEmpty();
    }

    @Test
    @DisplayName("CU-7 many links are found as one is, and others are left out")
    void many_links_are_found_as_one_is() {
        Customer rich = Samples.richCustomer("Zoë");
        link(hosting, "zoe", rich);
        link(hosting, "zoe again", bob.withEmail(rich.email().orElseThrow()));
        link(hosting, "ada", ada);
        assertThat(ports.customers().findLinked(hosting.id(), List.of("ada", "zoe", "zoe again", "zoe", "bob", "ADA")))
                .isEqualTo(Map.of("ada", ada, "zoe", rich, "zoe again", rich));
        assertThat(ports.customers().findLinked(hosting.id(), List.of())).isEmpty();
    }

    private Customer link(Service service, String externalId, Customer candidate) {
        return kept(() -> ports.customers().link(service.id(), List.of(new Candidate(externalId, candidate)))).get(0);
    }

    private static Customer candidate(int number) {
        return Samples.customer("Candidate " + number);
    }

    private void assertOneCustomer(List<Customer> answers) {
        List<CustomerId> candidates = IntStream.range(0, THREADS).mapToObj(i -> candidate(i).id()).toList();
        assertThat(ports.customers().findAll(candidates)).hasSize(1);
        assertThat(answers).containsOnly(ports.customers().findAll(candidates).values().iterator().next());
    }
}
