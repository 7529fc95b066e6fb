package dev.cenote.testkit.contracts;

import static dev.cenote.testkit.contracts.Consistency.assertAtRest;
import static dev.cenote.testkit.contracts.Consistency.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cenote.PoolBuilder;
import dev.cenote.protocols.Connection;
import dev.cenote.protocols.Lease;
import dev.cenote.protocols.Operation;
import dev.cenote.protocols.Pool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Acquire and release: who gets a connection, when, and in what order. */
abstract class AcquireContract<C extends Connection, B extends PoolBuilder<B, ? extends Pool<C>>> {
    static final Duration GENEROUS = Duration.ofSeconds(30);

    /** A builder of a pool to the database, with the default of each option. */
    protected abstract B builder();

    /** A read-only operation that the server answers. */
    protected abstract Operation<? super C, ?> ping();

    final Pool<C> pool(int maxSize) {
        return builder().maxSize(maxSize).acquireTimeout(GENEROUS).build();
    }

    @Test
    void acquireGivesAWorkingConnectionAndCloseReturnsIt() {
        try (Pool<C> pool = pool(2)) {
            long id;
            try (Lease<C> lease = pool.acquire()) {
                lease.execute(ping());
                id = lease.connectionId();
                assertThat(pool.stats().leased()).isEqualTo(1);
                assertThat(pool.holders()).singleElement().satisfies(holder -> {
                    assertThat(holder.connectionId()).isEqualTo(lease.connectionId());
                    assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
                    assertThat(holder.lastOperation()).isPresent();
                });
            }
            assertThat(pool.stats().leased()).isZero();
            try (Lease<C> again = pool.acquire()) {
                assertThat(again.connectionId()).isEqualTo(id);
            }
            assertAtRest(pool);
        }
    }

    @Test
    void connectionIdsCountUpFromOne() {
        try (Pool<C> pool = pool(2);
                Lease<C> first = pool.acquire();
                Lease<C> second = pool.acquire()) {
            assertThat(List.of(first.connectionId(), second.connectionId())).containsExactlyInAnyOrder(1L, 2L);
        }
    }

    @Test
    void maxSizeIsNeverPassedUnder64Threads() throws Exception {
        int maxSize = 5;
        try (Pool<C> pool = pool(maxSize)) {
            var held = new AtomicInteger();
            var most = new AtomicInteger();
            var largest = new AtomicInteger();
            var done = new AtomicBoolean();
            CompletableFuture<Void> watcher = CompletableFuture.runAsync(() -> {
                while (!done.get()) {
                    largest.accumulateAndGet(pool.stats().size(), Math::max);
                    Thread.onSpinWait();
                }
            });
            Threads.run(64, thread -> {
                for (int i = 0; i < 20; i++) {
                    try (Lease<C> lease = pool.acquire()) {
                        most.accumulateAndGet(held.incrementAndGet(), Math::max);
                        lease.execute(ping());
                        held.decrementAndGet();
                    }
                }
            });
            done.set(true);
            watcher.get(30, TimeUnit.SECONDS);
            assertThat(most.get()).isBetween(1, maxSize);
            assertThat(largest.get()).isLessThanOrEqualTo(maxSize);
            assertThat(pool.stats().acquired()).isEqualTo(64 * 20);
            assertAtRest(pool);
        }
    }

    @Test
    void waitersAreServedInOrderOfArrivalPlatformAndVirtualThreadsAndFuturesAlike() throws Exception {
        try (Pool<C> pool = pool(1)) {
            List<Integer> order = Collections.synchronizedList(new ArrayList<>());
            Lease<C> held = pool.acquire();
            var waiting = new ArrayList<CompletableFuture<Void>>();
            for (int i = 0; i < 20; i++) {
                int number = i;
                Runnable acquiring = () -> {
                    try (Lease<C> lease = pool.acquire()) {
                        order.add(number);
                    }
                };
                waiting.add(
                        switch (i % 3) {
                            case 0 -> Threads.start(acquiring);
                            case 1 -> Threads.startVirtual(acquiring);
                            default ->
                                pool.acquireAsync().thenAccept(lease -> {
                                    order.add(number);
                                    lease.close();
                                });
                        });
                until(pool, "it waits", stats -> stats.waiters() == number + 1);
            }
            held.close();
            Threads.join(waiting);
            assertThat(order).isSorted().hasSize(20);
            assertAtRest(pool);
        }
    }

    @Test
    void tryAcquireTakesAnIdleConnectionAndNeverOvertakes() throws Exception {
        try (Pool<C> pool = pool(1)) {
            Lease<C> held = pool.acquire();
            assertThat(pool.tryAcquire()).isEmpty();
            CompletableFuture<Lease<C>> waiting = pool.acquireAsync();
            held.close();
            Lease<C> next = waiting.get(30, TimeUnit.SECONDS);
            assertThat(pool.tryAcquire()).isEmpty();
            next.close();
            assertThat(pool.tryAcquire()).hasValueSatisfying(Lease::close);
            assertAtRest(pool);
        }
    }
}
