package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest extends EngineFixture {
    @Test
    void onlyAConnectionThatWasUnusedForLongIsValidated() throws Exception {
        try (var engine = engine(options -> options.validateAfterIdle(Duration.ofSeconds(1)))) {
            engine.acquire().close();
            engine.acquire().close();
            assertThat(database.validations()).isZero();
            advance(Duration.ofSeconds(2));
            engine.acquire().close();
            assertThat(database.validations()).isEqualTo(1);
            engine.acquire().close();
            assertThat(database.validations()).isEqualTo(1);
            assertAtRest(engine);
        }
    }

    @Test
    void deadConnectionsAreReplacedBeforeTheyAreGivenOut() throws Exception {
        try (var engine = engine(options -> options.maxSize(3))) {
            List<Lease<FakeConnection>> all = List.of(engine.acquire(), engine.acquire(), engine.acquire());
            all.forEach(Lease::close);
            database.crash();
            database.failConnects(null);
            advance(Duration.ofSeconds(2));
            try (Lease<FakeConnection> lease = engine.acquire()) {
                assertThat(lease.connectionId()).isGreaterThan(3);
            }
            until(engine, "all dead ones are closed", stats -> stats.closed(CloseReason.VALIDATION_FAILED) == 3);
            assertThat(engine.stats().validationFailures())
                    .as("one told of all")
                    .isEqualTo(1);
            assertAtRest(engine);
        }
    }

    @Test
    void acquireEndsInTimeWhileAValidationHangs() throws Exception {
        try (var engine = engine(options ->
                options.maxSize(1).acquireTimeout(Duration.ofSeconds(1)).validateTimeout(Duration.ofSeconds(10)))) {
            engine.acquire().close();
            database.deaf(true);
            advance(Duration.ofSeconds(2));
            var waiting = acquiring(engine);
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .isInstanceOfSatisfying(
                            AcquireTimeoutException.class,
                            failure -> assertThat(failure.phase()).isEqualTo(AcquireTimeoutException.Phase.VALIDATING));
            advance(Duration.ofSeconds(20));
            until(engine, "the hanging one is given up", stats -> stats.size() == 0);
            database.deaf(false);
            assertAtRest(engine);
        }
    }

    @Test
    void keepaliveValidatesIdleConnectionsAndDropsTheDead() {
        try (var engine = engine(options -> options.keepaliveInterval(Duration.ofSeconds(10)))) {
            engine.acquire().close();
            advance(Duration.ofSeconds(9));
            assertThat(database.validations()).isZero();
            advance(Duration.ofSeconds(2));
            until(engine, "it is validated", stats -> database.validations() == 1 && stats.idle() == 1);
            database.crash();
            advance(Duration.ofSeconds(11));
            until(engine, "it is closed", stats -> stats.closed(CloseReason.VALIDATION_FAILED) == 1);
            database.failConnects(null);
            assertAtRest(engine);
        }
    }
}
