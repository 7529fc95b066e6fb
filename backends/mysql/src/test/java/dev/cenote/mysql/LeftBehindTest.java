package dev.cenote.mysql;

import static dev.cenote.mysql.DataSources.ask;
import static dev.cenote.mysql.DataSources.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.MysqlDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.cenote.jdbc.ResetPolicy;
import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mariadb.jdbc.MariaDbDataSource;

/** What one holder leaves behind, the next does not find, with either driver; beside HikariCP, where it does. */
class LeftBehindTest {
    /** Something that is done with a connection. */
    private interface Use {
        void with(Connection connection) throws SQLException;
    }

    private static CenoteDataSourceBuilder cenote(String scheme) {
        return DataSources.cenote(DataSources.url(scheme));
    }

    private static String seenAfter(DataSource source, Use use, String question) throws SQLException {
        try (Connection connection = source.getConnection()) {
            use.with(connection);
        }
        try (Connection connection = source.getConnection()) {
            return ask(connection, question);
        }
    }

    private static void assertLeftAndRestored(String scheme, ResetPolicy policy, Use use, String question, String left)
            throws SQLException {
        var config = new HikariConfig();
        config.setJdbcUrl(DataSources.url(scheme));
        config.setUsername(DataSources.user());
        config.setPassword(DataSources.password());
        config.setMaximumPoolSize(1);
        try (var hikari = new HikariDataSource(config)) {
            assertThat(seenAfter(hikari, use, question)).as("HikariCP").isEqualTo(left);
        }
        try (CenoteDataSource source = cenote(scheme).resetPolicy(policy).build()) {
            assertThat(seenAfter(source, use, question)).as("Cenote").isNotEqualTo(left);
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    /** HikariCP does not see SQL: a setting stays for all who come. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aSettingBySql(String scheme) throws SQLException {
        assertLeftAndRestored(
                scheme,
                ResetPolicy.FULL,
                connection -> run(connection, "set session max_join_size = 4711"),
                "select @@max_join_size",
                "4711");
    }

    /** Auto-commit that SQL turned off loses no write of whoever turns it on, nor of the next. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void autoCommitBySql(String scheme) throws SQLException {
        String table = "auto_commit_by_sql_" + scheme;
        try (CenoteDataSource source = cenote(scheme).build()) {
            try (Connection connection = source.getConnection()) {
                run(connection, "create table " + table + " (id int)");
            }
            try (Connection connection = source.getConnection()) {
                run(connection, "set autocommit=0");
                run(connection, "insert into " + table + " values (1)");
                connection.setAutoCommit(true); // commits
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select @@autocommit")).isEqualTo("1");
                run(connection, "insert into " + table + " values (2)");
                run(connection, "set autocommit=0");
                run(connection, "insert into " + table + " values (3)");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, "select @@autocommit")).isEqualTo("1");
                assertThat(ask(connection, "select group_concat(id order by id) from " + table))
                        .as("the third was not committed")
                        .isEqualTo("1,2");
                run(connection, "drop table " + table);
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    /** HikariCP has no reset: temporary tables stay, with what is in them. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aTemporaryTable(String scheme) throws SQLException {
        Use use = connection -> run(connection, "create temporary table left_behind as select 42 as secret");
        try (CenoteDataSource source =
                cenote(scheme).resetPolicy(ResetPolicy.FULL).build()) {
            assertThatThrownBy(() -> seenAfter(source, use, "select secret from left_behind"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("left_behind");
            assertThat(source.pool().stats().created()).isEqualTo(1);
        }
        var config = new HikariConfig();
        config.setJdbcUrl(DataSources.url(scheme));
        config.setUsername(DataSources.user());
        config.setPassword(DataSources.password());
        config.setMaximumPoolSize(1);
        try (var hikari = new HikariDataSource(config)) {
            assertThat(seenAfter(hikari, use, "select secret from left_behind")).isEqualTo("42");
        }
    }

    /** HikariCP has no reset: a variable of the last user's is read by the next. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aUserVariable(String scheme) throws SQLException {
        assertLeftAndRestored(
                scheme, ResetPolicy.FULL, connection -> run(connection, "set @secret = 42"), "select @secret", "42");
    }

    /** HikariCP has no reset: whoever wants the lock waits until the connection is retired. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aNamedLock(String scheme) throws SQLException {
        String name = "left_behind_" + scheme;
        assertLeftAndRestored(
                scheme,
                ResetPolicy.FULL,
                connection -> ask(connection, "select get_lock('" + name + "', 5)"),
                "select is_used_lock('" + name + "') = connection_id()",
                "1");
    }

    /** HikariCP rolls back where auto-commit is off by JDBC's methods; a transaction begun by SQL goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aTransactionBegunBySql(String scheme) throws SQLException {
        assertLeftAndRestored(
                scheme,
                ResetPolicy.DIRTY,
                connection -> run(connection, "start transaction with consistent snapshot"),
                "select @@in_transaction",
                "1");
    }

    /** The server's reset falls back to its own defaults: what pool and driver had set must be there again. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aFullResetRestoresWhatThePoolAndTheDriverHadSet(String scheme) throws SQLException {
        String look = "select concat_ws(' ', @@sql_mode, @@character_set_client, @@collation_connection,"
                + " @@transaction_isolation, @@lock_wait_timeout, @first, database(), @@autocommit)";
        try (CenoteDataSource source = CenoteDataSource.builder()
                .url(DataSources.url(scheme))
                .driverProperty("sessionVariables", "lock_wait_timeout=77")
                .user(DataSources.user())
                .password(DataSources.password())
                .maxSize(1)
                .resetPolicy(ResetPolicy.FULL)
                .transactionIsolation("serializable")
                .autoCommit(false)
                .connectionInitSql("set @first = 'init'")
                .build()) {
            String first;
            try (Connection connection = source.getConnection()) {
                first = ask(connection, look);
                assertThat(first).contains("SERIALIZABLE 77 init ").endsWith(" OFF");
                run(connection, "set session sql_mode = '', lock_wait_timeout = 5, @first = 'other'");
                run(connection, "use information_schema");
                connection.setAutoCommit(true);
            }
            try (Connection connection = source.getConnection()) {
                assertThat(ask(connection, look)).isEqualTo(first);
                assertThat(connection.getAutoCommit()).isFalse();
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
        }
    }

    @Test
    void whatStandsInTheWayOfAResetIsNamedAtTheStart() throws SQLException {
        try (CenoteDataSource source = CenoteDataSource.builder()
                .url(DataSources.url("mysql") + "&useServerPrepStmts=true&cachePrepStmts=true")
                .user(DataSources.user())
                .password(DataSources.password())
                .resetPolicy(ResetPolicy.FULL)
                .build()) {
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasStackTraceContaining("useServerPrepStmts and cachePrepStmts must not both be true");
        }
        try (CenoteDataSource source = CenoteDataSource.builder()
                .url(DataSources.url("mariadb") + "&useResetConnection=false")
                .user(DataSources.user())
                .password(DataSources.password())
                .resetPolicy(ResetPolicy.FULL)
                .build()) {
            assertThatThrownBy(source::getConnection)
                    .isInstanceOf(SQLNonTransientConnectionException.class)
                    .hasStackTraceContaining("useResetConnection must be true with resetPolicy FULL, was false");
        }
    }

    @Test
    void wrappedDataSourcesAreKnownByTheirConnections() throws SQLException {
        var mariaDb = new MariaDbDataSource(DataSources.url("mariadb") + "&useResetConnection=true");
        var mySql = new MysqlDataSource();
        mySql.setURL(DataSources.url("mysql"));
        for (DataSource wrapped : new DataSource[] {mariaDb, mySql}) {
            try (CenoteDataSource source = CenoteDataSource.builder()
                    .dataSource(wrapped)
                    .user(DataSources.user())
                    .password(DataSources.password())
                    .maxSize(1)
                    .resetPolicy(ResetPolicy.FULL)
                    .build()) {
                assertThat(seenAfter(source, connection -> run(connection, "set @secret = 42"), "select @secret"))
                        .isNull();
            }
        }
    }

    /** Of a connection without a database, which JDBC cannot go back to. */
    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aDatabaseWhereThereWasNone(String scheme) throws SQLException {
        String url = DataSources.url(scheme).replace("/" + DataSources.server().path() + "?", "/?");
        try (CenoteDataSource source = cenote(scheme).url(url).build()) {
            for (int i = 0; i < 2; i++) {
                try (Connection connection = source.getConnection()) {
                    connection.unwrap(Connection.class).clearWarnings();
                    assertThat(ask(connection, "select database()")).isNull();
                }
            }
            assertThat(source.pool().stats().created())
                    .as("nothing was changed")
                    .isEqualTo(1);
            assertThat(seenAfter(
                            source,
                            connection ->
                                    connection.setCatalog(DataSources.server().path()),
                            "select database()"))
                    .isNull();
            assertThat(source.pool().stats().created()).as("a new one").isEqualTo(2);
            Consistency.assertAtRest(source.pool());
        }
    }
}
