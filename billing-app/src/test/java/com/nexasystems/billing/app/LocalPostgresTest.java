package com.nexasystems.billing.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalPostgresTest {

    private static final Path PROGRAMS = Path.of("target", "test-programs");

    @TempDir
    private Path folder;

    @Test
    void keeps_its_data_and_stops_with_its_last_user() throws Exception {
        LocalPostgres first = open();
        execute(first, "CREATE TABLE kept (n int)");
        LocalPostgres second = open();
        assertThat(port(second)).isEqualTo(port(first));
        first.close();
        execute(second, "INSERT INTO kept VALUES (1)");
        second.close();
        assertThatThrownBy(() -> execute(second, "SELECT 1")).isInstanceOf(SQLException.class);
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
        try (LocalPostgres third = open()) {
            execute(third, "UPDATE kept SET n = 2");
        }
    }

    @Test
    void somebody_elses_connection_keeps_it_running() throws Exception {
        LocalPostgres postgres = open();
        try (Connection other = DriverManager.getConnection(postgres.url().replaceAll("ApplicationName=.*", "ApplicationName=psql"),
                postgres.user(), postgres.password())) {
            postgres.close();
            assertThat(other.isValid(5)).isTrue();
        }
        open().close();
        assertThat(data().resolve("postmaster.pid")).doesNotExist();
    }

    @Test
    void is_not_open_to_whoever_has_no_password() throws Exception {
        try (LocalPostgres postgres = open()) {
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.user(), "guess"))
                    .isInstanceOf(SQLException.class).hasMessageContaining("password");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("d/postgres.password"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void the_role_that_the_engine_works_as_owns_nothing_and_may_make_nothing() throws Exception {
        try (LocalPostgres postgres = open()) {
            assertThatThrownBy(() -> executeAsApp(postgres, "CREATE SCHEMA mine")).hasMessageContaining("permission denied");
            assertThatThrownBy(() -> executeAsApp(postgres, "SET session_replication_role = replica"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> DriverManager.getConnection(postgres.url(), postgres.appUser(), postgres.password()))
                    .hasMessageContaining("password");
        }
    }

    @Test
    void data_of_an_earlier_version_get_that_role_at_the_next_start() throws Exception {
        try (LocalPostgres postgres = open()) {
            execute(postgres, "DROP ROLE billing_app");
        }
        Files.delete(folder.resolve("d/postgres-app.password"));
        try (LocalPostgres postgres = open()) {
            executeAsApp(postgres, "SELECT 1");
        }
        Files.delete(folder.resolve("d/postgres-app.password"));
        try (LocalPostgres postgres = open()) {
            executeAsApp(postgres, "SELECT 1");
        }
    }

    @Test
    void a_pid_file_of_a_killed_server_whose_number_somebody_else_has_is_no_obstacle() throws Exception {
        open().close();
        Files.writeString(data().resolve("postmaster.pid"), String.join("\n", Long.toString(ProcessHandle.current().pid()),
                data().toString(), "1700000000", "1", "", "127.0.0.1", "", "ready   ") + "\n");
        open().close();
    }

    @Test
    void a_pid_file_whose_number_another_server_has_is_no_obstacle() throws Exception {
        open().close();
        try (LocalPostgres another = LocalPostgres.in(folder.resolve("another"), PROGRAMS)) {
            Path pidFile = folder.resolve("another").toRealPath().resolve("postgres/postmaster.pid");
            Files.copy(pidFile, data().resolve("postmaster.pid"));
            try (LocalPostgres own = open()) {
                assertThat(port(own)).isNotEqualTo(port(another));
            }
        }
    }

    @Test
    void a_pid_file_that_was_never_written_is_no_obstacle() throws Exception {
        open().close();
        Files.createFile(data().resolve("postmaster.pid"));
        open().close();
    }

    @Test
    void data_of_another_version_is_refused() throws Exception {
        open().close();
        Files.writeString(data().resolve("PG_VERSION"), "14\n");
        assertThatThrownBy(this::open).isInstanceOf(EnvironmentFailure.class).hasMessageContaining("but of version 14");
    }

    private LocalPostgres open() {
        return LocalPostgres.in(folder.resolve("d"), PROGRAMS);
    }

    private Path data() throws Exception {
        return folder.resolve("d").toRealPath().resolve("postgres");
    }

    private static String port(LocalPostgres postgres) {
        return postgres.url().replaceAll("\\?.*", "");
    }

    private static void execute(LocalPostgres postgres, String sql) throws SQLException {
        execute(postgres, postgres.user(), postgres.password(), sql);
    }

    private static void executeAsApp(LocalPostgres postgres, String sql) throws SQLException {
        execute(postgres, postgres.appUser(), postgres.appPassword(), sql);
    }

    private static void execute(LocalPostgres postgres, String user, String password, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(postgres.url(), user, password);
             var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
