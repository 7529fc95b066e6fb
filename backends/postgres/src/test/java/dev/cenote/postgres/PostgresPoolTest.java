package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.Pools;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresPoolTest {
    private final PostgresPool pool =
            PostgresPool.builder().uri(Postgres.uri()).minSize(0).maxSize(1).build();

    @AfterEach
    void close() {
        pool.close();
    }

    private String pid() {
        return pool.execute(Sql.queryOne("select pg_backend_pid()", row -> row.getString(1)))
                .orElseThrow();
    }

    @Test
    void leaseReturnsWithItsTransactionRolledBack() {
        String first = pid();
        try (var lease = pool.acquire()) {
            lease.begin(TransactionOptions.defaults());
            lease.execute(Sql.update("create table never_there (i int)"));
        }
        assertThat(pool.execute(Sql.queryOne("select to_regclass('never_there')", row -> row.getString(1))))
                .isEmpty();
        assertThat(pid()).isEqualTo(first);
    }

    @Test
    void exposedConnectionReturnsWithItsSessionReset() throws Exception {
        try (var lease = pool.acquire()) {
            Connection driver = lease.unwrap(Connection.class);
            driver.setAutoCommit(false);
            driver.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        assertThat(pool.execute(Sql.queryOne("show transaction_isolation", row -> row.getString(1))))
                .contains("read committed");
    }

    @Test
    void operationTimeoutKeepsTheConnection() {
        String before = pid();
        var failure = catchThrowableOfType(
                OperationTimeoutException.class,
                () -> pool.execute(Sql.query("select pg_sleep(30)", row -> 0), Deadline.after(Duration.ofMillis(400))));
        assertThat(failure.verdict().call()).isEqualTo(CallFate.UNKNOWN);
        assertThat(pid()).isEqualTo(before);
    }

    @Test
    void partialBatchIsTold() {
        try (var lease = pool.acquire()) {
            lease.execute(Sql.update("create temporary table one (i int primary key)"));
            var failure = catchThrowableOfType(
                    BulkException.class,
                    () -> lease.execute(Sql.batch("insert into one values (?)", List.of(List.of(1), List.of(1)))
                            .idempotent()));
            assertThat(failure.result().applied()).isZero();
            assertThat(failure.result().failures()).isNotEmpty();
        }
    }

    @Test
    void errorNamesOperationAndTarget() {
        var failure = catchThrowableOfType(
                OperationFailedException.class,
                () -> pool.execute(Sql.query("select * from none_such", row -> row.getInt(1))));
        assertThat(failure.operation()).isEqualTo("query none_such");
        assertThat(failure.verdict().call()).isEqualTo(CallFate.PERMANENT);
    }

    @Test
    void poolIsFoundByScheme() {
        try (var found = Pools.open(Postgres.uri() + "?pool.maxSize=3")) {
            assertThat(found).isInstanceOf(PostgresPool.class);
        }
    }
}
