package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.InUse;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.AcquireFailure;
import dev.cenote.protocols.events.CloseReason;
import dev.cenote.protocols.events.PoolEvent;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The order of events that MongoDB's Connection Monitoring and Pooling specification asks for, told in its words, with the
 * pool driven as docs/cmap.md says.
 */
class EventsTest extends EngineFixture {
    private final List<PoolEvent> events = Collections.synchronizedList(new ArrayList<>());

    private PoolEngine<FakeConnection> pool(UnaryOperator<PoolOptionsBuilder.Plain> options) {
        var engine = engine(all -> options.apply(all.startPaused(true)));
        engine.addListener(events::add);
        return engine;
    }

    private PoolEngine<FakeConnection> ready(UnaryOperator<PoolOptionsBuilder.Plain> options) {
        var engine = pool(options);
        engine.ready();
        return engine;
    }

    /**
     * Waits until as many events were told, and gives them in the specification's words. Listeners hear late: a test that
     * goes on from here counts exactly what happened before.
     */
    private List<String> told(PoolEngine<FakeConnection> engine, int count) {
        until(engine, count + " events are told", stats -> events.size() >= count);
        synchronized (events) {
            return events.stream().map(EventsTest::words).toList();
        }
    }

    private static String words(PoolEvent event) {
        if (event instanceof PoolEvent.PoolCreated) {
            return "pool created";
        } else if (event instanceof PoolEvent.PoolReady) {
            return "pool ready";
        } else if (event instanceof PoolEvent.PoolCleared) {
            return "pool cleared";
        } else if (event instanceof PoolEvent.PoolClosed) {
            return "pool closed";
        } else if (event instanceof PoolEvent.ConnectionCreated created) {
            return "connection " + created.connectionId() + " created";
        } else if (event instanceof PoolEvent.ConnectionReady ready) {
            return "connection " + ready.connectionId() + " ready";
        } else if (event instanceof PoolEvent.ConnectionFailed failed) {
            return "connection " + failed.connectionId() + " failed";
        } else if (event instanceof PoolEvent.ConnectionClosed closed) {
            return "connection " + closed.connectionId() + " closed: " + reason(closed.reason());
        } else if (event instanceof PoolEvent.AcquireStarted) {
            return "check out started";
        } else if (event instanceof PoolEvent.AcquireSucceeded acquired) {
            return "connection " + acquired.connectionId() + " checked out";
        } else if (event instanceof PoolEvent.AcquireFailed failed) {
            return "check out failed: " + reason(failed.reason());
        } else if (event instanceof PoolEvent.Released released) {
            return "connection " + released.connectionId() + " checked in";
        }
        return event.toString();
    }

    private static String reason(CloseReason reason) {
        return switch (reason) {
            case IDLE, EXPIRED, RESIZED -> "idle";
            case STALE -> "stale";
            case POOL_CLOSED -> "poolClosed";
            case ERROR, VALIDATION_FAILED, RESET_FAILED -> "error";
        };
    }

    private static String reason(AcquireFailure reason) {
        return switch (reason) {
            case TIMEOUT, SHED, QUEUE_FULL, CANCELLED -> "timeout";
            case POOL_CLOSED -> "poolClosed";
            case POOL_PAUSED, POOL_CLEARED, CONNECTION_ERROR -> "connectionError";
        };
    }

    @Test
    void aPoolIsCreatedPausedAndThenReady() {
        try (var engine = pool(options -> options)) {
            assertThatThrownBy(engine::acquire).isInstanceOf(PoolPausedException.class);
            engine.ready();
            engine.ready();
            assertThat(told(engine, 3))
                    .containsExactly("check out started", "check out failed: connectionError", "pool ready");
            assertAtRest(engine);
        }
    }

    @Test
    void thePoolsCreationIsTheFirstEvent() {
        try (var engine = new PoolEngine<>(
                PoolOptions.builder().startPaused(true).build(),
                database,
                dev.cenote.testkit.fakes.FakePool::classify,
                dev.cenote.protocols.PoolRuntime.system(),
                List.of(events::add))) {
            engine.ready();
            assertThat(told(engine, 2)).containsExactly("pool created", "pool ready");
        }
    }

    @Test
    void connectionsAreNumberedFromOneAndReadyBeforeTheyAreCheckedOut() {
        try (var engine = ready(options -> options)) {
            Lease<FakeConnection> first = engine.acquire();
            Lease<FakeConnection> second = engine.acquire();
            first.close();
            second.close();
            assertThat(told(engine, 11))
                    .containsExactly(
                            "pool ready",
                            "check out started",
                            "connection 1 created",
                            "connection 1 ready",
                            "connection 1 checked out",
                            "check out started",
                            "connection 2 created",
                            "connection 2 ready",
                            "connection 2 checked out",
                            "connection 1 checked in",
                            "connection 2 checked in");
        }
    }

    @Test
    void clearingTellsThePoolThenItsConnectionsThenThoseWhoWait() {
        try (var engine = ready(options -> options.maxSize(2))) {
            Lease<FakeConnection> idle = engine.acquire();
            Lease<FakeConnection> held = engine.acquire();
            idle.close();
            Lease<FakeConnection> again = engine.acquire();
            var waiting = engine.acquireAsync();
            again.close();
            Lease<FakeConnection> next = waiting.join();
            next.close();
            var queued = held;
            int before = told(engine, 16).size();
            engine.pause();
            engine.pause();
            queued.close();
            assertThat(told(engine, before + 4).subList(before, before + 4))
                    .containsExactly(
                            "pool cleared",
                            "connection 1 closed: stale",
                            "connection 2 checked in",
                            "connection 2 closed: stale");
        }
    }

    @Test
    void whoWaitsFailsAfterThePoolWasCleared() {
        try (var engine = ready(options -> options.maxSize(1))) {
            Lease<FakeConnection> held = engine.acquire();
            var waiting = engine.acquireAsync();
            int before = told(engine, 6).size();
            engine.pause();
            assertThatThrownBy(waiting::join)
                    .hasCauseInstanceOf(dev.cenote.protocols.errors.PoolClearedException.class);
            assertThat(told(engine, before + 2).subList(before, before + 2))
                    .containsExactly("pool cleared", "check out failed: connectionError");
            held.close();
        }
    }

    @Test
    void clearingMayCloseWhatIsInUse() {
        try (var engine = ready(options -> options.maxSize(1))) {
            Lease<FakeConnection> held = engine.acquire();
            int before = told(engine, 5).size();
            engine.pause(InUse.ABORTED);
            until(engine, "it is aborted", stats -> database.open() == 0);
            held.close();
            assertThat(told(engine, before + 3).subList(before, before + 3))
                    .containsExactly("pool cleared", "connection 1 checked in", "connection 1 closed: stale");
        }
    }

    @Test
    void closingTellsTheConnectionsThenThePool() {
        var engine = ready(options -> options.maxSize(2));
        Lease<FakeConnection> held = engine.acquire();
        engine.acquire().close();
        int before = told(engine, 10).size();
        engine.close();
        held.close();
        assertThat(told(engine, before + 4).subList(before, before + 4))
                .containsExactly(
                        "connection 2 closed: poolClosed",
                        "pool closed",
                        "connection 1 checked in",
                        "connection 1 closed: poolClosed");
    }

    @Test
    void aFailureToConnectClosesTheConnectionAndFailsTheCheckOut() {
        try (var engine = ready(options -> options)) {
            database.failConnects(new SecurityException("wrong password"));
            assertThatThrownBy(engine::acquire);
            assertThat(told(engine, 6))
                    .containsExactly(
                            "pool ready",
                            "check out started",
                            "connection 1 created",
                            "connection 1 failed",
                            "connection 1 closed: error",
                            "check out failed: connectionError");
        }
    }

    @Test
    void theKeeperFillsUpToTheLeastSizeAndClosesWhatIsIdleForTooLong() {
        try (var engine = ready(options -> options.minSize(1).idleTimeout(Duration.ofMinutes(1)))) {
            until(engine, "it is filled", stats -> stats.idle() == 1);
            try (var first = engine.acquire();
                    var second = engine.acquire()) {
                assertThat(first.connectionId() + second.connectionId()).isEqualTo(3);
            }
            int before = told(engine, 11).size();
            advance(Duration.ofMinutes(2));
            assertThat(told(engine, before + 1).get(before)).endsWith("closed: idle");
            until(engine, "one is left", stats -> stats.size() == 1);
        }
    }

    @Test
    void eventsCarryGenerationAndDuration() {
        try (var engine = ready(options -> options.maxSize(1))) {
            engine.clear();
            Lease<FakeConnection> lease = engine.acquire();
            advance(Duration.ofSeconds(3));
            lease.close();
            engine.clear();
            told(engine, 9);
            synchronized (events) {
                assertThat(events)
                        .contains(new PoolEvent.Released("engine", 1, 1, Duration.ofSeconds(3)))
                        .contains(new PoolEvent.ConnectionClosed(
                                "engine", 1, 1, CloseReason.STALE, Duration.ofSeconds(3)))
                        .contains(new PoolEvent.AcquireSucceeded("engine", 1, 1, Duration.ZERO))
                        .contains(new PoolEvent.ConnectionReady("engine", 1, 1, Duration.ZERO));
            }
        }
    }
}
