package com.nexasystems.billing.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.Billing;
import com.nexasystems.billing.identity.AuthenticationLog.Attempt;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private final Billing billing = Billing.inMemory(Clock.systemUTC());
    private final Service hosting = billing.register("hosting", "Hosting");
    private final Service chat = billing.register("chat", "Chat");

    @Test
    void an_existing_link_wins_over_any_email() {
        Customer ada = resolve(hosting, account("u1", "ada@example.com"));
        resolve(hosting, account("u2", "grace@example.com"));
        assertThat(resolve(hosting, account("u1", "grace@example.com"))).isEqualTo(ada);
    }

    @ParameterizedTest(name = "{0} is ada@example.com")
    @ValueSource(strings = {"ada@example.com", " ADA@Example.com ", "\tAda@example.COM\n"})
    void the_same_email_on_another_service_is_the_same_customer(String spelling) {
        Customer ada = resolve(hosting, account("u1", "ada@example.com"));
        assertThat(resolve(chat, account("other", spelling))).isEqualTo(ada);
        assertThat(billing.ports().customers().findLinked(chat.id(), "other")).contains(ada);
        assertThat(billing.ports().customers().findLinked(chat.id(), "u1")).isEmpty();
    }

    @Test
    void without_an_email_two_accounts_are_two_customers() {
        assertThat(resolve(hosting, Account.of("u1"))).isNotEqualTo(resolve(hosting, Account.of("u2")));
        assertThat(resolve(hosting, account("u3", " "))).isNotEqualTo(resolve(hosting, account("u4", " ")));
    }

    @ParameterizedTest(name = "name {0}, company {1}, account {2}, billing {3}: {4} at {5}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Ada | Engines Ltd | a@x.ca | b@x.ca | Ada         | b@x.ca
            -   | Engines Ltd | a@x.ca | -      | Engines Ltd | a@x.ca
            -   | -           | a@x.ca | B@x.ca | B@x.ca      | b@x.ca
            -   | -           | -      | -      | u1          | -
            ' ' | ' '         | ' '    | a@x.ca | a@x.ca      | a@x.ca
            """)
    void the_best_that_is_known_names_a_customer(String name, String company, String accountEmail, String billingEmail,
                                                 String displayName, String email) {
        Customer customer = resolve(hosting, new Account("u1", Optional.ofNullable(name), Optional.ofNullable(company),
                Optional.ofNullable(accountEmail), Optional.ofNullable(billingEmail)));
        assertThat(customer.name()).isEqualTo(displayName);
        assertThat(customer.email()).isEqualTo(Optional.ofNullable(email));
    }

    @Test
    void concurrent_calls_for_one_account_make_one_customer() throws Exception {
        var pool = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Customer>> calls = IntStream.range(0, 64)
                    .<Callable<Customer>>mapToObj(i -> () -> resolve(hosting, account("u" + i % 2, "ada@example.com")))
                    .toList();
            var found = new HashSet<Customer>();
            for (var call : pool.invokeAll(calls)) {
                found.add(call.get());
            }
            assertThat(found).hasSize(1);
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_key_is_shown_once_and_stored_hashed_and_an_older_one_stays_valid() {
        String first = billing.apiKeys().issue(hosting.id());
        String second = billing.apiKeys().issue(hosting.id());
        assertThat(first).startsWith("bk_").isNotEqualTo(second);
        ApiKey stored = key(first);
        assertThat(stored.service()).contains(hosting.id());
        assertThat(stored.toString()).doesNotContain(first);
        assertThat(key(second).isValidAt(billing.clock().instant())).isTrue();
        billing.apiKeys().revoke(stored.id());
        assertThat(key(first).isValidAt(billing.clock().instant())).isFalse();
        assertThat(key(second).isValidAt(billing.clock().instant())).isTrue();
    }

    @Test
    void a_rotated_key_stays_valid_for_a_while() {
        ApiKey before = key(billing.apiKeys().issue(hosting.id()));
        var after = billing.apiKeys().rotate(before.id(), Duration.ofHours(1));
        assertThat(after.key().scopes()).isEqualTo(before.scopes());
        ApiKey old = billing.ports().apiKeys().find(before.id()).orElseThrow();
        assertThat(old.isValidAt(billing.clock().instant().plusSeconds(3599))).isTrue();
        assertThat(old.isValidAt(billing.clock().instant().plusSeconds(3600))).isFalse();
        billing.apiKeys().revoke(before.id());
        assertThatThrownBy(() -> billing.apiKeys().rotate(before.id(), Duration.ZERO)).isInstanceOf(InvalidValue.class);
    }

    @Test
    void the_house_gets_its_first_key_once() {
        assertThat(billing.apiKeys().firstOperator()).isPresent();
        assertThat(billing.apiKeys().firstOperator()).isEmpty();
    }

    @Test
    void a_burst_of_failures_raises_one_alert() {
        for (int i = 0; i < 30; i++) {
            billing.attempts().record(List.of(new Attempt(billing.clock().instant(), false, Optional.empty(), "::1", "r")));
        }
        assertThat(billing.ports().auditTrail().of(RecordAttempts.SUBJECT)).hasSize(1);
    }

    private ApiKey key(String secret) {
        return billing.ports().apiKeys().find(ApiKeyHash.of(secret)).orElseThrow();
    }

    @Test
    void no_key_without_a_service() {
        assertThatThrownBy(() -> billing.apiKeys().issue(new ServiceId(new UUID(1, 2))))
                .isInstanceOf(InvalidValue.class).hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Hosting", "-x", "a b", "ä", "a23456789012345678901234567890123"})
    void a_service_code_is_plain(String code) {
        assertThatThrownBy(() -> billing.register(code, "X")).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_service_code_is_taken_once() {
        assertThatThrownBy(() -> billing.register("chat", "Other")).hasMessage("code: is taken: chat");
    }

    @ParameterizedTest
    @CsvSource({"CAN, ON", "ca, ON", "XX, ON", "CA, on", "CA, ONTARIO"})
    void an_address_is_in_iso_codes(String country, String region) {
        assertThatThrownBy(() -> Address.in(country, region)).isInstanceOf(InvalidValue.class);
    }

    private Customer resolve(Service service, Account account) {
        return billing.customers().resolve(service.id(), account);
    }

    private static Account account(String externalId, String email) {
        return new Account(externalId, Optional.empty(), Optional.empty(), Optional.of(email), Optional.empty());
    }
}
