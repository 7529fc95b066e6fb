package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static dev.cenote.testkit.fakes.FakeOperations.whoAmI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.protocols.Health.Status;
import dev.cenote.protocols.Suspicion;
import dev.cenote.protocols.Suspicion.Cause;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What the pool makes of what has happened to it. */
class DiagnosisTest extends EngineFixture {
    private static List<Cause> causes(PoolEngine<FakeConnection> engine) {
        return engine.report().suspicions().stream().map(Suspicion::cause).toList();
    }

    @Test
    void oneFailedConnectIsNotHeldAgainstAServerThatNobodyNeeds() throws Exception {
        try (var engine = engine(options -> options.maxSize(2))) {
            var held = engine.acquire();
            database.refuse();
            var waiting = engine.acquireAsync();
            until(engine, "it fails", stats -> stats.connectFailures() >= 1 && stats.connecting() == 0);
            assertThat(engine.health().status()).as("somebody waits").isEqualTo(Status.DEGRADED);
            assertThat(causes(engine)).containsExactly(Cause.SERVER_DOWN);

            held.close();
            get(waiting).close();
            assertThat(engine.health().status()).as("just now").isEqualTo(Status.DEGRADED);
            advance(Duration.ofSeconds(1));

            assertThat(engine.health().status()).as("nobody needs it").isEqualTo(Status.UP);
            assertThat(causes(engine)).isEmpty();
            assertThat(engine.report().lastConnectFailure()).isPresent();
            database.failConnects(null);
            assertAtRest(engine);
        }
    }

    @Test
    void aPoolWithoutConnectionsThatNobodyAsksIsUpAndSaysWhatItKnows() {
        try (var engine = engine(options -> options.maxSize(2))) {
            database.refuse();
            var waiting = engine.acquireAsync();
            until(engine, "it fails", stats -> stats.connectFailures() >= 1 && stats.connecting() == 0);
            assertThat(engine.health().status()).isEqualTo(Status.DOWN);
            waiting.cancel(false);
            advance(Duration.ofSeconds(1));
            assertThat(engine.health().status()).isEqualTo(Status.UP);
            assertThat(engine.health().reason()).contains("no connection open", "connection refused");
            assertThat(causes(engine)).isEmpty();
        }
    }

    @Test
    void aPoolBelowItsMinSizeSuspectsTheServerThoughNobodyWaits() {
        database.refuse();
        try (var engine = engine(options -> options.minSize(1))) {
            until(engine, "it fails", stats -> stats.connectFailures() >= 1 && stats.connecting() == 0);
            advance(Duration.ofSeconds(2));
            assertThat(engine.health().status()).isEqualTo(Status.DOWN);
            assertThat(causes(engine)).containsExactly(Cause.SERVER_DOWN);
        }
    }

    private void whoAskedForFuturesHoldsNothing(PoolEngine<FakeConnection> engine) throws Exception {
        database.silent(true);
        var waiting = CompletableFuture.supplyAsync(() -> {
            engine.executeAsync(whoAmI());
            engine.executeAsync(whoAmI());
            until(engine, "both run", stats -> stats.leased() == 2);
            return engine.acquire();
        });
        until(engine, "it waits", stats -> stats.leased() == 2 && stats.waiters() == 1);
        assertThat(engine.report().waiters())
                .singleElement()
                .satisfies(waiter -> assertThat(waiter.holds()).isZero());
        assertThat(causes(engine)).doesNotContain(Cause.NESTED_ACQUIRE);
        database.silent(false);
        get(waiting).close();
        until(engine, "all have ended", stats -> stats.leased() == 0);
    }

    @Test
    void aThreadThatWaitsHoldsNothingByItsFutures() throws Exception {
        try (var engine = engine(options -> options.maxSize(2))) {
            whoAskedForFuturesHoldsNothing(engine); // by hand-off
            whoAskedForFuturesHoldsNothing(engine); // idle ones
            assertAtRest(engine);
        }
    }

    @Test
    void whatWasUnwrappedIsNotKnownToBeUnused() {
        try (var engine = engine(options -> options.maxSize(1))) {
            try (var lease = engine.acquire()) {
                assertThat(engine.holders().get(0).unwrapped()).isFalse();
                assertThat(lease.unwrap(FakeConnection.class)).isNotNull();
                assertThat(engine.holders().get(0).unwrapped()).isTrue();
            }
            try (var next = engine.acquire()) {
                assertThat(engine.holders().get(0).unwrapped())
                        .as("another lease")
                        .isFalse();
                assertThat(next.isClosed()).isFalse();
            }
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectThatTakesNoLongerThanUsualIsNotSuspectedWhileOthersAreOpen() throws Exception {
        try (var engine = engine(options -> options.maxSize(4))) {
            var held = engine.acquire();
            database.hangConnects(true);
            var waiting = engine.acquireAsync();
            advance(Duration.ofMillis(100));
            assertThat(causes(engine)).isEmpty();
            advance(Duration.ofMillis(400));
            assertThat(causes(engine)).containsExactly(Cause.SERVER_DOWN);
            database.hangConnects(false);
            held.close();
            get(waiting).close();
            assertAtRest(engine);
        }
    }
}
