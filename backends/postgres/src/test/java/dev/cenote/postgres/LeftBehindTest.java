package dev.cenote.postgres;

import static dev.cenote.postgres.DataSources.ask;
import static dev.cenote.postgres.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;
import org.postgresql.jdbc.PgConnection;

/**
 * What one holder leaves behind, the next does not find; each beside HikariCP, where it does. HikariCP 7.1 restores read-only,
 * auto-commit, isolation, catalog, network time-out and schema, where they were changed by JDBC's methods.
 */
class LeftBehindTest {
    /** Something that is done with a connection. */
    private interface Use {
        void with(Connection connection) throws SQLException;
    }

    /** What can be seen of a session. */
    private interface Look {
        String at(Connection connection) throws SQLException;
    }

    /** What the next holder sees after {@code use}, and what was seen before it. */
    private record Seen(String before, String after) {}

    private static Seen seen(DataSource source, Use use, Look look) throws SQLException {
        String before;
        try (Connection connection = source.getConnection()) {
            before = look.at(connection);
            use.with(connection);
        }
        try (Connection connection = source.getConnection()) {
            return new Seen(before, look.at(connection));
        }
    }

    private static void assertLeft(Use use, Look look, String left) throws SQLException {
        try (HikariDataSource hikari = DataSources.hikari(DataSources.url())) {
            Seen there = seen(hikari, use, look);
            assertThat(there.after()).as("HikariCP").isEqualTo(left).isNotEqualTo(there.before());
        }
    }

    private static void assertRestored(ResetPolicy policy, Use use, Look look) throws SQLException {
        try (CenoteDataSource source =
                DataSources.cenote(DataSources.url()).resetPolicy(policy).build()) {
            Seen here = seen(source, use, look);
            assertThat(here.after()).as("Cenote").isEqualTo(here.before());
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    /** HikariCP does not know holdability: the cursors of the next holder outlive their transaction. */
    @Test
    void holdability() throws SQLException {
        Use use = connection -> connection.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        Look look = connection -> String.valueOf(connection.getHoldability());
        assertLeft(use, look, String.valueOf(ResultSet.HOLD_CURSORS_OVER_COMMIT));
        assertRestored(ResetPolicy.DIRTY, use, look);
    }

    /** HikariCP does not know client info: the next holder works under the last one's name. */
    @Test
    void clientInfo() throws SQLException {
        Use use = connection -> connection.setClientInfo("ApplicationName", "report of last night");
        Look look = connection -> ask(connection, "show application_name");
        assertLeft(use, look, "report of last night");
        assertRestored(ResetPolicy.DIRTY, use, look);
    }

    @Test
    void clientInfoGivenAsAWhole() throws SQLException {
        Use use = connection -> {
            var info = new Properties();
            info.setProperty("ApplicationName", "all of it");
            connection.setClientInfo(info);
        };
        Look look = connection -> ask(connection, "show application_name");
        assertLeft(use, look, "all of it");
        assertRestored(ResetPolicy.DIRTY, use, look);
    }

    /** HikariCP does not see SQL: a setting stays for all who come. */
    @Test
    void aSettingBySql() throws SQLException {
        Use use = connection -> run(connection, "set work_mem = '9MB'");
        Look look = connection -> ask(connection, "show work_mem");
        assertLeft(use, look, "9MB");
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** HikariCP has no reset: temporary tables stay, with what is in them. */
    @Test
    void aTemporaryTable() throws SQLException {
        Use use = connection -> run(connection, "create temporary table left_behind as select 42 as secret");
        Look look = connection -> ask(connection, "select count(*) from pg_class where relname = 'left_behind'");
        assertLeft(use, look, "1");
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** HikariCP has no reset: whoever wants the lock waits until the connection is retired. */
    @Test
    void anAdvisoryLock() throws SQLException {
        Use use = connection -> ask(connection, "select pg_advisory_lock(4711)");
        Look look = connection ->
                ask(connection, "select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()");
        assertLeft(use, look, "1");
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** HikariCP has no reset: the next one who prepares that name fails. */
    @Test
    void aPreparedStatement() throws SQLException {
        Use use = connection -> run(connection, "prepare mine as select 1");
        Look look = connection -> ask(connection, "select count(*) from pg_prepared_statements where name = 'mine'");
        assertLeft(use, look, "1");
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** HikariCP has no reset: the next holder is sent what the last one listened for. */
    @Test
    void aChannelThatIsListenedTo() throws SQLException {
        Use use = connection -> run(connection, "listen orders");
        Look look = connection -> ask(
                connection, "select coalesce(string_agg(channel, ' '), 'none') from pg_listening_channels() channel");
        assertLeft(use, look, "orders");
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** HikariCP rolls back where auto-commit is off by JDBC's methods; a transaction begun by SQL goes on. */
    @Test
    void aTransactionBegunBySql() throws SQLException {
        Use use = connection -> {
            run(connection, "begin");
            ask(connection, "select pg_current_xact_id()");
        };
        Look look = connection -> ask(
                connection, "select case when pg_current_xact_id_if_assigned() is null then 'none' else 'open' end");
        assertLeft(use, look, "open");
        assertRestored(ResetPolicy.DIRTY, use, look);
        assertRestored(ResetPolicy.FULL, use, look);
    }

    /** What a pool gives each connection, and what the driver set by itself, is there again after a full reset. */
    @Test
    void aFullResetRestoresWhatThePoolAndTheDriverHadSet() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url() + "?ApplicationName=orders")
                .resetPolicy(ResetPolicy.FULL)
                .autoCommit(false)
                .transactionIsolation("serializable")
                .schema("pg_catalog")
                .connectionInitSql("set my.tenant = 'all'")
                .build()) {
            String first = null;
            for (int i = 0; i < 3; i++) {
                try (Connection connection = source.getConnection()) {
                    String now = String.format(
                            Locale.ROOT,
                            "%s %s %s %s %s %s",
                            connection.getAutoCommit(),
                            ask(connection, "show transaction_isolation"),
                            ask(connection, "show search_path"),
                            ask(connection, "show my.tenant"),
                            ask(connection, "show application_name"),
                            ask(connection, "show extra_float_digits"));
                    first = first == null ? now : first;
                    assertThat(now)
                            .isEqualTo(first)
                            .startsWith("false serializable ")
                            .contains(" all orders ");
                    run(connection, "set my.tenant = 'one'");
                    run(connection, "set search_path = public");
                    connection.commit();
                }
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
        }
    }

    /** What is restored within a transaction, the next holder's rollback would undo. */
    @Test
    void aRestoredSchemaOutlivesARollback() throws SQLException {
        try (CenoteDataSource source =
                DataSources.cenote(DataSources.url()).autoCommit(false).build()) {
            String before;
            try (Connection connection = source.getConnection()) {
                before = connection.getSchema();
                connection.setSchema("pg_catalog");
                connection.commit();
            }
            try (Connection connection = source.getConnection()) {
                connection.rollback();
                assertThat(connection.getSchema()).isEqualTo(before);
                assertThat(connection.getAutoCommit()).isFalse();
            }
        }
    }

    /** A pool's own schema is not in the transaction of its first holder. */
    @Test
    void thePoolsSchemaOutlivesARollback() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url())
                        .autoCommit(false)
                        .schema("pg_catalog")
                        .build();
                Connection connection = source.getConnection()) {
            connection.rollback();
            assertThat(connection.getSchema()).isEqualTo("pg_catalog");
        }
    }

    /** {@code getSchema} tells only the first schema of the path that exists; the rest must come back too. */
    @Test
    void theWholeSearchPath() throws SQLException {
        Look look = connection -> ask(connection, "show search_path");
        assertRestored(ResetPolicy.DIRTY, connection -> connection.setSchema("pg_catalog"), look);
        assertRestored(ResetPolicy.DIRTY, connection -> connection.unwrap(PGConnection.class), look);
    }

    @Test
    void aTypeMapThatWasAskedForChangedAndSet() throws SQLException {
        Use use = connection -> {
            Map<String, Class<?>> map = connection.getTypeMap();
            map.put("mood", String.class);
            connection.setTypeMap(map);
        };
        assertRestored(ResetPolicy.DIRTY, use, connection -> String.valueOf(connection.getTypeMap()));
    }

    private static void assertNothingStays(Use begin) throws SQLException {
        Look look = connection -> ask(connection, "select count(*) from pg_class where relname = 'half_done'");
        assertRestored(
                ResetPolicy.DIRTY,
                connection -> {
                    begin.with(connection);
                    run(connection, "create table half_done (id int)");
                },
                look);
    }

    @Test
    void aTransactionHoweverItWasBegun() throws SQLException {
        assertNothingStays(connection -> run(connection, "  begin"));
        assertNothingStays(connection -> run(connection, "/* by hand */ begin"));
        assertNothingStays(connection -> run(connection, "select 1; begin"));
        assertNothingStays(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.addBatch("begin");
                statement.executeBatch();
            }
        });
        assertNothingStays(connection -> {
            try (Statement statement = connection.createStatement()) {
                // It leads to the driver's connection.
                ((Statement) statement.unwrap(PGStatement.class))
                        .getConnection()
                        .setAutoCommit(false);
            }
        });
    }

    /** What the wrapper thinks of auto-commit is not what counts once the driver's own connection was had. */
    @Test
    void autoCommitThatWasChangedPastTheWrapper() throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build()) {
            try (Connection connection = source.getConnection()) {
                connection.unwrap(PgConnection.class).setAutoCommit(false);
                assertThat(connection.getAutoCommit()).isFalse();
                run(connection, "create table kept_after_all (id int)");
                connection.setAutoCommit(true);
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select count(*) from pg_class where relname = 'kept_after_all'"))
                        .isEqualTo("1");
                run(connection, "drop table kept_after_all");
            }
            Consistency.assertAtRest(source.pool());
        }
    }

    /** The driver's object writes by itself, after the wrapper has seen the transaction end. */
    @Test
    void whatALargeObjectWroteAfterTheCommit() throws SQLException {
        assertALobThatWritesAfterTheCommitIsRolledBack(row -> row.getBlob(1));
        assertALobThatWritesAfterTheCommitIsRolledBack(row -> row.getObject(1, Blob.class));
    }

    /** A way to ask for one. */
    private interface Lob {
        Blob of(ResultSet row) throws SQLException;
    }

    private static void assertALobThatWritesAfterTheCommitIsRolledBack(Lob lob) throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build()) {
            try (Connection connection = source.getConnection()) {
                run(connection, "create table large (content oid)");
                run(connection, "insert into large values (lo_from_bytea(0, '\\x00'))");
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement();
                        ResultSet row = statement.executeQuery("select content from large")) {
                    assertThat(row.next()).isTrue();
                    Blob content = lob.of(row);
                    connection.commit();
                    content.setBytes(1, new byte[] {7});
                }
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select encode(lo_get(content), 'hex') from large"))
                        .isEqualTo("00");
                run(connection, "select lo_unlink(content) from large");
                run(connection, "drop table large");
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
        }
    }

    /** Without auto-commit even a question begins a transaction, in which a connection must not lie idle. */
    @Test
    void aTransactionThatAQuestionBegan() throws SQLException {
        Use[] questions = {
            Connection::getSchema,
            Connection::getTransactionIsolation,
            Connection::setSavepoint,
            each -> each.isValid(5)
        };
        for (Use question : questions) {
            try (CenoteDataSource source = DataSources.cenote(DataSources.url())
                            .autoCommit(false)
                            .build();
                    CenoteDataSource other =
                            DataSources.cenote(DataSources.url()).build();
                    Connection looking = other.getConnection()) {
                int pid;
                try (Connection connection = source.getConnection()) {
                    pid = connection.unwrap(PGConnection.class).getBackendPID();
                }
                try (Connection connection = source.getConnection()) {
                    question.with(connection);
                }
                assertThat(ask(looking, "select state from pg_stat_activity where pid = " + pid))
                        .isEqualTo("idle");
                Consistency.assertAtRest(source.pool());
            }
        }
    }

    @Test
    void whatWasSetByTheDriversOwnConnection() throws SQLException {
        alone("create schema if not exists elsewhere");
        assertRestored(
                ResetPolicy.DIRTY,
                connection -> {
                    Connection own = connection.unwrap(PgConnection.class);
                    own.setSchema("elsewhere");
                    own.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                    own.setReadOnly(true);
                    own.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                    own.setClientInfo("ApplicationName", "own");
                    own.setNetworkTimeout(Runnable::run, 12_345);
                },
                connection -> connection.getSchema()
                        + connection.getTransactionIsolation()
                        + connection.isReadOnly()
                        + connection.getHoldability()
                        + ask(connection, "show application_name")
                        + connection.getNetworkTimeout());
        alone("drop schema elsewhere");
    }

    private static void alone(String sql) throws SQLException {
        try (CenoteDataSource source = DataSources.cenote(DataSources.url()).build();
                Connection connection = source.getConnection()) {
            run(connection, sql);
        }
    }
}
