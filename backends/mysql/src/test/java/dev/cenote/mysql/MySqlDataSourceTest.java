package dev.cenote.mysql;

import static dev.cenote.mysql.DataSources.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.jdbc.datasource.CenoteDataSource;
import dev.cenote.jdbc.datasource.CenoteDataSourceBuilder;
import dev.cenote.testkit.contracts.Consistency;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data source on a real MariaDB, by both drivers, with the classifier of its product. */
class MySqlDataSourceTest {
    private static CenoteDataSourceBuilder source(String scheme) {
        return DataSources.cenote(DataSources.url(scheme));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void theNextHolderFindsTheSessionAsItWas(String scheme) throws SQLException {
        try (CenoteDataSource source = source(scheme).build()) {
            String catalog;
            try (Connection connection = source.getConnection();
                    Statement statement = connection.createStatement()) {
                catalog = connection.getCatalog();
                statement.execute("create table if not exists forgotten(id int)");
                statement.execute("truncate forgotten");
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                statement.execute("insert into forgotten values (1)");
                connection.setCatalog("information_schema");
            }
            try (Connection connection = source.getConnection()) {
                assertThat(connection.getCatalog()).isEqualTo(catalog);
                assertThat(connection.getAutoCommit()).isTrue();
                assertThat(ask(connection, "select @@transaction_isolation")).isEqualTo("REPEATABLE-READ");
                assertThat(ask(connection, "select count(*) from forgotten")).isEqualTo("0");
                connection.createStatement().execute("drop table forgotten");
            }
            assertThat(source.pool().stats().created()).isEqualTo(1);
            Consistency.assertAtRest(source.pool());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mariadb", "mysql"})
    void aKilledConnectionIsNotGivenOutAgain(String scheme) throws SQLException {
        try (CenoteDataSource source = source(scheme).maxSize(2).build()) {
            try (Connection victim = source.getConnection();
                    Connection killer = source.getConnection()) {
                String id = ask(victim, "select connection_id()");
                killer.createStatement().execute("kill connection " + id);
                assertThatThrownBy(() -> ask(victim, "select 1")).isInstanceOf(SQLException.class);
            }
            Consistency.until(
                    source.pool(), "it is closed", stats -> !stats.closed().isEmpty());
            Consistency.assertAtRest(source.pool());
        }
    }
}
