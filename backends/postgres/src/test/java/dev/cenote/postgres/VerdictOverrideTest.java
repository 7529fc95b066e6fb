package dev.cenote.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cenote.jdbc.Sql;
import dev.cenote.protocols.Verdict;
import dev.cenote.protocols.Verdict.CallFate;
import dev.cenote.protocols.Verdict.ConnectionFate;
import dev.cenote.protocols.errors.OperationFailedException;
import dev.cenote.retry.RetryPolicy;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The examples of docs/errors.md, against a real server. */
class VerdictOverrideTest {
    /** Says P0409 the first two times that it is called; a sequence is not rolled back. */
    private static final String COLLIDE = """
            do $$ begin
              if nextval('collisions') < 3 then raise exception 'another came first' using errcode = 'P0409'; end if;
            end $$""";

    private static PostgresPool.Builder builder() {
        return PostgresPool.builder()
                .uri(Postgres.uri())
                .retry(RetryPolicy.exponential()
                        .base(Duration.ofMillis(1))
                        .maxRetries(3)
                        .build());
    }

    private static void restart(PostgresPool pool) {
        pool.execute(Sql.update("drop sequence if exists collisions"));
        pool.execute(Sql.update("create sequence collisions"));
    }

    @Test
    void anErrorOfOnesOwnIsTriedAgain() {
        try (PostgresPool pool = builder()
                .verdict("P0409", verdict -> verdict.withCall(CallFate.ROLLED_BACK))
                .build()) {
            restart(pool);
            pool.execute(Sql.update(COLLIDE));
            assertThat(pool.execute(Sql.queryOne("select last_value from collisions", row -> row.getInt(1))))
                    .contains(3);
        }
    }

    @Test
    void withoutTheChangeItIsPermanent() {
        try (PostgresPool pool = builder().build()) {
            restart(pool);
            var failure = catchThrowableOfType(OperationFailedException.class, () -> pool.execute(Sql.update(COLLIDE)));
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.KEEP, CallFate.PERMANENT));
        }
    }

    @Test
    void aConditionSeesTheDriversException() {
        try (PostgresPool pool = builder()
                .verdictIf(
                        error -> error instanceof SQLException failure && "42601".equals(failure.getSQLState()),
                        verdict -> verdict.withConnection(ConnectionFate.EVICT))
                .build()) {
            var failure =
                    catchThrowableOfType(OperationFailedException.class, () -> pool.execute(Sql.update("selec 1")));
            assertThat(failure.verdict()).isEqualTo(new Verdict(ConnectionFate.EVICT, CallFate.PERMANENT));
        }
    }
}
