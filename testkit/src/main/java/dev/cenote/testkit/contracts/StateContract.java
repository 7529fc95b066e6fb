package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Health;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.PoolState;
import dev.cenote.protocols.errors.ConfigurationException;
import dev.cenote.protocols.errors.PoolClearedException;
import dev.cenote.protocols.errors.PoolClosedException;
import dev.cenote.protocols.errors.PoolPausedException;
import dev.cenote.protocols.events.CloseReason;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The states of a pool: closed, drained, cleared, paused, resized. */
abstract class StateContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends LeaseContract<C, B> {

    @Test
    void closeFailsWaitersAndLetsHoldersFinish() throws Exception {
        Pool<C> pool = pool(1);
        Lease<C> held = pool.acquire();
        CompletableFuture<Void> thread = Threads.start(() -> pool.acquire().close());
        CompletableFuture<Lease<C>> future = pool.acquireAsync();
        until(pool, "both wait", stats -> stats.waiters() == 2);
        pool.close();
        pool.close();
        assertThatThrownBy(() -> thread.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClosedException.class);
        assertThatThrownBy(() -> future.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClosedException.class);
        assertThatThrownBy(pool::acquire)
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(pool::tryAcquire).isInstanceOf(PoolClosedException.class);
        held.execute(ping());
        held.close();
        until(pool, "all is closed", stats -> stats.size() == 0);
        assertThat(pool.stats().state()).isEqualTo(PoolState.CLOSED);
        assertThat(pool.stats().waiters()).isZero();
        assertThat(pool.health().status()).isEqualTo(Health.Status.DOWN);
    }

    @Test
    void drainWaitsForLeases() throws Exception {
        Pool<C> pool = pool(2);
        Lease<C> held = pool.acquire();
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> pool.drain(GENEROUS));
        until(pool, "it refuses", stats -> stats.state() == PoolState.CLOSED);
        assertThatThrownBy(pool::acquire)
                .isInstanceOf(PoolClosedException.class)
                .hasMessageContaining("draining");
        held.execute(ping());
        held.close();
        assertThat(drained.get(30, TimeUnit.SECONDS)).isTrue();
        until(pool, "all is closed", stats -> stats.size() == 0);
    }

    @Test
    void drainSaysWhenLeasesOutlastIt() {
        Pool<C> pool = pool(1);
        Lease<C> held = pool.acquire();
        assertThat(pool.drain(Duration.ofMillis(50))).isFalse();
        held.close();
        until(pool, "all is closed", stats -> stats.size() == 0);
    }

    @Test
    void clearClosesOlderConnectionsAndFailsWaiters() throws Exception {
        try (Pool<C> pool = pool(1)) {
            Lease<C> held = pool.acquire();
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync();
            until(pool, "it waits", stats -> stats.waiters() == 1);
            pool.clear();
            assertThatThrownBy(() -> waiting.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(PoolClearedException.class);
            assertThat(pool.stats().generation()).isEqualTo(1);
            held.execute(ping());
            held.close();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.generation()).isEqualTo(1);
                assertThat(next.connectionId()).isEqualTo(2);
            }
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.STALE, 1L)));
            assertAtRest(pool);
        }
    }

    @Test
    void pausedPoolRefusesUntilReady() {
        try (Pool<C> pool = pool(1)) {
            pool.execute(ping());
            pool.pause();
            assertThatThrownBy(pool::acquire)
                    .isInstanceOf(PoolPausedException.class)
                    .hasMessageContaining("paused");
            assertThat(pool.acquireAsync()).isCompletedExceptionally();
            assertThat(pool.stats().state()).isEqualTo(PoolState.PAUSED);
            pool.ready();
            pool.execute(ping());
            assertAtRest(pool);
        }
    }

    @Test
    void resizeTakesEffectWhileConnectionsAreLeased() {
        try (Pool<C> pool = pool(2)) {
            Lease<C> first = pool.acquire();
            Lease<C> second = pool.acquire();
            pool.resize(0, 1);
            first.close();
            until(pool, "one is closed", stats -> stats.size() == 1);
            assertThat(pool.tryAcquire()).isEmpty();
            second.close();
            pool.resize(2, 3);
            until(pool, "it is filled", stats -> stats.idle() == 2);
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.RESIZED, 1L)));
            assertThatThrownBy(() -> pool.resize(2, 1))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessage("maxSize must be >= minSize (2), was 1");
            assertAtRest(pool);
        }
    }
}
