package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionResetTest {
    private static final Map<String, String> VARIABLES =
            Map.of("sessionVariables", "wait_timeout=1234,lock_wait_timeout=77");

    @BeforeAll
    static void createDatabase() throws Exception {
        MySql.createDatabase();
    }

    /** All that can be restored: random seeds, clocks and what the last statement left are not settings. */
    private static Map<String, String> settings(JdbcConnection connection) throws Exception {
        var settings = new TreeMap<String, String>();
        MySql.run(
                connection,
                Sql.query(
                        "show session variables",
                        row -> settings.put(String.valueOf(row.getString(1)), String.valueOf(row.getString(2)))));
        List.of("rand_seed1", "rand_seed2", "timestamp", "last_insert_id", "identity", "warning_count", "error_count")
                .forEach(settings::remove);
        settings.keySet().removeIf(name -> name.startsWith("gtid_") || name.equals("pseudo_thread_id"));
        return settings;
    }

    @ParameterizedTest
    @EnumSource
    void plainStatementsNeedNoReset(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            MySql.value(connection, "select 1");
            assertThat(mysql.connector.needsReset(connection)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySettingOfTheSessionIsRestored(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver, MySql.server(), VARIABLES)) {
            JdbcConnection connection = mysql.open();
            Map<String, String> before = settings(connection);
            MySql.run(connection, Sql.update("set session sql_mode = '', time_zone = '+05:00', wait_timeout = 99"));
            MySql.run(connection, Sql.update("set @mine = 1"));
            MySql.run(connection, Sql.update("set session transaction isolation level serializable"));
            MySql.run(connection, Sql.update("set autocommit = 0"));
            MySql.run(connection, Sql.update("create temporary table mine (i int)"));
            MySql.run(connection, Sql.query("select get_lock('mine', 1)", row -> row.getInt(1)));
            MySql.run(connection, Sql.update("use mysql"));
            assertThat(mysql.connector.needsReset(connection)).isTrue();
            mysql.reset(connection);
            assertThat(mysql.connector.needsReset(connection)).isFalse();
            assertThat(settings(connection)).isEqualTo(before);
            assertThat(MySql.value(
                            connection, "select concat_ws(' ', database(), ifnull(@mine, 'no'), is_free_lock('mine'))"))
                    .isEqualTo(MySql.DATABASE + " no 1");
            assertThat(MySql.run(connection, Sql.query("show tables like 'mine'", row -> row.getString(1))))
                    .isEmpty();
        }
    }

    /** A reset by the server alone falls back to its default character set, and text is then stored garbled. */
    @ParameterizedTest
    @EnumSource
    void textIsStoredRightAfterReset(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            MySql.run(connection, Sql.update("set @mine = 1"));
            mysql.reset(connection);
            MySql.run(connection, Sql.update("create temporary table text_test (t varchar(20)) character set utf8mb4"));
            MySql.run(connection, Sql.update("insert into text_test values (?)", List.of("ü€😀")));
            assertThat(MySql.value(connection, "select hex(t) from text_test")).isEqualTo("C3BCE282ACF09F9880");
            assertThat(MySql.value(connection, "select t from text_test")).isEqualTo("ü€😀");
        }
    }

    @ParameterizedTest
    @EnumSource
    void driversOwnSettingsAreRestored(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            Map<String, String> before = settings(connection);
            Connection own = connection.unwrap(Connection.class);
            int isolation = own.getTransactionIsolation();
            own.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            own.setAutoCommit(false);
            own.setReadOnly(true);
            own.setCatalog("mysql");
            mysql.reset(connection);
            assertThat(own.getAutoCommit()).isTrue();
            assertThat(own.isReadOnly()).isFalse();
            assertThat(own.getCatalog()).isEqualTo(MySql.DATABASE);
            assertThat(own.getTransactionIsolation()).isEqualTo(isolation);
            assertThat(settings(connection)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void openTransactionIsRolledBackAndItsOptionsEndWithIt(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver)) {
            JdbcConnection connection = mysql.open();
            String table = "kept_" + driver;
            MySql.run(connection, Sql.update("create table if not exists " + table + " (i int)"));
            MySql.run(connection, Sql.update("delete from " + table));
            mysql.reset(connection);
            Map<String, String> before = settings(connection);
            connection.begin(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE), MySql.soon());
            MySql.run(connection, Sql.update("insert into " + table + " values (1)"));
            assertThat(mysql.connector.needsReset(connection)).isTrue();
            mysql.reset(connection);
            assertThat(MySql.value(connection, "select count(*) from " + table)).isEqualTo("0");
            assertThat(settings(connection)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementThatTheServerHadPreparedWorksAfterReset(MySqlDriver driver) throws Exception {
        try (var mysql = new MySql(driver, MySql.server(), Map.of("useServerPrepStmts", "true"))) {
            JdbcConnection connection = mysql.open();
            var query = Sql.query("select ? + 1", List.of(1), row -> row.getInt(1));
            MySql.run(connection, query);
            MySql.run(connection, Sql.update("set @mine = 1"));
            mysql.reset(connection);
            assertThat(MySql.run(connection, query)).containsExactly(2);
        }
    }
}
