package dev.cenote.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.Pools;
import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.errors.BulkException;
import dev.cenote.protocols.errors.OperationTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MySqlPoolTest {
    @BeforeAll
    static void createDatabase() throws Exception {
        MySql.createDatabase();
    }

    private static MySqlPool pool(MySqlDriver driver) {
        var builder = MySqlPool.builder()
                .host(MySql.server().host())
                .port(MySql.server().port().orElseThrow())
                .database(MySql.DATABASE)
                .driver(driver)
                .maxSize(1);
        MySql.user().ifPresent(builder::user);
        MySql.password().ifPresent(builder::password);
        MySql.plain(driver).forEach(builder::driverParameter);
        return builder.build();
    }

    private static String id(MySqlPool pool) {
        return pool.execute(Sql.queryOne("select connection_id()", row -> row.getString(1)))
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void leaseReturnsWithItsTransactionRolledBack(MySqlDriver driver) {
        try (var pool = pool(driver)) {
            String table = "pool_" + driver;
            pool.execute(Sql.update("create table if not exists " + table + " (i int)"));
            String before = id(pool);
            try (var lease = pool.acquire()) {
                lease.begin(TransactionOptions.defaults());
                lease.execute(Sql.update("insert into " + table + " values (1)"));
            }
            assertThat(pool.execute(Sql.queryOne("select count(*) from " + table, row -> row.getLong(1))))
                    .contains(0L);
            assertThat(id(pool)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void operationTimeoutKeepsTheConnection(MySqlDriver driver) {
        try (var pool = pool(driver)) {
            String before = id(pool);
            var failure = catchThrowableOfType(
                    OperationTimeoutException.class,
                    () -> pool.execute(
                            Sql.query("select sleep(30)", row -> 0), Deadline.after(Duration.ofMillis(1000))));
            assertThat(failure.verdict().call()).isEqualTo(CallFate.UNKNOWN);
            assertThat(id(pool)).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void partialBatchIsTold(MySqlDriver driver) {
        try (var pool = pool(driver);
                var lease = pool.acquire()) {
            lease.execute(Sql.update("create temporary table one (i int primary key)"));
            var failure = catchThrowableOfType(
                    BulkException.class,
                    () -> lease.execute(Sql.batch("insert into one values (?)", List.of(List.of(1), List.of(1)))));
            assertThat(failure.result().failures()).containsKey(1);
        }
    }

    @Test
    void poolIsFoundByScheme() {
        try (var found = Pools.open(MySql.uri())) {
            assertThat(found).isInstanceOf(MySqlPool.class);
        }
    }
}
