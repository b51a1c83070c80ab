package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.metric.Aggregation;
import com.nexasystems.billing.metric.Metric;
import com.nexasystems.billing.quantity.InvalidValue;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class JpaPortsTest {

    private static final Metric CPU = Metric.of("cpu", Aggregation.SUM, "s");

    @Test
    void opening_again_changes_nothing_and_finds_what_was_stored() {
        JpaSettings settings = TestDatabase.freshSchema();
        TestDatabase.open(settings).ports().metrics().add(CPU);

        assertThat(TestDatabase.open(settings).ports().metrics().all()).isEqualTo(List.of(CPU));
    }

    @Test
    void schemas_of_one_database_do_not_see_each_other() {
        TestDatabase.emptyPorts().metrics().add(CPU);

        assertThat(TestDatabase.emptyPorts().metrics().all()).isEmpty();
    }

    @Test
    void is_ready_until_it_is_closed() {
        JpaPorts ports = JpaPorts.open(TestDatabase.freshSchema());
        assertThat(ports.state()).isEqualTo(JpaPorts.State.READY);
        ports.close();
        assertThat(ports.state()).isEqualTo(JpaPorts.State.UNREACHABLE);
    }

    @Test
    void a_schema_that_went_away_is_not_ready() throws SQLException {
        JpaPorts ports = TestDatabase.open(TestDatabase.withOneRole(TestDatabase.freshSchema()));
        try (Connection connection = ports.dataSource().getConnection()) {
            Sql.update(connection, "DELETE FROM flyway_schema_history WHERE version = (SELECT max(version) FROM"
                    + " flyway_schema_history)");
            connection.commit();
        }
        assertThat(ports.state()).isEqualTo(JpaPorts.State.NOT_MIGRATED);
    }

    @Test
    void a_connection_that_breaks_before_the_commit_has_done_nothing() {
        JpaSettings settings = TestDatabase.freshSchema();
        JpaPorts ports = TestDatabase.open(settings);
        assertThatThrownBy(() -> ports.ports().unitOfWork().run(() -> {
            ports.ports().metrics().add(CPU);
            TestDatabase.breakConnectionsOf(settings);
            ports.ports().metrics().all();
        })).isInstanceOfSatisfying(PortFailure.class,
                failure -> assertThat(failure.effect()).isEqualTo(PortFailure.Effect.NONE));
        assertThat(TestDatabase.open(settings).ports().metrics().all()).isEmpty();
    }

    @Test
    void a_connection_that_breaks_at_the_commit_leaves_it_unknown() {
        JpaSettings settings = TestDatabase.freshSchema();
        JpaPorts ports = TestDatabase.open(settings);
        assertThatThrownBy(() -> ports.ports().unitOfWork().run(() -> {
            ports.ports().metrics().add(CPU);
            TestDatabase.breakConnectionsOf(settings);
        })).isInstanceOfSatisfying(PortFailure.class,
                failure -> assertThat(failure.effect()).isEqualTo(PortFailure.Effect.UNKNOWN));
    }

    @Test
    void no_password_in_the_text_of_the_settings() {
        assertThat(new JpaSettings("jdbc:postgresql:billing", "billing", "hunter2", "billing", 4,
                Optional.of(new JpaSettings.Owner("adam", "hunter2"))).toString())
                .doesNotContain("hunter2").contains("billing", "adam");
        assertThat(new JpaSettings.Owner("adam", "hunter2").toString()).doesNotContain("hunter2");
    }

    @Test
    void an_address_that_names_a_user_leaves_no_room_for_an_owner() {
        assertThatThrownBy(() -> new JpaSettings("jdbc:postgresql:billing?user=eve", "u", "p", "billing", 4,
                Optional.of(new JpaSettings.Owner("adam", "p")))).isInstanceOf(InvalidValue.class);
    }

    @Test
    void a_schema_is_a_plain_name() {
        assertThatThrownBy(() -> new JpaSettings("jdbc:postgresql:billing", "u", "p", "a; drop schema b", 4))
                .isInstanceOf(InvalidValue.class);
    }
}
