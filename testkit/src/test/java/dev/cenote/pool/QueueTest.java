package dev.cenote.pool;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.protocols.Lease;
import dev.cenote.protocols.errors.AcquireShedException;
import dev.cenote.protocols.errors.QueueFullException;
import dev.cenote.testkit.fakes.FakeConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** How long the queue may get, and who is turned away. */
class QueueTest extends EngineFixture {
    @Test
    void oneWaiterTooManyIsRefusedAtOnce() throws Exception {
        try (var engine = engine(options -> options.maxSize(1).maxWaiters(2))) {
            Lease<FakeConnection> held = engine.acquire();
            var first = engine.acquireAsync();
            var second = engine.acquireAsync();
            assertThatThrownBy(engine::acquire)
                    .isInstanceOf(QueueFullException.class)
                    .hasMessage("pool engine: refused: 2 callers wait already (maxWaiters)");
            assertThat(engine.stats().turnedAway()).isEqualTo(1);
            held.close();
            get(first).close();
            get(second).close();
            assertAtRest(engine);
        }
    }

    @Test
    void anIdleConnectionIsHadHoweverFewMayWait() {
        try (var engine = engine(options -> options.maxSize(2).maxWaiters(1))) {
            try (var first = engine.acquire();
                    var second = engine.acquire()) {
                assertThat(first.connectionId()).isNotEqualTo(second.connectionId());
            }
            assertAtRest(engine);
        }
    }

    @Test
    void aQueueThatStandsIsShedButForTheLast() throws Exception {
        try (var engine = shedding()) {
            Lease<FakeConnection> held = engine.acquire();
            var waiting = waiting(engine, 4);
            advance(Duration.ofMillis(150));
            held.close();
            Lease<FakeConnection> first = get(waiting.get(0)); // a long wait, but within this interval the first
            advance(Duration.ofMillis(120));
            first.close();
            for (var shed : waiting.subList(1, 3)) {
                assertThatThrownBy(() -> get(shed))
                        .cause()
                        .isInstanceOfSatisfying(
                                AcquireShedException.class,
                                failure -> assertThat(failure.waited()).isEqualTo(Duration.ofMillis(270)))
                        .hasMessageContaining("turned away after 270 ms");
            }
            get(waiting.get(3)).close();
            assertThat(engine.stats().turnedAway()).isEqualTo(2);
            assertAtRest(engine);
        }
    }

    @Test
    void aBurstIsNotShed() throws Exception {
        try (var engine = shedding()) {
            Lease<FakeConnection> held = engine.acquire();
            var waiting = waiting(engine, 30);
            for (var next : waiting) {
                advance(Duration.ofMillis(3)); // ninety in all: less than the interval
                held.close();
                held = get(next);
            }
            held.close();
            assertThat(engine.stats().turnedAway()).isZero();
            assertAtRest(engine);
        }
    }

    @Test
    void whereNothingIsReturnedAtAllTheKeeperSheds() throws Exception {
        try (var engine = shedding()) {
            Lease<FakeConnection> held = engine.acquire();
            var waiting = waiting(engine, 3);
            advance(Duration.ofSeconds(1));
            until(engine, "all but the last are turned away", stats -> stats.waiters() == 1);
            held.close();
            get(waiting.get(2)).close();
            assertAtRest(engine);
        }
    }

    private PoolEngine<FakeConnection> shedding() {
        return engine(options -> options.maxSize(1)
                .queueTarget(Duration.ofMillis(10))
                .queueInterval(Duration.ofMillis(100))
                .keeperInterval(Duration.ofMillis(200)));
    }

    private static List<CompletableFuture<Lease<FakeConnection>>> waiting(
            PoolEngine<FakeConnection> engine, int count) {
        var waiting = new ArrayList<CompletableFuture<Lease<FakeConnection>>>();
        for (int i = 0; i < count; i++) {
            waiting.add(engine.acquireAsync());
        }
        return waiting;
    }
}
