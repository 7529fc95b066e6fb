package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import dev.cenote.testkit.contracts.BackendContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The contract on MariaDB and MySQL alike. */
abstract class MySqlFamilyContract extends BackendContract<JdbcConnection, MySqlPool.Builder> {
    @Override
    protected MySqlPool.Builder builder(String uri) {
        return MySqlPool.builder().uri(uri);
    }

    @Override
    protected Operation<JdbcConnection, ?> ping() {
        return Sql.query("select 1", row -> row.getInt(1));
    }

    @Override
    protected Operation<JdbcConnection, ?> slow() {
        return Sql.query("select sleep(2)", row -> row.getInt(1));
    }

    private static Dirt<JdbcConnection> dirt(String name, Consumer<Lease<JdbcConnection>> leave) {
        return new Dirt<>(name, leave, MySqlFamilyContract::assertClean);
    }

    private static Consumer<Lease<JdbcConnection>> sql(String statement) {
        return lease -> lease.execute(Sql.update(statement));
    }

    private static String ask(Lease<JdbcConnection> lease, String question) {
        return lease.execute(Sql.queryOne(question, row -> String.valueOf(row.getString(1))))
                .orElse("");
    }

    private static void assertClean(Lease<JdbcConnection> lease) {
        assertThat(ask(lease, "select @@autocommit")).isEqualTo("1");
        assertThat(ask(lease, "select @@transaction_isolation")).isEqualTo("REPEATABLE-READ");
        assertThat(ask(lease, "select @@transaction_read_only")).isEqualTo("0");
        assertThat(ask(lease, "select @@sql_safe_updates")).isEqualTo("0");
        assertThat(ask(lease, "select @mine")).isEqualTo("null");
        assertThat(ask(lease, "select is_free_lock('left_behind')")).isEqualTo("1");
        assertThat(ask(lease, "select database()")).isEqualTo("test");
        lease.execute(Sql.update("create temporary table left_behind (id int)"));
        lease.execute(Sql.update("drop temporary table left_behind"));
    }

    @Override
    protected List<Dirt<JdbcConnection>> dirt() {
        return List.of(
                dirt("an open transaction", lease -> {
                    lease.begin(TransactionOptions.defaults()
                            .withIsolation(Isolation.SERIALIZABLE)
                            .withReadOnly());
                    ask(lease, "select 1");
                }),
                dirt("SET", sql("set session sql_safe_updates = 1")),
                dirt("a user variable", lease -> ask(lease, "select @mine := 7")),
                dirt("a temporary table", sql("create temporary table left_behind (id int)")),
                dirt("a named lock", lease -> ask(lease, "select get_lock('left_behind', 0)")),
                dirt("the driver's own settings", lease -> {
                    try {
                        Connection driver = lease.unwrap(Connection.class);
                        driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                        driver.setAutoCommit(false);
                        driver.setCatalog("mysql");
                    } catch (SQLException failure) {
                        throw new AssertionError(failure);
                    }
                }));
    }

    @Override
    protected Optional<String> uriOfMissingDatabase(String uri) {
        return Optional.of(uri.replace("/test", "/no_such_database"));
    }
}
