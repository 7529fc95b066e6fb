package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.cenote.jdbc.JdbcConnection;
import dev.cenote.jdbc.RowMappingException;
import dev.cenote.jdbc.Sql;
import dev.cenote.jdbc.TooManyRowsException;
import dev.cenote.protocols.Classifier.Phase;
import dev.cenote.protocols.TransactionOptions;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.operations.BulkResult;
import java.math.BigDecimal;
import java.sql.SQLDataException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqlOperationsTest {
    private final Postgres postgres = new Postgres();
    private JdbcConnection connection;

    @BeforeEach
    void createTable() throws Exception {
        connection = postgres.open();
        Postgres.run(connection, Sql.update("create temporary table users (id int primary key, name text)"));
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void queryGivesAllRowsInOrder() throws Exception {
        var query = Sql.query("select generate_series(1, ?)", List.of(3), row -> row.getInt(1));
        assertThat(Postgres.run(connection, query)).containsExactly(1, 2, 3);
    }

    @Test
    void queryOneGivesTheOnlyRowOrNone() throws Exception {
        assertThat(Postgres.run(connection, Sql.queryOne("select 1 as one", row -> row.getLong("one"))))
                .contains(1L);
        assertThat(Postgres.run(connection, Sql.queryOne("select 1 where false", row -> row.getInt(1))))
                .isEmpty();
        assertThat(Postgres.run(connection, Sql.queryOne("select null::text", row -> row.getString(1))))
                .isEmpty();
    }

    @Test
    void queryOneRefusesMoreThanOneRow() {
        assertThatThrownBy(() -> Postgres.run(connection, Sql.queryOne("values (1), (2)", row -> row.getInt(1))))
                .isInstanceOf(TooManyRowsException.class)
                .hasMessage("the query must give at most one row, gave more");
    }

    @Test
    void updateGivesTheNumberOfRows() throws Exception {
        assertThat(Postgres.run(connection, Sql.update("insert into users values (1, 'a'), (2, 'b')")))
                .isEqualTo(2);
        assertThat(Postgres.run(connection, Sql.update("update users set name = ? where id > ?", List.of("c", 1))))
                .isEqualTo(1);
        assertThat(Postgres.run(connection, Sql.update("delete from users returning id")))
                .isEqualTo(2);
        assertThat(Postgres.run(connection, Sql.update("drop table users"))).isZero();
    }

    @Test
    void parametersOfAllTypesArrive() throws Exception {
        UUID uuid = UUID.randomUUID();
        Instant instant = Instant.parse("2026-01-02T03:04:05.678901Z");
        var params = Sql.params(
                null,
                "text",
                7,
                8L,
                1.5,
                new BigDecimal("2.50"),
                true,
                new byte[] {1, 2},
                uuid,
                instant,
                LocalDate.of(2026, 1, 2),
                TimeUnit.DAYS,
                new int[] {1, 2});
        var query = Sql.query(
                "select ?::text n, ?::text t, ?::int i, ?::bigint l, ?::float8 d, ?::numeric b, ?::boolean o, ?::bytea y,"
                        + " ?::uuid u, ?::timestamptz z, ?::date a, ?::text e, ?::int[] r",
                params,
                row -> List.of(
                        String.valueOf(row.getString("n")),
                        row.getString("t"),
                        row.getInt("i"),
                        row.getLong("l"),
                        row.getDouble("d"),
                        row.getBigDecimal("b"),
                        row.getBoolean("o"),
                        row.getBytes("y").length,
                        row.get("u", UUID.class),
                        row.get("z", Instant.class),
                        row.get("a", LocalDate.class),
                        row.getString("e"),
                        row.getString("r")));
        assertThat(Postgres.run(connection, query).get(0))
                .isEqualTo(List.of(
                        "null",
                        "text",
                        7,
                        8L,
                        1.5,
                        new BigDecimal("2.50"),
                        true,
                        2,
                        uuid,
                        instant,
                        LocalDate.of(2026, 1, 2),
                        "DAYS",
                        "{1,2}"));
    }

    @Test
    void nullIsNoNumber() {
        assertThatThrownBy(() -> Postgres.run(connection, Sql.query("select null::int", row -> row.getInt(1))))
                .isInstanceOf(SQLDataException.class)
                .hasMessage("column 1 must not be NULL to be read as a primitive; get(column, type) gives null");
    }

    @Test
    void mappersExceptionLeavesTheConnectionSound() throws Exception {
        Throwable failure =
                catchThrowable(() -> Postgres.run(connection, Sql.query("values (1), (0)", row -> 1 / row.getInt(1))));
        assertThat(failure)
                .isInstanceOf(RowMappingException.class)
                .hasMessage("row 2 could not be mapped: java.lang.ArithmeticException: / by zero");
        assertThat(new PostgresClassifier().classify(failure, Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        assertThat(Postgres.value(connection, "select 'sound'")).isEqualTo("sound");
    }

    @Test
    void batchTellsEachCount() throws Exception {
        var batch = Sql.batch("insert into users values (?, ?)", List.of(List.of(1, "a"), List.of(2, "b")));
        assertThat(batch.size()).isEqualTo(2);
        assertThat(Postgres.run(connection, batch)).isEqualTo(new BulkResult(2, 2, List.of(1L, 1L), Map.of()));
        assertThat(Postgres.run(connection, Sql.batch("insert into users values (?)", List.of()))
                        .applied())
                .isZero();
    }

    @Test
    void batchWithBadPartAppliesNone() throws Exception {
        var batch = Sql.batch(
                "insert into users values (?, ?)", List.of(List.of(1, "a"), List.of(1, "again"), List.of(2, "b")));
        Throwable failure = catchThrowable(() -> Postgres.run(connection, batch));
        assertThat(new PostgresClassifier().classify(failure, Phase.EXECUTE))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        BulkResult result = batch.partialResult(failure).orElseThrow();
        assertThat(result.applied()).isZero();
        assertThat(result.failures())
                .containsKey(1)
                .allSatisfy((part, message) -> assertThat(message).contains("duplicate key"));
        assertThat(Postgres.value(connection, "select count(*) from users")).isEqualTo("0");
    }

    @Test
    void commitOfFailedTransactionIsTold() throws Exception {
        connection.begin(TransactionOptions.defaults(), Postgres.soon());
        catchThrowable(() -> Postgres.value(connection, "select 1/0"));
        Throwable failure = catchThrowable(() -> connection.commit(Postgres.soon()));
        assertThat(new PostgresClassifier().classify(failure, Phase.COMMIT))
                .isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.ROLLED_BACK));
        postgres.reset(connection);
        assertThat(Postgres.value(connection, "select 'sound'")).isEqualTo("sound");
    }
}
