package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Deadline;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireTimeoutException;
import dev.cenote.protocols.errors.ConnectionFailedException;
import dev.cenote.testkit.fakes.FakeConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConnectingTest extends EngineFixture {
    @Test
    void manyCallersOpenNoMoreThanMaxConnectingAtOnce() throws Exception {
        try (var engine = engine(options -> options.maxSize(50).maxConnecting(3))) {
            database.hangConnects(true);
            List<CompletableFuture<Lease<FakeConnection>>> all = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                all.add(engine.acquireAsync());
            }
            until(engine, "some connect", stats -> stats.connecting() == 3 && database.mostOpening() == 3);
            database.hangConnects(false);
            for (var acquired : all) {
                acquired.thenAccept(Lease::close);
            }
            for (var acquired : all) {
                get(acquired);
            }
            assertThat(database.mostOpening()).isEqualTo(3);
            assertThat(database.mostOpen()).isLessThanOrEqualTo(50);
            assertAtRest(engine);
        }
    }

    @Test
    void aServerThatIsMerelySlowSeesNoMoreThanMaxConnectingAtOnce() throws Exception {
        try (var engine = engine(options -> options.maxSize(10).maxConnecting(2))) {
            database.hangConnects(true);
            var first = engine.acquireAsync();
            advance(Duration.ofMillis(400));
            var others = List.of(engine.acquireAsync(), engine.acquireAsync(), engine.acquireAsync());
            for (int i = 0; i < 5; i++) {
                advance(Duration.ofMillis(100)); // up to 900 ms
            }
            until(engine, "two connect", stats -> database.mostOpening() == 2);
            database.hangConnects(false);
            get(first).close();
            for (var other : others) {
                get(other).close();
            }
            assertThat(database.mostOpening()).isEqualTo(2);
            assertAtRest(engine);
        }
    }

    @Test
    void aReturnedConnectionServesAWaiterBeforeANewOneIsOpen() throws Exception {
        try (var engine = engine(options -> options.maxSize(2))) {
            Lease<FakeConnection> first = engine.acquire();
            database.hangConnects(true);
            var waiting = acquiring(engine);
            until(engine, "it connects", stats -> stats.connecting() == 1);
            first.close();
            try (Lease<FakeConnection> second = get(waiting)) {
                assertThat(second.connectionId()).isEqualTo(1);
            }
            database.hangConnects(false);
            assertAtRest(engine);
        }
    }

    @Test
    void acquireEndsInTimeWhileConnectingHangsAndSaysSo() throws Exception {
        try (var engine = engine(options -> options.acquireTimeout(Duration.ofSeconds(1)))) {
            database.hangConnects(true);
            var waiting = acquiring(engine);
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .isInstanceOfSatisfying(AcquireTimeoutException.class, failure -> {
                        assertThat(failure.phase()).isEqualTo(AcquireTimeoutException.Phase.CONNECTING);
                        assertThat(failure.stats().connecting()).isPositive();
                        assertThat(failure).hasMessageContaining("waiting for a connection to be opened");
                    });
            database.hangConnects(false);
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectThatHangsPastItsTimeIsGivenUpAndItsLateConnectionClosed() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).connectTimeout(Duration.ofSeconds(1)))) {
            database.hangConnects(true);
            var waiting = acquiring(engine);
            until(engine, "it connects", stats -> stats.connecting() == 1);
            advance(Duration.ofSeconds(2));
            until(engine, "it is given up", stats -> stats.connectFailures() >= 1);
            database.hangConnects(false);
            until(engine, "another attempt serves the waiter", stats -> {
                advance(Duration.ofMillis(1));
                return waiting.isDone();
            });
            get(waiting).close();
            // It may still be on its way: no pool waits for a connect that it has given up.
            until(engine, "the late one is closed", stats -> database.opening() == 0 && database.open() == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void aServerThatIsWellAgainIsFoundAtOnceThoughEarlierConnectsStillHang() throws Exception {
        try (var engine = engine(options -> options.maxSize(3).connectTimeout(Duration.ofMinutes(1)))) {
            database.hangConnects(true);
            var early = engine.acquireAsync(Deadline.after(Duration.ofSeconds(20), clock));
            for (int i = 0; i < 15; i++) {
                advance(Duration.ofMillis(200)); // longer than the places last
            }
            until(engine, "all places hang", stats -> stats.connecting() == 3 && database.opened() >= 5);
            database.strandConnects();
            advance(Duration.ofMillis(400));
            get(early).close();
            try (var lease = engine.acquire()) {
                assertThat(engine.stats().leased()).isEqualTo(1);
                assertThat(lease.connectionId()).isGreaterThan(5);
            }
            database.hangConnects(false);
            until(engine, "the late ones have a place or are closed", stats -> stats.connecting() == 0);
            assertAtRest(engine);
            until(engine, "no more are open than there are places", stats -> database.open() <= 3);
        }
    }

    @Test
    void aServerThatIsWellAgainServesAllWhoWaitThoughEarlierConnectsStillHang() throws Exception {
        try (var engine = engine(options -> options.maxSize(20).connectTimeout(Duration.ofMinutes(1)))) {
            database.hangConnects(true);
            List<CompletableFuture<Lease<FakeConnection>>> all = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                all.add(engine.acquireAsync(Deadline.after(Duration.ofSeconds(20), clock)));
            }
            for (int i = 0; i < 8; i++) {
                advance(Duration.ofMillis(250));
            }
            until(engine, "many hang", stats -> stats.connecting() >= 7 && database.opened() >= 7);
            database.strandConnects();
            advance(Duration.ofMillis(300));
            for (var acquired : all) {
                get(acquired);
            }
            database.hangConnects(false);
            for (var acquired : all) {
                get(acquired).close();
            }
            until(engine, "the late ones have a place or are closed", stats -> stats.connecting() == 0);
            assertAtRest(engine);
        }
    }

    @Test
    void aConnectThatIsSlowerThanTheOthersIsUsedThoughItLostItsPlace() throws Exception {
        try (var engine = engine(options ->
                options.maxSize(1).connectTimeout(Duration.ofMinutes(1)).acquireTimeout(Duration.ofSeconds(30)))) {
            database.hangConnects(true);
            var waiting = engine.acquireAsync();
            until(engine, "it connects", stats -> database.opened() == 1);
            advance(Duration.ofSeconds(3));
            until(engine, "others were begun", stats -> database.opened() >= 3);
            database.hangConnects(false);
            get(waiting).close();
            until(engine, "one is open", stats -> stats.connecting() == 0 && database.open() == 1);
            assertAtRest(engine);
        }
    }

    @Test
    void refusedConnectsAreTriedAgainOneAtATimeWithBackoff() throws Exception {
        try (var engine = engine(options -> options.maxSize(10).acquireTimeout(Duration.ofSeconds(60)))) {
            database.refuse();
            var waiting = engine.acquireAsync();
            var another = engine.acquireAsync();
            until(engine, "it fails", stats -> stats.connectFailures() >= 1 && stats.connecting() == 0);
            long attempts = database.opened();
            advance(Duration.ofMillis(5));
            assertThat(database.opened())
                    .as("no attempt before the backoff is over")
                    .isEqualTo(attempts);
            for (int i = 0; i < 20; i++) {
                advance(Duration.ofMillis(250));
                until(engine, "the attempt ended", stats -> stats.connecting() == 0);
            }
            assertThat(database.opened()).isBetween(attempts + 15, attempts + 40);
            assertThat(waiting).isNotDone();
            assertThat(engine.health().reason()).contains("connection refused");
            database.failConnects(null);
            advance(Duration.ofMillis(250));
            get(waiting).close();
            get(another).close();
            assertAtRest(engine);
        }
    }

    @Test
    void timedOutAcquireTellsTheLastConnectFailure() throws Exception {
        try (var engine = engine(options -> options.acquireTimeout(Duration.ofSeconds(1)))) {
            database.refuse();
            var waiting = acquiring(engine);
            until(engine, "it fails", stats -> stats.connectFailures() >= 1);
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .isInstanceOfSatisfying(AcquireTimeoutException.class, failure -> {
                        assertThat(failure.lastConnectFailure()).isPresent();
                        assertThat(failure)
                                .hasMessageContaining("connection refused")
                                .hasRootCauseMessage("connection refused");
                    });
        }
    }

    @Test
    void permanentFailureEndsTheWaitAtOnce() throws Exception {
        try (var engine = engine(options -> options.acquireTimeout(Duration.ofSeconds(60)))) {
            database.failConnects(new SecurityException("wrong password"));
            var waiting = acquiring(engine);
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .isInstanceOf(ConnectionFailedException.class)
                    .hasMessage("pool engine: cannot connect: wrong password")
                    .hasCauseInstanceOf(SecurityException.class);
            assertThat(engine.stats().waiters()).isZero();
        }
    }

    @Test
    void permanentFailureDoesNotEndTheWaitForAReturnedConnection() throws Exception {
        try (var engine = engine(options -> options.maxSize(2))) {
            Lease<FakeConnection> held = engine.acquire();
            database.failConnects(new SecurityException("password was changed"));
            var waiting = acquiring(engine);
            until(engine, "it fails", stats -> stats.connectFailures() >= 1);
            held.close();
            get(waiting).close();
            database.failConnects(null);
            advance(Duration.ofSeconds(10));
            assertAtRest(engine);
        }
    }

    @Test
    void fillingToMinSizeDoesNotHammerAServerThatIsDown() {
        database.refuse();
        try (var engine = engine(options -> options.minSize(2))) {
            until(engine, "both fail", stats -> stats.connectFailures() == 2);
            advance(Duration.ofSeconds(4));
            assertThat(database.opened()).isEqualTo(2);
            database.failConnects(null);
            advance(Duration.ofSeconds(2));
            until(engine, "it is filled", stats -> stats.idle() == 2);
            assertAtRest(engine);
        }
    }

    @Test
    void theConnectorIsShutDownOnceAfterTheLastConnection() {
        var engine = engine(options -> options);
        Lease<FakeConnection> held = engine.acquire();
        engine.close();
        assertThat(database.shutdowns()).isZero();
        held.close();
        until(engine, "it is shut down", stats -> database.shutdowns() == 1);
        engine.close();
        assertThat(database.shutdowns()).isEqualTo(1);
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void noPasswordInADriversErrorIsShownAnywhere() throws Exception {
        database.failConnects(new IOException(
                "no route to postgres://app:geheim@db.example/shop: timed out",
                new IOException("tried db.example?password=geheim&a=b")));
        try (var engine = engine(options -> options.maxSize(1).acquireTimeout(Duration.ofSeconds(1)))) {
            var waiting = acquiring(engine);
            until(engine, "it has failed", stats -> stats.connectFailures() >= 1);
            var report = engine.report();
            advance(Duration.ofSeconds(2));
            assertThatThrownBy(() -> get(waiting))
                    .cause()
                    .hasMessageContaining("postgres://app:***@db.example/shop: timed out")
                    .hasMessageNotContaining("geheim");
            assertThat(List.of(
                            report.health().reason(),
                            report.toString(),
                            report.lastConnectFailure().orElseThrow().toString()))
                    .allSatisfy(text -> assertThat(text)
                            .contains("postgres://app:***@db.example/shop: timed out", "password=***&a=b")
                            .doesNotContain("geheim"));
        }
    }
}
