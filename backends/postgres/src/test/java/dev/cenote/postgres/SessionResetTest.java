package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionResetTest {
    private static final String ALL_SETTINGS =
            "select string_agg(name || '=' || setting, E'\\n' order by name) from pg_settings";

    private final Postgres postgres = new Postgres();

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void plainStatementsNeedNoReset() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.value(connection, "select 1");
        Postgres.run(connection, Sql.update("with x as (select 1) select 1 from x where false"));
        assertThat(postgres.connector.needsReset(connection)).isFalse();
    }

    @Test
    void fullPolicyResetsAfterAnyUse() throws Exception {
        try (var full = new Postgres(ResetPolicy.FULL, Map.of())) {
            JdbcConnection connection = full.open();
            assertThat(full.connector.needsReset(connection)).isFalse();
            Postgres.value(connection, "select 1");
            assertThat(full.connector.needsReset(connection)).isTrue();
            full.reset(connection);
            assertThat(full.connector.needsReset(connection)).isFalse();
        }
    }

    @Test
    void openTransactionIsRolledBack() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.run(connection, Sql.update("create temporary table kept (i int)"));
        connection.begin(TransactionOptions.defaults(), Postgres.soon());
        Postgres.run(connection, Sql.update("insert into kept values (1)"));
        assertThat(postgres.connector.needsReset(connection)).isTrue();
        connection.rollback(Postgres.soon());
        assertThat(Postgres.value(connection, "select count(*) from kept")).isEqualTo("0");

        connection.begin(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE), Postgres.soon());
        assertThat(Postgres.value(connection, "select current_setting('transaction_isolation')"))
                .isEqualTo("serializable");
        postgres.reset(connection);
        assertThat(Postgres.value(connection, "select current_setting('transaction_isolation')"))
                .isEqualTo("read committed");
        assertThat(connection.unwrap(Connection.class).getAutoCommit()).isTrue();
    }

    @Test
    void optionsOfTransactionEndWithIt() throws Exception {
        JdbcConnection connection = postgres.open();
        connection.begin(
                TransactionOptions.defaults()
                        .withIsolation(Isolation.REPEATABLE_READ)
                        .withReadOnly(),
                Postgres.soon());
        assertThat(Postgres.value(
                        connection,
                        "select current_setting('transaction_isolation') || current_setting('transaction_read_only')"))
                .isEqualTo("repeatable readon");
        connection.commit(Postgres.soon());
        assertThat(postgres.connector.needsReset(connection)).isFalse();
        assertThat(Postgres.value(
                        connection,
                        "select current_setting('transaction_isolation') || current_setting('transaction_read_only')"))
                .isEqualTo("read committedoff");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set search_path = pg_catalog",
                "set time zone 'Asia/Tokyo'",
                "set session characteristics as transaction isolation level serializable",
                "select set_config('work_mem', '1MB', false)",
                "begin",
                "prepare mine as select 1",
                "listen something",
                "set role none; set statement_timeout = 5000",
                "select pg_advisory_lock(7)"
            })
    void statementThatChangesTheSessionIsUndone(String change) throws Exception {
        JdbcConnection connection = postgres.open();
        String before = Postgres.value(connection, ALL_SETTINGS);
        Operation<JdbcConnection, ?> operation =
                change.startsWith("select") ? Sql.query(change, row -> row.getString(1)) : Sql.update(change);
        Postgres.run(connection, operation);
        assertThat(postgres.connector.needsReset(connection)).isTrue();
        postgres.reset(connection);
        assertThat(postgres.connector.needsReset(connection)).isFalse();
        assertThat(Postgres.value(connection, ALL_SETTINGS)).isEqualTo(before);
        assertThat(Postgres.value(
                        connection,
                        "select (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid())"
                                + " || ' ' || (select count(*) from pg_prepared_statements where from_sql)"
                                + " || ' ' || (select count(*) from pg_listening_channels())"))
                .isEqualTo("0 0 0");
    }

    @Test
    void temporaryTableIsDropped() throws Exception {
        JdbcConnection connection = postgres.open();
        Postgres.run(connection, Sql.update("create temporary table mine (i int)"));
        postgres.reset(connection);
        assertThat(Postgres.value(connection, "select to_regclass('pg_temp.mine')"))
                .isEqualTo("none");
    }

    @Test
    void driversOwnSettingsAreRestored() throws Exception {
        JdbcConnection connection = postgres.open();
        String before = Postgres.value(connection, ALL_SETTINGS);
        Connection driver = connection.unwrap(Connection.class);
        driver.setAutoCommit(false);
        driver.setReadOnly(true);
        driver.setSchema("pg_catalog");
        try (Statement statement = driver.createStatement()) {
            statement.execute("select 1");
        }
        driver.commit();
        driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        driver.unwrap(org.postgresql.PGConnection.class).setPrepareThreshold(99);
        postgres.reset(connection);
        assertThat(driver.getAutoCommit()).isTrue();
        assertThat(driver.isReadOnly()).isFalse();
        assertThat(driver.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
        assertThat(driver.unwrap(org.postgresql.PGConnection.class).getPrepareThreshold())
                .isEqualTo(5);
        assertThat(Postgres.value(connection, ALL_SETTINGS)).isEqualTo(before);
    }

    @Test
    void applicationNameOutlivesReset() throws Exception {
        try (var named = new Postgres(ResetPolicy.FULL, Map.of("ApplicationName", "shop"))) {
            JdbcConnection connection = named.open();
            Postgres.run(connection, Sql.update("set application_name = 'other'"));
            named.reset(connection);
            assertThat(Postgres.value(connection, "select current_setting('application_name')"))
                    .isEqualTo("shop");
        }
    }

    /** pgjdbc prepares on the server after five uses; a reset ends that statement, and pgjdbc must notice. */
    @Test
    void statementThatTheServerHadPreparedWorksAfterReset() throws Exception {
        JdbcConnection connection = postgres.open();
        var query = Sql.query("select ?::int + 1", List.of(1), row -> row.getInt(1));
        for (int i = 0; i < 8; i++) {
            Postgres.run(connection, query);
        }
        assertThat(Postgres.value(connection, "select count(*) from pg_prepared_statements where not from_sql"))
                .isNotEqualTo("0");
        Postgres.run(connection, Sql.update("set work_mem = '1MB'"));
        postgres.reset(connection);
        for (int i = 0; i < 8; i++) {
            assertThat(Postgres.run(connection, query)).containsExactly(2);
        }
    }
}
