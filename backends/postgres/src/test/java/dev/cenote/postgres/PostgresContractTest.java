package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.TransactionOptions.Isolation;
import dev.cenote.testkit.contracts.BackendContract;
import dev.cenote.testkit.servers.TestServers.Product;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

class PostgresContractTest extends BackendContract<JdbcConnection, PostgresPool.Builder> {
    @Override
    protected Product product() {
        return Product.POSTGRES;
    }

    @Override
    protected PostgresPool.Builder builder(String uri) {
        return PostgresPool.builder().uri(uri);
    }

    @Override
    protected Operation<JdbcConnection, ?> ping() {
        return Sql.query("select 1", row -> row.getInt(1));
    }

    @Override
    protected Operation<JdbcConnection, ?> slow() {
        return Sql.query("select 1 from pg_sleep(2)", row -> row.getInt(1));
    }

    private static Dirt<JdbcConnection> dirt(String name, Consumer<Lease<JdbcConnection>> leave) {
        return new Dirt<>(name, leave, PostgresContractTest::assertClean);
    }

    private static Consumer<Lease<JdbcConnection>> sql(String statement) {
        return lease -> lease.execute(Sql.update(statement));
    }

    private static String ask(Lease<JdbcConnection> lease, String question) {
        return lease.execute(Sql.queryOne(question, row -> row.getString(1))).orElse("");
    }

    private static void assertClean(Lease<JdbcConnection> lease) {
        assertThat(ask(lease, "select current_setting('search_path')")).doesNotContain("nowhere");
        assertThat(ask(lease, "select current_setting('transaction_isolation')"))
                .isEqualTo("read committed");
        assertThat(ask(lease, "select current_setting('transaction_read_only')"))
                .isEqualTo("off");
        assertThat(ask(lease, "select count(*) from pg_locks where locktype = 'advisory'"))
                .isEqualTo("0");
        assertThat(ask(lease, "select to_regclass('left_behind') is null")).isEqualTo("t");
        assertThat(ask(lease, "select count(*) from pg_listening_channels()")).isEqualTo("0");
        assertThat(ask(lease, "select now()::text"))
                .as("time stands still within a transaction")
                .isNotEqualTo(ask(lease, "select now()::text"));
    }

    @Override
    protected List<Dirt<JdbcConnection>> dirt() {
        return List.of(
                dirt("an open transaction", lease -> {
                    lease.begin(TransactionOptions.defaults().withIsolation(Isolation.SERIALIZABLE));
                    lease.execute(Sql.update("create table left_behind (id int)"));
                }),
                dirt("a failed transaction", lease -> {
                    lease.begin(TransactionOptions.defaults().withReadOnly());
                    assertThat(org.assertj.core.api.Assertions.catchThrowable(
                                    () -> lease.execute(Sql.update("create table left_behind (id int)"))))
                            .isNotNull();
                }),
                dirt("SET", sql("set search_path = nowhere")),
                dirt("a temporary table", sql("create temporary table left_behind (id int)")),
                dirt("an advisory lock", lease -> ask(lease, "select pg_advisory_lock(7)::text")),
                dirt("LISTEN", sql("listen somewhere")),
                dirt("the driver's own settings", lease -> {
                    try {
                        Connection driver = lease.unwrap(Connection.class);
                        driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                        driver.setReadOnly(true);
                        driver.setAutoCommit(false);
                        driver.createStatement().executeQuery("select 1");
                    } catch (SQLException failure) {
                        throw new AssertionError(failure);
                    }
                }));
    }

    @Override
    protected Optional<String> uriOfMissingDatabase(String uri) {
        return Optional.of(uri.replaceAll("/postgres$", "/no_such_database"));
    }
}
