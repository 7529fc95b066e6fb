package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Pool;
import dev.cenote.protocols.errors.LeaseClosedException;
import dev.cenote.protocols.events.CloseReason;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a lease promises, and what is run on one. */
abstract class LeaseContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>>
        extends GiveUpContract<C, B> {

    @Test
    void closingALeaseTwiceIsHarmless() {
        try (Pool<C> pool = pool(2)) {
            Lease<C> lease = pool.acquire();
            lease.close();
            try (Lease<C> next = pool.acquire()) {
                lease.close();
                lease.invalidate();
                assertThat(next.isClosed()).isFalse();
                next.execute(ping());
                assertThat(pool.stats().leased()).isEqualTo(1);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void useAfterCloseIsAClearError() {
        try (Pool<C> pool = pool(1)) {
            Lease<C> lease = pool.acquire();
            lease.close();
            try (Lease<C> next = pool.acquire()) {
                assertThatThrownBy(() -> lease.execute(ping()))
                        .isInstanceOf(LeaseClosedException.class)
                        .hasMessageContaining("has ended")
                        .hasMessageContaining(pool.name());
                assertThat(lease.executeAsync(ping())).isCompletedExceptionally();
                assertThatThrownBy(() -> lease.unwrap(Object.class)).isInstanceOf(LeaseClosedException.class);
                assertThat(lease.isClosed()).isTrue();
                next.execute(ping());
            }
            assertAtRest(pool);
        }
    }

    @Test
    void invalidateClosesTheConnection() {
        try (Pool<C> pool = pool(1)) {
            Lease<C> lease = pool.acquire();
            long id = lease.connectionId();
            lease.invalidate();
            try (Lease<C> next = pool.acquire()) {
                assertThat(next.connectionId()).isGreaterThan(id);
                next.execute(ping());
            }
            until(pool, "one was closed", stats -> stats.closed().equals(Map.of(CloseReason.ERROR, 1L)));
            assertAtRest(pool);
        }
    }

    @Test
    void executeReturnsItsConnection() throws Exception {
        try (Pool<C> pool = pool(2)) {
            pool.execute(ping());
            pool.executeAsync(ping()).get(30, TimeUnit.SECONDS);
            assertAtRest(pool);
        }
    }

    @Test
    void manyFuturesShareFewConnections() {
        try (Pool<C> pool = pool(3)) {
            var running = new ArrayList<CompletableFuture<?>>();
            for (int i = 0; i < 200; i++) {
                running.add(pool.executeAsync(ping()));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
            assertThat(pool.stats().created()).isLessThanOrEqualTo(3);
            assertAtRest(pool);
        }
    }

    @Test
    void cancelledExecuteLeaksNothing() {
        try (Pool<C> pool = pool(2)) {
            for (int i = 0; i < 60; i++) {
                CompletableFuture<?> running = pool.executeAsync(ping());
                if (i % 3 != 0) {
                    Thread.onSpinWait();
                }
                running.cancel(true);
            }
            assertAtRest(pool);
        }
    }
}
